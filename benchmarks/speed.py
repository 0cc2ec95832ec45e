"""How long a person waits, and how that compares with well-known tools doing the like, in one run.

    python benchmarks/speed.py [folder of the documents]

Each line: what, seconds (the best of some runs), the wish, the ratio to a peer measured beside it. Times
differ from machine to machine, ratios less so. The extraction of the five documents needs them at hand.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from innograph import resources
from innograph.curation.sources import read_documents
from innograph.errors import InnographError
from innograph.journeys.extract import extract

INNOGRAPH = [sys.executable, "-m", "innograph"]


def best(times: int, work: Callable[[], object]) -> float:
    """Give the shortest of some runs, in seconds."""
    durations = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        durations.append(time.perf_counter() - begun)
    return min(durations)


def run(*command: str) -> None:
    """Run a command to its end, in silence."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def until_first_page(home: str) -> float:
    """Start the server on a free port and measure until it answers its home page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    begun = time.perf_counter()
    command = [*INNOGRAPH, "serve", "--home", home, "--port", port]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(1000):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                    page.read()
                    return time.perf_counter() - begun
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.01)
        raise SystemExit("the server did not answer")
    finally:
        server.terminate()
        server.wait(10)


def line(what: str, seconds: float, wish: float, peer: str, peer_seconds: float) -> None:
    """Print one measurement."""
    print(f"{what:<34} {seconds:6.2f} s   wish < {wish:>4} s   {seconds / peer_seconds:5.2f} × {peer}")


def main() -> None:
    """Measure and print."""
    documents = Path(
        sys.argv[1] if len(sys.argv) > 1 else os.environ.get("INNOGRAPH_SOURCES", "../shared/sources")
    )
    python = best(5, lambda: run(sys.executable, "-c", "import click"))
    line(
        "innograph --help", best(5, lambda: run(*INNOGRAPH, "--help")), 0.3, "python importing click", python
    )

    data = resources.data()
    paths = [documents / f"{key}.txt" for key in read_documents(data)]
    if all(path.exists() for path in paths):
        extraction = best(3, lambda: [extract(path, data) for path in paths])
        grep = best(3, lambda: run("grep", "-c", "-E", "TERRITORIA|LABEL|Prix", *map(str, paths)))
        line("extraction of five documents", extraction, 1, "grep over the same files", grep)
    else:
        print("extraction of five documents      not measured: the documents are not at hand")

    with tempfile.TemporaryDirectory() as home:
        full = best(2, lambda: run(*INNOGRAPH, "build", "--home", home))
        (dump,) = Path(home).glob("snapshots/*/dumps/innograph.nq.gz")
        parse = f"import rdflib; rdflib.Dataset().parse({str(dump)!r}, format='nquads')"
        rdflib = best(2, lambda: run(sys.executable, "-c", parse))
        line("innograph build", full, 15, "rdflib merely parsing the result", rdflib)
        first = min(until_first_page(home) for _ in range(3))
        flask = best(3, lambda: run(sys.executable, "-c", "import flask, granian"))
        line("first page after innograph serve", first, 2, "python importing flask and granian", flask)


if __name__ == "__main__":
    try:
        main()
    except InnographError as error:
        raise SystemExit(str(error)) from error
