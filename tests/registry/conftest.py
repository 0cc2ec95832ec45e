"""The registers of this installation, and the publishers' files that they are held against."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from innograph import resources
from innograph.registry.entries import Entry
from innograph.registry.file import Registry

VARIABLE = "INNOGRAPH_REGISTER_FILES"
CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def registry() -> Iterator[Registry]:
    """Open the registers that the build wrote."""
    registry = Registry(resources.registry_file())
    yield registry
    registry.close()


@pytest.fixture(scope="session")
def entries(registry: Registry) -> dict[str, Entry]:
    """Give every entry by its identifier."""
    return {entry.id: entry for entry in registry}


@pytest.fixture(scope="session")
def official() -> Path:
    """Give the folder of the publishers' files; skip the test, and say why, where it is absent."""
    named = os.environ.get(VARIABLE)
    folder = Path(named) if named else CHECKOUT.parent / "shared" / "registry"
    if not (folder / "cog2026-communes.csv.gz").is_file():
        pytest.skip(
            f"the publishers' register files are not here: set {VARIABLE} to their folder, "
            "or put them in ../shared/registry beside the checkout"
        )
    return folder
