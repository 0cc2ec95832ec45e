"""Two instances behind Debian's nginx, with the configuration file of docs/ as it stands."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from innograph import resources
from innograph.store.snapshots import Home

from .server_process import FLOODS, SMALL, Server, serving

CONFIGURATION = resources.house() / "docs" / "nginx.conf"
PROGRAM = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
REQUIRED = "INNOGRAPH_SERVERS_REQUIRED"
"""Set where the servers of others must be installed: then a test that lacks one fails."""

AROUND = """
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
{user}
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/innograph.conf;
}}
"""


@contextmanager
def proxying(folder: Path, instances: list[Server]) -> Iterator[Server]:
    """Start nginx in front of two instances; give it as a server."""
    if PROGRAM is None:
        message = "nginx is not installed: apt-get install nginx-light"
        assert not os.environ.get(REQUIRED), message
        pytest.skip(message)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    text = CONFIGURATION.read_text(encoding="utf-8")
    ports = {"127.0.0.1:8001": instances[0].port, "127.0.0.1:8002": instances[1].port}
    replaced = {address: f"127.0.0.1:{number}" for address, number in ports.items()}
    for written, instead in {**replaced, "listen 80;": f"listen 127.0.0.1:{port};"}.items():
        assert text.count(written) == 1
        text = text.replace(written, instead)
    (folder / "innograph.conf").write_text(text, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user), encoding="utf-8")
    command = [PROGRAM, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    server = Server(process, port)
    try:
        server.wait_until_ready()
        yield server
    finally:
        process.terminate()
        process.communicate(timeout=10)


@pytest.fixture
def instances(served_home: Home, tmp_path: Path) -> Iterator[list[Server]]:
    limits = {"workers": 2, "rows": 60_000}
    with (
        serving(served_home.path, limits, proxies=["127.0.0.1"], access_log=str(tmp_path / "0.log")) as first,
        serving(
            served_home.path, limits, proxies=["127.0.0.1"], access_log=str(tmp_path / "1.log")
        ) as second,
    ):
        yield [first, second]


@pytest.fixture
def proxy(instances: list[Server], tmp_path: Path) -> Iterator[Server]:
    with proxying(tmp_path, instances) as running:
        yield running


def told(log: Path, agent: str) -> list[str]:
    """Read from the log of an instance who asked with this agent."""
    lines = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    return [line["client"] for line in lines if line.get("agent") == agent]


def test_instances_are_asked_in_turn_about_whoever_asks(
    instances: list[Server], proxy: Server, tmp_path: Path
) -> None:
    agent = "in turn"
    for n in range(20):
        headers = {"User-Agent": agent, "X-Forwarded-For": "8.8.8.8"}
        path = f"/sparql?{urlencode({'query': SMALL + f' # {n}'})}"
        assert proxy.ask(path, source="127.0.0.9", **headers)[0] == 200
    end = time.monotonic() + 5
    while (clients := [told(tmp_path / f"{n}.log", agent) for n in range(2)]) != [["127.0.0.9"] * 10] * 2:
        assert time.monotonic() < end, clients  # nobody is believed who says that he is another
        time.sleep(0.02)
    assert proxy.ask("/metrics")[0] == 404
    assert instances[0].ask("/metrics")[0] == 200


def test_limits_are_those_of_the_instances(proxy: Server) -> None:
    long = "ASK {} #" + "x" * 60_000
    assert proxy.ask(f"/sparql?{urlencode({'query': long, 'format': 'csv'})}") == (200, b"true")
    status, body = proxy.ask(
        "/sparql", "POST", "ASK {} #" + "x" * 999_000, Content_Type="application/sparql-query"
    )
    assert (status, b"true" in body) == (200, True)
    status, body = proxy.ask("/sparql", "POST", "x" * 1_000_001, Content_Type="application/sparql-query")
    assert (status, b"nginx" in body) == (413, False)


def test_a_long_answer_passes_as_it_comes_and_is_seen_to_break_off(proxy: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=20)
    connection.request("GET", f"/sparql?{urlencode({'query': FLOODS})}")
    response = connection.getresponse()
    assert (response.status, response.headers["Innograph-Complete"]) == (200, "streaming")
    with pytest.raises(http.client.IncompleteRead):
        response.read()
    connection.close()


def test_the_beginning_of_a_stream_is_there_before_its_end(instances: list[Server], proxy: Server) -> None:
    """A client that reads nothing holds the instance back: nothing in between swallows the answer."""
    with proxy.send_query(FLOODS) as connection:
        connection.settimeout(10)
        assert connection.recv(15).startswith(b"HTTP/1.1 200 OK")
        assert re.search(rb"innograph-complete: streaming", connection.recv(4096), re.IGNORECASE)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_an_instance_that_stops_loses_no_request(
    instances: list[Server], proxy: Server, how: signal.Signals
) -> None:
    statuses: list[int] = []
    stopping = threading.Event()

    def ask(method: str) -> None:
        n = 0
        while not stopping.is_set():
            n += 1
            query = f"{SMALL} # {method} {n}"
            if method == "GET":
                statuses.append(proxy.query(query)[0])
            else:
                body = urlencode({"query": query})
                form = "application/x-www-form-urlencoded"
                statuses.append(proxy.ask("/sparql", "POST", body, Content_Type=form)[0])

    threads = [threading.Thread(target=ask, args=(method,)) for method in ("GET", "POST", "GET")]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    before = len(statuses)
    if how == signal.SIGKILL:
        os.killpg(instances[0].process.pid, how)
    else:
        instances[0].process.send_signal(how)
    instances[0].process.wait(20)
    time.sleep(0.5)
    stopping.set()
    for thread in threads:
        thread.join(20)
    assert before > 10 and len(statuses) > before + 10
    assert set(statuses) == {200}
