"""The graph that the questions are asked of: ``data/`` and the registers, built and stored once."""

import pytest
from pyoxigraph import Store

from innograph.store.snapshots import Home


@pytest.fixture(scope="session")
def graph_store(whole_home: Home) -> Store:
    """Open the whole graph."""
    return whole_home.current().open()
