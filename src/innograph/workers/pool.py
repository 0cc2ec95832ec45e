"""The workers of one snapshot: a number of them are always ready, and whoever is lost is replaced.

A query gets a worker to itself. Short queries are done before anybody notices. One that goes on for longer
than :attr:`Limits.quick_seconds`, or whose answer is long, needs a place for long queries, of which there are
half as many as workers: so many long queries, from however many addresses, leave workers for short ones. A
long query gives way to everything else on the machine. Without such a place it is stopped and waits for one.
Those who ask short queries come first (:mod:`innograph.workers.standing`).
"""

import asyncio
import contextlib
import logging
from collections import deque
from dataclasses import replace
from pathlib import Path

from innograph.errors import Busy, InnographError, NeedsNetwork, QueryStopped, SnapshotError
from innograph.store.engine import Question, RemoteStore
from innograph.workers.limits import Limits
from innograph.workers.messages import Delivery, ask
from innograph.workers.process import Settings
from innograph.workers.run import Answer, Figures, Run
from innograph.workers.standing import QUICK, Standing
from innograph.workers.turns import Turns
from innograph.workers.worker import Worker

SECONDS_BETWEEN_STARTS = 1.0
"""How long to wait before another worker is started, after one did not start."""

_WORKERS_BEYOND = 2

SECONDS_TO_WEIGH = 0.5
"""How long a worker may take to say why a query was heavy."""

_log = logging.getLogger(__name__)


class Pool:
    """Ask the workers of one database."""

    def __init__(
        self,
        store: Path | RemoteStore,
        limits: Limits,
        endpoints: tuple[str, ...] = (),
        *,
        network: bool = False,
    ) -> None:
        """Prepare workers for the database ``store``; one elsewhere is asked over the ``network``.

        :param endpoints: addresses that ``SERVICE`` may name. Then a few more workers, which stay in the
            ``network``, answer the queries that do so and no other.
        """
        self.limits = limits
        self._beyond: Pool | None = None
        if endpoints and not network:
            few = replace(limits, workers=_WORKERS_BEYOND)
            self._beyond = Pool(store, few, endpoints, network=True)
        self.figures = Figures()
        self.standing = Standing()
        network = network or isinstance(store, RemoteStore)
        self._settings = Settings(
            store if isinstance(store, RemoteStore) else str(store), limits, endpoints, network
        )
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
            rank=self.standing.rank,
            kept=limits.places_kept,
        )

    @property
    def walled(self) -> bool:
        """Tell whether no worker reaches a network."""
        return all(worker.walled for worker in self._alive)

    @property
    def federates(self) -> bool:
        """Tell whether queries may ask other endpoints."""
        return self._beyond is not None

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
            if self._beyond:
                await self._beyond.start()
        except BaseException:  # being cancelled too leaves no process behind
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
        run = Run(self, ask(question, delivery), client, by or now + self.limits.seconds, now)
        self._under_way += 1
        try:
            reply = await run.begin()
        except NeedsNetwork:
            run.abandon()
            assert self._beyond
            return await self._beyond.answer(question, delivery, client, by=by)
        except QueryStopped as error:
            run.abandon()
            error.reasons = await self._weigh(question.text)
            raise
        except BaseException:  # being cancelled too, by a client that hangs up, frees the worker
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
        if self._beyond:
            await self._beyond.close()

    async def _weigh(self, text: str) -> list[tuple[str, str]]:
        """Find out what makes a query heavy, if a worker has nothing else to do."""
        if len(self._ready) <= self.limits.places_kept:
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

    async def worker(self, client: str, by: float) -> Worker:
        """Give a worker that is ready, to be given back with :meth:`keep` or :meth:`replace`.

        The last are for clients whose queries are short: it is the others to whom workers are lost.

        :raises Busy: none is in time.
        """
        loop = asyncio.get_running_loop()
        while len(self._ready) <= (0 if self.standing.rank(client) == QUICK else self.limits.places_kept):
            if loop.time() >= by:
                raise Busy("no query worker became ready in time")
            waiter = loop.create_future()
            self._wanted.append(waiter)
            timer = loop.call_at(by, _wake, waiter)
            try:
                await waiter
            finally:
                timer.cancel()
                self._wanted.remove(waiter)
        return self._ready.pop()  # the one that was asked last: what it needs is still at hand

    def keep(self, worker: Worker) -> None:
        """Take back a worker that can be asked again."""
        if worker.gone:
            return
        self._ready.append(worker)
        for waiter in self._wanted:
            _wake(waiter)

    def renew(self, worker: Worker) -> None:
        """Take back a worker that gave way, as soon as it is as quick as the others."""
        if not worker.gone:
            worker.renew(lambda: self.keep(worker))

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


def _wake(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
