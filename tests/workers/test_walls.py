"""Beneath every refusal stands the kernel: no network, no file that grows, no orphan."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

SERVICE = "SELECT * { SERVICE SILENT <http://127.0.0.1:PORT/> { ?s ?p ?o } }"

ASK_ANYWHERE = """
import sys
from pyoxigraph import Store
from innograph.workers import walls
if sys.argv[2] != "no wall" and not getattr(walls, sys.argv[2])():
    sys.exit("refused")
walls.write_nothing()
list(Store.read_only(sys.argv[1]).query(sys.argv[3]))
"""

POOL = """
import asyncio, sys
from pathlib import Path
from innograph.store.engine import Question
from innograph.workers.limits import Limits
from innograph.workers.messages import Delivery
from innograph.workers.pool import Pool

async def main():
    pool = Pool(Path(sys.argv[1]), Limits(workers=2, seconds=60))
    await pool.start()
    never = Question("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    asking = asyncio.create_task(pool.answer(never, Delivery(), "somebody"))
    await asyncio.sleep(0.1)
    print([worker.pid for worker in pool._alive], flush=True)
    await asking

asyncio.run(main())
"""


def can(wall: str) -> bool:
    """Tell whether this system lets a process put up a wall: its function in ``walls.py``."""
    code = f"import sys; from innograph.workers import walls; sys.exit(not walls.{wall}())"
    return subprocess.run([sys.executable, "-c", code]).returncode == 0


def connections_made_by(database: Path, wall: str) -> int:
    """Ask with ``SERVICE`` of a socket that we hold, without any check of the text; count who knocks."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        query = SERVICE.replace("PORT", str(listening.getsockname()[1]))
        process = subprocess.Popen([sys.executable, "-c", ASK_ANYWHERE, str(database), wall, query])
        knocks = 0
        while process.poll() is None:
            listening.settimeout(0.05)
            try:
                listening.accept()[0].close()
                knocks += 1
            except TimeoutError:
                continue
        assert process.returncode == 0
        return knocks


def test_without_a_wall_a_query_opens_connections(database: Path) -> None:
    assert connections_made_by(database, "no wall") > 0


@pytest.mark.parametrize("wall", ["leave_network", "enter_namespace", "refuse_sockets"])
def test_a_worker_reaches_no_network_whatever_the_query_says(database: Path, wall: str) -> None:
    if not can(wall):
        pytest.skip("this system does not let a process do that")
    assert connections_made_by(database, wall) == 0


def test_no_file_grows(database: Path, tmp_path: Path) -> None:
    code = """
import signal, sys
from innograph.workers.walls import write_nothing
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
write_nothing()
try:
    open(sys.argv[1], "wb", buffering=0).write(b"x")
except OSError as error:
    print(error.strerror)
"""
    target = tmp_path / "grown"
    said = subprocess.run([sys.executable, "-c", code, str(target)], capture_output=True, text=True)
    assert (said.stdout, target.stat().st_size) == ("File too large\n", 0)


def test_workers_end_with_their_parent(database: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", POOL, str(database)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    with parent.stdout:
        workers = json.loads(parent.stdout.readline())
    assert len(workers) == 3
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    end = time.monotonic() + 2
    while any(runs(pid) for pid in workers):
        assert time.monotonic() < end, "a worker goes on without its parent"
        time.sleep(0.01)


def runs(pid: int) -> bool:
    try:
        state = re.findall(r"^State:\s+(\w)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    except OSError:
        return False
    return state != ["Z"]
