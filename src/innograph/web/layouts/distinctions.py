"""What several layouts show of distinctions: rank as printed, what was honoured, who received it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from innograph.namespaces import ID
from innograph.web.reader import Node, Reader, Row, Shown
from innograph.web.words import Language


@dataclass(frozen=True, slots=True)
class Distinction:
    """One distinction: its rank (``gold`` …, or nothing), the rank as printed, its title, its laureates."""

    distinction: Shown
    rank: str
    rank_label: Shown | None
    laureates: list[Shown]
    edition: Shown | None = None
    category: Shown | None = None
    passages: list[Shown] | None = None


def distinctions(reader: Reader, rows: Iterable[Row], language: Language) -> list[Distinction]:
    """Put together the rows of each distinction, in their order: they stand one after another."""

    def one(same: list[Row], name: str) -> Shown | None:
        return reader.show(same[0][name], language) if name in same[0] else None

    def distinction(same: list[Row]) -> Distinction:
        rank = same[0].get("rank")
        return Distinction(
            reader.show(same[0]["distinction"], language),
            rank.value.removeprefix(f"{ID}rank/") if rank else "",
            one(same, "rankLabel"),
            [reader.show(node, language) for node in several(same, "laureate")],
            one(same, "edition"),
            one(same, "category"),
            [reader.show(node, language) for node in several(same, "passage")],
        )

    return [distinction(list(same)) for _, same in groupby(rows, key=lambda row: row["distinction"])]


def several(rows: Iterable[Row], name: str) -> list[Node]:
    """Give the different values that a variable takes, in the order in which they come."""
    return list(dict.fromkeys(row[name] for row in rows if name in row))
