"""The tables of ``tests/facts/``: what a person read in the five documents, typed by hand.

No code of innograph wrote a line of them: so they check the whole way from documents to answers.
"""

from pathlib import Path

from case_tables import Row, read_tsv

FACTS = Path(__file__).resolve().parents[1] / "facts"


def facts(name: str) -> list[Row]:
    """Give the rows of the table ``name`` (without its suffix)."""
    return read_tsv(FACTS / f"{name}.tsv")[1]


def edition_labels() -> dict[str, str]:
    """Give the printed name of each edition by its key."""
    return {row["edition"]: row["label"] for row in facts("editions")}


def laureates(row: Row) -> list[str]:
    """Give the names of the laureates of a row of ``distinctions``, in the order of the document."""
    return row["laureates"].split(" | ")
