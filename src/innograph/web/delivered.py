"""Answers for pages: asked before the page is begun, so that no thread waits for a query.

:class:`innograph.web.endpoint.Endpoint` asks the workers and puts what came of it beside the request; the
routes of the page ask this engine, which finds it there.
"""

from typing import cast

from flask import request
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from innograph.store.engine import Engine, Question, Result
from innograph.web.answers import MOST_ROWS
from innograph.workers.messages import Delivery, Heading
from innograph.workers.pool import Pool

OUTCOME = "innograph.outcome"
"""Key of the environment of a request: the answer for its page, or why there is none."""

DELIVERY = Delivery(solutions="json", triples="ntriples", most_rows=MOST_ROWS + 1)
"""How the answer for a page is asked for: the beginning of it, which is all that a page shows."""

Outcome = tuple[Heading, bytes] | Exception


class Delivered:
    """An engine (see :class:`innograph.store.engine.Engine`) whose answer is there already."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    def answer(self, question: Question) -> Result:
        """Give the answer that was asked for before this page.

        :raises InnographError: there is none; says why.
        """
        outcome: Outcome = request.environ[OUTCOME]
        if isinstance(outcome, Exception):
            raise outcome
        heading, body = outcome
        if heading.form == "triples":
            return [quad.triple for quad in parse(body, RdfFormat.N_TRIPLES)]
        return cast(Result, parse_query_results(body, QueryResultsFormat.JSON))


def pool_of(engine: Engine) -> Pool:
    """Give the pool behind an engine of this kind."""
    assert isinstance(engine, Delivered)
    return engine.pool
