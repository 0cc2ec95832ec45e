"""Tab-separated tables: one form, sorted; what is wrong is refused at its line."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from innograph.curation.tables import dump_table, read_table
from innograph.errors import DataError


@dataclass(frozen=True)
class Row:
    key: str
    name: str


def test_a_table_is_written_sorted_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_text(dump_table(Row, [Row("b", "Brest"), Row("a", "Élancourt"), Row("b", "Brest")]))
    assert path.read_text() == "key\tname\na\tÉlancourt\nb\tBrest\n"
    assert read_table(Row, path) == [Row("a", "Élancourt"), Row("b", "Brest")]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("name\tkey\n", 1, "the header must be key name"),
        ("key\tname\nb\tB\na\tA\n", 3, "rows must be sorted"),
        ("key\tname\na\tA\na\tA\n", 3, "each once"),
        ("key\tname\na\n", 2, "1 cells instead of 2"),
        ("key\tname\na\t A\n", 2, "begins or ends with a blank"),
        ("key\tname\na\tA", 2, "line feed"),
    ],
)
def test_another_form_is_refused(tmp_path: Path, text: str, line: int, says: str) -> None:
    path = tmp_path / "table.tsv"
    path.write_text(text)
    with pytest.raises(DataError) as refusal:
        read_table(Row, path)
    assert (refusal.value.line, says in refusal.value.message) == (line, True)


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.tsv: missing"):
        read_table(Row, tmp_path / "none.tsv")
