"""A map of who was honoured, drawn on the server: one dot is one body, inside the outline of its département.

Départements are never coloured by numbers. The list or table that follows a map says the same as it; the
macro ``map`` of ``_map.html`` draws what :func:`map_of` gives.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from innograph.web.outlines import MAINLAND, PARIS, Box, Outline, Point, box_around, outlines

RADII: Final = (0.012, 0.0105, 0.009)
"""Radii of the dots of one map, as parts of its larger side; the largest at which all have room is taken."""

REACH: Final = 0.044
"""Radius within which a dot can be touched if no other is near, as part of the larger side of the map: 24 CSS
pixels across where the map is 288 wide, as on the narrowest phones."""

LEAST_GAIN: Final = 1.4
"""What a reach is to be in radii of the dot: less is not worth the bytes of another circle."""

MOST_REACHING: Final = 400
"""Dots of a map that may reach beyond themselves: among more there is no room, and looking takes time."""

APART: Final = 2.25
"""Distance between the centres of two dots, in radii."""

MOST_LETTERS: Final = 62
"""Letters of a name that find room above the map, where the name of one dot is shown."""

_AROUND: Final = ((0.0, 0.0), (0.5, 0.0), (0.25, 0.433), (0.5, 0.289))
"""Where in a lattice the centre of an outline may lie: on a point, between two points, or amid three."""

_LETTERS: Final = 0.026
"""Size of the letters of names of places, as part of the larger side of the map."""

_MARGIN, _MARGIN_OF_ONE = 0.06, 0.3
"""What a map shows around its part of France; around a single département, enough of its neighbours."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One body on a map: the code of its département (``78``, ``2A``, ``974``), its name, its page."""

    department: str
    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark in its place, and how far from there it can be touched: never where another dot is nearer.

    ``short`` is its name where it is too long to be shown whole beside the map.
    """

    mark: Mark
    x: float
    y: float
    reach: float
    short: str = ""


@dataclass(frozen=True, slots=True)
class Land:
    """A département as the map shows it; ``wanted`` where the map is about it."""

    name: str
    path: str
    wanted: bool
    name_at: Point | None = None
    """Where its name is written, centred; None where it would not fit, or the map shows all of France."""


@dataclass(frozen=True, slots=True)
class Inset:
    """A box of the map that shows something at another scale: its name at its upper left, and its edges."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Map:
    """A map: its box, the départements, the dots in the order of their marks, and who has no place on it."""

    box: Box
    land: list[Land]
    insets: list[Inset]
    dots: list[Dot]
    radius: float
    elsewhere: list[Mark]
    """Marks without a département, or of one that the map does not show: they are named beside it."""

    @property
    def size(self) -> float:
        """Give the larger side: letters and lines are drawn in proportion to it."""
        return max(self.box[2] - self.box[0], self.box[3] - self.box[1])

    @property
    def letters(self) -> float:
        """Give the size of the letters of names of places."""
        return self.size * _LETTERS

    @property
    def view(self) -> str:
        """Give the ``viewBox`` of the picture: the box, and above it a line for the name of one dot."""
        left, top, right, bottom = self.box
        line = self.size * 0.05
        return f"{left:.0f} {top - line:.0f} {right - left:.0f} {bottom - top + line:.0f}"


def map_of(marks: Iterable[Mark], within: Collection[str] | None = None) -> Map | None:
    """Put marks on a map, each as one dot; several of one département lie beside each other in it.

    :param within: codes of the départements that the map is about: those of a région, or a single one, which
        is shown among its neighbours. The map is cropped to them and they stand out. By default, all of
        France.
    :returns: None where there is no outline of ``within``, or else where no mark has a place.

    >>> map_of([Mark("78", "Élancourt", "/doc/organization/elancourt")]).dots[0].mark.text
    'Élancourt'
    """
    marks = list(marks)
    shown, box = _part(frozenset(within or ()))
    at = {outline.department: outline for outline in shown}  # of Paris the second, which is enlarged
    if within is not None and not set(within) & set(at):
        return None
    by_department: dict[str, list[int]] = defaultdict(list)
    for order, mark in enumerate(marks):
        if mark.department in at and _holds(box, at[mark.department].centre):
            by_department[mark.department].append(order)
    if within is None and not by_department:
        return None
    wanted = {at[code]: len(orders) for code, orders in by_department.items()}
    radius, spots = _room(wanted, max(box[2] - box[0], box[3] - box[1]))
    places = {
        order: spot
        for code, orders in by_department.items()
        for order, spot in zip(orders, sorted(spots[at[code]], key=_reading_order), strict=True)
    }
    order_of_dots = sorted(places)
    reaches = _reaches(
        [places[order] for order in order_of_dots], radius, max(box[2] - box[0], box[3] - box[1])
    )
    insets = list(_insets(shown))
    land = [
        Land(
            each.name,
            each.path,
            each.department in (within or ()),
            None if insets else _name_at(each, spots.get(each, []), radius, box),
        )
        for each in shown
    ]
    return Map(
        box,
        land,
        insets,
        [
            Dot(marks[order], *places[order], reach, _short(marks[order].text))
            for order, reach in zip(order_of_dots, reaches, strict=True)
        ],
        radius,
        [mark for order, mark in enumerate(marks) if order not in places],
    )


