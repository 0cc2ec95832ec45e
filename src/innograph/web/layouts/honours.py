"""Distinctions as the pages of bodies and of places list them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from pyoxigraph import NamedNode

from innograph.web.layouts.initiatives import InShort
from innograph.web.reader import Node, Reader, Row, Shown
from innograph.web.words import Language, word


@dataclass(frozen=True, slots=True)
class Honour:
    """One distinction: its rank (``gold`` …, or nothing), the rank as printed, who else received it."""

    distinction: Shown
    rank: str
    rank_label: Shown | None
    edition: Shown
    category: Shown | None = None
    others: tuple[Shown, ...] = ()
    initiative: Shown | None = None
    in_short: InShort | None = None
    """What was done, where the list has not told it before."""


def honours_of(
    reader: Reader,
    body: NamedNode,
    rows: Iterable[Row],
    in_short: Mapping[Node, InShort],
    language: Language,
) -> list[tuple[Shown, list[Honour]]]:
    """Give the distinctions of a body by edition, from the rows of ``honours.rq``.

    :param in_short: what was done, by initiative; it is told with the first of its distinctions.
    """
    told: set[Node] = set()
    found = []
    for edition, same_edition in groupby(rows, key=lambda row: row["edition"]):
        honours = []
        for _, same in groupby(same_edition, key=lambda row: row["distinction"]):
            first, *more = same
            initiative = first.get("initiative")
            new = initiative is not None and initiative not in told
            told |= {initiative} if initiative else set()
            honours.append(
                replace(
                    honour(reader, first, language),
                    category=reader.show(first["category"], language),
                    others=tuple(
                        reader.show(row["laureate"], language)
                        for row in (first, *more)
                        if row["laureate"] != body
                    ),
                    initiative=reader.show(initiative, language) if initiative else None,
                    in_short=in_short.get(initiative) if initiative and new else None,
                )
            )
        found.append((reader.show(edition, language), honours))
    return found


def summary_of_honours(about: Shown, number: int, language: Language) -> str:
    """Say in a sentence how many distinctions a body, or the bodies of a place, received."""
    told = word(
        "honours summary" if number > 1 else "honour summary" if number else "no honour summary", language
    )
    return told.format(title=about.text, distinctions=number)


def honour(reader: Reader, row: Row, language: Language) -> Honour:
    """Give a distinction from a row that holds it, its edition, and its rank if it has one."""
    rank, label = row.get("rank"), row.get("rankLabel")
    return Honour(
        reader.show(row["distinction"], language),
        rank.value.rpartition("/")[2] if rank else "",
        reader.show(label, language) if label else None,
        reader.show(row["edition"], language),
    )
