"""How the endpoint compares with other servers over the same graph, in one run on one machine.

    pip install oxigraph "rdflib-endpoint[cli]"   # the peers; those that are not there are left out
    python benchmarks/endpoint.py [seconds for each measurement] [times the real graph …]

Peers: Oxigraph's own server (read-only; it has no limit that holds), rdflib-endpoint, Virtuoso where
Debian's package is installed, a bare Flask route on the HTTP server that we use, and pyoxigraph asked in
that server itself, without any limit (``bare.py``). Workloads: small lookups that never repeat, the queries
of ``queries/examples`` (never repeated either), descriptions of things, a mix in which some questions are
asked often, 200,000 rows as CSV, and answers that the client has already (304); over the real graph and
bigger ones (``multiply.py``). Times differ from machine to machine, ratios less so.

Measured last, with every protection on (throughput, ours to theirs; in brackets what was wished; the bigger
graphs earlier than the real one, before workers had less to read and to write):

======================  ==========  =======  =======
over the real graph     × 1         × 10     × 100
======================  ==========  =======  =======
lookups, Oxigraph       0.27 (0.4)  0.24     0.26
lookups, bare Flask     0.24 (0.8)  0.19     0.19
lookups, bare Python    0.48
lookups, Virtuoso       2.3 (2.5)
lookups, rdflib-endp.   21 (4)
examples, Oxigraph      0.67        0.92     0.6
descriptions, Oxigraph  0.22        0.21     0.21
a mix, Oxigraph         3.2 (1.5)   13
rows as CSV, Oxigraph   0.86 (0.9)  0.85
304, bare Flask         0.83 (0.9)  0.90
======================  ==========  =======  =======

No example takes over 18 ms on the real graph; with ten times as many editions the slowest takes 0.7 s. With
a hundred times Oxigraph's server was silent for a minute at some examples: two rounds of them and what
follows were not measured. Virtuoso was silent for a minute in all rounds but some of lookups and
descriptions.

Not reached: distinct lookups beside Oxigraph, bare Flask and Virtuoso; long answers by a little. 304
differs from run to run (0.83 in this one, 0.89 and 1.18 in others; it costs us 85 µs of processor time and
bare Flask 105). pyoxigraph behind the same HTTP server in one process, with no limit, no protocol and no
log (“bare Python”), gives 0.56 of Oxigraph's server and 0.51 of the Flask route: a lookup alone costs
pyoxigraph 80 µs, where that route costs 105 in all. So 0.8 of bare Flask cannot be had from Python, and of
the 0.56 half goes for a process that can be killed.

Where the time goes (small lookups, 8 connections, two cores). A lookup costs Oxigraph's server some 130 µs
of processor time, bare Python 218, a bare Flask route 109, us 537: 260 µs in the HTTP process and 270 in
the worker. Alone in one process, the worker takes 125 µs for one, of which pyoxigraph 85; our Python in
front of it 160, the socket to the worker included. The rest are system calls that wake another process:
with 8 connections somebody always sleeps, and what is woken finds cold caches.

What helped: speaking ASGI ourselves instead of through Flask; uvloop (a quarter off the pool); giving
questions to the worker that answered last (its caches are warm); reading percent signs with the decoder for
Python escapes (20 µs less); tuples instead of dataclasses in messages; remembering what an address is
counted as; compiling the tokenizer only where it is needed (a worker starts in 40 ms instead of 80 ms);
handing Oxigraph those of our prefixes that a query may use (15 µs), headings as a line and questions as
marshal instead of JSON (20 µs); going on in a new thread after a long query, where another worker was
started (80 ms of a long CSV).

What did not help: another interval for switching threads, two runtime threads, the single-threaded runtime
or the Rust tasks of granian (all within 10 %); uvicorn instead of granian (7 %); asking a worker the next
question before it has answered the last (it alone: within 15 %, and one that is killed would take others
with it); more workers for one client (2, 4, 8: within 10 %); pipes or sequenced packets instead of stream
sockets (5 µs of a round trip of 250 µs); longer pieces of a long answer. Binding the HTTP process to one
processor gave a third more, but would leave the site behind whatever else runs there.
"""

import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from peers import FLASK, HERE, INNOGRAPH, LOOKUPS_ONLY, RDFLIB, SMALL_ONLY, family, peers, running, used
from pyoxigraph import QueryBoolean, Store
from workloads import JSON_RESULTS, http, workloads

from innograph.resources import queries
from innograph.store.evaluate import evaluate
from innograph.store.queries import read_queries

ROUNDS = 3


@dataclass(frozen=True)
class Measured:
    """What one load did to one server."""

    rate: float
    p50: float
    p95: float
    p99: float
    processor: float
    """Microseconds of processor time for each request."""
    memory: float
    """Megabytes, of all processes of the server."""
    refused: int


def measure(pid: int, port: int, requests: list[bytes], connections: int, seconds: float) -> Measured:
    """Load a server."""
    written = b"".join(b"%d\n" % len(request) + request for request in requests)
    before, _ = used(family(pid))
    said = subprocess.run(
        [sys.executable, str(HERE / "load.py"), str(port), str(connections), str(seconds)],
        input=written,
        capture_output=True,
        check=True,
    )
    after, memory = used(family(pid))
    found = json.loads(said.stdout)
    return Measured(
        found["answered"] / found["seconds"],
        found["p50"],
        found["p95"],
        found["p99"],
        (after - before) / found["answered"] * 1e6,
        memory,
        found["refused"],
    )


