"""A snapshot is brought to Oxigraph's own server: whole, checked, and going on where a run broke off."""

import os
import subprocess
import sys
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from innograph.errors import StoreError
from innograph.journeys import publish as journey
from innograph.journeys.publish import Published, publish
from innograph.namespaces import inno, named_graph, term
from innograph.store.canonical import relabelled
from innograph.store.connection import Patience
from innograph.store.engine import RemoteStore
from innograph.store.graph_store import GraphStore
from innograph.store.publication import MERGE, RECORD, read_publication
from innograph.store.remote import Remote
from innograph.store.snapshot import Snapshot
from innograph.store.snapshots import Home
from oxigraph_server import Oxigraph, oxigraph_serving

AWARDS, BODIES = named_graph("awards").value, named_graph("bodies").value
CONTRIBUTION = named_graph("contribution", "x").value
PART = 100

Bring = Callable[..., Published]


def graph(numbers: int, first: str = "first") -> list[Quad]:
    """Make two graphs that share a triple, one with blank nodes, and one of what users write."""
    x = NamedNode("https://w3id.org/innograph/id/award/x")
    many = [Quad(x, inno.order, Literal(n), NamedNode(BODIES)) for n in range(numbers)]
    blank = [
        Quad(BlankNode("a"), inno.name, Literal(first), NamedNode(AWARDS)),
        Quad(BlankNode("a"), inno.order, BlankNode("b"), NamedNode(AWARDS)),
        Quad(x, inno.order, Literal(0), NamedNode(AWARDS)),
        Quad(x, inno.name, Literal('d\'été \\ "x"\n', language="fr"), NamedNode(AWARDS)),
        Quad(x, inno.sponsorStated, Literal(False), NamedNode(AWARDS)),
    ]
    return [*many, *blank, Quad(x, inno.name, Literal("written by users"), NamedNode(CONTRIBUTION))]


def write(folder: Path, quads: list[Quad]) -> Snapshot:
    return Home(folder).write(quads, {}, counts={})


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Oxigraph]:
    with oxigraph_serving(tmp_path / "oxigraph") as running:
        yield running


@pytest.fixture
def bring(server: Oxigraph, monkeypatch: pytest.MonkeyPatch) -> Bring:
    """Give a function that publishes to the server, in small parts and without waiting."""
    monkeypatch.setattr(journey, "TRIPLES_IN_A_PART", PART)

    def run(
        snapshot: Snapshot, tell: Callable[[str], object] = lambda step: None, dry_run: bool = False
    ) -> Published:
        to = server.graph_store, server.endpoint
        return publish(snapshot, *to, "", tell, wait=lambda seconds: None, dry_run=dry_run)

    return run


def standing(server: Oxigraph) -> set[Quad]:
    """Ask the server for all that it holds but the record, its blank nodes named as ours are."""
    with urllib.request.urlopen(f"{server.graph_store}?format=nq") as response:
        quads = list(parse(response.read(), RdfFormat.N_QUADS))
    return by_graph(quad for quad in quads if quad.graph_name != NamedNode(RECORD))


def by_graph(quads: Iterable[Quad]) -> set[Quad]:
    """Name blank nodes in each graph by itself: two graphs share none after they were sent apart."""
    graphs = defaultdict(list)
    for quad in quads:
        graphs[quad.graph_name].append(quad)
    return {quad for each in graphs.values() for quad in relabelled(each)}


def expected(snapshot: Snapshot) -> set[Quad]:
    """Give what the server should hold: the merge by its name, and nothing that users wrote."""
    names: dict[object, NamedNode] = {DefaultGraph(): NamedNode(MERGE)}
    quads = [
        Quad(quad.subject, quad.predicate, quad.object, names.get(quad.graph_name, quad.graph_name))
        for quad in snapshot.open()
    ]
    return by_graph(quad for quad in quads if quad.graph_name != NamedNode(CONTRIBUTION))


def version(server: Oxigraph) -> str | None:
    return read_publication(Remote(RemoteStore(server.endpoint))).version


def test_the_server_holds_what_the_snapshot_holds(tmp_path: Path, server: Oxigraph, bring: Bring) -> None:
    snapshot = write(tmp_path / "home", graph(250))
    done = bring(snapshot)
    assert done == Published((AWARDS, BODIES, MERGE), (), (), ())
    assert standing(server) == expected(snapshot)
    assert version(server) == snapshot.version
    assert bring(snapshot) == Published((), (AWARDS, BODIES, MERGE), (), ())


def test_a_dry_run_does_nothing(tmp_path: Path, server: Oxigraph, bring: Bring) -> None:
    snapshot = write(tmp_path / "home", graph(250))
    assert bring(snapshot, dry_run=True).sent == (AWARDS, BODIES, MERGE)
    assert (standing(server), version(server)) == (set(), None)


class _Broken(Exception):
    pass


