"""Addresses of things that were given up: what took their place, when, and why."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from innograph.curation.tables import read_table
from innograph.errors import DataError

FILE: Final = "addresses.tsv"

_ADDRESS = re.compile(r"[a-z0-9-]+(?:/[A-Za-z0-9._~-]+)+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class RetiredRow:
    """An address that no thing has any more."""

    address: str
    """What followed ``/id/``: ``organization/orval``."""
    successors: str
    """The addresses that took its place, separated by spaces; empty where nothing did."""
    when: str
    """The day on which it was given up."""
    why_fr: str
    why_en: str

    def others(self) -> list[str]:
        """List what took its place.

        >>> RetiredRow("theme/a", "theme/b theme/c", "2031-05-02", "partagé", "split").others()
        ['theme/b', 'theme/c']
        """
        return self.successors.split()


def read_retired(path: Path) -> list[RetiredRow]:
    """Read the table.

    :raises DataError: it is missing or malformed, or an address was given up that another one leads to; names
        the line.
    """
    rows = read_table(RetiredRow, path)
    retired = {row.address for row in rows}
    for number, row in enumerate(rows, start=2):
        wrong = [each for each in (row.address, *row.others()) if not _ADDRESS.fullmatch(each)]
        if wrong:
            raise DataError(f"{wrong[0]!r} is no address: write what follows /id/", path, number)
        again = sorted(retired & set(row.others()))
        if again:
            raise DataError(f"{again[0]} was given up too: name what took its place", path, number)
        if not _DAY.fullmatch(row.when) or not (row.why_fr and row.why_en):
            raise DataError("a day (2031-05-02) and the reason in both languages are needed", path, number)
    return rows
