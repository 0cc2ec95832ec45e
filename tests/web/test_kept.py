"""The site over a snapshot that keeps answers says the same as over one that was written without them."""

import re
from collections.abc import Iterator

import pytest
from pyoxigraph import Quad

from innograph.journeys.index import index_of
from innograph.journeys.kept import kept_queries
from innograph.store.engine import Result
from innograph.store.snapshots import Home
from innograph.web.reader import Reader

from .site_client import SiteClient
from .test_pages import BROWSER

PAGES = [
    "/",
    "/dataset",
    "/dataset?format=turtle",
    "/.well-known/void",
    "/explore",
    "/explore?view=table",
    "/explore?view=map",
    "/explore?view=charts",
    "/explore/like?lang=en",
]


@pytest.fixture(scope="module")
def keeping(
    tmp_path_factory: pytest.TempPathFactory, small_graph: list[Quad], palmares: bytes
) -> Iterator[SiteClient]:
    home = Home(tmp_path_factory.mktemp("keeping"))
    counts = {"editions": 1, "distinctions": 2}
    files = {"palmares.csv": palmares}
    written = home.write(small_graph, files, counts=counts, index=index_of, kept=kept_queries())
    home.activate(written.version)
    client = SiteClient(home)
    yield client
    client.close()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the SPARQL that pages ask of the graph from now on."""
    texts: list[str] = []
    ask = Reader._ask

    def noted(reader: Reader, text: str) -> Result:
        texts.append(text)
        return ask(reader, text)

    monkeypatch.setattr(Reader, "_ask", noted)
    return texts


def without_its_time(text: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", "", text)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_the_same(client: SiteClient, keeping: SiteClient, path: str) -> None:
    here, there = client.get(path, headers=BROWSER), keeping.get(path, headers=BROWSER)
    assert here.status_code == 200
    assert without_its_time(there.text) == without_its_time(here.text)


def test_nothing_that_is_kept_is_asked_of_the_graph(keeping: SiteClient, asked: list[str]) -> None:
    """If this fails, add the query that looks at the whole graph to ``journeys/kept.py``."""
    fresh = SiteClient(keeping.site._home)
    try:
        for path in PAGES:
            fresh.get(path, headers=BROWSER)
    finally:
        fresh.close()
    assert asked and set(kept_queries().values()).isdisjoint(asked)
    names = {query.text: name for name, query in fresh.site.pages.items()}
    few = {"all-warnings", "bodies", "documents"}  # each small beside the graph
    assert {names[text] for text in asked if text in names} == few


def test_the_first_page_does_not_read_the_table_of_explore(client: SiteClient, asked: list[str]) -> None:
    """It needs the themes alone, also where nothing is kept."""
    fresh = SiteClient(client.site._home)
    try:
        assert fresh.get("/", headers=BROWSER).status_code == 200
    finally:
        fresh.close()
    names = {query.text: name for name, query in fresh.site.pages.items()}
    whole = sorted(names[text] for text in asked if text in names)
    assert whole == ["award-years", "editions", "explore/themes"]
    assert len(asked) <= 6
