"""A small edition of our own, as a folder of data that tests may damage."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from innograph import resources
from innograph.registry.entries import reached
from innograph.registry.file import Registry, write_registry

SMALLEST = "prix-territoriaux-2020"
BREST = "commune/29019"


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
    identifiers = (folder / "identifiers.tsv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [
        line
        for line in identifiers
        if line.startswith(("about\t", "organization\t", f"territory\t{BREST}\t"))
    ]
    (folder / "identifiers.tsv").write_text("".join(kept), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def brest(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """Write and open registers that know Brest alone, a laureate of the smallest edition."""
    path = tmp_path_factory.mktemp("brest") / "registry.sqlite"
    write_registry(path, reached({entry.id: entry for entry in registry}, [BREST]), [], registry.meta)
    with closing(Registry(path)) as few:
        yield few
