"""Initiatives in short: what was done, with whom, and the first figures, as the page of a body tells them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from innograph.namespaces import concept
from innograph.web.figures import number_of
from innograph.web.reader import Node, Reader, Row, Shown
from innograph.web.words import Language

MOST_FIGURES: Final = 3
"""Figures of an initiative that stand on the page of a body; its own page has them all."""

_TOLD: Final = ("figure", "partner", "partnerRole", "theme", "abstract")

_SIGNS: Final[Mapping[Node, str]] = {
    concept("unit", "euro"): "\N{NO-BREAK SPACE}€",
    concept("unit", "percent"): "\N{NO-BREAK SPACE}%",
}


@dataclass(frozen=True, slots=True)
class ShortFigure:
    """A figure with its unit and what it measures; ``itself`` leads to the words and the lines."""

    itself: Shown
    number: str
    unit: Shown | None
    sign: str
    """What is written behind the number, with its space: the sign of the unit, if it has one."""
    measures: Shown


@dataclass(frozen=True, slots=True)
class InShort:
    """What the page of a body tells of an initiative."""

    abstracts: list[Shown]
    themes: list[Shown]
    partners: list[tuple[Shown, Shown | None]]
    """Each with its role, if the document tells it."""
    figures: list[ShortFigure]
    more_figures: int
    """Figures that its own page has beside these."""


def in_short(reader: Reader, rows: list[Row], language: Language) -> Mapping[Node, InShort]:
    """Give what there is to tell of each initiative, from the rows of ``initiatives-in-short.rq``."""
    found: dict[Node, dict[tuple[Node | None, ...], Row]] = {}
    for row in rows:  # the rows of an initiative that was honoured twice stand there twice
        if getattr(row.get("measures"), "language", language) != language:
            continue
        found.setdefault(row["initiative"], {})[tuple(row.get(name) for name in _TOLD)] = row
    return {
        initiative: _in_short(reader, sorted(same.values(), key=_in_order), language)
        for initiative, same in found.items()
    }


def _in_order(row: Row) -> tuple[int, list[str]]:
    told = [row[name].value if name in row else "" for name in _TOLD]
    return int(row["order"].value) if "order" in row else 0, told


def _in_short(reader: Reader, rows: list[Row], language: Language) -> InShort:
    def shown(name: str) -> list[Shown]:
        return [reader.show(row[name], language) for row in rows if name in row]

    figures = [row for row in rows if "figure" in row]
    return InShort(
        shown("abstract"),
        shown("theme"),
        [
            (
                reader.show(row["partner"], language),
                reader.show(row["partnerRole"], language) if "partnerRole" in row else None,
            )
            for row in rows
            if "partner" in row
        ],
        [_figure(reader, row, language) for row in figures[:MOST_FIGURES]],
        len(figures[MOST_FIGURES:]),
    )


def _figure(reader: Reader, row: Row, language: Language) -> ShortFigure:
    unit = row["unit"]
    return ShortFigure(
        reader.show(row["figure"], language),
        number_of(row, language),
        None if unit == concept("unit", "other") else reader.show(unit, language),
        _SIGNS.get(unit, ""),
        reader.show(row["measures"], language),
    )
