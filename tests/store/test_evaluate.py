"""Queries are answered over the graphs asked for, or refused with a reason and a place."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Store

from innograph.errors import QueryError
from innograph.store.evaluate import MOST_TOKENS, evaluate

S, P = NamedNode("http://example.org/s"), NamedNode("https://w3id.org/innograph/ontology#name")
G1, G2 = "http://example.org/g1", "http://example.org/g2"


@pytest.fixture
def store() -> Store:
    store = Store()
    store.add(Quad(S, P, Literal("merged")))
    store.add(Quad(S, P, Literal("one"), NamedNode(G1)))
    store.add(Quad(S, P, Literal("two"), NamedNode(G2)))
    return store


def names(store: Store, text: str, default: list[str], named: list[str]) -> list[str]:
    answer = evaluate(store, text, default_graph_uris=default, named_graph_uris=named)
    assert isinstance(answer, QuerySolutions)
    return sorted(row["name"].value for row in answer)


PLAIN = "SELECT ?name { ?s inno:name ?name }"
GRAPH = "SELECT ?name { GRAPH ?g { ?s inno:name ?name } }"


@pytest.mark.parametrize(
    ("text", "default", "named", "expected"),
    [
        (PLAIN, [], [], ["merged"]),
        (GRAPH, [], [], ["one", "two"]),
        (PLAIN, [G1], [], ["one"]),
        (PLAIN, [G1, G2], [], ["one", "two"]),
        (GRAPH, [G1], [], []),
        (PLAIN, [], [G1], []),
        (GRAPH, [], [G1], ["one"]),
        (PLAIN.replace("{", f"FROM <{G1}> {{", 1), [], [], ["one"]),
        (PLAIN.replace("{", f"FROM <{G1}> {{", 1), [G2], [], ["two"]),
        (PLAIN, ["http://example.org/unknown"], [], []),
    ],
)
def test_graphs(store: Store, text: str, default: list[str], named: list[str], expected: list[str]) -> None:
    assert names(store, text, default, named) == expected


def test_a_prefix_of_the_query_goes_before_ours(store: Store) -> None:
    answer = evaluate(store, "PREFIX inno: <http://example.org/> ASK { inno:s ?p ?o }")
    assert isinstance(answer, QueryBoolean)
    assert bool(answer)


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("SELECT (<id/rank/gold> AS ?iri) {}", "https://w3id.org/innograph/id/rank/gold"),
        ("PREFIX : <ontology#> SELECT (:name AS ?iri) {}", P.value),
        ("BASE <http://example.org/a/> SELECT (<../s> AS ?iri) {}", S.value),
    ],
)
def test_relative_iris_are_ours_where_the_query_names_no_base(store: Store, text: str, iri: str) -> None:
    answer = evaluate(store, text)
    assert isinstance(answer, QuerySolutions)
    assert [row["iri"] for row in answer] == [NamedNode(iri)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1, column 1: not SPARQL at the end"),
        ("SELECT * {\n ?s ?p ?o . FOO }", "line 2, column 13: not SPARQL near « FOO } »"),
        ("SELECT * {?s ?p 'ééé' ééé }", "line 1, column 23: not SPARQL near « ééé } »"),
        ("SELECT * {?s nope:p ?o}", "line 1, column 14: not SPARQL near « nope:p ?o} » (Prefix not found)"),
        (
            "SELECT ?x { ?s ?p ?o }\nGROUP BY ?s",
            "line 2, column 10: not SPARQL near « ?s » (The SELECT contains a variable that is unbound)",
        ),
        ("SELECT *\n{ ?s\n ?p", "line 3, column 4: not SPARQL at the end"),
        ("INSERT DATA {}", "line 1, column 1: not SPARQL near « INSERT DATA {} »"),
        (
            "SELECT * { SERVICE <http://e/> {} }",
            "SERVICE is not available here: this endpoint asks no other endpoint",
        ),
        ("SELECT (<http://e/f>(1) AS ?x) {}", "The custom function <http://e/f> is not supported"),
    ],
)  # fmt: skip
def test_refusals(store: Store, text: str, message: str) -> None:
    with pytest.raises(QueryError) as raised:
        evaluate(store, text)
    assert raised.value.message == message


def test_a_graph_must_be_an_iri(store: Store) -> None:
    with pytest.raises(QueryError, match="not the IRI of a graph: 'g 1'"):
        evaluate(store, PLAIN, default_graph_uris=["g 1"])


@pytest.mark.parametrize("nested", ["{", "(", "!", "[ ?p ", "?s ?p ?o . ", "OPTIONAL { "])
def test_a_query_that_would_end_the_process_is_refused(store: Store, nested: str) -> None:
    with pytest.raises(QueryError, match=f"more than {MOST_TOKENS} words and signs"):
        evaluate(store, "SELECT * { " + nested * 10_000)


def test_a_query_of_ours_may_be_long(store: Store) -> None:
    text = "SELECT ?name { ?s inno:name ?name FILTER(" + "1 = 1 && " * MOST_TOKENS + "true) } ORDER BY ?name"
    with pytest.raises(QueryError, match="words and signs"):
        evaluate(store, text)
    short = names(store, "SELECT ?name { ?s inno:name ?name } ORDER BY ?name", [], [])
    assert [row["name"].value for row in evaluate(store, text, ours=True)] == short != []  # type: ignore[union-attr]


def test_a_long_list_of_values_is_no_long_query(store: Store) -> None:
    values = " ".join(f'"{n}"' for n in range(10_000))
    text = f"SELECT ?name {{ VALUES ?name {{ {values} 'merged' }} ?s inno:name ?name }}"
    assert names(store, text, [], []) == ["merged"]
