"""The real graph, brought to Debian's Virtuoso and served from there: what is the same, and what is not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from innograph import resources
from innograph.journeys.publish import Published, publish
from innograph.namespaces import named_graph
from innograph.store.publication import MERGE
from innograph.store.queries import read_queries
from innograph.store.snapshots import Home
from innograph.workers.limits import Limits
from virtuoso_server import Virtuoso, virtuoso_serving

from .conftest import lines_of_example
from .site_client import SiteClient

EXAMPLES = read_queries(resources.queries() / "examples")

OTHERWISE = {
    "announced-counts": "numbers are put together in another order",
    "chances-of-success": "a share is cut, not rounded",
    "criteria-of-a-label-described": "rows are there several times",
    "editions": "groups are lost",
    "evidence-of-a-distinction": "accents are broken where texts are put together",
    "initiatives-on-a-theme": "rows are lost",
    "joint-distinctions": "names are put together in another order",
    "jury-members": "true is 1",
    "reported-as-created": "rows are lost",
    "reported-as-reached": "rows are lost",
    "reported-as-saved": "rows are lost",
}
"""What Virtuoso 7.2.5 answers otherwise; docs/deployment.md says how many."""


def bring(home: Home, server: Virtuoso) -> Published:
    to = server.graph_store, server.endpoint, server.credentials
    return publish(home.current(), *to, lambda step: None, wait=lambda seconds: None)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    with virtuoso_serving(tmp_path_factory.mktemp("virtuoso")) as running:
        yield running


def test_it_holds_what_it_was_sent(real_home: Home, server: Virtuoso) -> None:
    done = bring(real_home, server)
    assert len(done.sent) == len(list(real_home.current().open().named_graphs())) + 1
    assert {MERGE, named_graph("edition", "territoria-2024").value} <= {*done.sent}
    assert done.otherwise == ()
    again = bring(real_home, server)
    assert (again.sent, set(again.passed)) == ((), set(done.sent))


def test_pages_and_most_questions_have_the_same_answer(real_home: Home, server: Virtuoso) -> None:
    bring(real_home, server)
    limits = Limits(workers=2, seconds=20)
    here, there = SiteClient(real_home), SiteClient(real_home, limits, store=server.endpoint)
    try:
        different = {
            name for name in EXAMPLES if lines_of_example(here, name) != lines_of_example(there, name)
        }
        assert different <= OTHERWISE.keys()
        for path in (
            "/",
            "/doc/organization/elancourt",
            "/queries",
            "/search?q=talence",
            "/dumps/palmares.csv",
        ):
            assert there.get(path).text == here.get(path).text, path
        query = {"query": r"ASK { id:edition\/territoria-2024 inno:year 2024 }", "format": "csv"}
        assert there.get("/sparql", query_string=query).text == "true"
    finally:
        here.close()
        there.close()


def test_answers_that_it_cuts_are_refused(tmp_path: Path, served_home: Home) -> None:
    """Debian's own settings cut answers after 10,000 rows and say so in a header alone."""
    with virtuoso_serving(tmp_path / "virtuoso") as server:
        bring(served_home, server)
    with virtuoso_serving(tmp_path / "virtuoso", "ResultSetMaxRows = 100") as server:
        site = SiteClient(served_home, store=server.endpoint)
        try:
            query = {"query": "SELECT * { ?s ?p ?o }", "format": "csv"}
            response = site.get("/sparql", query_string=query)
            assert (response.status_code, "no answer that makes sense" in response.text) == (502, True)
            assert site.get("/sparql", query_string={**query, "query": "ASK {}"}).text == "true"
        finally:
            site.close()
