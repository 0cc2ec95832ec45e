"""One question on its way through a pool of workers: its turn, its worker, and what becomes of both."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from innograph.errors import QueryStopped
from innograph.workers.limits import Limits
from innograph.workers.messages import Heading
from innograph.workers.reply import Reply, WorkerFault
from innograph.workers.standing import Standing
from innograph.workers.turns import Turns
from innograph.workers.worker import Worker


@dataclass(slots=True)
class Figures:
    """What happened in a pool, for those who watch over it."""

    started: int = 0
    lost: int = 0
    stopped: int = 0
    """Queries whose worker was killed: too slow, or their client had gone."""


class Source(Protocol):
    """What a question needs of a pool."""

    limits: Limits
    figures: Figures
    turns: Turns
    long: Turns
    standing: Standing

    async def worker(self, client: str, by: float) -> Worker:
        """Give a worker that is ready, to be given back with :meth:`keep` or :meth:`replace`."""

    def keep(self, worker: Worker) -> None:
        """Take back a worker that can be asked again."""

    def renew(self, worker: Worker) -> None:
        """Take back a worker that gave way."""

    def replace(self, worker: Worker) -> None:
        """End a worker; another one takes its place."""

    def done(self) -> None:
        """Note that a question is no more under way."""


class Run:
    """One question on its way through the pool: what it holds, and how that is given back."""

    def __init__(self, pool: Source, question: bytes, client: str, by: float, now: float) -> None:
        self._pool = pool
        self._question = question
        self._client = client
        self._by = by
        self._start_by = now + (by - now) / 2  # who starts later has no fair chance to finish
        self._arrived = now
        self._worker: Worker | None = None
        self._reply: Reply | None = None
        self._began = now
        self._timer: asyncio.TimerHandle | None = None
        self._has_turn = self._has_place = self._ended = False
        self.waited = 0.0

    async def begin(self) -> Reply:
        """Ask; give the reply when it is whole or has begun.

        :raises InnographError: there is none; says why.
        """
        await self._take_turn()
        reply = await self._ask()
        quick = self._began + self._pool.limits.quick(self._pool.turns.clients)
        if await reply.begins(min(self._by, quick)) and reply.body is not None:
            self._pool.standing.was_quick(self._client)
            return reply
        self._pool.standing.was_slow(self._client)
        if self._pool.long.take_now(self._client):
            self._has_place = True
        else:
            self._stop()
            self._give_turn_back()
            try:
                await self._pool.long.take(self._client, self._start_by)
            finally:
                self._pool.turns.go_round()  # it waits there no more
            self._has_place = True
            await self._take_turn()
            reply = await self._ask()
        assert self._worker
        self._worker.give_way()
        if not await reply.begins(self._by):
            raise QueryStopped("the query took too long", "time")
        if not reply.finished:  # whoever reads slowly keeps no worker that has finished, or is out of time
            reply.when_finished = self.end
            self._timer = asyncio.get_running_loop().call_at(self._by, self._expire)
        return reply

    async def pieces(self) -> AsyncIterator[bytes]:
        """Give an answer piece by piece.

        :raises InnographError: it breaks off; says why.
        """
        reply = self._reply
        assert reply
        while piece := await reply.piece():
            if self._worker:
                self._worker.go_on()
            yield piece

    def end(self) -> None:
        """Give everything back, now; a worker that has not finished is stopped."""
        if self._ended:
            return
        self._ended = True
        if self._timer:
            self._timer.cancel()
        worker, reply = self._worker, self._reply
        finished = reply and reply.finished and not isinstance(reply.error, WorkerFault)
        if worker and reply and finished and not reply.spent:
            (self._pool.renew if self._has_place else self._pool.keep)(worker)
        elif worker:
            self._stop()
        self._give_turn_back()
        if self._has_place:
            self._pool.long.give_back(self._client)
        self._pool.done()

    def abandon(self) -> None:
        """Give everything back after nobody waits for the answer any more.

        A short query may finish first: to stop and to replace a worker for each client that hangs up would
        cost more than to answer it.
        """
        quick_end = self._began + self._pool.limits.quick_seconds
        reply = self._reply
        loop = asyncio.get_running_loop()
        if self._worker and reply and not reply.finished and not self._has_place and loop.time() < quick_end:
            loop.call_at(quick_end, self._end_abandoned)
        else:
            self.end()

    def _end_abandoned(self) -> None:
        if self._reply and not self._reply.finished:
            self._pool.standing.was_slow(self._client)
        self.end()

    def _expire(self) -> None:
        assert self._reply
        self._reply.fail(QueryStopped("the answer took too long", "time"))

    async def _take_turn(self) -> None:
        await self._pool.turns.take(self._client, self._start_by)
        self._has_turn = True

    def _give_turn_back(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._pool.turns.give_back(self._client)

    async def _ask(self) -> Reply:
        self._worker = await self._pool.worker(self._client, self._start_by)
        self._began = asyncio.get_running_loop().time()
        self.waited = self._began - self._arrived
        self._reply = self._worker.ask(self._question)
        return self._reply

    def _stop(self) -> None:
        worker, self._worker = self._worker, None
        if worker:
            if self._reply and not self._reply.finished:
                self._pool.figures.stopped += 1
            self._pool.replace(worker)


class Answer:
    """The answer to a question: whole, or to be read in pieces. To be closed by whoever asked."""

    def __init__(self, run: Run, heading: Heading, body: bytes | None) -> None:
        self.heading = heading
        self.body = body
        self.waited = run.waited
        """Seconds until a worker began."""
        self._run = run

    def pieces(self) -> AsyncIterator[bytes]:
        """Give an answer that is not whole piece by piece.

        :raises InnographError: it breaks off; says why.
        """
        return self._run.pieces()

    def close(self) -> None:
        """Stop the worker if it has not finished, and free its place."""
        self._run.end()
