"""The server cannot be knocked over: what one client does, on purpose or not, harms no other."""

import http.client
import json
import os
import random
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import Quad

from innograph.store.snapshots import Home
from innograph.web.server import SECONDS_FOR_HEADERS

from .conftest import Publish
from .server_process import FLOODS, NEVER_ENDS, SMALL, Server, serving
from .test_live import numbers

SECONDS = 2
MEMORY = 100_000_000
LIMITS = {"workers": 4, "seconds": SECONDS, "memory": MEMORY, "whole_bytes": 50_000, "quick_seconds": 0.2}


CHUNKED = (
    "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    "Transfer-Encoding: chunked\r\n\r\n"
)


@pytest.fixture(scope="module")
def busy_home(tmp_path_factory: pytest.TempPathFactory, small_graph: list[Quad], publish: Publish) -> Home:
    """Give a home with enough triples for queries that never end."""
    home = Home(tmp_path_factory.mktemp("busy"))
    publish(home, [*small_graph, *numbers(1000)])
    return home


@pytest.fixture(scope="module")
def shared(busy_home: Home) -> Iterator[Server]:
    with serving(busy_home.path, LIMITS) as server:
        yield server


@pytest.fixture(scope="module")
def silent(shared: Server) -> Iterator[tuple[float, socket.socket]]:
    """Give a connection on which half a request was sent, and when."""
    with shared.connect("GET /sparql HTTP/1.1\r\nHost: x\r\n") as connection:
        yield time.monotonic(), connection


@pytest.fixture
def server(shared: Server, silent: object) -> Iterator[Server]:
    """Give the server, and see that a test leaves it as it found it."""
    yield shared
    shared.until("innograph_workers_busy", 0)
    shared.until("innograph_queries_long", 0)
    shared.until("innograph_queries_waiting", 0)
    shared.until("innograph_workers", LIMITS["workers"] + 1)
    shared.until("innograph_requests_under_way", 1)  # the one that asks
    assert shared.query(SMALL)[0] == 200


def idle_within(server: Server, seconds: float) -> None:
    """Wait until no worker uses a processor any more."""
    end = time.monotonic() + seconds
    while "R" in (states := server.workers().values()):
        assert time.monotonic() < end, states
        time.sleep(0.05)


def test_a_query_that_takes_too_long_is_stopped_and_says_why(server: Server) -> None:
    began = time.monotonic()
    status, body = server.query(NEVER_ENDS)
    assert time.monotonic() - began < SECONDS + 1
    assert status == 504
    english, french = body.decode().splitlines()
    assert english.startswith(
        "The query was stopped: it went over the limit of 2 seconds. ?a and ?d stand in"
    )
    assert french.startswith(
        "La requête a été arrêtée : elle dépassait la limite de 2 secondes. ?a et ?d sont"
    )
    idle_within(server, 2)


def test_a_browser_is_told_in_its_language(server: Server) -> None:
    status, page = server.ask(
        f"/sparql?query={NEVER_ENDS.replace(' ', '+')}", Accept="text/html", Accept_Language="fr"
    )
    assert status == 504
    assert "<p>La requête a été arrêtée : elle dépassait la limite de 2 secondes." in page.decode()


def test_a_query_that_takes_too_much_memory_is_stopped_and_says_why(server: Server) -> None:
    status, body = server.query("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c")
    assert status == 503
    assert body.startswith(b"The query was stopped: it went over the limit of 100 MB of memory.")
    idle_within(server, 2)


def test_a_stream_breaks_off_visibly_at_the_limit(server: Server) -> None:
    began = time.monotonic()
    with pytest.raises(http.client.IncompleteRead) as broken:
        server.query(FLOODS, format="csv")
    assert time.monotonic() - began < SECONDS + 1
    assert len(broken.value.partial) > 50_000
    assert server.headers["Innograph-Complete"] == "streaming"
    idle_within(server, 2)


