"""The cases of the W3C test-suite for the SPARQL 1.1 Protocol that concern queries, written out by hand.

The names are those of http://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/; what each must answer
is what the specification says in section 2.1. The suite has an address with a slash at its end.
"""

from typing import Any
from urllib.parse import quote

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from innograph.store.formats import SOLUTIONS, TRIPLES
from innograph.store.snapshots import Home

from .conftest import Publish
from .site_client import SiteClient

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
DATA = "http://kasei.us/2009/09/sparql/data/data"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory, publish: Publish) -> Any:
    """Serve the data of the suite: four named graphs that say what they are, and their merge."""
    quads = []
    for number in range(4):
        node = NamedNode(f"{DATA}{number}.rdf")
        triple = (node, NamedNode(TYPE), NamedNode("http://xmlns.com/foaf/0.1/Document"))
        quads += [Quad(*triple, node), Quad(*triple, DefaultGraph())]
    quads.append(Quad(NamedNode(f"{DATA}0.rdf"), NamedNode("http://example.org/n"), Literal(0)))
    home = Home(tmp_path_factory.mktemp("suite"))
    publish(home, quads)
    client = SiteClient(home)
    yield client
    client.close()


def graphs(kind: str, *numbers: int) -> str:
    return "&".join(f"{kind}-graph-uri={quote(f'{DATA}{n}.rdf', '')}" for n in numbers)


def of(number: int) -> str:
    return f"<{DATA}{number}.rdf> a ?type"


TWO_DEFAULT = f"ASK {{ {of(1)} . {of(2)} . }}"
TWO_NAMED = f"ASK {{ GRAPH ?g1 {{ {of(1)} }} GRAPH ?g2 {{ {of(2)} }} }}"
FULL = f"ASK {{ {of(3)} GRAPH ?g1 {{ {of(1)} }} GRAPH ?g2 {{ {of(2)} }} }}"
OTHERS = f"ASK FROM <{DATA}3.rdf> {{ GRAPH ?g1 {{ {of(1)} }} GRAPH ?g2 {{ {of(2)} }} }}"


