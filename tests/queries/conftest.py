"""The graph that the questions are asked of: what ``data/`` gives, built, validated and stored once."""

import pytest
from pyoxigraph import Store

from innograph import resources
from innograph.journeys.build import build


@pytest.fixture(scope="session")
def graph_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Build a snapshot from ``data/`` alone and open it."""
    steps: list[str] = []
    return build(resources.data(), tmp_path_factory.mktemp("home"), steps.append).snapshot.open()