def test_a_client_that_hangs_up_frees_its_worker(server: Server) -> None:
    stopped = server.figure("innograph_workers_stopped_total")
    connection = server.send_query(NEVER_ENDS)
    server.until("innograph_workers_busy", 1)
    connection.close()
    server.until("innograph_workers_busy", 0, seconds=1)
    assert server.figure("innograph_workers_stopped_total") == stopped + 1
    idle_within(server, 0.5)


def test_a_client_that_does_not_read_keeps_no_worker_beyond_the_limit(server: Server) -> None:
    connections = [server.send_query(FLOODS) for _ in range(4)]
    server.until("innograph_queries_long", 2)
    assert server.query(SMALL, source="127.0.0.2")[0] == 200
    server.until("innograph_queries_long", 0, seconds=2 * SECONDS + 1)
    for connection in connections:
        connection.close()


@pytest.mark.parametrize("query", [NEVER_ENDS, FLOODS, "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c"])
def test_whatever_others_ask_a_small_query_is_answered(server: Server, query: str) -> None:
    crowd = [server.send_query(query) for _ in range(30)]
    durations = []
    try:
        for _ in range(15):
            began = time.monotonic()
            assert server.query(SMALL, source="127.0.0.3")[0] == 200
            durations.append(time.monotonic() - began)
    finally:
        for connection in crowd:
            connection.close()
    assert sorted(durations)[7] < 0.5 and max(durations) < SECONDS, durations


def test_too_many_are_sent_away_with_a_time_to_come_back(busy_home: Home) -> None:
    with serving(busy_home.path, {**LIMITS, "waiting_per_client": 2}) as server:
        crowd = [server.send_query(NEVER_ENDS) for _ in range(12)]
        answers = [http.client.HTTPResponse(connection) for connection in crowd]
        for answer in answers:
            answer.begin()
        busy = [answer for answer in answers if answer.status == 503]
        assert len(busy) >= 8
        assert {answer.getheader("Retry-After") for answer in busy} == {str(SECONDS)}
        texts = {answer.read().decode() for answer in busy}
        assert texts == {
            "Too many queries are under way just now: ask again in 2 seconds.\n"
            "Trop de requêtes sont en cours : reposez la vôtre dans 2 secondes.\n"
        }
        for answer in answers:
            answer.close()
        for connection in crowd:
            connection.close()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ BIND(<{}> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p 1sErViCe<{}>{{}} }}",
        "SELECT * {{ #\nSERVICE # x\n <{}> {{}} }}",
        "PREFIX s: <{}> SELECT * {{ SERVICE s:x {{}} }}",
        "SELECT * FROM <{}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "LOAD <{}>",
        "SELECT * FROM <file:///etc/passwd> {{ ?s ?p ?o }}",
    ],
)
def test_nothing_that_a_query_says_opens_a_connection(server: Server, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        status, body = server.query(query.format(address), format="csv")
        assert (status == 400) == ("FROM" not in query), body
        if status == 200:
            assert body.count(b"\n") == 1
        with pytest.raises(TimeoutError):
            listening.accept()


def test_a_keyword_that_is_only_mentioned_is_no_reason_to_refuse(server: Server) -> None:
    query = 'SELECT ?service { BIND("SERVICE <http://127.0.0.1/> {}" AS ?service) } # SERVICE'
    assert server.query(query)[0] == 200


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ("GET /sparql?query=" + "x" * 70_000 + " HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        ("GET /sparql HTTP/1.1\r\nHost: x\r\n" + "".join(f"X-{n}: y\r\n" for n in range(200)) + "\r\n", 431),
        ("GET /sparql HTTP/1.1\r\nHost: x\r\nX: " + "y" * 200_000 + "\r\n\r\n", 431),
        ("nonsense\r\n\r\n", 400),
        (CHUNKED + "zz\r\nASK {}\r\n0\r\n\r\n", 400),
        (CHUNKED + "f" * 17 + "\r\nASK {}\r\n0\r\n\r\n", 400),
        ("GET /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", 400),
    ],
    ids=["long address", "many headers", "long header", "nonsense", "no chunks", "long chunk", "two lengths"],
)
def test_requests_that_are_none(server: Server, request_: str, status: int) -> None:
    with server.connect(request_) as connection, connection.makefile("rb") as answer:
        assert answer.readline().split()[1] == str(status).encode()


