"""Where the registers and a publisher's file differ: ``differences.tsv`` (id, field, ours, theirs, why).

``field`` names the fact and the file that says otherwise. The table must hold exactly the differences that
there are.
"""

from dataclasses import dataclass
from pathlib import Path

from innograph.curation.tables import read_table

FILE = Path(__file__).with_name("differences.tsv")


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One fact of the registers of which a publisher's file says something else, and why that is so."""

    id: str
    field: str
    ours: str
    theirs: str
    why: str


def explained_differences() -> list[DifferenceRow]:
    return read_table(DifferenceRow, FILE)


def assert_explained(field: str, differences: set[tuple[str, str, str]]) -> None:
    """Check that a field differs in all that is explained (id, ours, theirs), and in nothing else."""
    rows = explained_differences()
    explained = {(row.id, row.ours, row.theirs) for row in rows if row.field == field}
    assert differences == explained, (
        f"differences.tsv, {field}: "
        f"explain or repair {sorted(differences - explained)}; strike out {sorted(explained - differences)}"
    )
