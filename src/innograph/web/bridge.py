"""Running the pages, which are WSGI and need a thread, inside a server that speaks ASGI.

Unlike WSGI servers, this sees a client that hangs up, and an answer that breaks off ends like one.
"""

import asyncio
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Flask

from innograph.web.delivered import OUTCOME
from innograph.web.exchange import PIECE, Exchange, Header
from innograph.web.negotiation import coding
from innograph.web.traffic import Traffic
from innograph.workers.outlet import SHORTEST_CODED, coder
from innograph.workers.turns import Turns

LONGEST_WHOLE = 1_000_000
"""Bytes that are gathered before they are sent; a longer body (a file) is sent as it is read."""

SECONDS_TO_WAIT = 10.0
_CODED_TYPES = (
    b"text/",
    b"application/atom+xml",
    b"application/json",
    b"application/ld+json",
    b"application/n-triples",
    b"application/rdf+xml",
    b"application/sparql-results+",
    b"application/xml",
)
"""How the media types begin of what gets shorter by compressing; images and archives do not."""


@dataclass(slots=True)
class _Response:
    status: int
    headers: list[Header]
    body: bytes
    rest: Iterator[bytes] | None
    """What follows the body, if that is not all."""
    result: Iterable[bytes]


class Bridge:
    """Run a Flask application in some threads, with fair turns for its clients."""

    def __init__(self, app: Flask, threads: int, traffic: Traffic) -> None:
        self.turns = Turns(threads, max(1, threads - 2), waiting=400, waiting_per_client=100)
        self._app = app
        self._traffic = traffic
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")

    async def answer(self, exchange: Exchange, address: str, client: str) -> None:
        """Answer a request.

        :param address: of the client, and ``client`` the name it is counted under.
        :raises Busy: too many wait.
        :raises Gone: the client has gone.
        """
        body = await exchange.body()
        loop = asyncio.get_running_loop()
        with exchange.watched():
            await self.turns.take(client, loop.time() + SECONDS_TO_WAIT)
        # from here on a thread is at work, which nothing can stop
        try:
            response = await loop.run_in_executor(self._threads, self._run, exchange, body, address)
        finally:
            self.turns.give_back(client)
        try:
            with self._traffic.carrying(len(response.body)):
                await self._send(exchange, response)
        finally:
            if close := getattr(response.result, "close", None):
                await loop.run_in_executor(self._threads, close)

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown(wait=False)

    async def _send(self, exchange: Exchange, response: _Response) -> None:
        await exchange.start(response.status, response.headers)
        if exchange.method != "HEAD":
            for start in range(0, len(response.body), PIECE):
                await exchange.write(response.body[start : start + PIECE])
            loop = asyncio.get_running_loop()
            while response.rest and (
                piece := await loop.run_in_executor(self._threads, _some, response.rest)
            ):
                await exchange.write(piece)
        await exchange.finish()

    def _run(self, exchange: Exchange, body: bytes, address: str) -> _Response:
        begun: dict[str, Any] = {}

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: object = None, /
        ) -> Callable[[bytes], object]:
            begun["status"] = int(status[:3])
            begun["headers"] = [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers]
            return lambda data: None  # an old way to write, which Flask does not use

        result = self._app.wsgi_app(environ(exchange, body, address), start_response)
        pieces = iter(result)
        gathered = bytearray()
        rest: Iterator[bytes] | None = pieces
        while len(gathered) <= LONGEST_WHOLE:
            piece = next(pieces, None)
            if piece is None:
                rest = None
                break
            gathered += piece
        headers, whole = begun["headers"], bytes(gathered)
        if rest is None:
            headers, whole = _coded(exchange, headers, whole)
        return _Response(begun["status"], headers, whole, rest, result)


def environ(exchange: Exchange, body: bytes, address: str) -> dict[str, Any]:
    """Describe a request as WSGI has it (PEP 3333)."""
    scope = exchange.scope
    host, port = scope.get("server") or ("localhost", 80)
    described = {
        "REQUEST_METHOD": exchange.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": exchange.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": _quoted(exchange.query_string),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "REMOTE_ADDR": address,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        OUTCOME: exchange.outcome,
    }
    for name, value in exchange.headers():
        key = name.decode("latin-1").upper().replace("-", "_")
        if key == "CONTENT_TYPE":
            described[key] = value.decode("latin-1")
        elif key != "CONTENT_LENGTH":
            described[f"HTTP_{key}"] = value.decode("latin-1")
    return described


_NOT_IN_ADDRESSES = re.compile(rb"[^!-~]")


def _quoted(query_string: bytes) -> str:
    r"""Quote what a query string must not have: Flask refuses bytes that are no UTF-8 by falling over.

    >>> _quoted(b"q=caf\xe9&lang=fr\r\n")
    'q=caf%E9&lang=fr%0D%0A'
    """
    return _NOT_IN_ADDRESSES.sub(lambda found: b"%%%02X" % found[0][0], query_string).decode("ascii")


def _some(pieces: Iterator[bytes]) -> bytes:
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        if len(gathered) >= PIECE:
            break
    return bytes(gathered)


def _coded(exchange: Exchange, headers: list[Header], body: bytes) -> tuple[list[Header], bytes]:
    """Compress a page, if the client takes that and it pays."""
    names = dict(headers)
    if (
        len(body) < SHORTEST_CODED
        or b"accept-ranges" in names
        or b"content-encoding" in names
        or not names.get(b"content-type", b"").startswith(_CODED_TYPES)
    ):
        return headers, body
    chosen = coding(exchange.header(b"accept-encoding"))
    compressor = coder(chosen)
    if not chosen or not compressor:
        return headers, body
    body = compressor.compress(body) + compressor.flush()
    kept = [(name, value) for name, value in headers if name != b"content-length"]
    return [*kept, (b"content-encoding", chosen.encode()), (b"content-length", b"%d" % len(body))], body
