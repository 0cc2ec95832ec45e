"""/sparql by every way the protocol knows, in every format, and with the right refusal."""

import csv
import io
from typing import Any

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from innograph.store.formats import SOLUTIONS, TRIPLES, Format

from .site_client import SiteClient

TITLES = "SELECT ?title { ?d a inno:Distinction ; dcterms:title ?title } ORDER BY ?title"
EXPECTED = ["Café des âges", "Les « puits » partagés"]
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
GRAPH = "https://w3id.org/innograph/graph/"


def titles(data: bytes) -> list[str]:
    answer = parse_query_results(data, QueryResultsFormat.JSON)
    assert isinstance(answer, QuerySolutions)
    return [row["title"].value for row in answer]


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "GET", "query_string": {"query": TITLES}},
        {"method": "POST", "data": {"query": TITLES}},
        {"method": "POST", "data": TITLES.encode(), "content_type": QUERY},
        {"method": "POST", "data": TITLES.encode(), "content_type": f"{QUERY}; charset=utf-8"},
    ],
    ids=["get", "form", "body", "body with charset"],
)
def test_every_way_to_ask(client: SiteClient, request_: dict[str, Any]) -> None:
    response = client.open("/sparql", **request_)
    assert (response.status_code, response.content_type) == (200, "application/sparql-results+json")
    assert titles(response.data) == EXPECTED
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert {"Accept", "Accept-Language"} <= set(response.headers["Vary"].split(", "))


def ids(format: Format) -> str:
    return format.name


@pytest.mark.parametrize("format", SOLUTIONS, ids=ids)
@pytest.mark.parametrize("by", ["accept", "name", "extension"])
def test_every_format_of_solutions(client: SiteClient, format: Format, by: str) -> None:
    query = {"query": TITLES}
    headers = {}
    if by == "accept":
        headers["Accept"] = format.media_type
    else:
        query["format"] = format.name if by == "name" else format.extension
    response = client.get("/sparql", query_string=query, headers=headers)
    assert response.content_type == format.content_type
    if format.name in ("csv", "tsv"):
        delimiter = "," if format.name == "csv" else "\t"
        cells = [row[0] for row in csv.reader(io.StringIO(response.text, newline=""), delimiter=delimiter)]
        assert [cell.replace('"', "").removesuffix("@fr") for cell in cells[1:]] == EXPECTED
    else:
        answer = parse_query_results(response.data, format.syntax)  # type: ignore[arg-type]
        assert isinstance(answer, QuerySolutions)
        assert [row["title"].value for row in answer] == EXPECTED


@pytest.mark.parametrize("format", TRIPLES, ids=ids)
def test_every_format_of_triples(client: SiteClient, format: Format) -> None:
    query = "CONSTRUCT { ?d dcterms:title ?title } WHERE { ?d a inno:Distinction ; dcterms:title ?title }"
    response = client.post("/sparql", data={"query": query}, headers={"Accept": format.media_type})
    assert response.content_type == format.content_type
    assert sorted(t.object.value for t in parse(response.data, format.syntax)) == EXPECTED  # type: ignore[arg-type]


def test_ask(client: SiteClient) -> None:
    response = client.get("/sparql", query_string={"query": "ASK { ?s a inno:Jury }"})
    assert response.json == {"head": {}, "boolean": False}


@pytest.mark.parametrize(
    ("graphs", "expected"),
    [
        ({"default-graph-uri": [f"{GRAPH}edition/boussole-2031"]}, EXPECTED),
        ({"default-graph-uri": [f"{GRAPH}bodies"]}, []),
        ({"named-graph-uri": [f"{GRAPH}edition/boussole-2031"]}, []),
        ({"default-graph-uri": [f"{GRAPH}bodies", f"{GRAPH}edition/boussole-2031"]}, EXPECTED),
    ],
)
@pytest.mark.parametrize("way", ["get", "form", "body"])
def test_graphs_of_the_protocol(
    client: SiteClient, graphs: dict[str, list[str]], expected: list[str], way: str
) -> None:
    if way == "get":
        response = client.get("/sparql", query_string={"query": TITLES, **graphs})
    elif way == "form":
        response = client.post("/sparql", data={"query": TITLES, **graphs})
    else:
        response = client.post("/sparql", query_string=graphs, data=TITLES, content_type=QUERY)
    assert titles(response.data) == expected


