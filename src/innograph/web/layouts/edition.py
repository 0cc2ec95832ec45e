"""The page of an edition: its palmarès, in the order of the document."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pyoxigraph import NamedNode

from innograph.web.layouts.layout import Layout
from innograph.web.reader import Reader, Row, Shown
from innograph.web.words import Language


@dataclass(frozen=True, slots=True)
class Honour:
    """One distinction of a category: its rank as printed, its title, its laureates."""

    distinction: Shown
    rank: Shown | None
    laureates: list[Shown]


def _read(reader: Reader, edition: NamedNode, language: Language) -> Mapping[str, Any]:
    def honour(rows: list[Row]) -> Honour:
        rank = rows[0].get("rankLabel")
        return Honour(
            reader.show(rows[0]["distinction"], language),
            reader.show(rank, language) if rank else None,
            [reader.show(row["laureate"], language) for row in rows],
        )

    found = reader.rows("palmares", edition=edition.value)
    categories = [
        (
            reader.show(category, language),
            [honour(list(same)) for _, same in groupby(rows, key=lambda row: row["distinction"])],
        )
        for category, rows in groupby(found, key=lambda row: row["category"])
    ]
    return {"categories": categories}


EDITION = Layout("things/edition.html", _read, frozenset({"backlinks"}))
