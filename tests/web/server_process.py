"""A real server on loopback, started as a process of its own, and ways to speak with it."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

RUN = """
import json, sys
from pathlib import Path
from innograph.web.options import Options
from innograph.web.server import serve
from innograph.workers.limits import Limits
limits, options = json.loads(sys.argv[2])
try:
    serve(
        Path(sys.argv[1]), "127.0.0.1", 0, Limits(**limits), Options(**options),
        announce=lambda line: print(line, flush=True),
    )
except KeyboardInterrupt:
    sys.exit(130)
"""

NEVER_ENDS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FLOODS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SMALL = "SELECT (COUNT(*) AS ?n) { ?d a inno:Distinction }"

SECONDS = 2
LIMITS = {
    "workers": 4,
    "seconds": SECONDS,
    "memory": 100_000_000,
    "whole_bytes": 50_000,
    "quick_seconds": 0.2,
}
"""Of the server that the tests of one module share."""


class Server:
    """A running server."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: str | None = None,
        source: str | None = None,
        **headers: str,
    ) -> tuple[int, bytes]:
        """Make a request: the status and the body.

        :param source: address to ask from, of loopback.
        """
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=20, source_address=(source, 0) if source else None
        )
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            response = connection.getresponse()
            self.headers = response.headers
            return response.status, response.read()
        finally:
            connection.close()

    def query(self, text: str, source: str | None = None, **more: str) -> tuple[int, bytes]:
        """Ask a query."""
        return self.ask(f"/sparql?{urlencode({'query': text, **more})}", source=source)

    def connect(self, request: str = "") -> socket.socket:
        """Open a connection and send something."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        connection.sendall(request.encode())
        return connection

    def send_query(self, text: str) -> socket.socket:
        """Open a connection and ask a query; leave the answer to be read."""
        return self.connect(f"GET /sparql?{urlencode({'query': text})} HTTP/1.1\r\nHost: x\r\n\r\n")

    def figure(self, name: str) -> float:
        """Read a figure of /metrics; 0 where it is not there yet."""
        _, body = self.ask("/metrics")
        found = re.search(rf"^{re.escape(name)} (\S+)$", body.decode(), re.MULTILINE)
        return float(found[1]) if found else 0.0

    def until(self, name: str, number: float, seconds: float = 10) -> None:
        """Wait until a figure has a value."""
        end = time.monotonic() + seconds
        while (found := self.figure(name)) != number:
            assert time.monotonic() < end, f"{name} is {found}"
            time.sleep(0.02)

    def workers(self) -> dict[int, str]:
        """List the processes that answer queries, with their states."""
        (site,) = children(self.process.pid)
        return {pid: state(pid) for pid in children(site)}

    def wait_until_ready(self) -> None:
        """Ask again and again, for twenty seconds at most, until the server answers."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                if self.ask("/healthz")[0] == 200:
                    return
            except ConnectionError:
                time.sleep(0.02)
        raise AssertionError("the server does not answer")


@contextmanager
def serving(home: Path, limits: dict[str, Any] | None = None, **options: Any) -> Iterator[Server]:
    """Start a server; give it once it answers; end it and all its processes."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(home), json.dumps([limits or {"workers": 2}, options])],
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
        server = Server(process, int(address[1]))
        assert server.ask("/healthz")[0] == 200  # whoever names an address listens there
        yield server
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def children(pid: int) -> list[int]:
    """List the processes that a process has started."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if (entry / "stat").read_text().rpartition(")")[2].split()[1] == str(pid):
                    found.append(int(entry.name))
    return found


def state(pid: int) -> str:
    """Give the state of a process: a letter, ``R`` if it runs."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "gone"
