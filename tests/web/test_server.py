"""A real server on loopback: it answers, stops on Ctrl-C, and says clearly why it cannot start."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import Quad

from innograph.errors import InnographError, RegistryError, SnapshotError
from innograph.resources import registry_file
from innograph.store.snapshots import Home
from innograph.web.server import serve

RUN = """
import sys
from pathlib import Path
from innograph.web.server import serve
try:
    serve(Path(sys.argv[1]), "127.0.0.1", 0, announce=lambda line: print(line, flush=True))
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.fixture
def server(served_home: Home) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start a server; give its process and its port, once it answers."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(served_home.path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None and process.stderr is not None
    try:
        line = process.stdout.readline()
        address = re.fullmatch(r"http://127\.0\.0\.1:(\d+)\n", line)
        assert address, (line, process.stderr.read() if not line else "")
        port = int(address[1])
        wait_until_ready(port)
        yield process, port
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def wait_until_ready(port: int) -> None:
    """Ask again and again, for ten seconds at most, until the server answers."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if ask(port, "/healthz")[0] == 200:
                return
        except ConnectionError:
            time.sleep(0.02)
    raise AssertionError("the server does not answer")


def ask(
    port: int, path: str, method: str = "GET", body: str | None = None, **headers: str
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(
            method, path, body, {name.replace("_", "-"): value for name, value in headers.items()}
        )
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_a_server_answers_and_stops(server: tuple[subprocess.Popen[str], int]) -> None:
    process, port = server
    query = "SELECT (COUNT(*) AS ?n) { ?d a inno:Distinction }"
    expected = b'{"n":{"type":"literal","value":"2"'
    for status, body in (
        ask(port, f"/sparql?{urlencode({'query': query})}"),
        ask(
            port,
            "/sparql",
            "POST",
            urlencode({"query": query}),
            Content_Type="application/x-www-form-urlencoded",
        ),
        ask(port, "/sparql", "POST", query, Content_Type="application/sparql-query"),
    ):
        assert (status, expected in body) == (200, True), body
        assert json.loads(body)["head"] == {"vars": ["n"]}
    assert ask(port, "/id/rank/gold")[0] == 303
    assert ask(port, "/sparql?query=nonsense")[0] == 400
    status, page = ask(port, "/doc/distinction/puits-partages", Accept="text/html")
    assert (status, b"lignes 12\xe2\x80\x9313" in page) == (200, True)
    assert ask(port, "/static/site.css")[0] == 200
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    _, complaints = process.communicate(timeout=20)
    assert (process.returncode, "Traceback" in complaints) == (130, False), complaints
    with pytest.raises(ConnectionRefusedError):
        ask(port, "/healthz")


@pytest.mark.parametrize("kind", ["application/sparql-query", "application/x-www-form-urlencoded"])
def test_a_body_in_chunks_is_taken_whole_or_refused(
    server: tuple[subprocess.Popen[str], int], kind: str
) -> None:
    _, port = server
    query = b"ASK {} #" if kind.endswith("query") else b"query=ASK+%7B%7D+%23"

    def status(length: int) -> int:
        chunks = [query, *[b"x" * 50_000] * ((length - len(query)) // 50_000)]
        chunks.append(b"x" * (length - sum(map(len, chunks))))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
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
            serve(served_home.path, "127.0.0.1", 0, registry=path)
        assert refusal.value.path == path
