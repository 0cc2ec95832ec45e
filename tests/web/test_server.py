"""A real server on loopback: it answers, stops on Ctrl-C, and says clearly why it cannot start."""

import asyncio
import http.client
import json
import os
import signal
import socket
from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from pyoxigraph import Quad

from innograph.errors import InnographError, RegistryError, SnapshotError
from innograph.resources import registry_file
from innograph.store.snapshots import Home
from innograph.web import site
from innograph.web.options import Options
from innograph.web.server import serve
from innograph.workers.limits import Limits

from .server_process import Server, serving


@pytest.fixture
def server(served_home: Home) -> Iterator[Server]:
    with serving(served_home.path) as server:
        yield server


def test_a_server_answers_and_stops(server: Server) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?d a inno:Distinction }"
    expected = b'{"n":{"type":"literal","value":"2"'
    for status, body in (
        server.ask(f"/sparql?{urlencode({'query': query})}"),
        server.ask(
            "/sparql",
            "POST",
            urlencode({"query": query}),
            Content_Type="application/x-www-form-urlencoded",
        ),
        server.ask("/sparql", "POST", query, Content_Type="application/sparql-query"),
    ):
        assert (status, expected in body) == (200, True), body
        assert json.loads(body)["head"] == {"vars": ["n"]}
    assert server.ask("/id/rank/gold")[0] == 303
    assert server.ask("/sparql?query=nonsense")[0] == 400
    status, page = server.ask("/doc/distinction/puits-partages", Accept="text/html")
    assert (status, b"lignes 12\xe2\x80\x9313" in page) == (200, True)
    assert server.ask("/static/site.css")[0] == 200
    os.killpg(server.process.pid, signal.SIGINT)  # as a terminal does
    _, complaints = server.process.communicate(timeout=20)
    assert (server.process.returncode, "Traceback" in complaints) == (130, False), complaints
    with pytest.raises(ConnectionRefusedError):
        server.ask("/healthz")


@pytest.mark.parametrize("kind", ["application/sparql-query", "application/x-www-form-urlencoded"])
def test_a_body_in_chunks_is_taken_whole_or_refused(server: Server, kind: str) -> None:
    query = b"ASK {} #" if kind.endswith("query") else b"query=ASK+%7B%7D+%23"

    def status(length: int) -> int:
        chunks = [query, *[b"x" * 50_000] * ((length - len(query)) // 50_000)]
        chunks.append(b"x" * (length - sum(map(len, chunks))))
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        try:
            connection.request("POST", "/sparql", iter(chunks), {"Content-Type": kind}, encode_chunked=True)
            return connection.getresponse().status
        finally:
            connection.close()

    assert (status(999_999), status(1_000_000), status(1_000_001)) == (200, 200, 413)


def test_a_home_without_a_snapshot_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="run « innograph build »"):
        serve(tmp_path, "127.0.0.1", 0)


def test_a_home_whose_every_database_is_damaged_is_not_served(
    tmp_path: Path, small_graph: list[Quad], publish: Callable[[Home, list[Quad]], str]
) -> None:
    home = Home(tmp_path)
    publish(home, small_graph)
    for file in (home.current().path / "store").glob("*.sst"):
        file.write_bytes(b"x" * file.stat().st_size)
    with pytest.raises(SnapshotError, match="is not what was written, and there is no other: run"):
        serve(tmp_path, "127.0.0.1", 0)


def test_a_port_that_is_taken(served_home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InnographError) as raised:
            serve(served_home.path, "127.0.0.1", port)
    assert str(raised.value) == (
        f"cannot serve at 127.0.0.1:{port} (Address already in use): choose another --host or --port"
    )


@pytest.mark.parametrize("host", ["a..b", "192.0.2.1", "x" * 70])
def test_an_address_that_is_not_ours(served_home: Home, host: str) -> None:
    with pytest.raises(InnographError, match=rf"cannot serve at {host}:8000 \(.+\): choose another --host"):
        serve(served_home.path, host, 8000)


def test_registers_that_are_cut_are_refused_by_name(served_home: Home, tmp_path: Path) -> None:
    cut = tmp_path / "registry.sqlite"
    cut.write_bytes(registry_file().read_bytes()[:100_000])
    for path, says in ((cut, "cut or damaged"), (tmp_path / "none.sqlite", "the registers are missing")):
        with pytest.raises(RegistryError, match=says) as refusal:
            serve(served_home.path, "127.0.0.1", 0, options=Options(registry=path))
        assert refusal.value.path == path


@pytest.mark.parametrize(("error", "whole"), [(SnapshotError("none is whole"), False), (KeyError("x"), True)])
def test_what_stops_a_start_is_logged_and_a_fault_of_ours_whole(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    whole: bool,
) -> None:
    def stopped() -> None:
        raise error

    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "lifespan.startup"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    monkeypatch.setattr(site, "page_queries", stopped)
    asyncio.run(site.Site(Home(tmp_path), Limits(), Options())({"type": "lifespan"}, receive, send))
    assert sent == [{"type": "lifespan.startup.failed", "message": str(error)}]
    (logged,) = caplog.records
    assert (logged.getMessage(), "Traceback" in caplog.text) == (str(error), whole)
