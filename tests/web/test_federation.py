"""With --allow-service a query may ask the endpoints that are listed, and no other."""

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from innograph.namespaces import thing
from innograph.store.snapshots import Home
from workers.test_walls import can

from .conftest import Publish
from .server_process import Server, serving
from .site_client import SiteClient

NOBODY = "http://127.0.0.1:2/"
"""An address at which nobody listens."""


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
                    f"SERVICE is available here for these endpoints alone, written out in full: {listed}\n"
                    "SERVICE n'est disponible ici que pour ces points d'accès, écrits en entier : "
                    f"{listed}\n",
                )
            assert_nobody_knocks(listening)
            assert server.figure("innograph_workers_without_network") == walled(server)
            described = server.ask("/sparql", Accept="application/n-triples")[1]
            assert b"sparql-service-description#BasicFederatedQuery>" in described


class Other(BaseHTTPRequestHandler):
    """Another endpoint: it says how often it was asked; at ``/broken`` that it cannot, at ``/moved`` who."""

    asked = 0
    last = ""

    def do_POST(self) -> None:
        Other.asked += 1
        Other.last = self.path
        row = {"n": {"type": "literal", "value": str(Other.asked)}}
        body = json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": [row]}}).encode()
        self.send_response({"/broken": 500, "/moved": 302}.get(self.path, 200))
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def federating(served_home: Home) -> Iterator[tuple[SiteClient, str]]:
    """Give a client of a site that may ask another endpoint, and the address of that."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{other.server_address[1]}/"
        client = SiteClient(served_home, endpoints=(address, f"{address}broken", f"{address}moved", NOBODY))
        yield client, address
        client.close()
        other.shutdown()


def test_what_another_endpoint_says_is_asked_each_time(federating: tuple[SiteClient, str]) -> None:
    client, address = federating
    query = {"query": f"SELECT ?n {{ SERVICE <{address}> {{ ?s ?p ?n }} }}", "format": "csv"}
    first, second = (client.get("/sparql", query_string=query) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert int(second.text.split()[1]) == int(first.text.split()[1]) + 1
    assert (second.headers["Cache-Control"], "ETag" in second.headers) == ("no-store", False)


@pytest.mark.parametrize("path", ["broken", NOBODY])
@pytest.mark.parametrize("form", ["SELECT *", "CONSTRUCT { ?s ?p ?o } WHERE"])
def test_an_endpoint_that_gives_no_answer_is_no_fault_of_ours(
    federating: tuple[SiteClient, str], path: str, form: str
) -> None:
    client, address = federating
    service = f"<{path if path == NOBODY else address + path}> {{ ?s ?p ?o }}"
    answer = client.get("/sparql", query_string={"query": f"{form} {{ SERVICE {service} }}"})
    assert answer.status_code == 502, answer.text
    assert "asks by SERVICE" in answer.text
    assert "interroge par SERVICE" in answer.text
    silent = client.get("/sparql", query_string={"query": f"{form} {{ SERVICE SILENT {service} }}"})
    assert silent.status_code == 200
    assert client.site.metrics.text().count(b'innograph_queries_stopped_total{why="service"}') == 1


def test_a_redirection_leads_nowhere(federating: tuple[SiteClient, str]) -> None:
    """The endpoint that was allowed does not choose another one."""
    client, address = federating
    query = f"SELECT * {{ SERVICE <{address}moved> {{ ?s ?p ?o }} }}"
    assert client.get("/sparql", query_string={"query": query}).status_code == 502
    assert Other.last == "/moved"


def assert_nobody_knocks(listening: socket.socket) -> None:
    listening.settimeout(0.2)
    with pytest.raises(TimeoutError):
        listening.accept()


def walled(server: Server) -> float:
    """Tell whether the workers that ask no other endpoint have left the network here at all."""
    return float(can("leave_network"))
