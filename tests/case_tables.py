"""Tables of cases: tab-separated files with a header, one case a row."""

import csv
from pathlib import Path

Row = dict[str, str]


def read_tsv(path: Path) -> tuple[list[str], list[Row]]:
    """Read a tab-separated file: its header and its rows. Lines that begin with ``#`` are remarks.

    :raises ValueError: a line has not as many cells as the header.
    """
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    header, *rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise ValueError(f"{path.name}, row {number}: {len(row)} cells instead of {len(header)}")
    return header, [dict(zip(header, row, strict=True)) for row in rows]


def rows(path: Path) -> list[list[str]]:
    r"""Read the cells of each row below the header; ``\n`` stands for a line end."""
    _, found = read_tsv(path)
    return [[cell.replace("\\n", "\n") for cell in row.values()] for row in found]
