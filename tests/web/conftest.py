"""A home with one snapshot of the small made-up graph of ``fixture.trig``, and a client of the site."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from innograph.store.snapshots import Home

from .site_client import SiteClient

Publish = Callable[[Home, list[Quad]], str]


@pytest.fixture(scope="session")
def palmares() -> bytes:
    """Give a file that every snapshot publishes as ``palmares.csv``."""
    return "edition,titre\r\nPrix Boussole 2031,Les « puits » partagés\r\n".encode()


@pytest.fixture(scope="session")
def small_graph() -> list[Quad]:
    """Read the made-up graph: its named graphs, and their merge as the default graph."""
    fixture = Path(__file__).with_name("fixture.trig")
    quads = [quad for quad in parse(path=fixture, format=RdfFormat.TRIG) if isinstance(quad, Quad)]
    merge = {Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads}
    return [*quads, *merge]


@pytest.fixture(scope="session")
def publish(palmares: bytes) -> Publish:
    """Give a function that writes and activates a snapshot, and gives its version."""

    def write_and_activate(home: Home, quads: list[Quad]) -> str:
        written = home.write(quads, {"palmares.csv": palmares}, counts={"editions": 1})
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
