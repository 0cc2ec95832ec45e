"""Who is who, as people settled it: organizations, persons and decisions, one table each in ``data/``."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from innograph.curation.tables import read_table
from innograph.errors import DataError
from innograph.text import fold, is_key

_Row = TypeVar("_Row")
_MATTERS = ("organization", "initiative", "series", "department", "register")
_JUDGEMENTS = ("same", "none")
_DEPARTMENT = re.compile(r"0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-6]")


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """One body. ``kind`` is a concept of the scheme organization-kind, or ``group`` for unnamed bodies."""

    key: str
    name: str
    kind: str
    group_of: str
    """For a group: key of the body around which its unnamed members stand."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in a public role of an award."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One judgement of a reader, ``same`` or ``none``. It wins over every rule.

    ``about`` is ``organization`` (``mention`` is that body), ``initiative`` (the distinction with the key
    ``mention`` honours that initiative), ``series`` (the category with the key ``mention`` belongs to it),
    ``department`` (the body with the key ``mention`` is in the département with that code) or ``register``
    (the body with the key ``mention`` is that entry of the registers; judged ``none``, with an empty
    ``identifier``, it is in none). ``context`` is the key of an edition, or ``*`` for all of them.
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
    """By key."""
    persons: dict[str, PersonRow]
    """By folded name."""
    decisions: tuple[DecisionRow, ...]

    def departments(self) -> dict[str, DecisionRow]:
        """Give the decisions that say in which département a body is, by the key of the body."""
        return {row.mention: row for row in self.decisions if row.about == "department"}

    def registered(self) -> dict[str, DecisionRow]:
        """Give the decisions on which entry of the registers a body is, if any, by the key of the body."""
        return {row.mention: row for row in self.decisions if row.about == "register"}

    def decided(self, about: str, given: Mapping[str, str]) -> dict[str, DecisionRow]:
        """Give the decisions about initiatives or series, by the key of the thing decided on.

        :param given: for each such thing the identifier that ``data/editions/`` gives it.
        :raises DataError: a decision is about a thing that does not exist, or says another identifier.
        """
        found = {row.mention: row for row in self.decisions if row.about == about}
        for row in found.values():
            if given.get(row.mention) != row.identifier:
                has = given.get(row.mention, "nothing: there is no such thing")
                raise DataError(
                    f"the decision on {row.mention} says {row.identifier}, data/editions/ gives it {has}",
                    "data/decisions.tsv",
                )
        return found


def read_bodies(data: Path) -> Bodies:
    """Read the three tables of the folder ``data`` and check that they refer to one another rightly.

    :raises DataError: a table is malformed, a key or a name stands twice, or a row names a body that does not
        exist.
    """
    path = data / "organizations.tsv"
    organizations = _unique(read_table(OrganizationRow, path), path, lambda row: row.key)
    for number, row in enumerate(organizations.values(), start=2):
        if row.group_of and row.group_of not in organizations:
            raise DataError(f"{row.key}: no organization has the key {row.group_of!r}", path, number)
        if not is_key(row.kind):
            raise DataError(f"{row.key}: the kind {row.kind!r} cannot stand in an address", path, number)
    path = data / "persons.tsv"
    people = read_table(PersonRow, path)
    _unique(people, path, lambda row: row.key)
    persons = _unique(people, path, lambda row: fold(row.name))
    path = data / "decisions.tsv"
    decisions = read_table(DecisionRow, path)
    for number, decision in enumerate(decisions, start=2):
        problem = _problem(decision, organizations)
        if problem:
            raise DataError(problem, path, number)
    _unique(decisions, path, lambda row: f"{row.about} {fold(row.mention)} {row.context}")
    return Bodies(organizations, persons, tuple(decisions))


def _unique(rows: Sequence[_Row], path: Path, name: Callable[[_Row], str]) -> dict[str, _Row]:
    """Give rows by what names them.

    :raises DataError: two rows have the same name, or a key that cannot stand in an address.
    """
    table: dict[str, _Row] = {}
    for number, row in enumerate(rows, start=2):
        if name(row) in table:
            raise DataError(f"{name(row)!r} stands twice", path, number)
        key = getattr(row, "key", None)
        if key is not None and not is_key(key):
            raise DataError(f"the key {key!r} cannot stand in an address", path, number)
        table[name(row)] = row
    return table


def _problem(decision: DecisionRow, organizations: Mapping[str, OrganizationRow]) -> str | None:
    if decision.about not in _MATTERS:
        return f"unknown matter {decision.about!r}; known are {', '.join(_MATTERS)}"
    if decision.judgement not in _JUDGEMENTS:
        return f"unknown judgement {decision.judgement!r}; known are {', '.join(_JUDGEMENTS)}"
    if (decision.judgement == "none") != (decision.identifier == ""):
        return "judged none, a row has no identifier; judged same, it has one"
    if decision.judgement == "none" and decision.about != "register":
        return f"only a row about register can be judged none, not one about {decision.about}"
    if decision.about == "organization" and decision.identifier not in organizations:
        return f"no organization has the key {decision.identifier!r}; add it to organizations.tsv"
    if decision.about in ("department", "register") and decision.mention not in organizations:
        return f"no organization has the key {decision.mention!r}"
    if decision.about == "department" and not _DEPARTMENT.fullmatch(decision.identifier):
        return f"{decision.identifier!r} is no code of a département"
    if not (decision.who and decision.why):
        return "a decision needs who and why"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", decision.when):
        return f"when must be a day such as 2026-11-22, not {decision.when!r}"
    return None
