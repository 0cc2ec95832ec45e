"""The servers that the endpoint is compared with: which are installed, how each is started, what it uses."""

import gzip
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
INNOGRAPH = [sys.executable, "-m", "innograph"]
FLASK, PYTHON, RDFLIB, VIRTUOSO = "bare Flask", "bare Python", "rdflib-endpoint", "Virtuoso"
SMALL_ONLY = (RDFLIB, VIRTUOSO)
"""Peers that are measured over the real graph alone: they take long to load a bigger one."""

LOOKUPS_ONLY = (RDFLIB, PYTHON)
"""Peers of which the lookups alone are measured: rdflib takes minutes for some questions, the other is no
server that anybody would use."""


@dataclass(frozen=True)
class Peer:
    """A server to measure: its command, with the port to come last, and where it takes queries."""

    name: str
    command: list[str]
    path: str
    first_path: str = ""


def peers(home: Path) -> list[Peer]:
    """List the servers that are installed, ours first."""
    current = home / "current"
    found = [
        Peer(
            "innograph",
            [sys.executable, "-m", "innograph", "serve", "--home", str(home), "--port"],
            "/sparql",
        )
    ]
    oxigraph = _installed("oxigraph")
    if oxigraph:
        copy = home / "oxigraph"
        shutil.copytree(current / "store", copy)
        found.append(
            Peer("oxigraph", [oxigraph, "serve-read-only", "-l", str(copy), "-b"], "/query", "127.0.0.1:")
        )
    dump = home / "innograph.nq"
    dump.write_bytes(gzip.decompress((current / "dumps" / "innograph.nq.gz").read_bytes()))
    rdflib = _installed("rdflib-endpoint")
    if rdflib:
        found.append(Peer(RDFLIB, [rdflib, "serve", str(dump), "--port"], "/"))
    if _installed("virtuoso-t"):
        start = [sys.executable, str(HERE / "virtuoso.py"), str(home / "virtuoso"), str(dump)]
        found.append(Peer(VIRTUOSO, start, "/sparql"))
    bare = [sys.executable, str(HERE / "bare.py")]
    found.append(Peer(PYTHON, [*bare, str(current / "store")], "/"))
    found.append(Peer(FLASK, bare, "/"))
    return found


def _installed(program: str) -> str | None:
    return shutil.which(program, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")


@contextmanager
def running(peer: Peer) -> Iterator[tuple[int, int]]:
    """Start a server; give the number of its process and its port, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [*peer.command, f"{peer.first_path}{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(6000):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=5).close()
                break
            except urllib.error.HTTPError:
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        yield process.pid, port
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def family(pid: int) -> list[int]:
    """List a process and all that it has started."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = [pid]
    for member in found:
        found += [child for child, parent in parents.items() if parent == member]
    return found


def used(pids: list[int]) -> tuple[float, float]:
    """Give the seconds of processor time that processes have used, and their memory in megabytes.

    Processes that have ended count with their parent; memory that several share is shared out among them.
    """
    seconds = memory = 0.0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            mapped = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        seconds += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        memory += int(mapped.partition("\nPss:")[2].split()[0]) / 1e3
    return seconds, memory
