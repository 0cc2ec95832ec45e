"""A small edition of our own, as a folder of data that tests may damage."""

import shutil
from pathlib import Path

import pytest

from innograph import resources

SMALLEST = "prix-territoriaux-2020"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Copy data/ with its smallest edition alone, so that a build takes little time."""
    folder = tmp_path / "data"
    shutil.copytree(resources.data(), folder)
    for path in (*(folder / "editions").glob("*.yaml"), *(folder / "facts").glob("*.yaml")):
        if path.stem != SMALLEST:
            path.unlink()
    declared = (folder / "documents.toml").read_text(encoding="utf-8")
    (own,) = [part for part in declared.split("\n\n") if f"[{SMALLEST}]" in part]
    (folder / "documents.toml").write_text(f"{own}\n", encoding="utf-8")
    decisions = (folder / "decisions.tsv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in decisions if line.startswith(("about\t", "organization\t", "department\t"))]
    (folder / "decisions.tsv").write_text("".join(kept), encoding="utf-8")
    return folder
