"""What is hardly HTTP: refused or closed, and nobody else notices."""

import http.client
import random
import socket
import time
from contextlib import suppress
from urllib.parse import urlencode

import pytest

from .server_process import FLOODS, SMALL, Server

CHUNKED = (
    "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    "Transfer-Encoding: chunked\r\n\r\n"
)


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
