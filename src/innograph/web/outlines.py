"""The outlines of the 101 départements, as drawn once in ``outlines.tsv`` by ``frontend/outlines.py``.

All lie in one picture, 2000 units wide, y downwards: the mainland with Corse, the overseas départements in
boxes below it, and in a box at its upper left Paris and its neighbours a second time, enlarged.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from innograph.resources import read_text

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""

MAINLAND: Final = "mainland"
PARIS: Final = "paris"
"""The frames that hold several départements; an overseas one is a frame of its own, called by its code."""

_FILE: Final = Path(__file__).with_name("outlines.tsv")
_RING: Final = re.compile(r"M(\d+) (\d+)l([^z]*)z")
_NUMBER: Final = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True, eq=False)  # each is one of a kind: compared and hashed as itself
class Outline:
    """A département in one frame."""

    frame: str
    department: str
    """Its code: ``01``, ``2A``, ``974``."""
    name: str
    centre: Point
    """The point inside that is farthest from its borders."""
    path: str
    """The outline as SVG draws it, one closed ring for each island and each hole."""
    rings: tuple[tuple[Point, ...], ...]
    """Its points, the first again at the end."""
    box: Box
    area: float
    """In square units, the holes included."""

    def holds(self, point: Point, margin: float = 0) -> bool:
        """Tell whether a point lies inside, so far or farther from the nearest border."""
        inside = False
        for start, end in self._lines():
            if (start[1] > point[1]) != (end[1] > point[1]):
                along = (point[1] - start[1]) / (end[1] - start[1])
                inside ^= point[0] < start[0] + along * (end[0] - start[0])
        return inside and (
            not margin or all(_distance(point, start, end) >= margin for start, end in self._lines())
        )

    def _lines(self) -> Iterator[tuple[Point, Point]]:
        for ring in self.rings:
            yield from pairwise(ring)


@cache
def outlines() -> tuple[Outline, ...]:
    """Give all outlines: those of the mainland first, by code, then those of the boxes."""
    _, *lines = read_text(_FILE).splitlines()
    return tuple(_outline(*line.split("\t")) for line in lines)


def box_around(boxes: list[Box]) -> Box:
    """Give the smallest box that holds several.

    >>> box_around([(0, 0, 10, 5), (8, -2, 12, 3)])
    (0, -2, 12, 5)
    """
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _outline(frame: str, department: str, name: str, x: str, y: str, path: str) -> Outline:
    rings = tuple(_ring(*found.groups()) for found in _RING.finditer(path))
    xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
    box = (min(xs), min(ys), max(xs), max(ys))
    area = sum(abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2 for ring in rings)
    return Outline(frame, department, name, (float(x), float(y)), path, rings, box, area)


def _ring(x: str, y: str, steps: str) -> tuple[Point, ...]:
    points = [(float(x), float(y))]
    numbers = [float(number) for number in _NUMBER.findall(steps)]
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        points.append((points[-1][0] + dx, points[-1][1] + dy))
    return (*points, points[0])


def _distance(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / (dx * dx + dy * dy)
    along = min(1.0, max(0.0, along))
    return math.hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)
