"""With --allow-service a query may ask the endpoints that are listed, and no other."""

import socket

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from innograph.namespaces import thing
from innograph.store.snapshots import Home
from workers.test_walls import can

from .conftest import Publish
from .server_process import Server, serving


def test_an_endpoint_that_is_listed_can_be_asked_and_no_other(
    served_home: Home, tmp_path_factory: pytest.TempPathFactory, publish: Publish
) -> None:
    home = Home(tmp_path_factory.mktemp("other"))
    inhabitants = NamedNode("http://example.org/inhabitants")
    publish(home, [Quad(thing("organization", "orval"), inhabitants, Literal(812))])
    with serving(home.path) as other, socket.create_server(("127.0.0.1", 0)) as listening:
        listed = f"http://127.0.0.1:{other.port}/sparql"
        with serving(served_home.path, endpoints=[listed]) as server:
            query = f"""PREFIX ex: <http://example.org/> PREFIX other: <{listed}>
                SELECT DISTINCT ?name ?n {{
                    ?d inno:laureate ?body . ?body inno:name ?name
                    SERVICE other: {{ ?body ex:inhabitants ?n }}
                }}"""
            assert server.query(query, format="csv") == (200, "name,n\r\nOrval-l'Étang,812\r\n".encode())
            unlisted = f"http://127.0.0.1:{listening.getsockname()[1]}/"
            for service in (f"<{unlisted}>", "?where", f"<{listed}> {{}} SERVICE <{unlisted}>"):
                status, body = server.query(
                    f"SELECT * {{ BIND(<{listed}> AS ?where) SERVICE {service} {{}} }}"
                )
                assert (status, body.decode()) == (
                    400,
                    f"SERVICE is available here for these endpoints alone, written out in full: {listed}\n",
                )
            assert_nobody_knocks(listening)
            assert server.figure("innograph_workers_without_network") == walled(server)


def assert_nobody_knocks(listening: socket.socket) -> None:
    listening.settimeout(0.2)
    with pytest.raises(TimeoutError):
        listening.accept()


def walled(server: Server) -> float:
    """Tell whether the workers that ask no other endpoint have left the network here at all."""
    return float(can("leave_network"))
