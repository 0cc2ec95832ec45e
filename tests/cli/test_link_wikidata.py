"""``innograph link --wikidata`` as a person meets it: rows on stdout, doubts on stderr, no file unasked."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from innograph import resources
from publisher import Publisher, Reply, Request

ELANCOURT = ("217802081", "78208")
"""SIREN and INSEE code of a commune that data/ names; the items below are made up."""

HEADER = "about\tkey\tscheme\tvalue\tsource\tdate\twho\twhen\n"


def _run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "innograph", "link", "--wikidata", "--data", str(data), *arguments]
    environment = {**os.environ, "NO_COLOR": "1"}
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(resources.data(), folder)
    (folder / "identifiers.tsv").write_text(HEADER, encoding="utf-8")
    return folder


@pytest.fixture
def endpoint(publisher: Publisher) -> str:
    def reply(request: Request) -> Reply:
        (query,) = request.form["query"]
        code = ELANCOURT[1] if "P374" in query else ELANCOURT[0]
        item = {"type": "uri", "value": f"http://www.wikidata.org/entity/Q{code}"}
        found = [{"value": {"type": "literal", "value": code}, "item": item}] if f'"{code}"' in query else []
        answer = {"head": {"vars": ["value", "item"]}, "results": {"bindings": found}}
        return Reply(json.dumps(answer).encode(), "application/sparql-results+json")

    publisher.replies["/sparql"] = reply
    return f"{publisher.address}/sparql"


def test_rows_are_printed_and_written_only_when_asked(data: Path, endpoint: str) -> None:
    table = data / "identifiers.tsv"
    done = _run(data, "--endpoint", endpoint)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert [row[:5] for row in rows] == [
        ["territory", "commune/78208", "wikidata", "Q78208", f"Wikidata, P374 78208 ({endpoint})"],
        ["organization", "elancourt", "wikidata", "Q217802081", f"Wikidata, P1616 217802081 ({endpoint})"],
    ]
    doubts = [line for line in done.stderr.splitlines() if line.startswith("needs a person: ")]
    assert "needs a person: territory region/53 Bretagne: no item with P2585 53" in doubts
    assert done.stderr.splitlines()[-1] == f"2 items found, {len(doubts)} need a person"
    assert (done.returncode, table.read_text(encoding="utf-8")) == (1, HEADER)
    written = _run(data, "--endpoint", endpoint, "--write")
    assert written.stdout == done.stdout
    assert table.read_text(encoding="utf-8") == HEADER + "".join(
        sorted(done.stdout.splitlines(keepends=True))
    )


def test_an_endpoint_that_is_not_there_is_one_line(data: Path) -> None:
    done = _run(data, "--endpoint", "no-address")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.splitlines()[-1] == "innograph: no-address: no address of the web"
