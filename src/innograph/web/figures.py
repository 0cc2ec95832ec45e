"""The figures that the page of an initiative or of a distinction shows, each with its lines."""

from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from innograph.namespaces import concept
from innograph.web.reader import Node, Reader, Row, Shown
from innograph.web.words import Language, word


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of the table of figures."""

    itself: Shown
    number: str
    unit: Shown | None
    measures: Shown
    more: list[Shown]
    """Percent of what, over which time, and a reader's note, where there are any."""
    mention: str
    passages: list[Shown]


def ask_figures(reader: Reader, thing: NamedNode, language: Language) -> list[Row]:
    """Ask for the figures of an initiative, or those of the description that a distinction honours it by."""
    return reader.rows("figures", thing=thing.value, language=language)


def figure_rows(reader: Reader, rows: list[Row], language: Language) -> list[FigureRow]:
    """Give the table of the figures that were found."""
    found: dict[Node, list[Row]] = {}
    for row in rows:
        found.setdefault(row["figure"], []).append(row)
    return [_row(reader, same, language) for same in found.values()]


def _row(reader: Reader, rows: list[Row], language: Language) -> FigureRow:
    first = rows[0]
    unit = first["unit"]
    return FigureRow(
        reader.show(first["figure"], language),
        number_of(first, language),
        None if unit == concept("unit", "other") else reader.show(unit, language),
        reader.show(first["measures"], language),
        [reader.show(first[name], language) for name in ("base", "period", "note") if name in first],
        first["printed"].value,
        [reader.show(passage, language) for passage in dict.fromkeys(row["passage"] for row in rows)],
    )


def number_of(row: Row, language: Language) -> str:
    """Write the number of a figure with its hedge, from ``value``, ``lower``, ``upper`` and ``qualifier``."""
    qualifier = f"{row['qualifier'].value} " if "qualifier" in row else ""
    return qualifier + _number(row, language)


def _number(row: Row, language: Language) -> str:
    if "value" in row:
        return written(row["value"].value, language)
    bounds = [written(row[name].value, language) if name in row else "" for name in ("lower", "upper")]
    if all(bounds):
        return "–".join(bounds)
    return f"{word('at least' if bounds[0] else 'at most', language)} {''.join(bounds)}"


def written(number: str, language: Language) -> str:
    """Write a decimal number as readers of a language do.

    >>> written("1452000", "en"), written("12.5", "fr"), written("-3.0", "fr")
    ('1,452,000', '12,5', '-3')
    """
    text = f"{Decimal(number):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if language == "en":
        return text
    return text.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")
