"""The server cannot be knocked over: what one client does, on purpose or not, harms no other."""

import http.client
import json
import socket
import time
from collections.abc import Iterator

import pytest

from innograph.store.snapshots import Home
from innograph.web.server import SECONDS_FOR_HEADERS

from .server_process import FLOODS, LIMITS, NEVER_ENDS, SECONDS, SMALL, Server, serving


@pytest.fixture(scope="module", autouse=True)
def silent(shared_server: Server) -> Iterator[tuple[float, socket.socket]]:
    """Open a connection before anything else is asked, and send half a request; give when, too."""
    with shared_server.connect("GET /sparql HTTP/1.1\r\nHost: x\r\n") as connection:
        yield time.monotonic(), connection


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


def test_many_who_hang_up_at_once_leave_nothing_behind(server: Server) -> None:
    for _ in range(200):
        server.send_query(SMALL).close()
    for _ in range(20):
        server.send_query(NEVER_ENDS).close()
    server.until("innograph_workers_busy", 0, seconds=10)


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


def test_a_connection_that_says_nothing_is_closed(
    server: Server, silent: tuple[float, socket.socket]
) -> None:
    since, connection = silent
    connection.settimeout(max(0.1, since + SECONDS_FOR_HEADERS + 2 - time.monotonic()))
    assert connection.recv(1000) in (b"", b"HTTP/1.1 408 Request Timeout\r\n")
