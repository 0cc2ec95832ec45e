"""What a hostile client does to the endpoint: attacks by name, each going on for some seconds.

Each attack has some connections, from one address or from many, and counts its answers by status; ``broken``
are answers that ended too early, ``closed`` connections that the server closed without one.
"""

import itertools
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote_plus

ONE_ADDRESS = ["127.0.0.2"]
MANY_ADDRESSES = [f"127.0.1.{number}" for number in range(1, 101)]
PATIENCE = 30.0
"""Seconds after which an attacker gives up on an answer."""


@dataclass(frozen=True)
class Attack:
    """Requests that follow each other on each of some connections."""

    name: str
    requests: Callable[[], Iterator[bytes]]
    connections: int = 20
    addresses: tuple[str, ...] = tuple(ONE_ADDRESS)
    pause: float = 0.0
    """Seconds between two pieces of a request: a client that sends slowly."""
    reads: bool = True
    """Whether it reads the answers; one that does not keeps the connection open and does nothing."""
    hangs_up_after: float | None = None
    """Seconds after which it closes the connection, answer or not."""

    def run(self, port: int, seconds: float) -> Counter[str]:
        """Attack for some seconds; give the number of answers by status."""
        found: Counter[str] = Counter()
        lock = threading.Lock()
        until = time.monotonic() + seconds
        requests = self.requests()

        def attack(number: int) -> None:
            while time.monotonic() < until:
                with lock:
                    request = next(requests)
                try:
                    outcome = self._ask(port, self.addresses[number % len(self.addresses)], request, until)
                except OSError:
                    outcome = "closed"
                with lock:
                    found[outcome] += 1

        threads = [threading.Thread(target=attack, args=(n,), daemon=True) for n in range(self.connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(seconds + PATIENCE)
        return found

    def _ask(self, port: int, address: str, request: bytes, until: float) -> str:
        with socket.create_connection(
            ("127.0.0.1", port), PATIENCE, source_address=(address, 0)
        ) as connection:
            if self.pause:
                for byte in request:
                    if time.monotonic() > until:
                        return "never sent"
                    connection.send(bytes([byte]))
                    time.sleep(self.pause)
            else:
                connection.sendall(request)
            if self.hangs_up_after is not None:
                time.sleep(self.hangs_up_after)
                return "hung up"
            if not self.reads:
                time.sleep(max(0.0, until - time.monotonic()))
                return "not read"
            return _status(connection)


def _status(connection: socket.socket) -> str:
    """Read an answer to its end; the server is asked to close the connection then."""
    received = bytearray()
    ended = True
    try:
        while piece := connection.recv(100_000):
            received += piece
            if len(received) > 1_000_000:  # a long answer: keep its head and its end
                del received[5_000:-5_000]
    except OSError:
        ended = False
    if not received:
        return "closed"
    status = bytes(received[9:12]).decode("latin-1")
    chunked = b"transfer-encoding: chunked" in bytes(received[:5_000]).lower()
    whole = ended and (not chunked or received.endswith(b"\r\n0\r\n\r\n"))
    return status if whole else f"{status} broken"


def get(query: str) -> bytes:
    """Write a request for a query; ``#`` and a number keep each answer from being remembered."""
    return (
        f"GET /sparql?query={quote_plus(query)} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n"
        "Connection: close\r\n\r\n"
    ).encode()


def post(body: bytes, length: int | None = None) -> bytes:
    """Write a request with a query as its body."""
    head = (
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        f"Content-Length: {len(body) if length is None else length}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def queries(*texts: str) -> Callable[[], Iterator[bytes]]:
    """Ask these queries in turn, each time written differently."""
    return lambda: (get(f"{text} # {n}") for n, text in enumerate(itertools.cycle(texts)))


def posts(body: str) -> Callable[[], Iterator[bytes]]:
    """Send this body again and again."""
    return lambda: itertools.repeat(post(body.encode()))


def mutated() -> Iterator[bytes]:
    """Write requests in which something is wrong: bytes changed, doubled, lost or cut."""
    chance = random.Random(1)
    whole = [
        get("SELECT * { ?s inno:laureate ?o } LIMIT 5"),
        post("ASK { ?s ?p 'élan' }".encode()),
        b"GET /queries/palmares-of-an-edition?format=csv HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /search.json?q=%C3%A9lancourt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /doc/organization/elancourt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"POST /reconcile HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b'Content-Length: 45\r\nConnection: close\r\n\r\n{"queries": [{"query": "Elancourt"}], "a": 1} ',
    ]
    while True:
        request = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(request))
            match chance.randrange(5):
                case 0:
                    request[at] = chance.randrange(256)
                case 1:
                    del request[at : at + chance.randint(1, 10)]
                case 2:
                    request[at:at] = request[at : at + chance.randint(1, 200)]
                case 3:
                    request[at:at] = chance.choice(
                        [b"%", b"%00", b"%zz", b"\x00", b"\xff\xfe", b"\r\n", b"&&=;"]
                    )
                case _:
                    request[at:at] = b"9" * chance.randint(1, 40)
        if chance.random() < 0.2:
            del request[chance.randrange(len(request)) :]
        # who sends too little waits for the server's patience, not for ours
        yield bytes(request) or b"\r\n"


def pages() -> Iterator[bytes]:
    """Ask for pages that are made in the server's own process, each a little differently."""
    paths = [
        "/doc/territory/departement/62",
        "/doc/edition/territoria-2019",
        "/search?q=num",
        "/ontology",
        "/",
    ]
    for number, path in enumerate(itertools.cycle(paths)):
        end = "&" if "?" in path else "?"
        headers = "Host: x\r\nAccept: text/html\r\nConnection: close"
        yield f"GET {path}{end}n={number} HTTP/1.1\r\n{headers}\r\n\r\n".encode()


CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HALF = b"GET /sparql HTTP/1.1\r\nHost:"
FLOOD = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
_STEPS = " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(40))
DOUBLING = f"SELECT ?v40 {{ BIND('ab' AS ?v0) {_STEPS} }}"

ATTACKS = [
    Attack("cross products", queries(CROSS)),
    Attack("cross products, a hundred addresses", queries(CROSS), 100, tuple(MANY_ADDRESSES)),
    Attack(
        "deep property paths",
        queries(
            "SELECT (COUNT(*) AS ?n) { ?a (<x:>|!<x:>)* ?b }",
            "SELECT * { ?a (^!<x:>/!<x:>)+ ?b } LIMIT 100000",
            f"SELECT * {{ ?a {'/'.join(['(!<x:>)?'] * 60)} ?b }}",
        ),
    ),
    Attack("huge ORDER BY", queries("SELECT * { ?a ?b ?c . ?a ?d ?e } ORDER BY ?e", f"{FLOOD} ORDER BY ?c")),
    Attack(
        "huge GROUP_CONCAT",
        queries("SELECT (GROUP_CONCAT(?c; SEPARATOR='-----') AS ?all) { ?a ?b ?c . ?a ?d ?e }", DOUBLING),
    ),
    Attack(
        "regex bombs",
        queries(
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(STR(?c), '(a+)+(b+)+$')) }",
            "SELECT * { ?a ?b ?c FILTER(REGEX(STR(?c), '((((.{1,200}){1,50}){1,50}){1,50})x')) }",
            "SELECT (REPLACE(REPLACE(STR(?c), '', '0123456'), '', '0123456') AS ?r) { ?a ?b ?c . ?d ?e ?f }",
        ),
    ),
    Attack("queries of 10 MB", posts("ASK { " + "?s ?p ?o . " * 900_000 + "}"), 8),
    Attack("10,000 UNIONs", posts("SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 10_000) + " }"), 8),
    Attack("deep nesting", posts("SELECT * { " + "{ " * 20_000 + "}" * 20_000 + " }"), 8),
    Attack("slow readers", queries(FLOOD), 100, reads=False),
    Attack("half-open connections", lambda: itertools.repeat(HALF), 1_000, reads=False),
    Attack("slow writers", queries(CROSS), 200, pause=0.5),
    Attack("clients that hang up", queries(CROSS, FLOOD), 50, hangs_up_after=0.05),
    Attack("malformed and mutated requests", mutated, 16),
    Attack("floods of pages", pages, 100),
    Attack("SERVICE, however written", queries(
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SeRvIcE SILENT ?x { ?s ?p ?o } }",
        "PREFIX s: <http://127.0.0.1:9/> SELECT * { SERVICE s: { } }",
    )),
]  # fmt: skip


def run(name: str, port: int, seconds: float) -> Counter[str]:
    """Run the attack of a name; give the number of its answers by status."""
    return next(attack for attack in ATTACKS if attack.name == name).run(port, seconds)
