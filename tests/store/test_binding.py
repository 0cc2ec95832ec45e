"""Values enter a query in one place, whatever they contain, and are seen wherever the variable is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, QueryTriples, Store

from innograph.errors import QueryError
from innograph.store.binding import bind, bind_each, mentioned_variables

A, B, P, NAME = (NamedNode(f"http://example.org/{name}") for name in ("a", "b", "p", "name"))


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.extend([Quad(A, P, B), Quad(B, P, A), Quad(A, NAME, Literal("Aix")), Quad(B, NAME, Literal("Bar"))])
    return store


def rows_of(store: Store, text: str) -> list[tuple[str | None, ...]]:
    answer = store.query(text)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [tuple(getattr(row[name], "value", None) for name in names) for row in answer]


@pytest.mark.parametrize(
    ("query", "bound"),
    [
        (
            "SELECT * WHERE { ?s ?p ?o }",
            "SELECT * WHERE { VALUES (?s) { (<http://example.org/a>) } ?s ?p ?o }",
        ),
        ("ASK{?s ?p ?o}", "ASK{ VALUES (?s) { (<http://example.org/a>) }?s ?p ?o}"),
        (
            "# { not here\nPREFIX x: <http://e/{> SELECT ?s { ?s ?p '}' }",
            "# { not here\nPREFIX x: <http://e/{> "
            "SELECT ?s { VALUES (?s) { (<http://example.org/a>) } ?s ?p '}' }",
        ),
        (
            "CONSTRUCT { ?s ?p '{' } WHERE { ?s ?p ?o }",
            "CONSTRUCT { ?s ?p '{' } WHERE { VALUES (?s) { (<http://example.org/a>) } ?s ?p ?o }",
        ),
        (
            "SELECT (EXISTS { ?x ?y ?z } AS ?e) { ?s ?p ?o }",
            "SELECT (EXISTS { ?x ?y ?z } AS ?e) { VALUES (?s) { (<http://example.org/a>) } ?s ?p ?o }",
        ),
        ("DESCRIBE ?s { }", "DESCRIBE ?s { VALUES (?s) { (<http://example.org/a>) } }"),
    ],
)
def test_the_block_stands_at_the_start_of_the_outermost_group(query: str, bound: str) -> None:
    assert bind(query, {"s": A}) == bound


def test_several_rows_share_a_block(store: Store) -> None:
    text = bind_each("SELECT ?s { ?s ?p ?o } ORDER BY ?s", [{"p": P, "o": A}, {"p": P, "o": B}])
    assert "VALUES (?p ?o) { (<http://example.org/p> <http://example.org/a>) (<http" in text
    assert rows_of(store, text) == [(A.value,), (B.value,)]


def test_several_parameters_share_a_block() -> None:
    assert bind("ASK { ?s ?p ?o }", {"s": A, "o": Literal("x", language="fr")}) == (
        'ASK { VALUES (?s ?o) { (<http://example.org/a> "x"@fr) } ?s ?p ?o }'
    )


def test_no_parameters_no_change() -> None:
    assert bind("nonsense {", {}) == "nonsense {"


P_ = "PREFIX : <http://example.org/> "
CASES = [
    ("plain", "SELECT ?o { ?s :p ?o }", [("http://example.org/b",)]),
    ("filter in a branch", "SELECT ?n { { ?x :name ?n FILTER(?x = ?s) } UNION { ?s :none ?n } }", [("Aix",)]),
    ("subselect that does not project", "SELECT ?n { { SELECT ?n { ?s :name ?n } } }", [("Aix",)]),
    ("the group is a subselect", "SELECT ?n { SELECT ?n { ?s :name ?n } }", [("Aix",)]),
    ("a comment before it", "SELECT ?n { # why\n SELECT ?n { ?s :name ?n } }", [("Aix",)]),
    (
        "projected by the subselect",
        "SELECT ?s ?n { SELECT ?s ?n { ?s :name ?n } }",
        [("http://example.org/a", "Aix")],
    ),
    ("optional", "SELECT ?n { ?x :p ?y OPTIONAL { ?x :name ?n FILTER(?x = ?s) } }", [("Aix",), (None,)]),
    ("minus", "SELECT ?x { ?x :p ?y MINUS { ?x :name ?n FILTER(?x = ?s) } }", [("http://example.org/b",)]),
    ("not exists", "SELECT ?x { ?x :p ?y FILTER NOT EXISTS { ?s :p ?y } }", [("http://example.org/b",)]),
    ("aggregate", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", [("2",)]),
    ("values beside", "SELECT ?n { VALUES ?x { :a :b } ?x :name ?n FILTER(?x = ?s) }", [("Aix",)]),
    ("order", "SELECT ?n { ?x :name ?n } ORDER BY (?x = ?s) ?n", [("Aix",), ("Bar",)]),
    ("comparison without blanks", "SELECT ?n { ?x :name ?n FILTER(?n<'B'&&?x=?s) }", [("Aix",)]),
    ("looks like an IRI", "SELECT ?n { ?x :name ?n BIND(1 AS ?i) FILTER(?i<?i||?s>?i||?x=?s) }", [("Aix",)]),
]


@pytest.mark.parametrize(("query", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_value_is_seen_wherever_the_variable_is(
    store: Store, query: str, expected: list[tuple[str]]
) -> None:
    expected_rows = sorted(expected, key=str)
    assert sorted(rows_of(store, bind(P_ + query, {"s": A})), key=str) == expected_rows


def test_construct(store: Store) -> None:
    answer = store.query(bind("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", {"s": A}))
    assert isinstance(answer, QueryTriples)
    assert {triple.subject for triple in answer} == {A}


INJECTIONS = [
    '"',
    "\\",
    '\\"',
    '" } } DROP ALL #',
    "'''",
    '"""',
    "a\nb\r\tc",
    "\x00\x01\x7f\x08\x0c",
    ") } SERVICE <http://example.org/> {",
    "\\u0022 } #",
    "?s",
    "é😀\ufffe",
    "${s}",
    "",
]


