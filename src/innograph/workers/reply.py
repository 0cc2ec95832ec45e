"""The answer of a worker to one question, as its parent takes it in."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, cast, get_args

from innograph.errors import (
    Fault,
    FormatError,
    InnographError,
    Limit,
    NeedsNetwork,
    QueryError,
    QueryStopped,
    StoreError,
)
from innograph.workers import messages
from innograph.workers.messages import Heading


class WorkerFault(InnographError):
    """Report that a worker failed in a way that is our fault and not the query's."""


class Reply:
    """The answer of a worker to one question, as it comes in: to be waited for with :meth:`begins`."""

    def __init__(self) -> None:
        self.heading: Heading | None = None
        self.body: bytes | None = None
        self.finished = False
        self.spent = False
        self.reasons: list[tuple[str, str]] = []
        self.error: Exception | None = None
        self._pieces: deque[bytes] = deque()
        self.ahead = 0
        """Bytes that have come and were not taken."""
        self.when_finished: Callable[[], object] = lambda: None
        """Called when the worker has said all, or will say no more."""
        self._waiter: asyncio.Future[None] | None = None

    async def begins(self, by: float) -> bool:
        """Wait until the answer is there, or its beginning; at most until ``by``, a time of the loop.

        :raises InnographError: there is no answer; says why.
        """
        while self.heading is None and not self.finished:
            if not await self._news(by):
                return False
        if self.error:
            raise self.error
        return True

    async def piece(self) -> bytes | None:
        """Give the next bytes of an answer that comes in pieces; None at its end.

        :raises InnographError: the answer breaks off; says why.
        """
        while not self._pieces:
            if self.error:
                raise self.error
            if self.finished:
                return None
            await self._news()
        piece = self._pieces.popleft()
        self.ahead -= len(piece)
        return piece

    def take(self, kind: int, content: bytes) -> None:
        """Take a frame of the worker."""
        if kind == messages.WHOLE:
            self.heading, self.body = messages.opened(content)
            self.spent, self.finished = self.heading.spent, True
        elif kind == messages.BEGIN:
            self.heading, _ = messages.opened(content)
        elif kind == messages.PIECE:
            self._pieces.append(content)
            self.ahead += len(content)
        elif kind == messages.WEIGHED:
            self.reasons = [(kind, detail) for kind, detail in messages.values(content)["reasons"]]
            self.finished = True
        elif kind == messages.END:
            self.spent, self.finished = messages.values(content)["spent"], True
        else:
            self.fail(_error(messages.values(content)))
            return
        if self.finished:
            self.when_finished()
        self._wake()

    def fail(self, error: Exception) -> None:
        """Say that no more will come."""
        if not self.finished:
            self.error, self.finished = error, True
            self.when_finished()
        self._wake()

    async def _news(self, by: float | None = None) -> bool:
        """Wait for anything to happen; tell whether it did by that time."""
        loop = asyncio.get_running_loop()
        self._waiter = loop.create_future()
        timer = loop.call_at(by, self._wake) if by is not None else None
        try:
            await self._waiter
        finally:
            if timer:
                timer.cancel()
            self._waiter = None
        return by is None or loop.time() < by or self.finished

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)


def _error(values: dict[str, Any]) -> InnographError:
    why, message = values["why"], values["message"]
    if why == "query":
        return QueryError(message, line=values["line"], french=values["french"])
    if why == "network":
        return NeedsNetwork(message)
    if why == "format":
        return FormatError(values["form"])
    if why == "fault":
        return WorkerFault(message)
    if why in get_args(Fault):
        return StoreError(message, cast(Fault, why))
    return QueryStopped(message, cast(Limit, why))
