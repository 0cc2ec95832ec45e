"""The registers of this installation, opened once, and the gazetteer over them."""

import pytest

from innograph import resources
from innograph.linking.gazetteer import Gazetteer
from innograph.registry.file import Registry


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Give the gazetteer over the registers that the build wrote."""
    return Gazetteer(Registry(resources.registry_file()))
