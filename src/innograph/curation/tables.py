"""Tab-separated files of ``data/``: read strictly, kept sorted, one written form.

A table has one header line with the names of a dataclass's fields, in their order, and one line per row;
an empty cell is the empty string. Rows are sorted by their first columns, so that a diff shows what changed.
"""

import dataclasses
from pathlib import Path
from typing import TypeVar

from innograph.errors import DataError
from innograph.resources import read_text

_Row = TypeVar("_Row")


def read_table(cls: type[_Row], path: Path) -> list[_Row]:
    """Read the rows of ``path`` as ``cls``, a dataclass whose fields are all ``str``.

    :raises DataError: the file is missing, its header or a row is not that of ``cls``, or rows are not sorted
        or stand twice; names the line.
    """
    columns = [field.name for field in dataclasses.fields(cls)]  # type: ignore[arg-type]
    lines = read_text(path).split("\n")
    if lines[0].split("\t") != columns:
        raise DataError(f"the header must be {' '.join(columns)} (tab-separated)", path, 1)
    if lines.pop() != "":
        raise DataError("the last line must end with a line feed", path, len(lines) + 1)
    rows: list[_Row] = []
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise DataError(f"{len(cells)} cells instead of {len(columns)}", path, number)
        if cells != [cell.strip() for cell in cells]:
            raise DataError("a cell begins or ends with a blank", path, number)
        if number > 2 and line <= lines[number - 2]:
            raise DataError("rows must be sorted, each once: this one belongs further up", path, number)
        rows.append(cls(*cells))
    return rows


def dump_table(cls: type[_Row], rows: list[_Row]) -> str:
    """Write rows in the one form that :func:`read_table` accepts."""
    columns = [field.name for field in dataclasses.fields(cls)]  # type: ignore[arg-type]
    lines = sorted({"\t".join(getattr(row, column) for column in columns) for row in rows})
    return "\n".join(["\t".join(columns), *lines, ""])
