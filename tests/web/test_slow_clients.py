"""Clients that send or take too slowly, or stop half-way, are given up after a while, and nothing stays."""

import asyncio
from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest
from pyoxigraph import Quad

from innograph.store.snapshots import Home
from innograph.web import exchange, site, traffic

from .conftest import Publish
from .graphs import numbers
from .site_client import SiteClient

FORM = [(b"content-type", b"application/x-www-form-urlencoded"), (b"transfer-encoding", b"chunked")]
BIG = b"query=SELECT+*+{+?s+?p+?o+}&format=csv"
"""Asks for more than one piece of an answer, and less than what is streamed."""
PAGE = b"query=SELECT+*+{+?s+?p+?o+}&format=html"


@pytest.fixture(scope="module")
def client(
    tmp_path_factory: pytest.TempPathFactory, small_graph: list[Quad], publish: Publish
) -> Iterator[SiteClient]:
    home = Home(tmp_path_factory.mktemp("slow"))
    publish(home, [*small_graph, *numbers(2000)])
    client = SiteClient(home)
    yield client
    client.close()


@pytest.fixture(autouse=True)
def nothing_stays(client: SiteClient) -> Iterator[None]:
    yield
    assert client.site.traffic.bytes == 0
    figures = client.get("/metrics").text
    assert "\ninnograph_requests_under_way 1.0\n" in figures  # the one that asks
    assert "\ninnograph_workers_busy 0.0\n" in figures
    assert client.get("/sparql", query_string={"query": "ASK {}"}).status_code == 200


class Conversation:
    """A request of which a test decides what arrives, and how many pieces of the answer are taken."""

    def __init__(
        self, path: str, query: bytes = b"", *arriving: MutableMapping[str, Any], takes: int = 1_000_000
    ) -> None:
        self.scope = {
            "type": "http", "method": "POST" if arriving else "GET", "path": path, "query_string": query,
            "headers": FORM if arriving else [(b"accept-encoding", b"identity")],
            "client": ("127.0.0.1", 1), "server": ("localhost", 80), "scheme": "http", "http_version": "1.1",
        }  # fmt: skip
        self.sent: list[MutableMapping[str, Any]] = []
        self.stuck = asyncio.Event()
        self._arriving = list(arriving) or [{"type": "http.request", "body": b"", "more_body": False}]
        self._takes = takes

    async def receive(self) -> MutableMapping[str, Any]:
        if self._arriving:
            return self._arriving.pop(0)
        return await asyncio.Event().wait()  # type: ignore[return-value]  # it never comes

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if len(self.sent) == self._takes:
            self.stuck.set()
            await asyncio.Event().wait()
        self.sent.append(message)

    async def held(self, client: SiteClient) -> int:
        """Have this conversation, to its end: the status, 0 if there is no answer."""
        await client.site(self.scope, self.receive, self.send)
        return self.sent[0]["status"] if self.sent else 0


PART = {"type": "http.request", "body": b"words=", "more_body": True}


@pytest.mark.parametrize("path", ["/sparql", "/report", "/reconcile"])
def test_a_body_that_does_not_arrive(client: SiteClient, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(exchange, "SECONDS_FOR_BODY", 0.05)
    slow = Conversation(path, b"", PART, PART)
    assert client.run(slow.held(client)) == 408


@pytest.mark.parametrize("path", ["/sparql", "/report", "/reconcile"])
def test_a_body_that_breaks_off(client: SiteClient, path: str) -> None:
    broken = Conversation(path, b"", PART, {"type": "http.disconnect"})
    assert client.run(broken.held(client)) == 400


@pytest.mark.parametrize(("path", "query"), [("/sparql", BIG), ("/sparql", PAGE)])
def test_an_answer_that_nobody_takes(
    client: SiteClient, monkeypatch: pytest.MonkeyPatch, path: str, query: bytes
) -> None:
    monkeypatch.setattr(exchange, "SECONDS_PER_PIECE", 0.05)
    slow = Conversation(path, query, takes=2)
    assert client.run(slow.held(client)) == 200
    start, piece = slow.sent
    length = int(dict(start["headers"])[b"content-length"])
    assert len(piece["body"]) == exchange.PIECE < length  # so that the client sees it break off


@pytest.mark.parametrize("query", [BIG, PAGE])
def test_answers_that_wait_for_slow_clients_are_bounded(
    client: SiteClient, monkeypatch: pytest.MonkeyPatch, query: bytes
) -> None:
    length = len(client.get("/sparql", query_string=query.decode()).data)
    monkeypatch.setattr(traffic, "MOST_BYTES", length + 1000)
    monkeypatch.setattr(exchange, "SECONDS_PER_PIECE", 0.5)

    async def meet() -> list[int]:
        slow = Conversation("/sparql", query, takes=1)
        other, small = (Conversation("/sparql", asked) for asked in (query, b"query=ASK+{}"))
        waiting = asyncio.create_task(slow.held(client))
        await slow.stuck.wait()
        answered = [await other.held(client), await small.held(client)]
        assert dict(other.sent[0]["headers"])[b"retry-after"]
        return [await waiting, *answered]

    assert client.run(meet()) == [200, 503, 200]


def test_bodies_that_arrive_slowly_are_bounded(client: SiteClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traffic, "MOST_BYTES", 150_000)
    monkeypatch.setattr(exchange, "SECONDS_FOR_BODY", 0.5)
    long = {"type": "http.request", "body": b"x" * 100_000, "more_body": True}
    last = {"type": "http.request", "body": b"&query=ASK+{}", "more_body": False}

    async def meet() -> list[int]:
        waiting = asyncio.create_task(Conversation("/sparql", b"", long).held(client))
        while not client.site.traffic.bytes:
            await asyncio.sleep(0)
        others = [Conversation("/sparql", b"", *parts) for parts in ((long, last), (last,))]
        return [*[await other.held(client) for other in others], await waiting]

    assert client.run(meet()) == [503, 200, 408]


def test_one_client_has_so_many_requests_under_way(
    client: SiteClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "MOST_UNDER_WAY_PER_CLIENT", 2)
    monkeypatch.setattr(exchange, "SECONDS_FOR_BODY", 0.2)

    async def meet() -> list[int]:
        crowd = [Conversation("/report", b"", PART) for _ in range(3)]
        return await asyncio.gather(*(each.held(client) for each in crowd))

    assert sorted(client.run(meet())) == [408, 408, 503]