def test_who_could_not_tell_that_an_answer_breaks_off_gets_none_in_pieces(server: Server) -> None:
    """HTTP/1.0 has no chunks: the end of the connection is the end of the answer, be it whole or not."""
    asked = f"GET /sparql?{urlencode({'query': FLOODS, 'format': 'csv'})}"
    with server.connect(f"{asked} HTTP/1.0\r\n\r\n") as connection, connection.makefile("rb") as answer:
        whole = answer.read()
    assert whole.startswith(b"HTTP/1.0 505 ")
    assert b"ask by HTTP/1.1" in whole and b"par HTTP/1.1" in whole
    with server.connect(f"{asked}&max-rows=3 HTTP/1.0\r\n\r\n") as connection:
        assert connection.makefile("rb").read().count(b"http") > 3
    server.until("innograph_queries_long", 0)
    server.until("innograph_workers_busy", 0)


def test_bytes_that_are_hardly_http(server: Server) -> None:
    """Two thousand requests, cut, doubled and altered at random, the same in each run."""
    whole = [
        b"GET /search.json?q=caf%C3%A9 HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
        CHUNKED.replace("Transfer-Encoding: chunked", "Content-Length: 6").encode() + b"ASK {}",
        CHUNKED.encode() + b"6\r\nASK {}\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
    ]
    odd = [
        b"\r\n",
        b"\0",
        b"\xff",
        b"%",
        b" ",
        b"A" * 5000,
        b"Transfer-Encoding: chunked\r\n",
        b"f" * 17,
        b"-1",
    ]
    chance = random.Random(5)
    for _ in range(2000):
        sent = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(sent) + 1)
            end = start + chance.choice((0, 1, 10))
            sent[start:end] = chance.choice(
                (b"", bytes([chance.randrange(256)]), chance.choice(odd), sent[:start])
            )
        with server.connect() as connection, suppress(ConnectionError):
            connection.sendall(sent)
            with suppress(OSError):  # the server may have closed it already
                connection.shutdown(socket.SHUT_WR)
            with connection.makefile("rb") as answer:
                line = answer.readline()
                assert not line or (line.startswith(b"HTTP/1.") and line[9:10] in b"1234"), (line, sent)


def test_ten_megabytes_of_query_are_refused_before_they_are_read(server: Server) -> None:
    with (
        server.connect(
            "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            "Content-Length: 10000000\r\n\r\nASK {}"
        ) as connection,
        connection.makefile("rb") as answer,
    ):
        assert answer.readline().split()[1] == b"413"


@pytest.mark.parametrize("length", [1_000_001, 10_000_000])
@pytest.mark.parametrize("chunked", [False, True])
def test_who_sends_all_before_listening_hears_the_refusal_too(
    server: Server, length: int, chunked: bool
) -> None:
    pieces = (b"x" * min(50_000, length - start) for start in range(0, length, 50_000))
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        headers = {"Content-Type": "application/sparql-query"}
        headers |= {} if chunked else {"Content-Length": str(length)}
        connection.request("POST", "/sparql", pieces, headers, encode_chunked=chunked)
        response = connection.getresponse()
        assert (response.status, response.read()) == (
            413,
            b"the body of the request has more than 1000000 bytes\n",
        )
    finally:
        connection.close()


