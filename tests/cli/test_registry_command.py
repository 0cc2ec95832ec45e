"""``innograph registry refresh`` as a person meets it: a real process and a real server."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from innograph.registry.compact import Vintage, checked_entries, write_aside
from innograph.registry.publishers import Years
from publisher import Publisher, Reply
from registry.served import serve
from registry.small import package, reviewed, write_reviewed


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "INNOGRAPH_CACHE": str(folder / "cache")}
    command = [sys.executable, "-m", "innograph", "registry", "refresh", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write_reviewed(tmp_path / "data" / "registers", reviewed())
    return tmp_path / "data"


@pytest.fixture
def registers(tmp_path: Path) -> Path:
    vintage = Vintage("2025", Years(2023, 2017))
    entries = checked_entries(package(), reviewed(), vintage, "made up")
    write_aside(tmp_path / "r.sqlite", entries, reviewed(), {}, vintage)
    return tmp_path / "r.sqlite"


def _given(publisher: Publisher, data: Path, registers: Path) -> list[str]:
    addresses = serve(publisher, package(), reviewed().authorities)
    sources = [word for key, address in addresses.items() for word in ("--source", f"{key}={address}")]
    return ["--registry", str(registers), "--data", str(data), "--fewest", "5", *sources]


def test_the_report_is_printed_and_kept_and_steps_are_told(
    publisher: Publisher, data: Path, registers: Path
) -> None:
    old = registers.read_bytes()
    done = _run(data, *_given(publisher, data, registers))
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    (kept,) = registers.parent.glob("r-*.md")
    assert done.stdout == kept.read_text(encoding="utf-8")
    assert done.stdout.splitlines()[2] == "Code officiel géographique 2026: 30 entries, 0 facts changed."
    assert done.stderr.splitlines()[0] == "fetching cog from INSEE"
    assert done.stderr.splitlines()[-1] == f"written {registers}; this report is {kept}"
    assert registers.read_bytes() != old
    again = _run(data, *_given(publisher, data, registers))
    assert again.stderr.splitlines()[-1] == f"nothing has changed: {registers} stays"


def test_an_error_is_one_line_and_the_old_file_stays(
    publisher: Publisher, data: Path, registers: Path
) -> None:
    old = registers.read_bytes()
    given = _given(publisher, data, registers)
    publisher.replies["/communes"] = Reply(b"<html>", "text/html")
    done = _run(data, *given)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.splitlines()[-1] == (
        f"innograph: {publisher.address}/communes: is text/html instead of application/json"
    )
    assert registers.read_bytes() == old


def test_a_source_that_is_no_address_of_a_key_is_a_fault_of_usage(data: Path) -> None:
    for source in ("banatic=http://127.0.0.1:9/", "cog"):
        done = _run(data, "--source", source)
        assert done.returncode == 2 and "is not KEY=ADDRESS with KEY one of cog, communes" in done.stderr
