"""Asking a pool of workers from a thread that can wait, and reading the answer."""

import asyncio
from collections.abc import Callable
from typing import cast

from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from innograph.store.engine import Engine, Question, Result
from innograph.workers.messages import Delivery, Heading
from innograph.workers.pool import Pool


class Waiting:
    """An engine (see :class:`innograph.store.engine.Engine`) for the threads beside the loop of a pool.

    It gives the beginning of an answer: what a page can show.
    """

    def __init__(
        self, pool: Pool, loop: asyncio.AbstractEventLoop, *, most_rows: int, client: Callable[[], str]
    ) -> None:
        """Ask ``pool``, which lives in ``loop``.

        :param client: tells who asks, in the thread that asks.
        """
        self.pool = pool
        self._loop = loop
        self._delivery = Delivery(solutions="json", triples="ntriples", most_rows=most_rows)
        self._client = client

    def answer(self, question: Question) -> Result:
        """Answer a question: at most so many of its rows.

        :raises QueryError: it is refused.
        :raises QueryStopped: it went over a limit.
        :raises Busy: no worker had time for it.
        """
        asking = self._whole(question, self._client())
        heading, body = asyncio.run_coroutine_threadsafe(asking, self._loop).result()
        if heading.form == "triples":
            return [quad.triple for quad in parse(body, RdfFormat.N_TRIPLES)]
        return cast(Result, parse_query_results(body, QueryResultsFormat.JSON))

    @staticmethod
    def pool_of(engine: Engine) -> Pool:
        """Give the pool behind an engine that is of this kind."""
        assert isinstance(engine, Waiting)
        return engine.pool

    async def _whole(self, question: Question, client: str) -> tuple[Heading, bytes]:
        answer = await self.pool.answer(question, self._delivery, client)
        assert answer.body is not None  # because rows are cut
        return answer.heading, answer.body
