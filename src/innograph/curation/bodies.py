"""Who is who, as people settled it: organizations, persons and decisions, one table each in ``data/``."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from innograph.curation.tables import read_table
from innograph.errors import DataError


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """One body. ``kind`` is a concept of the scheme organization-kind, or ``group`` for unnamed bodies."""

    key: str
    name: str
    kind: str
    department: str
    """Number of its département, where a document or a reader gives it; empty otherwise."""
    group_of: str
    """For a group: key of the body around which its unnamed members stand."""
    source: str
    """Where the département was read."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in a public role of an award."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One judgement of a reader. It wins over every rule.

    ``about`` is ``organization`` (``mention`` is that body), ``initiative`` (the distinction with the key
    ``mention`` honours that initiative) or ``series`` (the category with the key ``mention`` belongs to it).
    ``context`` is the key of an edition, or ``*`` for all of them.
    """

    about: str
    mention: str
    context: str
    identifier: str
    judgement: str
    who: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies and persons that have an address, and what readers decided about names."""

    organizations: dict[str, OrganizationRow]
    persons: dict[str, PersonRow]
    decisions: tuple[DecisionRow, ...]


def read_bodies(data: Path) -> Bodies:
    """Read the three tables of the folder ``data`` and check that they refer to one another rightly.

    :raises DataError: a table is malformed, a key stands twice, or a row names a body that does not exist.
    """
    organizations = _by_key(
        read_table(OrganizationRow, data / "organizations.tsv"), data / "organizations.tsv"
    )
    persons = _by_key(read_table(PersonRow, data / "persons.tsv"), data / "persons.tsv")
    for number, row in enumerate(organizations.values(), start=2):
        for key in row.group_of.split():
            if key not in organizations:
                raise DataError(
                    f"{row.key}: no organization has the key {key!r}", data / "organizations.tsv", number
                )
    decisions = read_table(DecisionRow, data / "decisions.tsv")
    for number, decision in enumerate(decisions, start=2):
        problem = _problem(decision, organizations)
        if problem:
            raise DataError(problem, data / "decisions.tsv", number)
    return Bodies(organizations, persons, tuple(decisions))


_Row = TypeVar("_Row", OrganizationRow, PersonRow)


def _by_key(rows: "list[_Row]", path: Path) -> "dict[str, _Row]":
    table: dict[str, _Row] = {}
    for number, row in enumerate(rows, start=2):
        if row.key in table:
            raise DataError(f"the key {row.key!r} stands twice", path, number)
        table[row.key] = row
    return table


def _problem(decision: DecisionRow, organizations: dict[str, OrganizationRow]) -> str | None:
    if decision.about not in ("organization", "initiative", "series"):
        return f"unknown matter {decision.about!r}; known are organization, initiative, series"
    if decision.judgement not in ("same", "different"):
        return f"unknown judgement {decision.judgement!r}; known are same, different"
    if decision.about == "organization" and decision.identifier not in organizations:
        return f"no organization has the key {decision.identifier!r}; add it to organizations.tsv"
    if not (decision.who and decision.when and decision.why):
        return "a decision needs who, when and why"
    return None