WRONG = "SELECT * {\n ?s ?p ?o . FOO }"


@pytest.mark.parametrize(
    ("request_", "status", "body"),
    [
        (
            {"query_string": {"query": WRONG}},
            400,
            "line 2, column 13: not SPARQL near « FOO } »\n",
        ),
        (
            {"query_string": {"query": "SELECT * { SERVICE <http://127.0.0.1/> {} }"}},
            400,
            "SERVICE is not available here: this endpoint asks no other endpoint\n"
            "SERVICE n'est pas disponible ici : ce point d'accès n'en interroge aucun autre\n",
        ),
        (
            {"method": "POST", "data": {"query": f"ASK {{ FILTER({'1+' * 1500}1 > 0) }}"}},
            400,
            "the query has more than 2000 words and signs: split it, or put long lists into VALUES\n"
            "la requête a plus de 2000 mots et signes : divisez-la, ou mettez les longues listes dans "
            "VALUES\n",
        ),
        ({"query_string": {"query": ""}}, 400, "line 1, column 1: not SPARQL at the end\n"),
        (
            {"query_string": {"default-graph-uri": "http://example.org/"}},
            400,
            "no query: give ?query=, or POST the text as application/sparql-query\n",
        ),
        ({"query_string": {"query": ["ASK {}", "ASK {}"]}}, 400, "more than one query: ask one at a time\n"),
        (
            {"query_string": {"update": "CLEAR ALL"}},
            400,
            "this endpoint answers queries; it takes no updates\n",
        ),
        (
            {"query_string": {"query": "ASK {}", "default-graph-uri": "a b"}},
            400,
            "not the IRI of a graph: 'a b' (Invalid IRI code point ' ')\n",
        ),
        (
            {"method": "POST", "data": b"ASK {} # \xff", "content_type": QUERY},
            400,
            "the query is not UTF-8 (byte 10)\n",
        ),
        (
            {"method": "POST", "data": "ASK {}", "content_type": QUERY, "query_string": {"query": "ASK {}"}},
            400,
            "two queries: one in the address and one in the body\n",
        ),
        (
            {"method": "POST", "data": "ASK {}", "content_type": "text/plain"},
            415,
            f"POST a query as {FORM} or as {QUERY}, not as text/plain\n",
        ),
        (
            {"method": "POST", "data": b"\x1f\x8b", "headers": {"Content-Encoding": "gzip"}},
            415,
            "send the body of the request uncompressed\n",
        ),
        ({"method": "POST"}, 415, f"POST a query as {FORM} or as {QUERY}, not as nothing\n"),
        (
            {"query_string": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}},
            406,
            "nothing that the header Accept asks for; there are: json, xml, csv, tsv\n",
        ),
        (
            {"query_string": {"query": "ASK {}", "format": "turtle"}},
            406,
            "no format 'turtle' for this answer; there are: json, xml, csv, tsv\n",
        ),
    ],
)  # fmt: skip
def test_refusals(client: SiteClient, request_: dict[str, Any], status: int, body: str) -> None:
    response = client.open("/sparql", **request_)
    assert (response.status_code, response.content_type) == (status, "text/plain; charset=utf-8")
    assert response.text == body


@pytest.mark.parametrize("content_type", [QUERY, FORM])
def test_a_body_that_is_too_large(client: SiteClient, content_type: str) -> None:
    data = b"query=ASK {} #" + b"x" * 1_000_000
    response = client.post("/sparql", data=data, content_type=content_type)
    assert response.status_code == 413


def test_other_methods_are_refused_with_those_that_are_allowed(client: SiteClient) -> None:
    response = client.put("/sparql", data="ASK {}")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_options_for_pages_of_other_sites(client: SiteClient) -> None:
    response = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert response.status_code == 200
    assert set(response.headers["Access-Control-Allow-Methods"].split(", ")) == {
        "GET",
        "HEAD",
        "OPTIONS",
        "POST",
    }
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


