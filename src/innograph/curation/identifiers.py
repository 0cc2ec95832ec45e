"""``data/identifiers.tsv``: what bodies and places are called elsewhere, as people read it and where."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from innograph.curation.tables import read_table
from innograph.errors import DataError
from innograph.identifiers import SCHEMES, is_siren

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class IdentifierRow:
    """One identifier of one body or place.

    ``about`` is ``organization`` (``key`` is one of ``data/organizations.tsv``) or ``territory`` (``key`` is
    an entry of the registers, ``department/78``). ``date`` is as of when ``source`` says so: a year, a month,
    or the day on which it was read. ``who`` judged on the day ``when`` that it is the same thing.
    """

    about: str
    key: str
    scheme: str
    value: str
    source: str
    date: str
    who: str
    when: str


def read_identifiers(data: Path, organizations: Collection[str]) -> list[IdentifierRow]:
    """Read the identifiers of the folder ``data``.

    :param organizations: the keys of the bodies that have an address.
    :raises DataError: the table is malformed, a value is not in the form of its scheme, or a body is unknown.
    """
    path = data / "identifiers.tsv"
    rows = read_table(IdentifierRow, path)
    seen: dict[tuple[str, str, str], int] = {}
    for number, row in enumerate(rows, start=2):
        problem = _problem(row, organizations)
        if problem:
            raise DataError(problem, path, number)
        if (row.about, row.key, row.scheme) in seen:
            raise DataError(
                f"{row.key} has another {row.scheme} on line {seen[row.about, row.key, row.scheme]}",
                path,
                number,
            )
        seen[row.about, row.key, row.scheme] = number
    return rows


def _problem(row: IdentifierRow, organizations: Collection[str]) -> str | None:
    scheme = SCHEMES.get(row.scheme)
    if scheme is None:
        return f"unknown scheme {row.scheme!r}; known are {', '.join(SCHEMES)}"
    if row.about not in scheme.about:
        return f"{row.scheme} identifies {' or '.join(sorted(scheme.about))}, not {row.about!r}"
    if row.about == "organization" and row.key not in organizations:
        return f"no organization has the key {row.key!r}"
    if not scheme.form.fullmatch(row.value) or (row.scheme == "siren" and not is_siren(row.value)):
        return f"{row.value!r} is no identifier of the scheme {row.scheme}"
    if not (row.source and row.who):
        return "an identifier needs source and who"
    if not _DATE.fullmatch(row.date):
        return f"date must be a year, a month or a day such as 2024-12, not {row.date!r}"
    if not _DAY.fullmatch(row.when):
        return f"when must be a day such as 2026-11-22, not {row.when!r}"
    return None
