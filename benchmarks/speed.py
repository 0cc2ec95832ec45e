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
from functools import partial
from pathlib import Path

from pyoxigraph import Store

from innograph import resources
from innograph.curation.sources import read_documents
from innograph.errors import InnographError
from innograph.journeys.extract import extract
from innograph.store.evaluate import evaluate
from innograph.store.formats import formats_for, write_answer
from innograph.store.queries import read_queries

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


def answered(graph: Store, text: str) -> bytes:
    """Ask a question and write its answer."""
    answer = evaluate(graph, text)
    return write_answer(answer, formats_for(answer)[0])


def questions(store: Path) -> None:
    """Ask every example question of the whole graph; print what is over the wish, or the slowest."""
    graph = Store.read_only(str(store))
    wish, durations = 0.05, {}
    for name, question in read_queries(resources.queries() / "examples").items():
        durations[name] = best(3, partial(answered, graph, question.bound({})))
    slowest = sorted(durations, key=durations.__getitem__, reverse=True)
    for name in [name for name in slowest if durations[name] > wish] or slowest[:1]:
        print(f"{name:<34} {durations[name]:6.3f} s   wish < {wish:>4} s   of {len(durations)} questions")


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
        (snapshot,) = Path(home).glob("snapshots/*")
        dump = snapshot / "dumps" / "innograph.nq.gz"
        parse = f"import gzip, rdflib; rdflib.Dataset().parse(gzip.open({str(dump)!r}), format='nquads')"
        rdflib = best(1, lambda: run(sys.executable, "-c", parse))
        line("innograph build", full, 40, "rdflib merely parsing the result", rdflib)
        kept = sum(path.stat().st_size for path in snapshot.rglob("*") if path.is_file())
        print(f"a snapshot has {kept / 1e6:.0f} MB, its dump {dump.stat().st_size / 1e6:.1f}")
        questions(snapshot / "store")
        first = min(until_first_page(home) for _ in range(3))
        flask = best(3, lambda: run(sys.executable, "-c", "import flask, granian"))
        line("first page after innograph serve", first, 2, "python importing flask and granian", flask)


if __name__ == "__main__":
    try:
        main()
    except InnographError as error:
        raise SystemExit(str(error)) from error