def _part(within: frozenset[str]) -> tuple[list[Outline], Box]:
    """Choose the outlines that a map shows, and its box: one frame cropped, or else all of them."""
    for frame in dict.fromkeys([PARIS, *(each.frame for each in outlines())]):
        inside = [each for each in outlines() if each.frame == frame]
        if within and within <= {each.department for each in inside}:
            box = _cropped([each.box for each in inside if each.department in within], len(within) == 1)
            return [each for each in inside if _overlap(each.box, box)], box
    box = box_around([each.box for each in outlines()])
    return list(outlines()), (box[0] - 10, box[1] - 10, box[2] + 10, box[3] + 20)


def _cropped(boxes: list[Box], alone: bool) -> Box:
    left, top, right, bottom = box_around(boxes)
    margin = max(right - left, bottom - top) * (_MARGIN_OF_ONE if alone else _MARGIN)
    return left - margin, top - margin, right + margin, bottom + margin


def _room(wanted: dict[Outline, int], size: float) -> tuple[float, dict[Outline, list[Point]]]:
    """Find the largest dots with which so many find room in each outline, and their places.

    Where the smallest find none, they overlap.
    """
    densest_first = sorted(wanted, key=lambda outline: outline.area / wanted[outline])
    for radius in (part * size for part in RADII):
        spots = {}
        for outline in densest_first:
            spots[outline] = _spots(outline, wanted[outline], radius, radius * APART)
            if len(spots[outline]) < wanted[outline]:
                break
        else:
            return radius, spots
    return radius, {outline: _crowded(outline, wanted[outline], radius) for outline in wanted}


def _crowded(outline: Outline, count: int, radius: float) -> list[Point]:
    """Put dots about as far apart as there is room for so many, and up to the borders."""
    apart = min(radius * APART, 1.2 * math.sqrt(outline.area / count))
    while len(found := _spots(outline, count, 0, apart)) < count:
        apart *= 0.85
    return found


@lru_cache(maxsize=4096)
def _spots(outline: Outline, count: int, margin: float, apart: float) -> list[Point]:
    """Give at most ``count`` places inside an outline, around its centre; a single dot needs no margin."""
    if count == 1:
        return [outline.centre]
    if count * apart * apart > 1.8 * outline.area:  # by far too many: the search would take long
        return []
    best: list[Point] = []
    for around in _AROUND:
        lattice = _lattice(outline, apart, around)
        fitting = (spot for spot in lattice if outline.holds(spot, margin * 0.6))
        best = max(best, list(islice(fitting, count)), key=len)
        if len(best) == count:
            break
    return best


def _lattice(outline: Outline, apart: float, around: Point) -> list[Point]:
    """List the points of a triangular lattice over an outline, those near its centre first."""
    (left, top, right, bottom), (x, y) = outline.box, outline.centre
    first, line = (x - apart * around[0], y - apart * around[1]), apart * math.sqrt(3) / 2
    lines = range(int((top - y) / line) - 1, int((bottom - y) / line) + 3)
    columns = range(int((left - x) / apart) - 2, int((right - x) / apart) + 3)
    points = [(first[0] + apart * (i + j % 2 / 2), first[1] + line * j) for j in lines for i in columns]
    return sorted(points, key=lambda point: (round(math.dist(point, outline.centre), 3), point))


def _reaches(spots: list[Point], radius: float, size: float) -> list[float]:
    """Tell how far each dot can be touched from its centre: at most half of the way to the nearest other."""
    if len(spots) > MOST_REACHING:
        return [radius] * len(spots)
    most = REACH * size
    free = (
        min([most, *(math.dist(spot, other) / 2 for j, other in enumerate(spots) if i != j)])
        for i, spot in enumerate(spots)
    )
    return [reach if reach > LEAST_GAIN * radius else radius for reach in free]


def _name_at(outline: Outline, dots: list[Point], radius: float, box: Box) -> Point | None:
    """Find a place for the name of a département: amid it, or below its dots, if it fits its width."""
    size = max(box[2] - box[0], box[3] - box[1]) * _LETTERS
    half = len(outline.name) * size * 0.27
    (x, y), (left, top, right, bottom) = outline.centre, box
    if dots:
        y = max(dot[1] for dot in dots) + radius + size
    fits = left < x - half and x + half < right and top + size < y < bottom
    return (x, y) if fits and all(outline.holds((edge, y)) for edge in (x - half, x, x + half)) else None


def _insets(shown: list[Outline]) -> Iterator[Inset]:
    frames = dict.fromkeys(each.frame for each in shown)
    overseas = box_around([each.box for each in outlines() if each.frame not in (MAINLAND, PARIS)])
    for frame in frames if len(frames) > 1 else ():
        inside = [each for each in shown if each.frame == frame]
        left, top, right, bottom = box_around([each.box for each in inside])
        if frame != PARIS:  # those in a row are equally high
            top, bottom = overseas[1], overseas[3]
        if frame != MAINLAND:
            yield Inset(inside[0].name, left - 15, top - 15, right - left + 30, bottom - top + 30)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _holds(box: Box, point: Point) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


def _reading_order(point: Point) -> tuple[float, float]:
    return round(point[1], 3), point[0]


def _short(name: str) -> str:
    """Cut a name that would not fit; empty where it does.

    >>> _short("Élancourt"), len(_short("x" * 90))
    ('', 62)
    """
    return "" if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1].rstrip()}…"
