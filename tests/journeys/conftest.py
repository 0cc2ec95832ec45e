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
    for path in (folder / "editions").glob("*.yaml"):
        if path.stem != SMALLEST:
            path.unlink()
    decisions = (folder / "decisions.tsv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in decisions if line.startswith(("about\t", "organization\t"))]
    (folder / "decisions.tsv").write_text("".join(kept), encoding="utf-8")
    return folder
