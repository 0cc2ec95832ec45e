"""What refers to a thing: how many, by property and kind, and those of one page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from pyoxigraph import Literal, NamedNode

from innograph.namespaces import declared_terms, term
from innograph.web.paging import Part, asked_part
from innograph.web.reader import Node, Reader, Row, Shown
from innograph.web.words import Language

MOST_SORTED: Final = 1200
"""Things that are sorted (20 ms); more than that come in the order of the graph."""


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind that refer by one property: how many there are, and those of this page."""

    property: Shown
    kind: Shown | None
    total: int
    page: int | None
    """The page on which they begin; None where they are not sorted."""
    subjects: Sequence[Shown] = ()


@dataclass(frozen=True, slots=True)
class Backlinks:
    """One page of what refers to a thing, and all the groups, those of other pages too."""

    part: Part
    groups: list[Group] = field(default_factory=list)

    @property
    def sorted(self) -> bool:
        """Tell whether they are sorted."""
        return self.part.total <= MOST_SORTED


def no_backlinks() -> Backlinks:
    """Give the first page of nothing; another page is refused as everywhere."""
    return Backlinks(asked_part(0))


def backlinks(reader: Reader, thing: NamedNode, language: Language, listed: NamedNode) -> Backlinks:
    """Give the page that the request asks for of what refers to ``thing``.

    Participations and assertions about the thing are left out: the page shows what they say.

    :param listed: a property whose subjects the page lists elsewhere.
    :raises HTTPException: there is no such page.
    """
    about = {"thing": thing.value, "listed": listed.value}
    counted = reader.rows("backlinks-in-all", **about)
    part = asked_part(sum(int(row["things"].value) for row in counted))
    if part.total > MOST_SORTED:
        rows = reader.rows("backlinks-of-many", part.rows, **about)
        rows.sort(key=lambda row: row["property"].value)
        return Backlinks(part, _groups(reader, part, counted, rows, language))
    if not part.total:
        return Backlinks(part)
    rows = reader.rows("backlinks", part.rows, **about)
    counted = _counted(rows) if part.pages == 1 else reader.rows("backlinks-counted", **about)
    return Backlinks(part, _groups(reader, part, counted, rows, language))


def _counted(rows: list[Row]) -> list[Row]:
    """Count the rows of a list that is whole, as the database does."""
    return [
        {**first, "things": Literal(1 + len(list(others)))}
        for first, others in ((next(same), same) for _, same in groupby(rows, key=_group))
    ]


def _group(row: Row) -> tuple[Node, Node | None]:
    return row["property"], row.get("kind")


def _groups(
    reader: Reader, part: Part, counted: list[Row], rows: list[Row], language: Language
) -> list[Group]:
    kinds = {row["kind"]: _kind(row["kind"].value) for row in counted if "kind" in row}
    reader.expect(kinds.values())
    here = {group: [row["subject"] for row in same] for group, same in groupby(rows, key=_group)}
    found, place = [], 0
    for row in counted:
        kind, total = kinds.get(row["kind"]) if "kind" in row else None, int(row["things"].value)
        found.append(
            Group(
                reader.show(row["property"], language),
                reader.show(kind, language) if kind else None,
                total,
                part.page_of(place) if "kind" in row else None,
                [reader.show(subject, language) for subject in here.get(_group(row), [])],
            )
        )
        place += total
    return found


def _kind(folder: str) -> NamedNode | None:
    """Give what has addresses in a folder of ``/id/``: the class of that name, else concepts.

    What has none of our addresses, and the results of the validation, is of no kind that a page names.
    """
    if not folder or folder.startswith("validation-"):
        return None
    name = "".join(part.capitalize() for part in folder.split("-"))
    return declared_terms().get(name, term("skos:Concept"))
