"""Asking an endpoint that others run: what is sent, when again, and what is made of bad answers."""

import json
import socket
import threading
import time
from collections.abc import Callable

import pytest
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

from innograph.errors import Fault, QueryError, StoreError
from innograph.namespaces import PREFIXES
from innograph.store.connection import Connection, Patience, Refused, check_address
from innograph.store.credentials import Credentials
from innograph.store.engine import Question, RemoteStore, Result
from innograph.store.remote import Remote
from publisher import Publisher, Reply, Request

JSON = "application/sparql-results+json"
ONE = json.dumps(
    {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "é"}}]}}
).encode()
SELECT = "SELECT ?x { ?x ?y ?z }"
PATIENCE = Patience(seconds=1.0, attempts=3, pause=0.01)


def remote(publisher: Publisher, **store: object) -> Remote:
    return Remote(RemoteStore(f"{publisher.address}/sparql", **store), PATIENCE)  # type: ignore[arg-type]


def rows(result: Result) -> list[list[object]]:
    assert isinstance(result, QuerySolutions)
    return [list(row) for row in result]


def in_turn(*replies: Reply) -> Callable[[Request], Reply]:
    left = list(replies)
    return lambda request: left.pop(0)


def test_solutions_truths_and_triples_are_read(publisher: Publisher) -> None:
    one = Triple(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal("é"))
    xml = b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>true</boolean></sparql>'
    publisher.replies["/sparql"] = in_turn(
        Reply(ONE, JSON),
        Reply(xml, "application/sparql-results+xml"),
        Reply(b'{"head":{"vars":["a"]},"results":{"bindings":[]}}', JSON),  # thus Virtuoso says no
        Reply(f"{one} .\n".encode(), "text/plain; charset=utf-8"),
    )
    engine = remote(publisher)
    assert rows(engine.answer(Question(SELECT))) == [[Literal("é")]]
    truths = [engine.answer(Question("ASK {}")) for _ in range(2)]
    assert [isinstance(truth, QueryBoolean) and bool(truth) for truth in truths] == [True, False]
    assert engine.answer(Question("CONSTRUCT WHERE { ?s ?p ?o }")) == [one]
    accepted = [request.headers["Accept"].partition(",")[0] for request in publisher.asked]
    assert accepted == [JSON, JSON, JSON, "application/n-triples"]


@pytest.mark.parametrize(
    ("question", "sent"),
    [
        (Question(SELECT), (["g:merge"], ["g:a", "g:b"])),
        (Question("SELECT ?x FROM <http://e/g> { ?x ?y 'FROM' }"), ([], [])),
        (Question(SELECT, ("http://e/d",)), (["http://e/d"], [])),
        (Question(SELECT, (), ("http://e/n",)), ([], ["http://e/n"])),
    ],
    ids=["none named", "FROM", "default", "named"],
)
def test_a_query_is_asked_of_the_graphs_that_it_means(
    publisher: Publisher, question: Question, sent: tuple[list[str], list[str]]
) -> None:
    publisher.replies["/sparql"] = Reply(ONE, JSON)
    remote(publisher, default_graphs=("g:merge",), named_graphs=("g:a", "g:b")).answer(question)
    form = publisher.asked[0].form
    assert (form.get("default-graph-uri", []), form.get("named-graph-uri", [])) == sent


def test_what_only_ours_knows_is_written_out(publisher: Publisher) -> None:
    publisher.replies["/sparql"] = Reply(ONE, JSON)
    remote(publisher).answer(Question(r"SELECT ?x { ?x inno:edition id:edition\/x ; a skos:Concept }"))
    assert publisher.asked[0].form["query"] == [
        f"PREFIX inno: <{PREFIXES['inno']}> PREFIX skos: <{PREFIXES['skos']}> "
        f"SELECT ?x {{ ?x inno:edition <{PREFIXES['id']}edition/x> ; a skos:Concept }}"
    ]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT ?x {\n?x ?y", "line 2, column 6: not SPARQL at the end"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is not available here"),
        ("ASK { FILTER(<http://e/f>()) }", "http://e/f"),
        ("INSERT DATA { <a:b> <a:c> 1 }", "not SPARQL"),
    ],
)
def test_what_is_refused_is_never_sent(publisher: Publisher, query: str, says: str) -> None:
    with pytest.raises(QueryError) as raised:
        remote(publisher).answer(Question(query))
    assert says in str(raised.value) and publisher.asked == []


