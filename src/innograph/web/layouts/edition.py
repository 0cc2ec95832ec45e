"""The page of an edition: its palmarès in the order of the document, what was announced, who judged, when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from pyoxigraph import NamedNode

from innograph.namespaces import concept
from innograph.web.dates import day_in_words, month_in_words
from innograph.web.layouts.distinctions import Distinction, distinctions, several
from innograph.web.layouts.layout import NO_ROLES, Layout
from innograph.web.reader import Node, Reader, Row, Shown
from innograph.web.words import Language, word


@dataclass(frozen=True, slots=True)
class CategoryOfEdition:
    """One category of a palmarès: its sponsors, where there are any, and its distinctions."""

    category: Shown
    sponsors: list[Shown]
    honours: list[Distinction]


@dataclass(frozen=True, slots=True)
class Announced:
    """One announced number beside what the document lists; ``listed`` is None where it lists nothing."""

    count: Shown
    about: list[Shown]
    value: int
    listed: int | None
    passages: list[Shown]


@dataclass(frozen=True, slots=True)
class Someone:
    """One person or body in a role of the edition."""

    who: Shown
    unnamed: bool
    """Whether the body sits through a representative whom the document does not name."""
    offices: list[Shown]
    behalf: Shown | None
    passages: list[Shown]


@dataclass(frozen=True, slots=True)
class Happening:
    """A jury meeting, a ceremony, an announcement: when and where, as far as the document says."""

    event: Shown
    kind: Shown
    when: str
    where: list[Shown]
    passages: list[Shown]


def _read(reader: Reader, edition: NamedNode, language: Language) -> Mapping[str, Any]:
    palmares = reader.rows_once("palmares", edition=edition.value)
    announced = reader.rows_once("edition-announced", edition=edition.value)
    people = reader.rows_once("edition-people", edition=edition.value)
    events = reader.rows_once("edition-events", edition=edition.value)
    categories = [
        CategoryOfEdition(
            reader.show(category, language),
            [reader.show(node, language) for node in several(same, "sponsor")],
            distinctions(reader, same, language),
        )
        for category, same in _grouped(palmares, "category")
    ]
    count = sum(len(each.honours) for each in categories)
    summary = word("edition summary", language).format(
        title=reader.show(edition, language).text, categories=len(categories), distinctions=count
    )
    days = [row["date"].value for row in events if "date" in row]
    return {
        "categories": categories,
        "distinctions": count,
        "bodies": len(_bodies(palmares)),
        "announced": [
            _announced(reader, same, palmares, language) for _, same in _grouped(announced, "count")
        ],
        "people": [
            (
                reader.show(role, language),
                [_someone(reader, same, language) for _, same in _grouped(rows, "participation")],
            )
            for role, rows in _grouped(sorted(people, key=_by_role), "role")
        ],
        "events": [_happening(reader, same, language) for _, same in _grouped(events, "event")],
        "summary": summary,
        "linked": {"startDate": min(days)} if days else {},
    }


_ROLES: Final = ("organiser", "spokesperson", "president", "juror", "host", "presenter")


def _by_role(row: Row) -> int:
    roles = [concept("role", name).value for name in _ROLES]
    role = row["role"].value
    return roles.index(role) if role in roles else len(roles)


def _grouped(rows: list[Row], name: str) -> list[tuple[Node, list[Row]]]:
    return [(node, list(same)) for node, same in groupby(rows, key=lambda row: row[name])]


def _bodies(palmares: list[Row]) -> set[Node]:
    """Give the laureates that are bodies; a group of unnamed ones is none."""
    return {row["laureate"] for row in palmares if row["group"].value != "true"}


def _announced(reader: Reader, same: list[Row], palmares: list[Row], language: Language) -> Announced:
    first = same[0]
    return Announced(
        reader.show(first["count"], language),
        [reader.show(first[name], language) for name in ("stage", "counted", "rank") if name in first],
        int(first["value"].value),
        _listed(first, palmares),
        [reader.show(node, language) for node in several(same, "passage")],
    )


def _listed(announced: Row, palmares: list[Row]) -> int | None:
    """Count in the palmarès what an announced number counts; None where a palmarès does not list it."""
    counted = announced.get("counted")
    if counted == concept("counted", "categories"):
        return len({row["category"] for row in palmares})
    if announced["stage"] != concept("stage", "laureates"):
        return None
    if counted == concept("counted", "distinctions"):
        rank = announced.get("rank")
        return len({row["distinction"] for row in palmares if rank in (None, row.get("rank"))})
    return len(_bodies(palmares)) if counted == concept("counted", "bodies") else None


def _someone(reader: Reader, same: list[Row], language: Language) -> Someone:
    first = same[0]
    return Someone(
        reader.show(first["participant"], language),
        "unnamed" in first,
        [reader.show(node, language) for node in several(same, "office")],
        reader.show(first["behalf"], language) if "behalf" in first else None,
        [reader.show(node, language) for node in several(same, "passage")],
    )


def _happening(reader: Reader, same: list[Row], language: Language) -> Happening:
    first = same[0]
    return Happening(
        reader.show(first["event"], language),
        reader.show(first["property"], language),
        _when(first, language),
        [reader.show(first[name], language) for name in ("venue", "location") if name in first],
        [reader.show(node, language) for node in several(same, "passage")],
    )


def _when(row: Row, language: Language) -> str:
    if "date" in row:
        days = [date.fromisoformat(row[name].value) for name in ("date", "endDate") if name in row]
        return " – ".join(day_in_words(day, language) for day in days)
    if "year" not in row:
        return ""
    return month_in_words(
        int(row["year"].value), int(row["month"].value) if "month" in row else None, language
    )


EDITION = Layout(
    "things/edition.html",
    _read,
    NO_ROLES | {"backlinks", "done", "figures"},
    question="palmares",
    years=True,
)
