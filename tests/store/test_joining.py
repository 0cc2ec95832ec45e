"""A query narrowed by others finds what all of them find, and nothing else of theirs shows."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, QueryTriples, Store

from innograph.errors import QueryError
from innograph.store.evaluate import evaluate
from innograph.store.joining import narrow

EX = "http://example.org/"
STORE = Store()
for subject, property, value in [("a", "p", 1), ("a", "q", 1), ("b", "p", 2), ("c", "q", 3)]:
    STORE.add(Quad(NamedNode(EX + subject), NamedNode(EX + property), Literal(value)))

ALL = f"PREFIX ex: <{EX}>\nSELECT ?s WHERE {{ ?s ?property ?value }} ORDER BY ?s"
WITH_P = f"PREFIX ex: <{EX}>\nSELECT ?s WHERE {{ ?s ex:p ?value }}"
WITH_Q = f"PREFIX e: <{EX}>\n# WHERE {{ is no word in a comment\nselect ?s where {{ ?s e:q ?value }}"


def subjects(text: str) -> list[str]:
    answer = evaluate(STORE, text)
    assert isinstance(answer, QuerySolutions)
    return [str(row["s"]).strip("<>").removeprefix(EX) for row in answer]


def test_nothing_narrows_nothing() -> None:
    assert narrow(ALL, []) == ALL


def test_conditions_are_met_together_and_keep_their_variables() -> None:
    """Both conditions name ?value, which they do not select: it is not the ?value of the query."""
    assert subjects(narrow(ALL, [WITH_P])) == ["a", "a", "b"]
    assert subjects(narrow(ALL, [WITH_P, WITH_Q])) == ["a", "a"]


def test_the_template_of_a_construct_stays_as_it_is() -> None:
    text = narrow("CONSTRUCT { ?s a <http://example.org/C> } WHERE { ?s ?p ?o }", [WITH_Q])
    answer = evaluate(STORE, text)
    assert isinstance(answer, QueryTriples)
    assert {str(triple.subject) for triple in answer} == {f"<{EX}a>", f"<{EX}c>"}


def test_a_prefix_cannot_stand_for_two_things() -> None:
    with pytest.raises(QueryError, match="ex: stands for two things"):
        narrow(ALL, ["PREFIX ex: <http://example.com/> SELECT ?s WHERE { ?s ex:p 1 }"])


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o }", "", "DESCRIBE <http://example.org/a>"])
def test_a_query_without_where_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="no WHERE group"):
        narrow(text, [WITH_P])