def test_what_the_engine_refuses_is_the_fault_of_the_query(publisher: Publisher) -> None:
    publisher.replies["/sparql"] = Reply(b"no such\tfunction here\nat line 3", "text/plain", 400)
    with pytest.raises(QueryError, match=r"refuses this query: no such function here$"):
        remote(publisher).answer(Question(SELECT))
    assert len(publisher.asked) == 1


@pytest.mark.parametrize(
    ("reply", "fault", "times"),
    [
        (Reply(b"<html>500 at /home/x</html>", "text/html", 500), "nonsense", 1),
        (Reply(status=401), "nonsense", 1),
        (Reply(status=302, headers={"Location": "http://e/"}), "nonsense", 1),
        (Reply(b"<html>hello</html>", "text/html"), "nonsense", 1),
        (Reply(b"<html>hello</html>", JSON), "nonsense", 1),
        (Reply(ONE[:-4], JSON), "nonsense", 1),
        (Reply(b'{"head":{},"boolean":true}', JSON), "nonsense", 1),
        (Reply(ONE, JSON, sent=len(ONE) - 9), "nonsense", 1),
        (Reply(ONE, JSON, sent=len(ONE) - 9, chunked=True), "nonsense", 1),
        (Reply(ONE, JSON, headers={"X-SPARQL-MaxRows": "10000"}), "nonsense", 1),
        (Reply(status=502), "unreachable", 3),
        (Reply(status=503), "unreachable", 3),
        (Reply(status=504), "slow", 3),
    ],
    ids=lambda value: f"{value.status} {value.content[:14]!r}" if isinstance(value, Reply) else "",
)
def test_bad_answers_are_told_apart_and_the_passing_ones_asked_again(
    publisher: Publisher, reply: Reply, fault: Fault, times: int
) -> None:
    publisher.replies["/sparql"] = reply
    with pytest.raises(StoreError) as raised:
        remote(publisher).answer(Question(SELECT))
    assert (raised.value.fault, len(publisher.asked)) == (fault, times)
    assert "/home/x" not in str(raised.value)


def test_it_is_asked_again_until_it_works(publisher: Publisher) -> None:
    publisher.replies["/sparql"] = in_turn(Reply(status=503), Reply(status=502), Reply(ONE, JSON))
    assert rows(remote(publisher).answer(Question(SELECT))) == [[Literal("é")]]


@pytest.mark.parametrize(("told", "waits"), [("1", [1.0]), ("90", [])])
def test_who_is_told_when_to_come_back_comes_back_then_or_not_at_all(
    publisher: Publisher, told: str, waits: list[float]
) -> None:
    busy = Reply(status=503, headers={"Retry-After": told})
    publisher.replies["/sparql"] = in_turn(busy, Reply(ONE, JSON))
    waited: list[float] = []
    connection = Connection(f"{publisher.address}/sparql", None, Patience(seconds=10), wait=waited.append)
    if waits:
        assert connection.ask("GET").whole(1000) == ONE
    else:
        with pytest.raises(StoreError, match="answers 503"):
            connection.ask("GET")
    assert waited == waits


def test_a_server_that_hangs_is_waited_for_no_longer_than_patience_allows(publisher: Publisher) -> None:
    let_go = threading.Event()
    publisher.replies["/sparql"] = Reply(ONE, JSON, stall=let_go)
    began = time.monotonic()
    try:
        with pytest.raises(StoreError, match="in time") as raised:
            remote(publisher).answer(Question(SELECT))
    finally:
        let_go.set()
    assert raised.value.fault == "slow" and len(publisher.asked) == 1
    assert 0.9 < time.monotonic() - began < 2.5


