"""A table of somebody's, as CSV: its encoding and delimiter found out, its rows kept as they are.

Nothing is guessed beyond what can be checked: the whole file is read once before any row is answered, so that
a row that does not fit the header is refused with its line while nothing has been written.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from innograph.errors import ReconciliationError
from innograph.text import sort_key

DELIMITERS = (";", ",", "\t", "|")

_SAMPLE = 64_000
"""Characters in which the delimiter and the ends of lines are looked for."""

_ARCHIVE, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file that has been read once."""

    path: Path
    encoding: str
    delimiter: str
    newline: str
    header: tuple[str, ...]
    rows: int
    """Without the header and blank lines."""
    short: tuple[int, int]
    """How many rows have fewer cells than the header, and the line of the first."""

    @property
    def written_encoding(self) -> str:
        """Give the encoding of what is written: UTF-8, with a mark where spreadsheets need it."""
        return "utf-8" if self.encoding == "utf-8" else "utf-8-sig"

    def column(self, name: str) -> int:
        """Find a column by its name; case and accents do not matter if one column alone fits.

        :raises ReconciliationError: there is none, or there are several; says which there are.
        """
        for fitting in (
            [n for n, each in enumerate(self.header) if each == name],
            [n for n, each in enumerate(self.header) if sort_key(each) == sort_key(name)],
        ):
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                raise ReconciliationError(f"{len(fitting)} columns are called {name!r}", self.path, 1)
        raise ReconciliationError(f"no column {name!r}; there are: {', '.join(self.header)}", self.path, 1)

    def __iter__(self) -> Iterator[list[str]]:
        """Give the rows after the header, as long as it; a blank line is an empty list."""
        with _opened(self.path, self.encoding) as lines:
            reader = csv.reader(lines, delimiter=self.delimiter)
            next(reader)
            for row in reader:
                yield self._fitted(row)

    def _fitted(self, row: list[str]) -> list[str]:
        width = len(self.header)
        if not row and width > 1:
            return row
        return [*row[:width], *[""] * (width - len(row))]


def read_sheet(path: Path, delimiter: str | None = None) -> Sheet:
    """Read a CSV file once: UTF-8, UTF-16 with its mark, or else Windows-1252.

    :param delimiter: what parts cells; found out if there is none.
    :raises ReconciliationError: the file cannot be read, is no CSV, is empty, or has a row that is longer
        than the header (with its line).
    """
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise ReconciliationError(f"cannot be read ({error.strerror})", path) from error
    if head.startswith((_ARCHIVE, _OLD_EXCEL)):
        raise ReconciliationError("a spreadsheet or an archive: save it as CSV", path)
    marked = [encoding for mark, encoding in _MARKS.items() if head.startswith(mark)]
    for encoding in marked or ("utf-8", "cp1252"):
        try:
            return _examined(path, encoding, delimiter)
        except UnicodeError:
            continue
    raise ReconciliationError("neither UTF-8 nor Windows-1252 text: is it CSV?", path)


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[Iterable[str]]:
    with path.open(encoding=encoding, newline="") as lines:
        yield lines


def _examined(path: Path, encoding: str, delimiter: str | None) -> Sheet:
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(_SAMPLE)
    if "\0" in sample:
        raise ReconciliationError("no text: is it CSV?", path)
    delimiter = delimiter or _delimiter(sample)
    newline = "\r\n" if "\r\n" in sample else "\n"
    rows, short = 0, (0, 0)
    with _opened(path, encoding) as lines:
        reader = csv.reader(lines, delimiter=delimiter)
        try:
            header = next((row for row in reader), [])
            if not any(cell.strip() for cell in header):
                raise ReconciliationError("empty, or its first line is: it must name the columns", path)
            for row in reader:
                rows += bool(row) or len(header) == 1
                if any(row[len(header) :]):
                    raise ReconciliationError(_too_long(row, header, delimiter), path, reader.line_num)
                if row and len(row) < len(header):
                    short = (short[0] + 1, short[1] or reader.line_num)
        except csv.Error as error:
            raise ReconciliationError(
                f"no CSV ({error}): is a quotation mark never closed?", path, reader.line_num
            ) from error
    return Sheet(path, encoding, delimiter, newline, tuple(header), rows, short)


def _too_long(row: list[str], header: list[str], delimiter: str) -> str:
    named = {"\t": "a tab"}.get(delimiter, repr(delimiter))
    return (
        f"{len(row)} cells, but the header names {len(header)}: does {named} stand inside a cell without"
        " quotation marks around it?"
    )


def _delimiter(sample: str) -> str:
    r"""Find what parts the cells: what gives the most lines as many cells as the header, and more than one.

    >>> _delimiter("nom;maire\nBrest;X, Y\n"), _delimiter("nom\tdep\nBrest\t29\n"), _delimiter("nom\n")
    (';', '\t', ',')
    """
    whole = sample.rpartition("\n")[0] or sample  # without the last line, which may be cut

    def fitness(delimiter: str) -> tuple[float, int]:
        try:
            widths = [
                len(row) for row in csv.reader(whole.splitlines(keepends=True), delimiter=delimiter) if row
            ]
        except csv.Error:
            return 0.0, 0
        if not widths or widths[0] < 2:
            return 0.0, 0
        return Counter(widths)[widths[0]] / len(widths), widths[0]

    best = max(DELIMITERS, key=fitness)
    return best if fitness(best)[1] else ","
