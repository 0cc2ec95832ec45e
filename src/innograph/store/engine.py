"""Asking: the narrow way by which everything that is said about a graph comes out of it.

A question goes in, an answer comes out. Who answers is nobody's concern: the database that this process has
open (:class:`InProcess`), or processes that can be stopped (:mod:`innograph.workers`).
"""

from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import Store, Triple

from innograph.store.evaluate import Answer, evaluate

Result = Answer | list[Triple]
"""Solutions, a truth, or triples."""


@dataclass(frozen=True)
class Question:
    """A SPARQL query and the graphs it is asked of; see :func:`evaluate` for what these mean."""

    text: str
    default_graph_uris: tuple[str, ...] = ()
    named_graph_uris: tuple[str, ...] = ()


class Engine(Protocol):
    """Whatever answers questions about one version of the graph."""

    def answer(self, question: Question) -> Result:
        """Answer a question.

        :raises QueryError: it is refused.
        """


class InProcess:
    """The database that this process has open: the quickest answers, which nothing can stop."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def answer(self, question: Question) -> Answer:
        """Answer a question; its results are computed while they are read."""
        return evaluate(
            self._store,
            question.text,
            default_graph_uris=question.default_graph_uris,
            named_graph_uris=question.named_graph_uris,
        )
