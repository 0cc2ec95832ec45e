"""A publisher on this machine: a real HTTP server in a thread, whose answers a test decides.

It keeps what it was asked, and behaves badly where told to: slowly, in halves, with errors.
"""

import gzip
import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Request:
    """What the publisher was asked: the path, the query, the headers, and the form."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    form: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Reply:
    """What the publisher answers, and how badly."""

    content: bytes = b""
    media: str = "application/json"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    sent: int | None = None
    """Bytes that are sent before the connection is cut; all of them if None."""
    stall: threading.Event | None = None
    """Waited for before anything is sent."""
    compressed: bool = False
    chunked: bool = False
    tagged: bool = True
    """Give an ``ETag`` and heed ``If-None-Match``."""


Answering = Reply | Callable[[Request], Reply]


@dataclass
class Publisher:
    """The server's address, what it answers by path, and what it was asked so far."""

    address: str
    replies: dict[str, Answering] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    def paths(self) -> list[str]:
        """Give the paths that were asked for, in order."""
        return [request.path for request in self.asked]


@contextmanager
def publishing() -> Iterator[Publisher]:
    """Run a publisher until the test is done."""
    server = _Server(("127.0.0.1", 0), _Handler)
    publisher = Publisher(f"http://127.0.0.1:{server.server_port}")
    server.publisher = publisher
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    publisher: Publisher

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up: some tests do."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self._answer(Request(parts.path, parse_qs(parts.query), dict(self.headers)))

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        parts = urlsplit(self.path)
        self._answer(Request(parts.path, parse_qs(parts.query), dict(self.headers), form))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test looks at what was asked."""

    def _answer(self, request: Request) -> None:
        assert isinstance(self.server, _Server)
        publisher = self.server.publisher
        publisher.asked.append(request)
        answering = publisher.replies.get(request.path, Reply(b"nothing here", "text/plain", 404))
        reply = answering if isinstance(answering, Reply) else answering(request)
        if reply.stall:
            reply.stall.wait(10)
        tag = f'"{hashlib.sha256(reply.content).hexdigest()}"'
        if reply.tagged and reply.status == 200 and request.headers.get("If-None-Match") == tag:
            reply = Reply(status=304)
        content = gzip.compress(reply.content) if reply.compressed else reply.content
        self.send_response(reply.status)
        if reply.media and reply.status != 304:
            self.send_header("Content-Type", reply.media)
        if reply.tagged and reply.status == 200:
            self.send_header("ETag", tag)
        if reply.compressed:
            self.send_header("Content-Encoding", "gzip")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.chunked:
            self.send_header("Transfer-Encoding", "chunked")
            content = b"%x\r\n%s\r\n0\r\n\r\n" % (len(content), content)
        elif reply.status != 304:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: reply.sent])
        if reply.sent is not None:
            self.close_connection = True
