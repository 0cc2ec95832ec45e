"""The table of the real graph, and what it is read from."""

import pytest
from pyoxigraph import Store

from innograph.store.snapshots import Home
from innograph.web.explore.table import Table, read_table
from innograph.web.reader import Reader

from ..site_client import SiteClient


@pytest.fixture(scope="module")
def reader(whole: SiteClient) -> Reader:
    return whole.site.live.version.reader


@pytest.fixture(scope="module")
def table(reader: Reader) -> Table:
    return read_table(reader)


@pytest.fixture(scope="module")
def store(whole_home: Home) -> Store:
    return whole_home.current().open()