@pytest.mark.parametrize("value", INJECTIONS)
def test_a_value_stays_a_value(value: str) -> None:
    assert rows_of(Store(), bind("SELECT ?v { }", {"v": Literal(value)})) == [(value,)]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.sampled_from([None, "fr", "en-GB"]))
def test_any_text_comes_back(value: str, language: str | None) -> None:
    literal = Literal(value, language=language) if language else Literal(value)
    answer = Store().query(bind("SELECT ?v { }", {"v": literal}))
    assert isinstance(answer, QuerySolutions)
    assert [row["v"] for row in answer] == [literal]


NOT_A_VALUE = "parameter '{}' cannot be bound: it must be an IRI or a literal"
SHORT_CONSTRUCT = "parameters cannot be bound in « CONSTRUCT WHERE »: write the template out"


@pytest.mark.parametrize(
    ("query", "parameters", "message"),
    [
        ("SELECT * { ?s ?p ?o }", {"x": A}, "the query has no variable ?x to bind"),
        ("SELECT * { ?s ?p '?x' } # ?x", {"x": A}, "the query has no variable ?x to bind"),
        ("SELECT * { ?s ?p ?o }", {"s } #": A}, NOT_A_VALUE.format("s } #")),
        ("SELECT * { ?s ?p ?o }", {"s": BlankNode("x")}, NOT_A_VALUE.format("s")),
        ("CONSTRUCT WHERE { ?s ?p ?o }", {"s": A}, SHORT_CONSTRUCT),
        ("DESCRIBE <http://e/>", {"s": A}, "the query has no complete WHERE group to bind parameters in"),
        ("SELECT * { ?s ?p ?o", {"s": A}, "the query has no complete WHERE group to bind parameters in"),
        ("SELECT * } ?s", {"s": A}, "the query closes a brace that it did not open"),
        ("CONSTRUCT { ?s", {"s": A}, "the template of the query is not closed"),
        ("hello ?s", {"s": A}, "no SELECT, ASK, DESCRIBE or CONSTRUCT to bind parameters in"),
    ],
)  # fmt: skip
def test_what_cannot_be_bound_is_refused(query: str, parameters: dict[str, NamedNode], message: str) -> None:
    with pytest.raises(QueryError) as raised:
        bind(query, parameters)
    assert str(raised.value) == message


def test_mentioned_variables() -> None:
    assert mentioned_variables("SELECT ?a { ?b ?c '?d' { SELECT ?e { $f ?g ?h } } } ORDER BY ?i # ?j") == set(
        "abcefghi"
    )
