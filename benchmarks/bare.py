"""The least that Python can do on the HTTP server that we use, as a measure of what is possible.

    python benchmarks/bare.py PORT          a Flask route that gives a line of text
    python benchmarks/bare.py STORE PORT    pyoxigraph asked in the server itself

The second has no limit of any kind and nothing of the protocol but ``?query=`` and JSON: a query that goes on
for an hour blocks it for an hour. What it answers is what any endpoint in Python could at best.
"""

import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import MPServer
from pyoxigraph import QueryResultsFormat, QuerySolutions, Store

Message = MutableMapping[str, Any]


def flask() -> Flask:
    """Make the application with one route."""
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "a small answer of some sixty bytes, as a lookup has it\n")
    return app


def lookups() -> Callable[..., Awaitable[None]]:
    """Make the ASGI application that asks the database of the command line."""
    store = Store.read_only(sys.argv[1])

    async def app(
        scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        if scope["type"] == "lifespan":
            for step in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{step}.complete"})
            return
        asked = parse_qs(scope["query_string"].decode()).get("query")
        body = b""
        if asked:
            answer = store.query(asked[0])
            assert isinstance(answer, QuerySolutions)
            body = answer.serialize(format=QueryResultsFormat.JSON) or b""
        headers = [
            (b"content-type", b"application/sparql-results+json"),
            (b"content-length", b"%d" % len(body)),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


if __name__ == "__main__":
    *store, port = sys.argv[1:]
    server = MPServer(
        "bare",
        port=int(port),
        interface=Interfaces.ASGI if store else Interfaces.WSGI,
        blocking_threads=None if store else 4,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=lookups if store else flask, wrap_loader=False)
