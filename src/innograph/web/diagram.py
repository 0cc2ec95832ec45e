"""The picture of the vocabulary: where each class stands, and which properties lead from one to another."""

from dataclasses import dataclass
from typing import Final

WIDTH, HEIGHT = 140, 44
_COLUMN, _ROW, _MARGIN = 232, 104, 8

_PLACES: Final = {
    "Criterion": (0, 0), "Event": (1, 0), "AnnouncedCount": (2, 0),
    "Award": (0, 1), "Edition": (1, 1), "Jury": (2, 1), "Person": (3, 1),
    "CategorySeries": (0, 2), "Category": (1, 2), "Group": (4, 2),
    "Rank": (0, 3), "Distinction": (1, 3), "Participation": (2, 3), "Organization": (3, 3),
    "Collectivity": (4, 3),
    "Figure": (0, 4), "Initiative": (1, 4), "Passage": (2, 4), "Document": (3, 4), "Territory": (4, 4),
}  # fmt: skip
"""Column and row of each class."""

_ARROWS: Final = (
    ("Edition", "award", "Award"),
    ("Edition", "criterion", "Criterion"),
    ("Edition", "ceremony", "Event"),
    ("Edition", "announcedCount", "AnnouncedCount"),
    ("Edition", "jury", "Jury"),
    ("Jury", "president", "Person"),
    ("CategorySeries", "award", "Award"),
    ("Category", "edition", "Edition"),
    ("Category", "inSeries", "CategorySeries"),
    ("Category", "sponsoredBy", "Organization"),
    ("Distinction", "category", "Category"),
    ("Distinction", "rank", "Rank"),
    ("Distinction", "participation", "Participation"),
    ("Distinction", "initiative", "Initiative"),
    ("Distinction", "evidence", "Passage"),
    ("Participation", "participant", "Organization"),
    ("Participation", "participant", "Person"),
    ("Participation", "evidence", "Passage"),
    ("Initiative", "figure", "Figure"),
    ("Passage", "document", "Document"),
    ("Group", "subClassOf", "Organization"),
    ("Collectivity", "subClassOf", "Organization"),
    ("Organization", "administers", "Territory"),
)
"""From which class a property leads to which; ``subClassOf`` is no property of ours."""


@dataclass(frozen=True, slots=True)
class Box:
    """A class: its name and the upper left corner of its box."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """A property between two classes: where the line starts and ends, and where its name stands."""

    source: str
    name: str
    target: str
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def middle(self) -> tuple[float, float]:
        """Give the middle of the line."""
        return (self.x1 + self.x2) / 2, (self.y1 + self.y2) / 2


def size() -> tuple[int, int]:
    """Give the width and the height of the picture."""
    columns, rows = (max(place[n] for place in _PLACES.values()) for n in (0, 1))
    return columns * _COLUMN + WIDTH + 2 * _MARGIN, rows * _ROW + HEIGHT + 2 * _MARGIN


def boxes() -> list[Box]:
    """Give the box of each class."""
    return [Box(name, c * _COLUMN + _MARGIN, r * _ROW + _MARGIN) for name, (c, r) in _PLACES.items()]


def arrows() -> list[Arrow]:
    """Give the arrows, each from the edge of one box to the edge of another."""
    corner = {box.name: box for box in boxes()}
    found = []
    for source, name, target in _ARROWS:
        start, end = corner[source], corner[target]
        x1, y1 = _edge(start, end)
        x2, y2 = _edge(end, start)
        found.append(Arrow(source, name, target, x1, y1, x2, y2))
    return found


def _edge(box: Box, towards: Box) -> tuple[float, float]:
    """Give the point where the line between the middles of two boxes leaves the first.

    >>> _edge(Box("a", 0, 0), Box("b", 232, 0))
    (140.0, 22.0)
    """
    dx, dy = towards.x - box.x, towards.y - box.y
    scale = min(WIDTH / 2 / abs(dx) if dx else 1, HEIGHT / 2 / abs(dy) if dy else 1)
    return round(box.x + WIDTH / 2 + dx * scale, 1), round(box.y + HEIGHT / 2 + dy * scale, 1)
