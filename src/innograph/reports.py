"""Reports of errors that readers send: a queue outside the graph, one SQLite file in the home folder.

A report has a reference by which whoever knows it follows its status; nobody but the maintainer reads its
words.
"""

import secrets
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, cast, get_args

from innograph.errors import ReportError

Status = Literal["open", "corrected", "declined", "duplicate"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)

FILE: Final = "reports.sqlite"
MOST_OPEN: Final = 5000
"""Open reports that the queue holds; it refuses more until some are closed."""

LONGEST: Final = {"about": 500, "fact": 300, "words": 4000}
"""Characters of each text of a report."""

_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS report (reference TEXT PRIMARY KEY, received TEXT NOT NULL, about TEXT NOT NULL,
    fact TEXT NOT NULL, words TEXT NOT NULL, version TEXT NOT NULL, status TEXT NOT NULL, closed TEXT NOT
    NULL, answer TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Report:
    """One report. ``received`` and ``closed`` are days, ISO 8601; ``closed`` and ``answer`` may be empty."""

    reference: str
    received: str
    about: str
    """The path of the page that it is about, ``/doc/distinction/…``."""
    fact: str
    """What on the page is wrong, as the reader or the page named it; may be empty."""
    words: str
    version: str
    """The version of the data that the reader saw."""
    status: Status = "open"
    closed: str = ""
    answer: str = ""
    """What the maintainer answers; shown to everybody who has the reference."""


_COLUMNS: Final = ", ".join(field.name for field in fields(Report))


class Reports:
    """The queue in the file at ``path``, which is made when the first report comes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, *, about: str, fact: str, words: str, version: str, now: datetime) -> Report:
        """Take a report up and give it its reference.

        :raises ReportError: a text is missing, too long, or no path; the queue is full; or it cannot be
        written.
        """
        about, fact, words = _checked({"about": about, "fact": fact, "words": words})
        report = Report(new_reference(), now.date().isoformat(), about, fact, words, version)
        with self._open() as database:
            (waiting,) = database.execute("SELECT count(*) FROM report WHERE status = 'open'").fetchone()
            if waiting >= MOST_OPEN:
                raise ReportError("too many reports wait to be read: come back in some days")
            marks = ", ".join("?" for _ in fields(Report))
            database.execute(f"INSERT INTO report ({_COLUMNS}) VALUES ({marks})", _values(report))
        return report

    def get(self, reference: str) -> Report | None:
        """Give the report with this reference, written in any case, with or without its hyphen."""
        found = self._rows("WHERE reference = ?", normal_reference(reference))
        return found[0] if found else None

    def list(self, status: Status | None = None) -> Sequence[Report]:
        """List the reports with a status, or all, the oldest first."""
        if status is None:
            return self._rows("ORDER BY received, reference")
        return self._rows("WHERE status = ? ORDER BY received, reference", status)

    def close(self, reference: str, status: Status, answer: str, now: datetime) -> Report:
        """Settle a report; an earlier settlement is replaced.

        :raises ReportError: there is no such report, or it cannot be written.
        """
        key = normal_reference(reference)
        with self._open() as database:
            done = database.execute(
                "UPDATE report SET status = ?, answer = ?, closed = ? WHERE reference = ?",
                (status, answer, now.date().isoformat(), key),
            )
            if done.rowcount == 0:
                raise ReportError(f"there is no report {reference!r}")
        (report,) = self._rows("WHERE reference = ?", key)
        return report

    def forget(self, before: str) -> int:
        """Delete the reports that were settled before a day, ISO 8601; tell how many.

        :raises ReportError: the file cannot be written.
        """
        if not self.path.is_file():
            return 0
        with self._open() as database:
            return database.execute(
                "DELETE FROM report WHERE closed != '' AND closed < ?", (before,)
            ).rowcount

    def _rows(self, condition: str, *values: str) -> Sequence[Report]:
        if not self.path.is_file():
            return []
        with self._open() as database:
            found = database.execute(f"SELECT {_COLUMNS} FROM report {condition}", values)
            return [Report(*row) for row in found]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one piece of work: several processes share it."""
        try:
            with closing(sqlite3.connect(self.path, timeout=5)) as database, database:
                database.executescript(_SCHEMA)
                yield database
        except sqlite3.Error as error:
            raise ReportError(f"the reports cannot be kept ({error})", self.path) from error


def new_reference() -> str:
    """Invent a reference: two groups of four letters and digits that nobody confuses with others."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def normal_reference(text: str) -> str:
    """Write a reference as it is kept.

    >>> normal_reference(" 7k3mq2xd ")
    '7K3M-Q2XD'
    """
    letters = "".join(char for char in text.upper() if char.isalnum())
    return f"{letters[:4]}-{letters[4:]}"


def _checked(texts: dict[str, str]) -> list[str]:
    cleaned = []
    for name, text in texts.items():
        clean = "".join(char for char in text if char == "\n" or not _is_control(char)).strip()
        if len(clean) > LONGEST[name]:
            raise ReportError(f"{name} has more than {LONGEST[name]} characters")
        cleaned.append(clean)
    about, _, words = cleaned
    if not about.startswith("/") or about.startswith("//"):
        raise ReportError("about is no path of a page here")
    if len(words) < 5:
        raise ReportError("words are missing: say what is wrong")
    return cleaned


def _is_control(char: str) -> bool:
    r"""Tell whether a character is for terminals or turns text around, and not for readers.

    >>> [_is_control(char) for char in ("\x1b", "\u202e", "é")]
    [True, True, False]
    """
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")


def _values(report: Report) -> tuple[str, ...]:
    return tuple(cast(str, getattr(report, field.name)) for field in fields(Report))
