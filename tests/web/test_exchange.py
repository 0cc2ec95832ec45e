"""What is between the server and the site: bodies that there are, and bodies that there are not."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from innograph.web.exchange import Exchange
from innograph.web.traffic import Traffic


def exchange(
    receive: Callable[[], Awaitable[MutableMapping[str, Any]]], *headers: tuple[bytes, bytes]
) -> Exchange:
    async def send(message: MutableMapping[str, Any]) -> None:
        raise AssertionError(message)

    scope = {"method": "GET", "path": "/", "query_string": b"", "headers": list(headers)}
    return Exchange(scope, receive, send, Traffic())


def test_a_body_that_is_not_announced_is_not_waited_for() -> None:
    async def never() -> MutableMapping[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def scene() -> bytes:
        async with asyncio.timeout(1):
            return await exchange(never).body()

    assert asyncio.run(scene()) == b""


def test_a_body_that_is_announced_is_read_whole_and_once() -> None:
    pieces = [b"ab", b"c"]

    async def receive() -> MutableMapping[str, Any]:
        piece = pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def scene() -> tuple[bytes, bytes]:
        asked = exchange(receive, (b"content-length", b"3"))
        return await asked.body(), await asked.body()

    assert asyncio.run(scene()) == (b"abc", b"abc")
