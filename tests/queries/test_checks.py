"""Every query of ``queries/checks/`` finds nothing in the graph, and its own fault in a faulty one."""

from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store

from innograph import resources
from innograph.store.evaluate import evaluate
from innograph.store.queries import read_query
from queries.rendering import shown

CHECKS = {path.stem: path for path in sorted((resources.queries() / "checks").glob("*.rq"))}
FAULTS = {path.stem: path for path in (Path(__file__).parent / "faults").iterdir()}


def found(store: Store, name: str) -> list[list[str]]:
    answer = evaluate(store, read_query(CHECKS[name]).bound({}))
    assert isinstance(answer, QuerySolutions)
    return [[shown(value) for value in solution] for solution in answer]


@pytest.mark.parametrize("name", CHECKS)
def test_the_graph_has_no_such_fault(name: str, graph_store: Store) -> None:
    assert found(graph_store, name) == []


def test_every_check_has_a_faulty_graph_and_conversely() -> None:
    assert set(FAULTS) == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_the_check_finds_its_fault(name: str) -> None:
    """The first line of the faulty graph says what is found: ``# finds: …`` with the first column's value."""
    path = FAULTS[name]
    first_line = path.read_text(encoding="utf-8").splitlines()[0]
    store = Store()
    store.load(path=path, format=RdfFormat.from_extension(path.suffix.removeprefix(".")))
    assert [row[0] for row in found(store, name)] == first_line.removeprefix("# finds: ").split()
