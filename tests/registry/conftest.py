"""The entries of the registers of this installation; registers of a small country to be refreshed."""

from pathlib import Path

import pytest

from innograph.registry.entries import Entry
from innograph.registry.file import Registry
from publisher import Publisher
from registry.place import Place


@pytest.fixture(scope="session")
def entries(registry: Registry) -> dict[str, Entry]:
    """Give every entry by its identifier."""
    return {entry.id: entry for entry in registry}


@pytest.fixture
def place(tmp_path: Path, publisher: Publisher) -> Place:
    """Give the registers at hand, and a publisher of its own."""
    return Place(tmp_path, publisher)
