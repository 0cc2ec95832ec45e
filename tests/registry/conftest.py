"""The entries of the registers of this installation; lists of publishers; a small country's registers."""

from pathlib import Path

import pytest

from innograph.registry.entries import Entry
from innograph.registry.file import Registry
from publisher import Publisher
from registry.place import Place
from registry.publishers_files import sheet


@pytest.fixture(scope="session")
def entries(registry: Registry) -> dict[str, Entry]:
    """Give every entry by its identifier."""
    return {entry.id: entry for entry in registry}


@pytest.fixture
def place(tmp_path: Path, publisher: Publisher) -> Place:
    """Give the registers at hand, and a publisher of its own."""
    return Place(tmp_path, publisher)


@pytest.fixture(scope="session")
def dgcl(official: Path) -> list[dict[str, str]]:
    """Give the DGCL's list of EPCI of 2025, one row for each member."""
    return [row for row in sheet(official / "dgcl2025-epcicom.xlsx") if "siren" in row]


@pytest.fixture(scope="session")
def authorities_2025(official: Path) -> list[dict[str, str]]:
    """Give the list of authorities of Zéro Logement Vacant, 2025."""
    return sheet(official / "zlv2025-collectivities_processed.xlsx")
