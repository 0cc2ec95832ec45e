"""The tables of ``tests/facts/``: what a person read in the five documents, typed by hand.

No code of innograph wrote a line of them: so they check the whole way from documents to answers.
"""

import csv
from pathlib import Path

FACTS = Path(__file__).resolve().parents[1] / "facts"
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


def facts(name: str) -> list[Row]:
    """Give the rows of the table ``name`` (without its suffix)."""
    return read_tsv(FACTS / f"{name}.tsv")[1]


def edition_labels() -> dict[str, str]:
    """Give the printed name of each edition by its key."""
    return {row["edition"]: row["label"] for row in facts("editions")}


def laureates(row: Row) -> list[str]:
    """Give the names of the laureates of a row of ``distinctions``, in the order of the document."""
    return row["laureates"].split(" | ")
