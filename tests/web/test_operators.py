"""What those who watch over the site are told, and that nobody else can change it."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from innograph.store.snapshots import Home
from innograph.workers.limits import Limits

from .server_process import NEVER_ENDS
from .site_client import SiteClient

PATHS = ("/healthz", "/metrics")
BROWSER = {"Accept": "text/html"}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_they_are_only_read(client: SiteClient, path: str, method: str) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("path", PATHS)
def test_they_answer_options_and_head_and_are_not_remembered(client: SiteClient, path: str) -> None:
    options = client.options(path)
    assert (options.status_code, options.data, options.headers["Allow"]) == (200, b"", "GET, HEAD, OPTIONS")
    assert options.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    head = client.head(path)
    assert (head.status_code, head.data, head.headers["Cache-Control"]) == (200, b"", "no-store")
    assert int(head.headers["Content-Length"]) > 0


def test_asking_for_health_again_and_again_keeps_nobody_from_knowing_it(client: SiteClient) -> None:
    """Four hundred at once are answered by a few queries: where each asked its own, most were told 503."""
    scope = {
        "type": "http", "method": "GET", "path": "/healthz", "query_string": b"", "headers": [],
        "client": ("192.0.2.1", 1), "server": ("localhost", 80), "scheme": "http", "http_version": "1.1",
    }  # fmt: skip

    async def all_at_once() -> list[Any]:
        return await asyncio.gather(*(client._ask(dict(scope), b"") for _ in range(400)))

    answers = client.run(all_at_once())
    assert {(status, b"".join(pieces)[:3]) for status, _, pieces in answers} == {(200, b"ok ")}


def test_the_log_tells_what_became_of_a_query_asked_for_a_page(served_home: Home, tmp_path: Path) -> None:
    log = tmp_path / "log"
    client = SiteClient(served_home, Limits(workers=2, seconds=0.5), access_log=str(log))
    try:
        for query in (NEVER_ENDS, "SELECT * { ?s ?p ?o } LIMIT 1", "SELECT * { SERVICE <http://e/> {} }"):
            client.get("/sparql", query_string={"query": query}, headers=BROWSER)
        figures = client.get("/metrics").text
    finally:
        client.close()
    lines = [json.loads(line) for line in log.read_text("ascii").splitlines() if "/sparql" in line]
    told = [(line["status"], line["outcome"], len(line["query"])) for line in lines]
    assert told == [(504, "time", 24), (200, "answered", 24), (400, "refused", 24)]
    assert 'innograph_queries_stopped_total{why="time"} 1.0' in figures
