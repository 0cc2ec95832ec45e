"""Queries cut into tokens: nothing hides in a string or an IRI, nothing is taken for what it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryBoolean, Store

from innograph.namespaces import PREFIXES
from innograph.store.tokens import asks_for_service, tokens, weight


@given(st.text(alphabet="abZé:?$@_<>{}()[]\"'\\#.;,|^*/+-!=&0 \n\t%", max_size=40))
def test_tokens_put_together_are_the_text(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'''it's'''", [("string", "'''it's'''")]),
        ('"a\\"b" "c"', [("string", '"a\\"b"'), ("string", '"c"')]),
        ("'' 'x'", [("string", "''"), ("string", "'x'")]),
        ("<http://e/#a> # x>", [("iri", "<http://e/#a>"), ("comment", "# x>")]),
        ("?a < 3 && ?b > 2", [
            ("variable", "?a"), ("mark", "<"), ("number", "3"), ("mark", "&"), ("mark", "&"),
            ("variable", "?b"), ("mark", ">"), ("number", "2"),
        ]),
        ("id:rank\\/gold.", [("name", "id:rank\\/gold"), ("mark", ".")]),
        ("ex:a\\'b 'c'", [("name", "ex:a\\'b"), ("string", "'c'")]),
        ("'a'@fr-FR.", [("string", "'a'"), ("language", "@fr-FR"), ("mark", ".")]),
        ("_:b1.", [("blank", "_:b1"), ("mark", ".")]),
        ("inno:partOf/:x", [("name", "inno:partOf"), ("mark", "/"), ("name", ":x")]),
    ],
)  # fmt: skip
def test_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(t.kind, t.text) for t in tokens(text) if t.kind != "space"] == expected


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }",
        "SELECT * { service\n<http://e/>{} }",
        "SELECT * { SERVICE SILENT ?x {} }",
        "SELECT * { ?s ?p 1SERVICE<http://e/>{} }",
        "SELECT * { ?s ?p 1e5SERVICE<http://e/>{} }",
        "SELECT * { ?s ?p trueSERVICE<http://e/>{} }",
        "SELECT * { SERVICE:x{} }",
        "SELECT * { SERVICESILENT:x{} }",
        "SELECT * { ?s ?p ex:a.b.SERVICE<http://e/>{} }",
        "SELECT * { ?s ?p 'a'@en.SERVICE<http://e/>{} }",
        "SELECT * { ?s ?p '\\'#' . SERVICE<http://e/>{} }",
        "SELECT * { ?s ?p ex:a\\'.SERVICE<http://e/>{} #' }",
        "SELECT * { ?s ?p ?o FILTER(?o<?o&&?s #>\n) SERVICE<http://e/>{} }",
        "SELECT * { FILTER EXISTS { SERVICE <http://e/> {} } }",
        "SELECT * { ?s ?p <https://w3id.org/innograph/id/initiative/service>SERVICE:x{} }",
        "SELECT * { ?s ?p '<https://w3id.org/innograph/id/a'.SERVICE#>\n:x{} }",
    ],
)
def test_service_is_seen(text: str) -> None:
    assert asks_for_service(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p $SERVICE }",
        "SELECT * { ?s a <http://e/SERVICE>, schema:Service, ex:service-public }",
        "SELECT * { ?s ?p 'SERVICE <x> {}', \"\"\"a \" SERVICE\"\"\", '''\n SERVICE''' } # SERVICE",
        "SELECT * { ?s ?p 'service'@fr-service }",
        "SELECT * { <https://w3id.org/innograph/id/initiative/un-service> ?p ?o }",
    ],
)
def test_words_that_are_no_keyword_are_let_through(text: str) -> None:
    assert not asks_for_service(text)


# Port 9 is one to which Oxigraph never connects: asking for it fails at once, and shows that it would ask.
FRAGMENTS = st.sampled_from([
    "SERVICE", "service ", "SERVICE SILENT ", "<http://127.0.0.1:9/>", ":x", "{", "}", "{}", " ", "\n", ".",
    "1", "1e5", "true", "'a'", "'", '"', "'''", "\\'", "#", ">", "<", "ex:a", "ex:a.b", "@en", "_:b",
    "FILTER(", ")", "?o<?o", "EXISTS", "GRAPH ?g ", "\\u0053ERVICE", "%41", ";", ",", "[", "]",
    "?s ?p ", "OPTIONAL", "UNION", "BIND(1 AS ?b)",
])  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=9))
def test_whatever_oxigraph_would_ask_elsewhere_is_seen(fragments: list[str]) -> None:
    text = "SELECT * { " + "".join(fragments) + " }"
    if not asks_for_service(text):
        try:
            answer = Store().query(text, prefixes={**PREFIXES, "": "http://127.0.0.1:9/", "ex": "http://e/"})
        except SyntaxError:
            return
        assert not isinstance(answer, QueryBoolean)
        list(answer)  # an OSError here would be a question that was asked elsewhere


def test_weight_leaves_long_lists_of_values_out() -> None:
    values = " ".join(f"<http://e/{n}>" for n in range(5000))
    assert weight(f"SELECT * {{ VALUES ?x {{ {values} }} ?x ?p ?o }}") == 10
    assert weight("SELECT * { VALUES ?x { " + "<<( " * 100) > 100
    assert weight("SELECT * { " + "{" * 100) > 100
    assert weight("SELECT * { FILTER(?x IN (" + "1," * 100) > 200
