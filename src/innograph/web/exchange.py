"""One HTTP request and its response, over ASGI: bounded in size and in time, in both directions."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from typing import Any

from werkzeug.exceptions import (
    BadRequest,
    RequestEntityTooLarge,
    RequestHeaderFieldsTooLarge,
    RequestTimeout,
    UnsupportedMediaType,
)

from innograph.web.traffic import SMALL, Traffic

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Header = tuple[bytes, bytes]

LONGEST_HEADERS = 65_536
"""Bytes of the headers of a request; longer ones are answered with 431."""

LONGEST_LIST = 4_000
"""Bytes of one of the headers :data:`_LISTS`; a longer one is answered with 431. To weigh a list of 64 KB
takes a tenth of a second, in which nobody else is answered."""

LONGEST_BODY = 1_000_000
"""Bytes of the body of a request; a longer one is answered with 413."""

MOST_THROWN_AWAY = 16_000_000
"""Bytes of a body too long that are still taken, and thrown away."""

SECONDS_FOR_BODY = 10.0
"""How long the body of a request may take to arrive; then 408."""

SECONDS_PER_PIECE = 10.0
"""How long a client may take to accept a piece of an answer; then the connection is closed."""

PIECE = 64_000
"""Bytes of an answer that are handed over at once."""

_LISTS = (b"accept", b"accept-encoding", b"accept-language", b"content-type", b"if-none-match")

_SECONDS_SILENT = 0.5
"""After this time without a byte a client that was refused has stopped sending."""

_SECONDS_UNWATCHED = 0.02
"""An answer that is there by then needs nobody to watch whether the client is: few are given later."""


class Gone(Exception):
    """The client has gone, or accepts nothing: there is nobody to answer."""


class Exchange:
    """A request, and what has been sent in response to it."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, traffic: Traffic) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query_string: bytes = scope["query_string"]
        self.scope = scope
        self.status = 0
        """Of the response, once it has begun."""
        self.sent = 0
        """Bytes of the body of the response."""
        self.outcome: object = None
        """What whoever answers the rest of this request is to know."""
        self._receive = receive
        self._send = send
        self._traffic = traffic
        self._counted = 0
        self._body = b""
        self._gone = False
        self._watcher: asyncio.Task[None] | None = None
        self._headers: dict[bytes, bytes] = {}
        self.length_of_headers = 0
        for name, value in scope["headers"]:
            self.length_of_headers += len(name) + len(value)
            self._headers[name] = self._headers[name] + b", " + value if name in self._headers else value
        # Who announces no body sends none (RFC 9112, 6.3), and is not to be waited for: whoever watches
        # the client may have taken the empty message that the server gives in its place.
        self._body_is_read = self._headers.keys().isdisjoint((b"content-length", b"transfer-encoding"))

    def header(self, name: bytes) -> str | None:
        """Give a header of the request by its name in small letters, or nothing."""
        value = self._headers.get(name)
        return None if value is None else value.decode("latin-1")

    def headers(self) -> Iterable[Header]:
        """Give the headers of the request."""
        return self._headers.items()

    def check_headers(self) -> None:
        """Look at the length of the headers, before anybody reads them.

        :raises RequestHeaderFieldsTooLarge: they are too long, or one is that lists what the client takes.
        """
        if self.length_of_headers > LONGEST_HEADERS:
            raise RequestHeaderFieldsTooLarge(f"the headers have more than {LONGEST_HEADERS} bytes")
        if self.length_of_headers > LONGEST_LIST:  # few requests need a closer look
            for name in _LISTS:
                if len(self._headers.get(name, b"")) > LONGEST_LIST:
                    raise RequestHeaderFieldsTooLarge(
                        f"the header {name.decode().title()} has more than {LONGEST_LIST} bytes"
                    )

    async def body(self) -> bytes:
        """Read the body of the request; it can be had more than once.

        :raises RequestEntityTooLarge: it is longer than :data:`LONGEST_BODY`.
        :raises RequestTimeout: it does not arrive.
        :raises Busy: too much of others is under way, and this body is long.
        :raises BadRequest: it breaks off: its chunks are none, or the client has gone; what is between says
            the same of both.
        :raises UnsupportedMediaType: it is compressed.
        """
        if self.header(b"content-encoding") not in (None, "identity"):
            raise UnsupportedMediaType("send the body of the request uncompressed")
        too_long = RequestEntityTooLarge(f"the body of the request has more than {LONGEST_BODY} bytes")
        if self._announced() > LONGEST_BODY:
            raise too_long
        if self._body_is_read:
            return self._body
        parts: list[bytes] = []
        length = 0
        try:
            async with asyncio.timeout(SECONDS_FOR_BODY):
                while not self._body_is_read:
                    message = await self._receive()
                    if message["type"] == "http.disconnect":
                        raise BadRequest("the body of the request breaks off")
                    self._body_is_read = not message.get("more_body", False)
                    parts.append(message.get("body", b""))
                    length += len(parts[-1])
                    if length > LONGEST_BODY:
                        raise too_long
                    if length > SMALL:
                        self._traffic.add(length - self._counted)
                        self._counted = length
        except TimeoutError:
            raise RequestTimeout(f"the body did not arrive within {SECONDS_FOR_BODY:g} s") from None
        self._body = b"".join(parts)
        return self._body

    async def refuse_body(self, status: int, headers: Iterable[Header], body: bytes) -> None:
        """Refuse a body too long, at once, and take what still comes of it: many clients listen only then.

        The last byte of the refusal is kept until then: after it, the server closes the connection.

        :raises Gone: the client does not accept the response.
        """
        await self.start(status, [*headers, (b"content-length", b"%d" % len(body))])
        await self.write(body[:-1])
        taken = 0
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_FOR_BODY):
                while taken < MOST_THROWN_AWAY and b"expect" not in self._headers:
                    message = await asyncio.wait_for(self._receive(), _SECONDS_SILENT)
                    if message["type"] == "http.disconnect" or not message.get("more_body", False):
                        break
                    taken += len(message.get("body", b""))
        await self.write(body[-1:])
        await self.finish()

    def forget(self) -> None:
        """Let go of what was read, at the end."""
        self._traffic.remove(self._counted)
        self._counted, self._body = 0, b""

    async def respond(self, status: int, headers: Iterable[Header], body: bytes = b"") -> None:
        """Send a whole response; of one to HEAD, the headers alone.

        :raises Gone: the client does not accept it.
        """
        length = (b"content-length", b"%d" % len(body))
        if self.method == "HEAD" or len(body) <= PIECE:
            await self._start(status, [*headers, length])
            self.sent = len(body) if self.method != "HEAD" else 0
            await self._send({"type": "http.response.body", "body": body if self.sent else b""})
            return
        await self.start(status, [*headers, length])
        for start in range(0, len(body), PIECE):
            await self.write(body[start : start + PIECE])
        await self.finish()

    async def respond_empty(self, status: int, headers: Iterable[Header]) -> None:
        """Send a response that has no body by its nature, or whose headers already tell the length of one."""
        await self._start(status, list(headers))
        await self._send({"type": "http.response.body", "body": b""})

    async def start(self, status: int, headers: Iterable[Header]) -> None:
        """Begin a response that comes in pieces."""
        await self._start(status, list(headers))

    async def write(self, piece: bytes) -> None:
        """Send a piece; come back when the client, or what is between, has taken it.

        :raises Gone: it does not take it.
        """
        try:
            async with asyncio.timeout(SECONDS_PER_PIECE):
                await self._send({"type": "http.response.body", "body": piece, "more_body": True})
        except (TimeoutError, OSError):
            raise Gone from None
        self.sent += len(piece)

    async def finish(self) -> None:
        """Say that this was the last piece."""
        await self._send({"type": "http.response.body", "body": b""})

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Stop what is done inside when the client hangs up. The body of the request must have been read.

        :raises Gone: it has.
        """
        task = asyncio.current_task()
        assert task
        timer = asyncio.get_running_loop().call_later(_SECONDS_UNWATCHED, self._watch, task)
        try:
            yield
        except asyncio.CancelledError:
            if not self._gone:
                raise
            task.uncancel()
            raise Gone from None
        finally:
            timer.cancel()
            if self._watcher:
                self._watcher.cancel()

    def _watch(self, task: "asyncio.Task[Any]") -> None:
        self._watcher = asyncio.get_running_loop().create_task(self._cancel_when_gone(task))

    async def _cancel_when_gone(self, task: "asyncio.Task[Any]") -> None:
        while (await self._receive())["type"] != "http.disconnect":
            self._body_is_read = True  # what comes first is the body, if it was not read
        self._gone = True
        task.cancel()

    async def _start(self, status: int, headers: list[Header]) -> None:
        self.status = status
        await self._send({"type": "http.response.start", "status": status, "headers": headers})

    def _announced(self) -> int:
        announced = self.header(b"content-length") or "0"
        return int(announced) if announced.isascii() and announced.isdigit() else 0