def test_head_gives_the_headers_alone(client: SiteClient) -> None:
    whole = client.get("/sparql", query_string={"query": TITLES})
    response = client.head("/sparql", query_string={"query": TITLES})
    assert (response.status_code, response.data) == (200, b"")
    assert response.headers["Content-Length"] == str(len(whole.data))


BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def test_a_browser_gets_a_form_and_the_questions(client: SiteClient) -> None:
    page = client.get("/sparql", headers=BROWSER)
    assert (page.status_code, page.content_type) == (200, "text/html; charset=utf-8")
    assert '<textarea class="code" id="query" name="query"' in page.text
    assert 'href="/queries/editions"' in page.text


def test_a_browser_gets_a_table_with_links_to_the_formats(client: SiteClient) -> None:
    query = "SELECT ?d ?title { ?d a inno:Distinction ; dcterms:title ?title } ORDER BY ?title LIMIT 1"
    page = client.get("/sparql", query_string={"query": query}, headers=BROWSER).text
    row = '<tr><td><a href="/doc/distinction/cafe-des-ages">Café des âges</a></td><td>Café des âges</td></tr>'
    assert row in page
    assert page.count("<tr>") == 2
    assert all(f"format={format.name}" in page for format in SOLUTIONS)


def test_a_browser_gets_its_errors_as_a_page(client: SiteClient) -> None:
    page = client.get("/sparql", query_string={"query": WRONG}, headers=BROWSER)
    assert (page.status_code, page.content_type) == (400, "text/html; charset=utf-8")
    assert '<p lang="en">line 2, column 13: not SPARQL near « FOO } »</p>' in page.text
    assert "<p>La demande n’est pas comprise.</p>" in page.text
    assert f'spellcheck="false" required>{WRONG}</textarea>' in page.text  # to be put right there


def test_values_are_escaped_in_pages(client: SiteClient) -> None:
    query = "SELECT ('<script>alert(1)</script>' AS ?x) (<javascript:alert(1)> AS ?y) {}"
    page = client.get("/sparql", query_string={"query": query}, headers=BROWSER).text
    assert "<td>&lt;script&gt;alert(1)&lt;/script&gt;</td><td>javascript:alert(1)</td>" in page
    assert "<script>" not in page and "javascript:alert(1)</a>" not in page


def test_triple_terms_do_no_harm(client: SiteClient) -> None:
    query = "SELECT (<<( <http://e/s> <http://e/p> 1 )>> AS ?t) {}"
    assert client.get("/sparql", query_string={"query": query}, headers=BROWSER).status_code == 200


def test_a_format_that_cannot_hold_the_answer_is_refused(client: SiteClient) -> None:
    query = "CONSTRUCT { <http://e/a> <http://e/b> <<( <http://e/s> <http://e/p> 1 )>> } WHERE {}"
    refused = client.get("/sparql", query_string={"query": query, "format": "jsonld"})
    assert (refused.status_code, refused.text) == (
        400,
        "jsonld cannot hold this answer (JSON-LD does not support RDF 1.2 yet): "
        "ask for Turtle or N-Triples\n",
    )
    turtle = client.get("/sparql", query_string={"query": query, "format": "turtle"})
    assert turtle.text == "<http://e/a> <http://e/b> <<( <http://e/s> <http://e/p> 1 )>> .\n"


def test_the_dataset_formats_parse(client: SiteClient) -> None:
    data = client.get("/sparql?format=nquads&query=DESCRIBE+<https://w3id.org/innograph/id/rank/gold>").data
    assert len(list(parse(data, RdfFormat.N_QUADS))) == 3


@pytest.mark.parametrize("more", ["", f"VALUES ?n {{ {' '.join(map(str, range(300)))} }}"])
def test_xml_is_refused_rather_than_ill_formed(client: SiteClient, more: str) -> None:
    query = f'SELECT ("\\u0001" AS ?odd) {{ {more} }}'
    response = client.get("/sparql", query_string={"query": query, "format": "xml"})
    assert (response.status_code, response.text) == (
        400,
        "xml cannot hold this answer (a character that XML has no place for): ask for JSON\n",
    )
    assert client.get("/sparql", query_string={"query": query, "format": "json"}).json
