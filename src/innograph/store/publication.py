"""What stands published at an endpoint elsewhere: a record in a graph of its own, written last.

::

    graph:publication dcat:version "0123456789abcdef" ;      # once everything is there, and only then
        dcterms:issued "2026-11-24T10:00:00+00:00"^^xsd:dateTime .
    graph:bodies dcterms:identifier "…" ;                    # hash of the graph (see fingerprint.py)
        void:triples 1168 .                                  # once it was asked back and found equal
    graph:merge …                                            # the default graph

The merge is a named graph like the others: what an engine takes for its default graph is its own affair
(in Virtuoso the union of all that it holds, in which a triple of two graphs counts twice). Queries are asked
with ``default-graph-uri``, which every engine understands alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from innograph.errors import StoreError
from innograph.namespaces import named_graph, term
from innograph.resources import queries
from innograph.store.engine import Engine, Question, RemoteStore
from innograph.store.queries import read_query

RECORD: Final = named_graph("publication").value
MERGE: Final = named_graph("merge").value


@dataclass(frozen=True, slots=True)
class Held:
    """A graph that stands there, or is on its way."""

    hash: str
    triples: int | None = None
    """None until what was sent has been asked back."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A record. Without a version, not everything is there yet."""

    version: str | None = None
    issued: datetime | None = None
    """When the snapshot was written."""
    graphs: Mapping[str, Held] = field(default_factory=dict)

    def with_graph(self, graph: str, held: Held | None) -> "Publication":
        """Give the record with another graph, or without one."""
        others = {name: each for name, each in self.graphs.items() if name != graph}
        return replace(self, graphs=others if held is None else {**others, graph: held})

    def triples(self) -> list[Triple]:
        """Write the record."""
        record = NamedNode(RECORD)
        written = []
        if self.version:
            written.append(Triple(record, term("dcat:version"), Literal(self.version)))
        if self.issued:
            when = Literal(self.issued.isoformat(timespec="seconds"), datatype=term("xsd:dateTime"))
            written.append(Triple(record, term("dcterms:issued"), when))
        for name, held in self.graphs.items():
            graph = NamedNode(name)
            written.append(Triple(graph, term("dcterms:identifier"), Literal(held.hash)))
            if held.triples is not None:
                written.append(Triple(graph, term("void:triples"), Literal(held.triples)))
        return written

    def at(self, address: str, credentials: str) -> RemoteStore:
        """Say where the graph is: its merge as the default graph, its other graphs by name."""
        named = tuple(sorted(self.graphs.keys() - {MERGE}))
        return RemoteStore(address, (MERGE,), named, credentials)


def read_publication(engine: Engine) -> Publication:
    """Read the record of an endpoint; an empty one where there is none.

    :raises StoreError: the endpoint gives none, or it makes no sense.
    """
    said: dict[str, dict[str, str]] = {}
    for thing, about, value in _rows(engine, "publication"):
        said.setdefault(thing, {})[about] = value
    record = said.pop(RECORD, {})
    try:
        graphs = {
            name: Held(
                of[term("dcterms:identifier").value],
                int(of[term("void:triples").value]) if term("void:triples").value in of else None,
            )
            for name, of in said.items()
        }
        issued = record.get(term("dcterms:issued").value)
        when = datetime.fromisoformat(issued) if issued else None
        return Publication(record.get(term("dcat:version").value), when, graphs)
    except (KeyError, ValueError) as error:
        raise StoreError(
            f"the record of what is published there makes no sense ({error})", "nonsense"
        ) from error


def size(engine: Engine, graph: str) -> int:
    """Count the triples of a graph where it stands; a graph that is not there has none.

    :raises StoreError: the endpoint does not say.
    """
    ((number,),) = _rows(engine, "triples", graph)
    return int(number)


def _rows(engine: Engine, name: str, graph: str = RECORD) -> list[list[str]]:
    """Ask a query of ``queries/remote``, of one graph alone."""
    query = read_query(queries() / "remote" / f"{name}.rq")
    answer = engine.answer(Question(query.text, (graph,)))
    if not isinstance(answer, QuerySolutions):
        raise TypeError(f"queries/remote/{name}.rq is no SELECT")
    return [[value.value for value in row if value is not None] for row in answer]