def test_a_server_that_drips_is_waited_for_no_longer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                head = f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nContent-Length: 999\r\n\r\n"
                connection.sendall(head.encode())
                try:
                    while True:
                        connection.sendall(b" ")
                        time.sleep(0.05)
                except OSError:
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        began = time.monotonic()
        with pytest.raises(StoreError, match="not done in time"):
            Remote(RemoteStore(address), PATIENCE).answer(Question(SELECT))
        assert time.monotonic() - began < 2.5
        dripping.join(5)
        assert not dripping.is_alive()  # the connection was closed


def test_nobody_listening_is_tried_three_times() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    waited: list[float] = []
    connection = Connection(f"http://127.0.0.1:{port}/", wait=waited.append)
    with pytest.raises(StoreError, match="cannot be reached") as raised:
        connection.ask("GET")
    assert raised.value.fault == "unreachable" and len(waited) == 2
    assert 0.15 <= waited[0] <= 0.25 and 0.3 <= waited[1] <= 0.5


def test_connections_are_kept(publisher: Publisher) -> None:
    publisher.replies["/sparql"] = Reply(ONE, JSON)
    engine = remote(publisher)
    for _ in range(5):
        engine.answer(Question(SELECT))
    (pool,) = engine._connection._pool.pools._container.values()
    assert (pool.num_requests, pool.num_connections) == (5, 1)


def test_a_password_is_told_when_it_is_asked_for(publisher: Publisher) -> None:
    def guarded(request: Request) -> Reply:
        given = request.headers.get("Authorization")
        known = given == "Basic bWU6w6k6eA=="  # me:é:x
        return (
            Reply(ONE, JSON) if known else Reply(status=401, headers={"WWW-Authenticate": 'Basic realm="x"'})
        )

    publisher.replies["/sparql"] = guarded
    engine = remote(publisher, credentials="me:é:x")
    for _ in range(2):
        assert rows(engine.answer(Question(SELECT))) == [[Literal("é")]]
    assert ["Authorization" in request.headers for request in publisher.asked] == [False, True, True]
    with pytest.raises(StoreError, match="set INNOGRAPH_STORE_AUTH") as raised:
        remote(publisher, credentials="me:wr0ng").answer(Question(SELECT))
    assert (
        "wr0ng"
        not in f"{raised.value} {RemoteStore('x', credentials='me:wr0ng')!r} {Credentials('me:wr0ng')!r}"
    )


def test_digest_is_that_of_the_example_of_rfc_2617(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.token_hex", lambda length: "0a4f113b")
    known = Credentials("Mufasa:Circle Of Life")
    challenge = (
        'Digest realm="testrealm@host.com", qop="auth,auth-int", '
        'nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"'
    )
    assert known.meet(challenge)
    header = known.header("GET", "http://www.nowhere.org/dir/index.html")
    assert 'response="6629fae49393a05397450978507c4ef1"' in header and "nc=00000001" in header
    assert not known.meet(challenge)  # it was met, and that did not help


@pytest.mark.parametrize(
    "address",
    ["", "here", "ftp://e.org/x", "http://", "http://e.org:0x/", "http://e.org/#x", "http://a@e.org/"],
)
def test_bad_addresses_are_refused(address: str) -> None:
    with pytest.raises(StoreError, match=r"not the address of a SPARQL endpoint|must not hold a password"):
        check_address(address)


def test_other_statuses_are_given_to_whoever_asks(publisher: Publisher) -> None:
    publisher.replies["/x"] = Reply(b"teapot\n", "text/plain", 418)
    with pytest.raises(Refused, match=r"^418: teapot$"):
        Connection(f"{publisher.address}/x").ask("GET")
