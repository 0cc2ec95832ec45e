"""Homes with small snapshots: what is written into them, and what a writer left lying about."""

from pyoxigraph import Literal, NamedNode, Quad

from innograph.store.snapshot import Snapshot
from innograph.store.snapshots import Home

FILES = {"palmares.csv": b"prix\nBoussole\n", "editions/boussole.csv": b"x\n"}


def quads(number: int) -> list[Quad]:
    subject, predicate = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")
    graph = NamedNode("http://example.org/g")
    return [Quad(subject, predicate, Literal(n), graph) for n in range(number)]


def add(home: Home, number: int) -> Snapshot:
    """Write and activate a snapshot of ``number`` quads."""
    return home.activate(home.write(quads(number), FILES, counts={"quads": number}).version)


def leftovers(home: Home) -> list[str]:
    return sorted(
        path.name for path in home.path.iterdir() if path.name not in ("lock", "snapshots", "current")
    )