@pytest.mark.parametrize(
    ("method", "query_string", "kind", "body"),
    [
        pytest.param("POST", graphs("default", 0), FORM, "query=ASK%20%7B%7D", id="query_post_form"),
        pytest.param(
            "GET", f"query={quote(TWO_DEFAULT)}&{graphs('default', 1, 2)}", None, "",
            id="query_dataset_default_graphs_get",
        ),
        pytest.param(
            "POST", graphs("default", 1, 2), QUERY, TWO_DEFAULT, id="query_dataset_default_graphs_post"
        ),
        pytest.param("POST", graphs("named", 1, 2), QUERY, TWO_NAMED, id="query_dataset_named_graphs_post"),
        pytest.param(
            "GET", f"query={quote(TWO_NAMED)}&{graphs('named', 1, 2)}", None, "",
            id="query_dataset_named_graphs_get",
        ),
        pytest.param(
            "POST", f"{graphs('default', 3)}&{graphs('named', 1, 2)}", QUERY, FULL, id="query_dataset_full"
        ),
        pytest.param(
            "POST", f"{graphs('default', 3)}&{graphs('named', 1, 2)}", QUERY, OTHERS,
            id="query_multiple_dataset",
        ),
        pytest.param("GET", "query=ASK%20%7B%7D", None, "", id="query_get"),
        pytest.param("POST", "", QUERY, "ASK {}", id="query_post_direct"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/sparql/", "/sparql"])
def test_queries_that_are_true(
    suite: SiteClient, path: str, method: str, query_string: str, kind: str | None, body: str
) -> None:
    response = suite.open(path, method=method, query_string=query_string, content_type=kind, data=body)
    assert (response.status_code, response.content_type) == (200, "application/sparql-results+json")
    assert response.json == {"head": {}, "boolean": True}


@pytest.mark.parametrize(
    ("method", "query_string", "kind", "body"),
    [
        (
            "GET", f"query={quote(TWO_DEFAULT)}&{graphs('default', 1)}", None, "",
        ),
        ("POST", graphs("named", 1, 2), QUERY, TWO_DEFAULT),
        ("POST", graphs("named", 1), QUERY, TWO_NAMED),
        ("POST", graphs("default", 0), QUERY, f"ASK FROM <{DATA}1.rdf> {{ {of(1)} }}"),
    ],
    ids=["one default graph of two", "named graphs alone", "one named graph of two", "before FROM"],
)  # fmt: skip
def test_what_the_graphs_asked_for_do_not_hold_is_not_found(
    suite: SiteClient, method: str, query_string: str, kind: str | None, body: str
) -> None:
    response = suite.open("/sparql", method=method, query_string=query_string, content_type=kind, data=body)
    assert response.json == {"head": {}, "boolean": False}


@pytest.mark.parametrize(
    ("query", "formats"),
    [
        pytest.param("SELECT (1 AS ?value) {}", SOLUTIONS, id="query_content_type_select"),
        pytest.param("ASK {}", SOLUTIONS, id="query_content_type_ask"),
        pytest.param("DESCRIBE <http://example.org/>", TRIPLES, id="query_content_type_describe"),
        pytest.param("CONSTRUCT { <s> <p> 1 } WHERE {}", TRIPLES, id="query_content_type_construct"),
    ],
)
def test_content_types(suite: SiteClient, query: str, formats: Any) -> None:
    query = f"BASE <http://example.org/> {query}"
    assert suite.get("/sparql", query_string={"query": query}).content_type == formats[0].content_type
    for format in formats:
        for media_type in format.media_types:
            response = suite.get(
                "/sparql", query_string={"query": query}, headers={"Accept": media_type + ";q=0.3, image/png"}
            )
            assert response.status_code == 200
            expected = {f.content_type for f in formats if media_type in f.media_types}
            assert response.content_type in expected


@pytest.mark.parametrize(
    ("method", "query_string", "kind", "body", "status"),
    [
        pytest.param("PUT", "query=ASK%20%7B%7D", None, b"", 405, id="bad_query_method"),
        pytest.param(
            "GET", "query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", None, b"", 400, id="bad_multiple_queries"
        ),
        pytest.param("POST", "", "text/plain", b"ASK {}", 415, id="bad_query_wrong_media_type"),
        pytest.param("POST", "", None, b"query=ASK%20%7B%7D", 415, id="bad_query_missing_form_type"),
        pytest.param("POST", "", None, b"ASK {}", 415, id="bad_query_missing_direct_type"),
        pytest.param(
            "POST", "", f"{QUERY}; charset=UTF-16", "ASK {}".encode("utf-16"), 415, id="bad_query_non_utf8"
        ),
        pytest.param("GET", "query=ASK%20%7B", None, b"", 400, id="bad_query_syntax"),
        pytest.param("GET", "update=CLEAR%20ALL", None, b"", 400, id="bad_update_get"),
        pytest.param("POST", "", "application/sparql-update", b"CLEAR ALL", 415, id="update_post_direct"),
        pytest.param("POST", "", FORM, b"update=CLEAR%20ALL", 400, id="update_post_form"),
        pytest.param("DELETE", "query=ASK%20%7B%7D", None, b"", 405, id="another method"),
        pytest.param("POST", "", FORM, b"", 400, id="no query"),
        pytest.param("POST", "", f"{FORM}", b"query=%ff", 400, id="a form that is not UTF-8"),
        pytest.param("GET", "query=" + "&a" * 1200, None, b"", 400, id="too many parameters"),
        pytest.param("GET", "query=ASK%20%7B%7D&max-rows=many", None, b"", 400, id="max-rows is no number"),
    ],
)
def test_requests_that_are_refused(
    suite: SiteClient, method: str, query_string: str, kind: str | None, body: bytes, status: int
) -> None:
    response = suite.open("/sparql", method=method, query_string=query_string, content_type=kind, data=body)
    assert (response.status_code, response.content_type) == (status, "text/plain; charset=utf-8")
    assert response.text.count("\n") == 1


def test_raw_utf8_in_an_address_is_understood(suite: SiteClient) -> None:
    query = "query=SELECT(%22é%22AS?x){}&format=csv".encode().decode("latin-1")
    response = suite.get("/sparql", environ_overrides={"QUERY_STRING": query})
    assert response.text == "x\r\né\r\n"


def test_triples_parse_in_the_format_that_was_asked_for(suite: SiteClient) -> None:
    query = f"CONSTRUCT WHERE {{ {of(0).replace('?type', '?t')} }}"
    for format in TRIPLES:
        response = suite.get("/sparql", query_string={"query": query, "format": format.name})
        assert isinstance(format.syntax, RdfFormat)
        assert len(list(parse(response.data, format.syntax))) == 1
