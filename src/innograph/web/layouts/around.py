"""What stands around a body or a place, by property: what it lies in, what it replaced, who is its member."""

from collections.abc import Callable, Sequence
from typing import Final

from pyoxigraph import NamedNode

from innograph.web.links import path_to
from innograph.web.reader import Reader, Row, Shown
from innograph.web.words import Language

_LONGEST_CRUMB: Final = 60


def others_of(reader: Reader, rows: list[Row], language: Language) -> Callable[..., list[Shown]]:
    """Give a function of a property, and of whether it is ``inverse``, over rows with these and ``other``."""

    def others(property: NamedNode, *, inverse: bool = False) -> list[Shown]:
        return [
            reader.show(row["other"], language)
            for row in rows
            if row["property"] == property and ("inverse" in row) == inverse
        ]

    return others


def crumbs(wider: Sequence[Shown], itself: Shown) -> list[tuple[str, str | None]]:
    """Give the breadcrumbs of a thing in places, the widest first."""
    return [*((place.text, path_to(place)) for place in wider), (_cut(itself.text), None)]


def _cut(name: str) -> str:
    """Cut a name that would fill the page.

    >>> _cut("Élancourt"), len(_cut("x" * 5000))
    ('Élancourt', 60)
    """
    return name if len(name) <= _LONGEST_CRUMB else f"{name[: _LONGEST_CRUMB - 1].rstrip()}…"
