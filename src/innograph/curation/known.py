"""Editions that are known of and not loaded: reviewed, each with the lines that tell of it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from innograph.curation.tables import read_table
from innograph.errors import DataError

FILE: Final = "known-editions.tsv"
STATES: Final = ("known", "not-held")

_LINES = re.compile(r"[a-z0-9-]+:\d+(?:-\d+)?(?: [a-z0-9-]+:\d+(?:-\d+)?)*")


@dataclass(frozen=True, slots=True)
class KnownRow:
    """What is known of the editions of an award in the years ``first`` to ``last``, both included."""

    award: str
    """The key of the award."""
    first: str
    last: str
    state: str
    """``known``: there was one each year; ``not-held``: there was none."""
    why_fr: str
    why_en: str
    lines: str
    """What says so: documents and lines, ``prix-territoriaux-2020:1``, separated by spaces."""

    def years(self) -> range:
        """Give the years."""
        return range(int(self.first), int(self.last) + 1)

    def sources(self) -> list[tuple[str, str]]:
        """Give the documents and their lines: ``("prix-territoriaux-2020", "1")``."""
        return [
            (document, lines) for document, _, lines in (each.partition(":") for each in self.lines.split())
        ]


def read_known(path: Path) -> list[KnownRow]:
    """Read the table.

    :raises DataError: it is missing or malformed; names the line.
    """
    rows = read_table(KnownRow, path)
    for number, row in enumerate(rows, start=2):
        if not (row.first.isdigit() and row.last.isdigit() and row.years()):
            raise DataError("first and last must be years, in this order", path, number)
        if row.state not in STATES:
            raise DataError(f"{row.state!r} is no state: {' or '.join(STATES)}", path, number)
        if not (row.award and row.why_fr and row.why_en and _LINES.fullmatch(row.lines)):
            raise DataError("award, both reasons and the lines of a document are needed", path, number)
    return rows
