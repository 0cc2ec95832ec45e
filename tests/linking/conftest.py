"""The registers of this installation, opened once, and the gazetteer over them."""

import pytest

from innograph.linking.gazetteer import Gazetteer
from innograph.registry.file import Registry


@pytest.fixture(scope="session")
def gazetteer(registry: Registry) -> Gazetteer:
    """Give the gazetteer over the registers that the build wrote."""
    return Gazetteer(registry)
