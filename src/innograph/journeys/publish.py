"""Bringing a snapshot to a server elsewhere, by SPARQL 1.1 Graph Store Protocol: safe to break off, checked.

The record at that server (see ``publication.py``) says how far it came: it loses its version first, says of
each graph that it is on its way and then that it is there, and gets the version last. Whoever begins again
goes on from there.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Store, Triple

from innograph.errors import StoreError
from innograph.namespaces import CONTRIBUTIONS
from innograph.store.connection import Connection, Patience
from innograph.store.credentials import Credentials
from innograph.store.engine import Engine, RemoteStore
from innograph.store.fingerprint import Fingerprint, fingerprint, has_blank
from innograph.store.graph_store import GraphStore
from innograph.store.publication import MERGE, RECORD, Held, Publication, read_publication, size
from innograph.store.remote import Remote
from innograph.store.snapshot import Snapshot

TRIPLES_IN_A_PART: Final = 20_000

SECONDS_TO_NOTICE: Final = 5.0
"""How long whoever serves what stands there has to notice that it is being replaced."""

PATIENCE: Final = Patience(seconds=600.0, connecting=10.0, attempts=5, pause=1.0)

_QUERY_PATHS: Final = (
    ("/store", "/query"),  # Oxigraph
    ("/data", "/sparql"),  # Jena Fuseki
    ("/sparql-graph-crud-auth", "/sparql"),  # Virtuoso
    ("/sparql-graph-crud", "/sparql"),
    ("/rdf-graphs/service", ""),  # RDF4J, GraphDB
)


@dataclass(frozen=True, slots=True)
class Step:
    """A graph that is to be sent, from which triple on; ``fingerprint`` is what it shall hold."""

    graph: str
    fingerprint: Fingerprint
    begin: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """What became of it: the graphs that were sent, passed over, removed, and written otherwise there."""

    sent: tuple[str, ...]
    passed: tuple[str, ...]
    removed: tuple[str, ...]
    otherwise: tuple[str, ...]
    """Graphs that mean the same, if not to the letter: the engine writes literals its own way."""


def query_address(graph_store: str) -> str | None:
    """Tell where a server whose graph store has this address takes queries, if it is one of those we know.

    >>> query_address("http://localhost:7878/store"), query_address("https://e.org/rdf-graph-store")
    ('http://localhost:7878/query', None)
    """
    for end, instead in _QUERY_PATHS:
        if graph_store.endswith(end):
            return graph_store.removesuffix(end) + instead
    return None


def publish(
    snapshot: Snapshot,
    graph_store: str,
    endpoint: str,
    credentials: str,
    tell: Callable[[str], object],
    *,
    dry_run: bool = False,
    patience: Patience = PATIENCE,
    wait: Callable[[float], object] = time.sleep,
) -> Published:
    """Make an endpoint hold what ``snapshot`` holds.

    :param graph_store: address for the Graph Store Protocol, and ``endpoint`` for queries, of one server.
    :param credentials: ``name:password``, or nothing.
    :param dry_run: tell what would be done, and do nothing.
    :raises StoreError: the server refuses, fails, or does not hold what it was sent. Everything that it holds
        is kept; the next run goes on.
    """
    engine = Remote(RemoteStore(endpoint, credentials=credentials), patience)
    known = Credentials(credentials) if credentials else None
    there = GraphStore(Connection(graph_store, known, patience))
    here = snapshot.open()
    record = read_publication(engine)
    wanted = _fingerprints(here, tell)
    steps, passed = _plan(record, wanted, engine, there, tell)
    removed = tuple(sorted(record.graphs.keys() - wanted.keys()))
    for graph in removed:
        tell(f"{graph}: to be removed")
    for step in steps:
        all_of_them = step.fingerprint.triples
        tell(f"{step.graph}: {all_of_them - step.begin} of {all_of_them} triples to send")
    sent = tuple(step.graph for step in steps)
    if dry_run or not (steps or removed or record.version != snapshot.version):
        return Published(sent if dry_run else (), passed, removed, ())

    if record.version:
        record = Publication(graphs=record.graphs)
        there.put(RECORD, record.triples())
        wait(SECONDS_TO_NOTICE)
    for graph in removed:
        there.remove(graph)
        record = record.with_graph(graph, None)
    for graph in passed:
        record = record.with_graph(graph, Held(wanted[graph].exact, wanted[graph].triples))
    otherwise = []
    for step in steps:
        record = record.with_graph(step.graph, Held(step.fingerprint.exact))
        there.put(RECORD, record.triples())
        found = _send(here, there, step, tell)
        if found.exact != step.fingerprint.exact:
            otherwise.append(step.graph)
        record = record.with_graph(step.graph, Held(step.fingerprint.exact, found.triples))
        there.put(RECORD, record.triples())
    for graph, of in wanted.items():
        if (counted := size(engine, graph)) != of.triples:
            message = f"{endpoint} counts {counted} triples in {graph} instead of {of.triples}"
            raise StoreError(message, "nonsense")
    there.put(RECORD, Publication(snapshot.version, snapshot.written, record.graphs).triples())
    if read_publication(engine).version != snapshot.version:
        raise StoreError(
            f"{endpoint} does not show what {graph_store} was sent: are they one server?", "nonsense"
        )
    return Published(sent, passed, removed, tuple(otherwise))


def _fingerprints(here: Store, tell: Callable[[str], object]) -> dict[str, Fingerprint]:
    """Give the graphs of a snapshot, small ones first, with what they hold."""
    tell("reading the snapshot")
    names = [name.value for name in here.named_graphs() if isinstance(name, NamedNode)]
    wanted = [name for name in names if not name.startswith(CONTRIBUTIONS)] + [MERGE]
    found = {name: fingerprint(_all_triples(here, _name(name))) for name in wanted}
    return dict(sorted(found.items(), key=lambda item: (item[1].triples, item[0])))


def _plan(
    record: Publication,
    wanted: Mapping[str, Fingerprint],
    engine: Engine,
    there: GraphStore,
    tell: Callable[[str], object],
) -> tuple[list[Step], tuple[str, ...]]:
    """Tell what is to be sent, and what stands there already: of as many triples, asked back and compared.

    A graph that was on its way is gone on with, from the last part that is certainly there: parts are sent
    one after the other, in the order of the database.
    """
    steps, passed = [], []
    for graph, of in wanted.items():
        number = size(engine, graph)
        if number == of.triples and _same(of, fingerprint(there.triples(graph))):
            tell(f"{graph}: {number} triples are there already")
            passed.append(graph)
            continue
        begin = number // TRIPLES_IN_A_PART * TRIPLES_IN_A_PART
        gone_on = record.graphs.get(graph) == Held(of.exact) and begin < of.triples
        steps.append(Step(graph, of, begin if gone_on else 0))
    return steps, tuple(passed)


def _send(here: Store, there: GraphStore, step: Step, tell: Callable[[str], object]) -> Fingerprint:
    """Send a graph and ask it back; once more from the beginning, if it was gone on with and is not right."""
    for begin in dict.fromkeys((step.begin, 0)):
        _send_from(here, there, step.graph, begin, tell)
        found = fingerprint(there.triples(step.graph))
        if _same(step.fingerprint, found):
            tell(f"{step.graph}: {found.triples} triples are there")
            return found
    raise StoreError(
        f"{step.graph} holds {found.triples} triples after {step.fingerprint.triples} were sent, or others: "
        "look at what else writes there, then publish again",
        "nonsense",
    )


def _same(wanted: Fingerprint, found: Fingerprint) -> bool:
    return (wanted.triples, wanted.meant) == (found.triples, found.meant)


def _send_from(here: Store, there: GraphStore, graph: str, begin: int, tell: Callable[[str], object]) -> None:
    triples = islice(_triples(here, graph), begin, None)
    number = begin
    while part := list(islice(triples, TRIPLES_IN_A_PART)):
        if number:
            there.add(graph, part)
        else:
            there.put(graph, part)
        number += len(part)
        tell(f"{graph}: {number} triples sent")


def _triples(here: Store, graph: str) -> Iterator[Triple]:
    """Give the triples of a graph in the order of the database, those with blank nodes first."""
    name = _name(graph)
    return chain(
        (triple for triple in _all_triples(here, name) if has_blank(triple)),
        (triple for triple in _all_triples(here, name) if not has_blank(triple)),
    )


def _all_triples(here: Store, name: NamedNode | DefaultGraph) -> Iterator[Triple]:
    return (quad.triple for quad in here.quads_for_pattern(None, None, None, name))


def _name(graph: str) -> NamedNode | DefaultGraph:
    return DefaultGraph() if graph == MERGE else NamedNode(graph)
