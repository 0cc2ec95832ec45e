"""What tests of the site share: homes of a made-up graph and of the real one, clients over them, a server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from innograph import resources
from innograph.journeys.build import build
from innograph.journeys.index import index_of
from innograph.namespaces import concept, inno, named_graph, term, thing
from innograph.registry.file import Registry
from innograph.store.snapshots import Home

from .graphs import numbers
from .server_process import LIMITS, SMALL, Server, serving
from .site_client import SiteClient

Publish = Callable[[Home, list[Quad]], str]


@pytest.fixture(scope="session")
def palmares() -> bytes:
    """Give a file that every snapshot publishes as ``palmares.csv``."""
    return "edition,titre\r\nPrix Boussole 2031,Les « puits » partagés\r\n".encode()


@pytest.fixture(scope="session")
def small_graph() -> list[Quad]:
    """Read the made-up graph: its named graphs."""
    fixture = Path(__file__).with_name("fixture.trig")
    return [quad for quad in parse(path=fixture, format=RdfFormat.TRIG) if isinstance(quad, Quad)]


@pytest.fixture(scope="session")
def publish(palmares: bytes) -> Publish:
    """Give a function that writes and activates a snapshot, and gives its version."""

    def write_and_activate(home: Home, quads: list[Quad]) -> str:
        counts = {"editions": 1, "distinctions": 2}
        written = home.write(quads, {"palmares.csv": palmares}, counts=counts, index=index_of)
        return home.activate(written.version).version

    return write_and_activate


@pytest.fixture(scope="session")
def served_home(tmp_path_factory: pytest.TempPathFactory, small_graph: list[Quad], publish: Publish) -> Home:
    """Give a home that tests only read."""
    home = Home(tmp_path_factory.mktemp("served"))
    publish(home, small_graph)
    return home


@pytest.fixture(scope="session")
def client(served_home: Home) -> Iterator[SiteClient]:
    """Give a client of the site over ``served_home``."""
    client = SiteClient(served_home)
    yield client
    client.close()


@pytest.fixture(scope="session")
def asker(
    tmp_path_factory: pytest.TempPathFactory, small_graph: list[Quad], publish: Publish
) -> Iterator[SiteClient]:
    """Give a client over the made-up graph with one body of the registers, and one that they do not list."""
    home = Home(tmp_path_factory.mktemp("reconcile"))
    body, cap = thing("organization", "elancourt"), thing("organization", "cap")
    place, item = thing("territory", "commune/78208"), NamedNode("http://www.wikidata.org/entity/Q1")
    said: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (body, term("rdf:type"), inno.Organization),
        (body, inno.name, Literal("Élancourt <b>")),
        (body, inno.organizationKind, concept("organization-kind", "commune")),
        (body, inno.siren, Literal("217802081")),
        (body, inno.administers, place),
        (place, inno.wikidata, item),
        (cap, inno.organizationKind, concept("organization-kind", "association")),
    ]
    graph = named_graph("bodies")
    publish(home, [*small_graph, *(Quad(*triple, graph) for triple in said)])
    client = SiteClient(home)
    yield client
    client.close()


@pytest.fixture(scope="session")
def real_home(tmp_path_factory: pytest.TempPathFactory, small_registry: Registry) -> Home:
    """Build the real graph with that part of the registers which it leads to: 38,000 triples."""
    home = Home(tmp_path_factory.mktemp("real"))
    build(resources.data(), small_registry, home.path, lambda step: None)
    return home


@pytest.fixture(scope="module")
def whole(whole_home: Home) -> Iterator[SiteClient]:
    """Give a client of the site over the whole graph."""
    client = SiteClient(whole_home)
    yield client
    client.close()


@pytest.fixture(scope="session")
def busy_home(tmp_path_factory: pytest.TempPathFactory, small_graph: list[Quad], publish: Publish) -> Home:
    """Give a home with enough triples for queries that never end."""
    home = Home(tmp_path_factory.mktemp("busy"))
    publish(home, [*small_graph, *numbers(1000)])
    return home


@pytest.fixture(scope="module")
def shared_server(busy_home: Home) -> Iterator[Server]:
    """Start a server of ``LIMITS`` that the tests of one module share."""
    with serving(busy_home.path, LIMITS) as server:
        yield server


@pytest.fixture
def server(shared_server: Server) -> Iterator[Server]:
    """Give the server, and see that a test leaves it as it found it."""
    yield shared_server
    shared_server.until("innograph_workers_busy", 0)
    shared_server.until("innograph_queries_long", 0)
    shared_server.until("innograph_queries_waiting", 0)
    shared_server.until("innograph_workers", LIMITS["workers"] + 1)
    shared_server.until("innograph_requests_under_way", 1)  # the one that asks
    assert shared_server.query(SMALL)[0] == 200


def lines_of_example(site: SiteClient, name: str) -> list[str]:
    """Give the lines of the answer to an example; triples have no order."""
    response = site.get(f"/queries/{name}.csv")
    if response.status_code == 200:
        return response.text.splitlines()
    triples = site.get(f"/queries/{name}.nt")
    assert triples.status_code == 200, (name, triples.text)
    return sorted(triples.text.splitlines())
