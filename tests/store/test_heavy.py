"""What makes a query heavy is named, and nothing is said of queries that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.resources import queries
from innograph.store.heavy import Reason, reasons
from innograph.store.queries import read_queries


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", [("apart", "?a ?d")]),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", [("apart", "?a ?d")]),
        ("SELECT * { ?a ?b ?c . ?c ?e ?f }", []),
        ("SELECT * { ?a a ?b ; ?p ?c , ?d . ?d ?e [ ?f ?g ] . ?g ?h 1 }", []),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(?a = ?d) }", [("apart", "?a ?d")]),
        ("SELECT * { ?a ?b ?c . BIND(STR(?a) AS ?d) ?d ?e ?f }", []),
        ("SELECT * { ?a ?b ?c OPTIONAL { ?c ?e ?f } }", []),
        ("SELECT * { ?a ?b ?c OPTIONAL { ?d ?e ?f } }", [("apart", "?a ?d")]),
        ("SELECT * { { ?a ?b ?c } UNION { ?d ?e ?f } }", []),
        ("SELECT * { ?a ?b ?d { ?a ?b ?c . ?d ?e ?f } UNION { ?a ?b ?c } }", []),
        ("SELECT * { ?a ?b ?x { SELECT ?x { ?x ?b ?c . ?d ?e ?f } } }", [("apart", "?x ?d")]),
        ("SELECT * { ?a ?b ?c { SELECT (COUNT(?x) AS ?a) { ?x ?y ?a } } }", []),
        ("SELECT * { GRAPH ?g { ?a ?b ?c } GRAPH ?g { ?d ?e ?f } }", []),
        ("SELECT * { VALUES ?a { 1 2 } ?a ?b ?c }", []),
        ("CONSTRUCT { ?a ?b ?c . ?d ?e ?f } WHERE { ?a ?b ?d ; ?c ?e , ?f }", []),
        ("CONSTRUCT { ?a ?b ?c } { ?a ?b ?c . ?d ?e ?f }", [("apart", "?a ?d")]),
        ("CONSTRUCT { ?a ?b ?c . ?d ?e ?f } { ?a ?b ?d ; ?c ?e , ?f }", []),
        ("SELECT (EXISTS { ?a ?b ?c . ?d ?e ?f } AS ?x) { ?a ?b ?d }", []),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . { SELECT * WHERE { ?a ?b ?c } } }", [("apart", "?a ?d")]),
        ("SELECT * { ?a ?b ?c MINUS { ?d ?e ?c . ?f ?g ?a } }", [("apart", "?d ?f")]),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f BIND(CONCAT(?c, ?f) AS ?x) }", [("apart", "?a ?d")]),
        ("SELECT * { BIND(1 AS ?a) BIND(2 AS ?b) BIND(3 AS ?c) ?a ?b ?c }", []),
        ("ASK { ?a (ex:p|ex:q)* ?b }", [("path", "(…)*")]),
        ("ASK { ?a <http://e/p>+ ?b }", [("path", "<http://e/p>+")]),
        ("SELECT (?x * 2 AS ?y) { ?a ex:p ?x FILTER(?x*3 > 2) }", []),
        (
            "SELECT DISTINCT ?a { ?a ?b ?c FILTER(REGEX(?c, 'x')) } GROUP BY ?a ORDER BY ?a",
            [("sorted", ""), ("grouped", ""), ("distinct", ""), ("text", "")],
        ),
        ("SELECT ?order { ?order a ?by } # ORDER BY", []),
        ("", []),
        ("SELECT * { ?a ?b", []),
    ],
)
def test_reasons(text: str, expected: list[Reason]) -> None:
    assert reasons(text) == expected


@given(st.text(alphabet="?ab:{}().*+ \"'#\n", max_size=60).map(lambda text: f"SELECT * {{ {text}"))
def test_any_text_can_be_read(text: str) -> None:
    reasons(text)


def test_our_own_questions_have_no_patterns_apart() -> None:
    for name, query in read_queries(queries() / "examples").items():
        assert [detail for kind, detail in reasons(query.text) if kind == "apart"] == [], name
