"""Answers beside a graph: what they hold, when they are asked anew, and that damage to them is seen."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from innograph.errors import SnapshotError
from innograph.store.evaluate import evaluate
from innograph.store.kept import Kept, file_of
from innograph.store.snapshots import Home

EX = "http://example.org/"
QUADS = [
    Quad(NamedNode(f"{EX}{name}"), NamedNode(f"{EX}says"), value, NamedNode(f"{EX}g"))
    for name, value in (
        ("a", Literal('« é »\n"', language="fr")),
        ("b", Literal("7", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))),
        ("c", NamedNode(f"{EX}a")),
    )
]
ALL = "SELECT ?s ?o ?none { ?s ?p ?o OPTIONAL { ?o <http://example.org/never> ?none } } ORDER BY ?s"
QUERIES = {"all": ALL, "facets/first": f"{ALL} LIMIT 1"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.activate(home.write(QUADS, {}, counts={}, kept=QUERIES).version)
    return home


def test_they_are_what_the_graph_answers(home: Home) -> None:
    snapshot = home.current()
    for name, text in QUERIES.items():
        kept = snapshot.answers().answer(name, text)
        asked = evaluate(snapshot.open(), text)
        assert kept is not None and isinstance(asked, QuerySolutions)
        assert [tuple(row) for row in kept] == [tuple(row) for row in asked] != []


def test_a_query_that_was_changed_is_asked_anew(home: Home) -> None:
    answers = home.current().answers()
    assert answers.answer("all", f"{ALL} OFFSET 1") is None
    assert answers.answer("other", ALL) is None
    assert Kept().answer("all", ALL) is None


def test_they_are_no_part_of_the_name_and_are_written_where_they_are_missing(home: Home) -> None:
    before = home.current()
    again = home.write(QUADS, {}, counts={}, kept=QUERIES)
    assert again.version == before.version and again.manifest == before.manifest
    more = home.write(QUADS, {}, counts={}, kept={**QUERIES, "all": f"{ALL} OFFSET 1"})
    assert more.version == before.version
    assert more.answers().answer("all", f"{ALL} OFFSET 1") is not None
    assert more.answers().answer("all", ALL) is None
    more.verify()


def test_one_that_was_altered_is_not_served(home: Home) -> None:
    snapshot = home.current()
    file = snapshot.path / file_of("all", ALL)
    content = file.read_bytes()
    file.write_bytes(content.replace(b'"7"', b'"8"'))
    assert file.read_bytes() != content
    with pytest.raises(SnapshotError, match=r"answers/all.* is not what was written"):
        home.get(snapshot.version)
