"""A bigger graph like the real one: its editions again and again, of other years, with other laureates.

    python benchmarks/multiply.py HOME TIMES FOLDER

reads the current snapshot of HOME and writes one into FOLDER in which everything that hangs on editions
stands so many times: each copy is of other years, has addresses of its own, and honours other bodies of the
public registers, of the same kinds. The registers themselves, the vocabulary and the awards stand once.
"""

import gzip
import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from innograph.journeys.index import index_of
from innograph.journeys.kept import kept_queries
from innograph.namespaces import GRAPH, ID, inno, named_graph
from innograph.store.snapshots import Home

Node = NamedNode | BlankNode | Literal | Triple

ONCE = {
    named_graph(name) for name in ("awards", "bodies", "dataset", "identifiers", "registry", "vocabulary")
}
"""Graphs that are not multiplied."""

OWN = (
    "announced-count", "assertion", "category", "criterion", "distinction", "document", "edition", "event",
    "figure", "initiative", "jury", "participation", "passage", "reuse", "validation-result",
)  # fmt: skip
"""Kinds of things of which each copy has its own."""

YEARS_APART = 6
"""Years between one copy and the next; after ten copies they begin again, as if there were more awards."""

_ADDRESS = re.compile(rf"({re.escape(ID)}(?:{'|'.join(OWN)})/|{re.escape(GRAPH)}(?:edition|curated)/)(.+)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def read(home: Path) -> list[Quad]:
    """Read the named graphs of the current snapshot."""
    dump = gzip.decompress((home / "current" / "dumps" / "innograph.nq.gz").read_bytes())
    return [quad for quad in parse(dump, RdfFormat.N_QUADS) if not isinstance(quad.graph_name, DefaultGraph)]


Kinds = Mapping[Node, Node]
"""The kind of each body."""


def bodies_by_kind(quads: list[Quad]) -> tuple[Kinds, dict[Node, list[NamedNode]]]:
    """Give the kind of each body, and the bodies of the registers of each kind."""
    kinds: dict[Node, Node] = {
        quad.subject: quad.object for quad in quads if quad.predicate == inno.organizationKind
    }
    listed = dict.fromkeys(quad.subject for quad in quads if quad.graph_name == named_graph("registry"))
    by_kind: dict[Node, list[NamedNode]] = {}
    for body in listed:
        if body in kinds and isinstance(body, NamedNode):
            by_kind.setdefault(kinds[body], []).append(body)
    return kinds, by_kind


class Copy:
    """One copy of what hangs on editions."""

    def __init__(self, number: int, kinds: Kinds, by_kind: Mapping[Node, Sequence[NamedNode]]) -> None:
        self._number = number
        self._years = YEARS_APART * (number % 10)
        self._kinds = kinds
        self._by_kind = by_kind
        self._chance = random.Random(number)
        self._kept: dict[NamedNode, NamedNode] = {}

    def quad(self, quad: Quad) -> Quad:
        """Give a statement as this copy makes it."""
        graph = quad.graph_name
        assert isinstance(graph, NamedNode) and isinstance(quad.subject, NamedNode)
        return Quad(self._name(quad.subject), quad.predicate, self._term(quad.object), self._name(graph))

    def _term(self, term: Node) -> Node:
        if isinstance(term, NamedNode):
            return self._name(term)
        if isinstance(term, Literal) and _YEAR.search(term.value):
            text = _YEAR.sub(lambda year: str(int(year[0]) - self._years), term.value)
            if term.language:
                return Literal(text, language=term.language)
            return Literal(text, datatype=term.datatype)
        return term

    def _name(self, node: NamedNode) -> NamedNode:
        if node not in self._kept:
            own = _ADDRESS.fullmatch(node.value)
            others = self._by_kind.get(self._kinds.get(node, node))
            self._kept[node] = (
                NamedNode(f"{own[1]}copy-{self._number}-{own[2]}") if own
                else self._chance.choice(others) if others
                else node
            )  # fmt: skip
        return self._kept[node]


def copies(quads: list[Quad], times: int) -> Iterator[Quad]:
    """Give the quads that stand once, and those of each copy."""
    kinds, by_kind = bodies_by_kind(quads)
    own = [quad for quad in quads if quad.graph_name not in ONCE]
    yield from quads
    for number in range(1, times):
        copy = Copy(number, kinds, by_kind)
        yield from map(copy.quad, own)


def main(home: Path, times: int, folder: Path) -> None:
    """Write the bigger snapshot and make it current."""
    target = Home(folder)
    quads = copies(read(home), times)
    counts = {"editions": 5 * times, "distinctions": 136 * times}
    written = target.write(quads, {}, counts=counts, index=index_of, kept=kept_queries())
    target.activate(written.version)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
