"""Debian's Virtuoso (``apt-get install virtuoso-opensource-7-bin``) on loopback, over an empty database."""

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

REQUIRED = "INNOGRAPH_SERVERS_REQUIRED"
"""Set where the servers of others must be installed: then a test that lacks one fails."""

SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa

[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx

[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = .

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10

[SPARQL]
{limits}
"""


@dataclass(frozen=True)
class Virtuoso:
    """A running server."""

    address: str
    credentials: str = "dba:dba"

    @property
    def endpoint(self) -> str:
        return f"{self.address}/sparql"

    @property
    def graph_store(self) -> str:
        return f"{self.address}/sparql-graph-crud-auth"


@contextmanager
def virtuoso_serving(folder: Path, limits: str = "") -> Iterator[Virtuoso]:
    """Start a server, and stop it in the end; skip the test where it is not installed.

    :param limits: lines for the section SPARQL of its settings.
    """
    program = shutil.which("virtuoso-t")
    if program is None:
        message = "Virtuoso is not installed: apt-get install virtuoso-opensource-7-bin"
        assert not os.environ.get(REQUIRED), message
        pytest.skip(message)
    folder.mkdir(parents=True, exist_ok=True)
    ports = []
    for _ in range(2):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            ports.append(probe.getsockname()[1])
    text = SETTINGS.format(sql=ports[0], http=ports[1], limits=limits)
    (folder / "virtuoso.ini").write_text(text, encoding="utf-8")
    process = subprocess.Popen(
        [program, "+foreground", "+configfile", "virtuoso.ini"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Virtuoso(f"http://127.0.0.1:{ports[1]}")
    try:
        _wait_for(server.endpoint, process)
        yield server
    finally:
        process.kill()
        process.wait()


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}?query=ASK%7B%7D", timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("virtuoso-t does not answer")