@pytest.mark.parametrize("in_the_midst_of", [f"{BODIES}: 200 triples sent", f"{MERGE}: 100 triples sent"])
def test_a_run_that_broke_off_goes_on_where_it_stopped(
    tmp_path: Path, server: Oxigraph, bring: Bring, in_the_midst_of: str
) -> None:
    snapshot = write(tmp_path / "home", graph(250))

    def breaks(step: str) -> None:
        if step == in_the_midst_of:
            server.stop()
            raise _Broken

    with pytest.raises(_Broken):
        bring(snapshot, breaks)
    server.start()
    assert version(server) is None
    told: list[str] = []
    bring(snapshot, told.append)
    first_sent = next(step for step in told if step.endswith("triples sent"))
    there, _, number = in_the_midst_of.partition(": ")
    assert (
        first_sent
        == f"{there}: {min(int(number.split()[0]) + PART, 250 if there == BODIES else 999)} triples sent"
    )
    assert f"{AWARDS}: 5 triples are there already" in told
    assert standing(server) == expected(snapshot)
    assert version(server) == snapshot.version


def test_a_new_version_replaces_what_changed_and_nothing_else(
    tmp_path: Path, server: Oxigraph, bring: Bring
) -> None:
    bring(write(tmp_path / "home", [*graph(250), Quad(inno.name, inno.name, inno.name, named_graph("old"))]))
    after = write(tmp_path / "home", graph(250, "other"))
    seen: list[str | None] = []
    done = bring(after, lambda step: seen.append(version(server)) if "triples sent" in step else None)
    assert done == Published((AWARDS, MERGE), (BODIES,), (named_graph("old").value,), ())
    assert seen and set(seen) == {None}  # while it changes, no version is told
    assert standing(server) == expected(after)


@pytest.mark.parametrize("change", ["one is missing", "one is another"])
def test_what_somebody_changed_there_is_put_right(
    tmp_path: Path, server: Oxigraph, bring: Bring, change: str
) -> None:
    snapshot = write(tmp_path / "home", graph(250))
    bring(snapshot)
    address = f"{server.graph_store}?graph={quote(BODIES, safe='')}"
    lines = urllib.request.urlopen(f"{address}&format=nt").read().splitlines(keepends=True)
    lines[0] = b"" if change == "one is missing" else b"<http://e/x> <http://e/x> <http://e/x> .\n"
    request = urllib.request.Request(address, b"".join(lines), method="PUT")
    request.add_header("Content-Type", "application/n-triples")
    urllib.request.urlopen(request).close()
    assert bring(snapshot).sent == (BODIES,)
    assert standing(server) == expected(snapshot)


def test_literals_that_an_engine_writes_its_own_way_are_told_and_others_refused(
    tmp_path: Path, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = write(tmp_path / "home", graph(3))
    sent = GraphStore.triples
    instead: dict[object, Literal] = {Literal(False): Literal("0", datatype=term("xsd:integer"))}

    def triples(store: GraphStore, name: str) -> Iterator[Triple]:
        for triple in sent(store, name):
            yield Triple(triple.subject, triple.predicate, instead.get(triple.object, triple.object))

    monkeypatch.setattr(GraphStore, "triples", triples)
    assert bring(snapshot).otherwise == (AWARDS, MERGE)
    instead[Literal(1)] = Literal("1.1", datatype=term("xsd:decimal"))
    with pytest.raises(StoreError, match="or others"):
        bring(snapshot)


def test_what_cannot_be_made_right_is_an_error(tmp_path: Path, server: Oxigraph, bring: Bring) -> None:
    """Two graphs stores and endpoints that are not one server; a server that is not there."""
    snapshot = write(tmp_path / "home", graph(3))
    with (
        oxigraph_serving(tmp_path / "other") as other,
        pytest.raises(StoreError, match="counts 0 triples in"),
    ):
        publish(snapshot, server.graph_store, other.endpoint, "", lambda step: None)
    with pytest.raises(StoreError, match="has nothing at this address"):
        publish(snapshot, f"{server.address}/nowhere", server.endpoint, "", lambda step: None)
    server.stop()
    with pytest.raises(StoreError, match="cannot be reached"):
        publish(snapshot, server.graph_store, server.endpoint, "", lambda step: None, patience=QUICK)


QUICK = Patience(seconds=2, attempts=2, pause=0.01)


def test_the_command_tells_what_it_did_and_never_the_password(tmp_path: Path, server: Oxigraph) -> None:
    snapshot = write(tmp_path / "home", graph(3))
    Home(tmp_path / "home").activate(snapshot.version)
    command = [sys.executable, "-m", "innograph", "publish", "--home", str(tmp_path / "home"), "--to"]

    def run(*more: str, **environment: str) -> subprocess.CompletedProcess[str]:
        known = {**os.environ, "INNOGRAPH_STORE_AUTH": "who:s3cret", **environment}
        done = subprocess.run([*command, *more], capture_output=True, text=True, timeout=60, env=known)
        assert "s3cret" not in done.stdout + done.stderr and "Traceback" not in done.stderr
        return done

    done = run(server.graph_store)
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [f"snapshot {snapshot.version}", "      3  sent", "      0  there already", "      0  removed"],
    )
    assert run(f"{server.address}/graphs").returncode == 2  # where are queries taken?
    assert (
        "must not hold a password"
        in run("http://a:s3cret@127.0.0.1/store", INNOGRAPH_STORE=server.endpoint).stderr
    )
    assert "are not « name:password »" in run(server.graph_store, INNOGRAPH_STORE_AUTH="s3cret").stderr
