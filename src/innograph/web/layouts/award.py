"""The page of an award: its editions side by side, and its categories from one edition to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pyoxigraph import NamedNode

from innograph.text import words
from innograph.web.layouts.layout import NO_ROLES, Layout
from innograph.web.reader import Node, Reader, Row, Shown
from innograph.web.words import Language, word


@dataclass(frozen=True, slots=True)
class SeriesOfAward:
    """A series of categories, and its category in each edition, None where there is none."""

    series: Shown
    cells: list[Shown | None]
    renamed: bool
    """Whether the labels of two editions differ by more than capitals, accents and signs."""


def renamed(names: list[str]) -> bool:
    """Tell whether labels differ by more than capitals, accents and signs.

    >>> renamed(["Prix du Jury", "PRIX DU JURY"]), renamed(["TERRITORIA / Unicef France", "Unicef"])
    (False, True)
    """
    return len({tuple(words(name)) for name in names}) > 1


def _read(reader: Reader, award: NamedNode, language: Language) -> Mapping[str, Any]:
    editions = reader.rows_once("award-editions", award=award.value)
    categories = reader.rows_once("award-categories", award=award.value)
    columns = [row["edition"] for row in editions]
    table = [{name: reader.show(node, language) for name, node in row.items()} for row in editions]
    years = ", ".join(row["year"].value for row in editions)
    summary = word("award summary", language).format(title=reader.show(award, language).text, years=years)
    return {
        "editions": table,
        "series": [
            _series(reader, list(same), columns, language)
            for _, same in groupby(categories, key=lambda row: row["series"])
        ],
        "summary": summary if years else "",
        "linked": {
            "subEvent": [
                {"@type": "Event", "@id": row["edition"].value, "name": shown["edition"].text}
                for row, shown in zip(editions, table, strict=True)
            ]
        },
    }


def _series(reader: Reader, same: list[Row], columns: list[Node], language: Language) -> SeriesOfAward:
    found = {row["edition"]: row["category"] for row in same}
    return SeriesOfAward(
        reader.show(same[0]["series"], language),
        [reader.show(found[edition], language) if edition in found else None for edition in columns],
        renamed([row["name"].value for row in same]),
    )


AWARD = Layout(
    "things/award.html",
    _read,
    NO_ROLES | {"done", "figures", "backlinks"},
    question="award-categories",
    years=True,
)