def line(what: str, found: Measured, ours: Measured | None = None) -> str:
    """Write a measurement, and where it is a peer's, how we compare."""
    text = (
        f"  {what:<16} {found.rate:9.0f}/s  p50 {found.p50 * 1e3:8.2f}  p95 {found.p95 * 1e3:8.2f}"
        f"  p99 {found.p99 * 1e3:8.2f} ms  {found.processor:8.0f} µs  {found.memory:6.0f} MB"
    )
    if ours:
        text += (
            f"  ours is {ours.rate / found.rate:5.2f} × in throughput, {ours.p95 / found.p95:5.2f} × in p95,"
            f" {ours.processor / found.processor:5.2f} × in processor time"
        )
    return text + (f"  ({found.refused} refused)" if found.refused else "")


def slowest_example(home: Path) -> str:
    """Tell which of the examples takes longest in the database alone, the best of three times each."""
    store = Store.read_only(str(home / "current" / "store"))
    durations = {}
    for name, query in read_queries(queries() / "examples").items():
        times = []
        for _ in range(3):
            began = time.perf_counter()
            answer = evaluate(store, query.bound({}))
            if not isinstance(answer, QueryBoolean):
                list(answer)
            times.append(time.perf_counter() - began)
        durations[name] = min(times)
    name = max(durations, key=lambda name: durations[name])
    return f"the slowest example: {name}, {durations[name] * 1e3:.1f} ms (wish: < 50 ms)"


def best(measured: list[Measured]) -> Measured:
    """Give the best of some rounds: what disturbs a machine only makes it slower."""
    return max(measured, key=lambda one: one.rate)


def compare(home: Path, seconds: float, *, small: bool) -> None:
    """Measure all servers over the current snapshot of ``home``, and print.

    :param small: whether the graph is small enough for the slow peers, and for each example alone.
    """
    if small:
        print(slowest_example(home))
    with ExitStack() as servers:
        listed = [peer for peer in peers(home) if small or peer.name not in SMALL_ONLY]
        started = {peer.name: servers.enter_context(running(peer)) for peer in listed}
        ours, others = listed[0], [peer for peer in listed[1:] if peer.name != FLASK]
        plain = [http("/", "*/*")]
        for name, (workload, connections) in workloads(home).items():
            asked = workload(100_000 if "none twice" in name or "things" in name else 20_000)
            found: dict[str, list[Measured]] = {}
            for turn in range(ROUNDS):
                # in each round other requests, else the answers of the round before would be in memory
                part = asked[turn * len(asked) // ROUNDS : (turn + 1) * len(asked) // ROUNDS]
                for peer in (ours, *others):
                    elsewhere = peer.name in LOOKUPS_ONLY and not name.startswith("small")
                    if elsewhere or (peer.name == RDFLIB and turn):
                        continue
                    requests = [http(f"{peer.path}?query={quote(query)}", accept) for query, accept in part]
                    try:
                        measured = measure(*started[peer.name], requests, connections, seconds)
                    except subprocess.CalledProcessError as error:
                        print(f"  {peer.name}: {error.stderr.decode().strip()}")
                        continue
                    found.setdefault(peer.name, []).append(measured)
                if "lookups" in name:
                    bare = measure(*started[FLASK], plain, connections, seconds)
                    found.setdefault(FLASK, []).append(bare)
            print(name)
            for peer_name, measurements in found.items():
                compared = None if peer_name == ours.name else best(found[ours.name])
                print(line(peer_name, best(measurements), compared), flush=True)
        _, port = started[ours.name]
        path = f"/sparql?query={quote('SELECT * { ?s a inno:Edition }')}"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            unchanged = [http(path, JSON_RESULTS, answer.headers["ETag"])]
        pairs = [
            (
                measure(*started[ours.name], unchanged, 8, seconds),
                measure(*started[FLASK], plain, 8, seconds),
            )
            for _ in range(ROUNDS)
        ]
        mine, flask = best([pair[0] for pair in pairs]), best([pair[1] for pair in pairs])
        print("answers that the client has (304)")
        print(line(ours.name, mine))
        print(line(FLASK, flask, mine), flush=True)


def main() -> None:
    """Build the graph, multiply it, and compare at each size."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    sizes = [int(argument) for argument in sys.argv[2:]] or [1, 10, 100]
    with tempfile.TemporaryDirectory() as folder:
        real = Path(folder, "real")
        subprocess.run([*INNOGRAPH, "build", "--home", str(real)], check=True, capture_output=True)
        for size in sizes:
            home = real
            if size > 1:
                home = Path(folder, f"times-{size}")
                subprocess.run(
                    [sys.executable, str(HERE / "multiply.py"), str(real), str(size), str(home)], check=True
                )
            print(f"== {size} times the real graph", flush=True)
            compare(home, seconds, small=size == 1)


if __name__ == "__main__":
    main()
