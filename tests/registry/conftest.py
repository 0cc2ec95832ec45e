"""The entries of the registers of this installation."""

import pytest

from innograph.registry.entries import Entry
from innograph.registry.file import Registry


@pytest.fixture(scope="session")
def entries(registry: Registry) -> dict[str, Entry]:
    """Give every entry by its identifier."""
    return {entry.id: entry for entry in registry}