def test_half_open_connections_harm_nobody(server: Server) -> None:
    half = [server.connect("GET /sparql HTTP/1.1\r\nHost: x\r\n") for _ in range(300)]
    durations = []
    for _ in range(10):
        began = time.monotonic()
        assert server.query(SMALL)[0] == 200
        durations.append(time.monotonic() - began)
    assert sorted(durations)[5] < 0.2
    for connection in half:
        connection.close()


def test_a_connection_that_says_nothing_is_closed(
    server: Server, silent: tuple[float, socket.socket]
) -> None:
    since, connection = silent
    connection.settimeout(max(0.1, since + SECONDS_FOR_HEADERS + 2 - time.monotonic()))
    assert connection.recv(1000) in (b"", b"HTTP/1.1 408 Request Timeout\r\n")


def test_many_who_hang_up_at_once_leave_nothing_behind(server: Server) -> None:
    for _ in range(200):
        server.send_query(SMALL).close()
    for _ in range(20):
        server.send_query(NEVER_ENDS).close()
    server.until("innograph_workers_busy", 0, seconds=10)


def test_another_snapshot_is_served_without_a_failed_request(
    tmp_path: Path, small_graph: list[Quad], publish: Publish
) -> None:
    home = Home(tmp_path)
    first = publish(home, small_graph)
    with serving(home.path, {"workers": 2}) as server:
        seen: list[tuple[int, str]] = []
        done = threading.Event()

        def ask() -> None:
            while not done.is_set():
                connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
                connection.request("GET", f"/sparql?query=ASK+%7B%7D+%23{len(seen)}")
                answer = connection.getresponse()
                answer.read()
                seen.append((answer.status, answer.getheader("Innograph-Snapshot") or ""))
                connection.close()

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        second = publish(home, [*small_graph, *numbers(3)])
        os.kill(server.process.pid, signal.SIGHUP)
        end = time.monotonic() + 15
        while seen[-1:] != [(200, second)]:
            assert time.monotonic() < end
            time.sleep(0.05)
        done.set()
        for thread in threads:
            thread.join()
        assert {status for status, _ in seen} == {200}
        assert {version for _, version in seen} == {first, second}
        server.until("innograph_workers", 3)


def test_what_is_under_way_is_answered_before_the_server_stops(busy_home: Home) -> None:
    with serving(busy_home.path, {"workers": 2, "seconds": 10}) as server:
        connection = server.send_query(
            "SELECT (COUNT(*) AS ?n) {"
            " { SELECT ?a { ?a ?b ?c } LIMIT 700 } ?d ?e ?f FILTER(STR(?a) > STR(?f)) }"
        )
        server.until("innograph_workers_busy", 1)
        server.process.send_signal(signal.SIGTERM)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        assert (answer.status, answer.getheader("Innograph-Complete")) == (200, "yes")
        answer.read()
        connection.close()
        assert server.process.wait(15) == 0


def test_forwarded_addresses_are_believed_only_from_a_proxy(
    busy_home: Home, tmp_path_factory: pytest.TempPathFactory
) -> None:
    log = tmp_path_factory.mktemp("log") / "access.jsonl"
    with serving(busy_home.path, {"workers": 2}, proxies=["127.0.0.2"], access_log=str(log)) as server:
        server.ask("/favicon.ico", source="127.0.0.2", X_Forwarded_For="198.51.100.1, 203.0.113.9")
        server.ask("/favicon.ico", source="127.0.0.3", X_Forwarded_For="198.51.100.1")
        server.query(SMALL + '\u001b[2J" }')

        end = time.monotonic() + 5
        while '"status": 400' not in log.read_text():
            assert time.monotonic() < end
    lines = [json.loads(line) for line in log.read_text(encoding="ascii").splitlines()]
    assert [line["client"] for line in lines if line["path"] == "/favicon.ico"] == [
        "203.0.113.9",
        "127.0.0.3",
    ]
    assert lines[-1]["status"] == 400 and "\u001b" not in log.read_text()
