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


EXAMPLES = resources.house() / "shapes" / "examples"
NOT_IN_THE_REGISTERS = {"invalid-constituent.ttl", "invalid-name-twice.ttl", "invalid-no-territory.ttl"}
"""Constituents come from documents; the others are warnings about bodies that are still to be linked."""

FAULTY = sorted(
    path
    for folder in ("collectivity", "organization", "territory")
    for path in (EXAMPLES / folder).glob("*.ttl")
    if path.name not in NOT_IN_THE_REGISTERS
)


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_a_shape_finds_in_bodies_and_places_a_check_finds_too(path: Path) -> None:
    """A build runs the shapes on a part of the registers alone; the checks see all, and miss nothing."""
    store = Store()
    for file in (EXAMPLES / "around.ttl", path, *resources.ontology_files()):
        store.load(path=file, format=RdfFormat.TURTLE)
    finding = [name for name in CHECKS if name.startswith("registry-") and found(store, name)]
    assert bool(finding) == path.name.startswith("invalid-"), finding
