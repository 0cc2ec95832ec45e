"""The graph that the questions are asked of: ``data/`` and the registers, built and stored once."""

import pytest
from pyoxigraph import Store

from innograph import resources
from innograph.journeys.build import build
from innograph.registry.file import Registry


@pytest.fixture(scope="session")
def graph_store(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Build a snapshot from ``data/`` and the whole of the registers, and open it: half a minute, once."""
    steps: list[str] = []
    home = tmp_path_factory.mktemp("home")
    return build(resources.data(), registry, home, steps.append).snapshot.open()
