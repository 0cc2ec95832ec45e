"""Oxigraph's own server (``pip install oxigraph``) on loopback, as an endpoint that others run."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Oxigraph:
    """A server in a process of its own, over a folder; it can be stopped, frozen and started again."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.address = f"http://127.0.0.1:{self._port}"
        self.endpoint = f"{self.address}/query"
        self.graph_store = f"{self.address}/store"

    def start(self) -> None:
        """Start it, and come back when it answers."""
        program = Path(sys.executable).with_name("oxigraph")
        command = [str(program), "serve", "-l", str(self._folder), "-b", f"127.0.0.1:{self._port}"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(self.address, timeout=5).close()
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.02)
        raise AssertionError("oxigraph serve does not answer")

    def stop(self) -> None:
        """Stop it; what it was doing is lost."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Let it take connections and never answer."""
        assert self._process
        os.kill(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self._process
        os.kill(self._process.pid, signal.SIGCONT)


@contextmanager
def oxigraph_serving(folder: Path) -> Iterator[Oxigraph]:
    """Start a server; stop it in the end."""
    server = Oxigraph(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
