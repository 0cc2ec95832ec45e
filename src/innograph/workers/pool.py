"""The workers of one snapshot: a number of them are always ready, and whoever is lost is replaced.

A query gets a worker to itself. Short queries are done before anybody notices. One that goes on for longer
than :attr:`Limits.quick_seconds`, or whose answer is long, needs a place for long queries, of which there are
half as many as workers: so many long queries, from however many addresses, leave workers for short ones. A
long query gives way to everything else on the machine. Without such a place it is stopped and waits for one.
"""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from innograph.errors import Busy, InnographError, QueryStopped, SnapshotError
from innograph.store.engine import Question
from innograph.workers.limits import Limits
from innograph.workers.messages import Delivery, Heading, ask
from innograph.workers.process import Settings
from innograph.workers.turns import Turns
from innograph.workers.worker import Reply, Worker, WorkerFault

SECONDS_BETWEEN_STARTS = 1.0
"""How long to wait before another worker is started, after one did not start."""

SECONDS_TO_WEIGH = 0.5
"""How long a worker may take to say why a query was heavy."""

_log = logging.getLogger(__name__)


class Answer:
    """The answer to a question: whole, or to be read in pieces. To be closed by whoever asked."""

    def __init__(self, run: "_Run", heading: Heading, body: bytes | None) -> None:
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


@dataclass(slots=True)
class Figures:
    """What happened in a pool, for those who watch over it."""

    started: int = 0
    lost: int = 0
    stopped: int = 0
    """Queries whose worker was killed: too slow, or their client had gone."""


