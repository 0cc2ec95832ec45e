"""What a polite client sees while others abuse the endpoint; writes ``benchmarks/abuse.md``.

    python benchmarks/abuse.py [HOME] [seconds for each attack]

A polite client asks a small query that is never the same, twenty times a second, first alone and then beside
each of the attacks of ``attacks.py``. Without HOME the whole graph is built first.
"""

import http.client
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

from attacks import ATTACKS, Attack, run
from peers import INNOGRAPH, family, used

HERE = Path(__file__).parent
WISH = 10
"""The polite client's p95 under attack may be so many times its quiet p95."""

LOOKUP = """SELECT ?title {{
    ?d inno:edition id:edition\\/territoria-2024 ; dcterms:title ?title FILTER(STRLEN(?title) != {})
}}"""

REPORT = """# The endpoint under abuse

Written by `python benchmarks/abuse.py`: each attack for {seconds:.0f} s, on {processors} processors that
server, attackers and polite client share, over the whole graph, with the limits that `innograph serve` has by
default. Times differ from machine to machine; what counts is the ratio to the same client alone.

Alone, a small query that is never the same takes the polite client {quiet50:.1f} ms (p50), {quiet95:.1f} ms
(p95); the server takes {before:.0f} MB.

| attack | its answers by status | polite p50 | p95 | × quiet p95 | max | refused | memory | normal after |
|---|---|---:|---:|---:|---:|---:|---:|---:|
{rows}

Answers with status 500: {faults}. Attacks under which the polite client's p95 went over {wish} times its
quiet p95: {over}.

“Broken” are answers that ended before their last piece, as a stream must that goes over a limit; “closed” are
connections that the server closed without an answer; “refused” are answers to the polite client with another
status than 200; “normal after” is when no worker was busy, none was missing, and a query was answered.
"""


class Polite:
    """A client that asks a small query twenty times a second and notes what it is told and after how long."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.seconds: list[float] = []
        self.statuses: Counter[str] = Counter()
        self._number = 0

    def ask(self) -> None:
        """Ask once."""
        self._number += 1
        path = f"/sparql?query={quote_plus(LOOKUP.format(time.time_ns()))}"
        began = time.monotonic()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            self.statuses[str(response.status)] += 1
            connection.close()
        except OSError as error:
            self.statuses[type(error).__name__] += 1
        self.seconds.append(time.monotonic() - began)

    def go_on(self, done: threading.Event) -> None:
        """Ask until told to stop."""
        while not done.is_set():
            self.ask()
            time.sleep(0.05)

    def quantile(self, percent: int) -> float:
        """Give a quantile of the times, in seconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


@dataclass(frozen=True)
class Seen:
    """What was seen during one attack, and after it."""

    attack: str
    answers: Counter[str]
    polite: Polite
    memory: float
    """Megabytes, the most at any moment, of all processes of the server."""
    normal_after: float | None
    """Seconds until no worker was busy, none was missing, and a query was answered; nothing if never."""


@contextmanager
def server(home: Path) -> Iterator[tuple[int, int]]:
    """Serve; give the number of the process and the port."""
    command = [*INNOGRAPH, "serve", "--home", str(home), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            port = int(process.stdout.readline().rpartition(":")[2])
            time.sleep(3)
            yield process.pid, port
        finally:
            process.terminate()
            process.wait(30)


def figures(port: int) -> dict[str, float]:
    """Read /metrics."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    return {name: float(value) for name, value in re.findall(r"^(\w+) (\S+)$", text, re.MULTILINE)}


def settle(port: int, workers: float, patience: float = 40.0) -> float | None:
    """Wait until the server is as it was before the attack; give the seconds that it took."""
    began = time.monotonic()
    quiet = Polite(port)
    while time.monotonic() < began + patience:
        try:
            now = figures(port)
            idle = not (now["innograph_workers_busy"] or now["innograph_queries_waiting"])
            if idle and now["innograph_workers"] == workers and now["innograph_requests_under_way"] == 1:
                quiet.ask()
                return time.monotonic() - began if quiet.statuses["200"] else None
        except OSError:
            pass
        time.sleep(0.05)
    return None


def beside(
    attack: Attack, pid: int, port: int, workers: float, seconds: float, attacker: ProcessPoolExecutor
) -> Seen:
    """Attack, and see how a polite client fares and what it costs."""
    polite, done = Polite(port), threading.Event()
    attacking = attacker.submit(run, attack.name, port, seconds)
    time.sleep(0.5)
    asking = threading.Thread(target=polite.go_on, args=(done,))
    asking.start()
    memory = 0.0
    until = time.monotonic() + seconds - 0.5
    while time.monotonic() < until:
        memory = max(memory, used(family(pid))[1])
        time.sleep(0.5)
    done.set()
    asking.join()
    normal = settle(port, workers)
    return Seen(attack.name, attacking.result(), polite, memory, normal)


def row(one: Seen, quiet95: float) -> str:
    """Write what was seen during one attack as a row of the table."""
    answers = ", ".join(f"{number:,} × {status}" for status, number in one.answers.most_common())
    refused = sum(number for status, number in one.polite.statuses.items() if status != "200")
    p50, p95, most = one.polite.quantile(50), one.polite.quantile(95), max(one.polite.seconds)
    cells = [
        one.attack,
        answers,
        *(f"{seconds * 1e3:.0f} ms" for seconds in (p50, p95)),
        f"{p95 / quiet95:.1f}",
        f"{most * 1e3:.0f} ms",
        f"{refused} of {len(one.polite.seconds)}",
        f"{one.memory:.0f} MB",
        "never" if one.normal_after is None else f"{one.normal_after:.1f} s",
    ]
    return f"| {' | '.join(cells)} |"


def report(quiet: Polite, seen: list[Seen], before: float, seconds: float) -> str:
    """Write what was seen, as Markdown."""
    p95 = quiet.quantile(95)
    faults = [number for one in seen for status, number in one.answers.items() if status.startswith("500")]
    over = [one.attack for one in seen if one.polite.quantile(95) > WISH * p95]
    return REPORT.format(
        seconds=seconds,
        processors=os.cpu_count(),
        quiet50=quiet.quantile(50) * 1e3,
        quiet95=p95 * 1e3,
        before=before,
        rows="\n".join(row(one, p95) for one in seen),
        faults=sum(faults),
        wish=WISH,
        over=", ".join(over) or "none",
    )


def main(home: Path, seconds: float) -> None:
    """Attack, print and write."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as attacker, server(home) as (pid, port):
        quiet = Polite(port)
        for _ in range(100):
            quiet.ask()
            time.sleep(0.05)
        quiet.seconds = quiet.seconds[20:]
        before, workers = used(family(pid))[1], figures(port)["innograph_workers"]
        seen = []
        for attack in ATTACKS:
            seen.append(beside(attack, pid, port, workers, seconds, attacker))
            print(row(seen[-1], quiet.quantile(95)), flush=True)
    (HERE / "abuse.md").write_text(report(quiet, seen, before, seconds), encoding="utf-8")


if __name__ == "__main__":
    duration = float(sys.argv[2]) if len(sys.argv) > 2 else 20.0
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), duration)
    else:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([*INNOGRAPH, "build", "--home", folder], check=True, capture_output=True)
            main(Path(folder), duration)
