"""A client of the whole site, workers and all, without a network between: requests are handed to it as a
server would. For what the server itself does, see ``test_server.py``.
"""

import asyncio
import threading
from collections.abc import Iterable, MutableMapping, Sequence
from typing import Any

from werkzeug.test import Client

from innograph.store.snapshots import Home
from innograph.web.options import Options
from innograph.web.site import Site
from innograph.workers.limits import Limits


class BrokenOff(Exception):
    """The answer ended without its last piece: a server closes the connection then."""


class SiteClient(Client):
    """Ask a site that runs in a thread of its own. To be closed."""

    def __init__(self, home: Home, limits: Limits | None = None, **options: Any) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)
        self._thread.start()
        self.site = Site(home, limits or Limits(workers=2), Options(**options))
        try:
            self.run(self.site.start())
        except BaseException:
            self._end()
            raise
        super().__init__(_Server(self))

    def run(self, coroutine: Any) -> Any:
        """Run a coroutine in the loop of the site, to its end."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(60)

    def send(
        self,
        method: str,
        path: str,
        query_string: bytes = b"",
        headers: Sequence[tuple[bytes, bytes]] = (),
        body: bytes = b"",
        address: str = "127.0.0.1",
    ) -> tuple[int, list[tuple[bytes, bytes]], list[bytes]]:
        """Hand over a request as a server would, whatever is in it: its status, headers and pieces of body.

        :raises BrokenOff: it does.
        """
        told = [name for name, _ in headers]
        if body and not {b"content-length", b"transfer-encoding"}.intersection(told):
            headers = [*headers, (b"content-length", b"%d" % len(body))]
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query_string,
            "headers": list(headers),
            "client": (address, 1),
            "server": ("localhost", 80),
            "scheme": "http",
            "http_version": "1.1",
        }
        answered: tuple[int, list[tuple[bytes, bytes]], list[bytes]] = self.run(self._ask(scope, body))
        return answered

    async def _ask(
        self, scope: dict[str, Any], body: bytes
    ) -> tuple[int, list[tuple[bytes, bytes]], list[bytes]]:
        sent: list[MutableMapping[str, Any]] = []
        incoming = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> MutableMapping[str, Any]:
            if incoming:
                return incoming.pop()
            await asyncio.Event().wait()
            raise AssertionError

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        await self.site(scope, receive, send)
        if not sent or sent[-1].get("more_body", sent[-1]["type"] != "http.response.body"):
            raise BrokenOff(sent[0]["status"] if sent else None)
        start, *rest = sent
        return start["status"], start["headers"], [message.get("body", b"") for message in rest]

    def close(self) -> None:
        """Stop the site."""
        self.run(self.site.stop())
        self._end()

    def _end(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


class _Server:
    """What is between a client that speaks WSGI and the site."""

    def __init__(self, client: SiteClient) -> None:
        self._client = client

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH")
        source = environ["wsgi.input"]
        body: bytes = (
            source.read(int(length))
            if length
            else source.read()
            if environ.get("wsgi.input_terminated")
            else b""
        )
        headers = [
            (name.removeprefix("HTTP_").replace("_", "-").lower().encode(), value.encode("latin-1"))
            for name, value in environ.items()
            if name.startswith("HTTP_") or (name in ("CONTENT_TYPE", "CONTENT_LENGTH") and value)
        ]
        status, answered, pieces = self._client.send(
            environ["REQUEST_METHOD"],
            environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"),
            environ["QUERY_STRING"].encode("latin-1"),
            headers,
            body,
            environ.get("REMOTE_ADDR", "127.0.0.1"),
        )
        start_response(f"{status} X", [(name.decode(), value.decode("latin-1")) for name, value in answered])
        return pieces