class Pool:
    """Ask the workers of one database."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self.limits = limits
        self.figures = Figures()
        self._settings = Settings(str(store), limits)
        self._ready: deque[Worker] = deque()
        self._alive: set[Worker] = set()
        self._processes: set[asyncio.Future[None]] = set()  # done when one has ended, alive or not
        self._wanted: deque[asyncio.Future[None]] = deque()  # who waits for a worker to be ready
        self._nurse: asyncio.Task[None] | None = None
        self._under_way = 0
        self._closing = False
        self._empty = asyncio.Event()
        self.long = Turns(
            limits.places_for_long,
            limits.places_for_long,
            waiting=limits.waiting,
            waiting_per_client=limits.waiting_per_client,
        )
        self.turns = Turns(
            limits.workers,
            limits.places_per_client,
            waiting=limits.waiting,
            waiting_per_client=limits.waiting_per_client,
            also_held=self.long.waiting_of,
        )

    @property
    def walled(self) -> bool:
        """Tell whether no worker reaches a network."""
        return all(worker.walled for worker in self._alive)

    @property
    def alive(self) -> int:
        """Count the workers."""
        return len(self._alive)

    async def start(self) -> None:
        """Start the workers; come back when all are ready.

        :raises SnapshotError: one does not start.
        """
        try:
            while len(self._alive) < self._size:
                await self._start_one()
        except BaseException:
            await self._kill_all()
            raise

    async def answer(
        self, question: Question, delivery: Delivery, client: str, *, by: float | None = None
    ) -> Answer:
        """Answer a question.

        :param client: whoever asks; the turns of each are counted.
        :param by: when the answer must be finished, a time of the loop; the longest time allowed by default.
        :raises QueryError: it is refused.
        :raises QueryStopped: it went over a limit.
        :raises Busy: no worker had time for it.
        """
        loop = asyncio.get_running_loop()
        now = loop.time()
        run = _Run(self, ask(question, delivery), client, by or now + self.limits.seconds, now)
        self._under_way += 1
        try:
            reply = await run.begin()
        except QueryStopped as error:
            run.abandon()
            error.reasons = await self._weigh(question.text)
            raise
        except BaseException:
            run.abandon()
            raise
        assert reply.heading
        if reply.body is not None:
            run.end()
        return Answer(run, reply.heading, reply.body)

    async def close(self) -> None:
        """Finish what is under way, then end the workers."""
        self._closing = True
        while self._under_way:
            self._empty.clear()
            await self._empty.wait()
        await self._kill_all()

    async def _weigh(self, text: str) -> list[tuple[str, str]]:
        """Find out what makes a query heavy, if a worker has nothing else to do."""
        if not self._ready:
            return []
        worker = self._ready.pop()
        loop = asyncio.get_running_loop()
        reply = worker.weigh(text)
        try:
            await reply.begins(loop.time() + SECONDS_TO_WEIGH)
        except InnographError:
            return []
        finally:
            if reply.finished and not reply.error:
                self.keep(worker)
            else:
                self.replace(worker)
        return reply.reasons

    # what a run asks for

    async def worker(self, by: float) -> Worker:
        """Give a worker that is ready, to be given back with :meth:`keep` or :meth:`replace`.

        :raises Busy: none is in time.
        """
        loop = asyncio.get_running_loop()
        while not self._ready:
            waiter = loop.create_future()
            self._wanted.append(waiter)
            timer = loop.call_at(by, _wake, waiter)
            try:
                await waiter
            finally:
                timer.cancel()
                with contextlib.suppress(ValueError):
                    self._wanted.remove(waiter)
            if not self._ready and loop.time() >= by:
                raise Busy("no query worker became ready in time")
        return self._ready.pop()  # the one that was asked last: what it needs is still at hand

    def keep(self, worker: Worker) -> None:
        """Take back a worker that can be asked again."""
        if worker.gone:
            return
        self._ready.append(worker)
        if self._wanted:
            _wake(self._wanted.popleft())

    def replace(self, worker: Worker) -> None:
        """End a worker; another one takes its place."""
        worker.kill()
        self._alive.discard(worker)
        self._tend()

    def done(self) -> None:
        """Note that a question is no more under way."""
        self._under_way -= 1
        if not self._under_way:
            self._empty.set()

    # the workers

    @property
    def _size(self) -> int:
        return self.limits.workers + 1  # one more is ready to replace the next that is stopped

    async def _start_one(self) -> None:
        worker = await Worker.start(self._settings, self._lose)
        self._processes.add(worker.buried)
        worker.buried.add_done_callback(self._processes.discard)
        self.figures.started += 1
        self._alive.add(worker)
        self.keep(worker)

    def _lose(self, worker: Worker) -> None:
        """Note that a worker has ended."""
        if worker in self._alive:
            self.figures.lost += 1
            self._alive.discard(worker)
            with contextlib.suppress(ValueError):
                self._ready.remove(worker)
            self._tend()

    def _tend(self) -> None:
        """See to it that there are as many workers as there should be."""
        if self._nurse is None or self._nurse.done():
            self._nurse = asyncio.get_running_loop().create_task(self._replace_lost())

    async def _replace_lost(self) -> None:
        while len(self._alive) < self._size and (self._under_way or not self._closing):
            try:
                await self._start_one()
            except (SnapshotError, OSError) as error:
                _log.error("%s", error)
                await asyncio.sleep(SECONDS_BETWEEN_STARTS)

    async def _kill_all(self) -> None:
        if self._nurse:
            await self._nurse  # in the midst of a start it cannot be stopped
        for worker in self._alive:
            worker.kill()
        self._alive.clear()
        self._ready.clear()
        await asyncio.gather(*self._processes)


class _Run:
    """One question on its way through the pool: what it holds, and how that is given back."""

    def __init__(self, pool: Pool, question: bytes, client: str, by: float, now: float) -> None:
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
        quick = self._pool.limits.quick_seconds
        if await reply.begins(min(self._by, self._began + quick)) and reply.body is not None:
            return reply
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
        if worker and reply and finished and not reply.spent and not self._has_place:
            self._pool.keep(worker)
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
            loop.call_at(quick_end, self.end)
        else:
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
        self._worker = await self._pool.worker(self._start_by)
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


def _wake(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
