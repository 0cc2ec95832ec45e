"""Asking: the narrow way by which everything that is said about a graph comes out of it.

A question goes in, an answer comes out. Who answers is nobody's concern: the database that this process has
open (:class:`InProcess`), a server that others run (:mod:`innograph.store.remote`), or processes that can be
stopped and ask one or the other (:mod:`innograph.workers`).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from pyoxigraph import Store, Triple

from innograph.errors import NeedsNetwork
from innograph.namespaces import QUERY_PREFIXES
from innograph.store.evaluate import Answer, evaluate
from innograph.store.tokens import services

Result = Answer | list[Triple] | Iterator[Triple]
"""Solutions, a truth, or triples."""


class Question(NamedTuple):
    """A SPARQL query and the graphs it is asked of; see :func:`evaluate` for what these mean."""

    text: str
    default_graph_uris: tuple[str, ...] = ()
    named_graph_uris: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemoteStore:
    """A SPARQL endpoint that others run, and where the graph is in it."""

    address: str
    default_graphs: tuple[str, ...] = ()
    """The graphs of which a query is asked that names none: by name, since what an engine takes for its
    default graph is its own affair."""
    named_graphs: tuple[str, ...] = ()
    credentials: str = field(default="", repr=False)
    """``name:password``, or nothing."""


class Engine(Protocol):
    """Whatever answers questions about one version of the graph."""

    def answer(self, question: Question) -> Result:
        """Answer a question.

        :raises QueryError: it is refused.
        :raises StoreError: the server that keeps the graph gives no sound answer.
        """


class InProcess:
    """The database that this process has open: the quickest answers, which nothing can stop."""

    def __init__(
        self, store: Store, endpoints: Collection[str] = (), *, network: bool = False, ours: bool = False
    ) -> None:
        """Answer from ``store``.

        :param endpoints: addresses that may be asked by ``SERVICE``, and ``network`` whether they can be from
            here.
        :param ours: whether it is asked nothing but files of ``queries/``.
        """
        self._store = store
        self._ours = ours
        self._endpoints = endpoints
        self._network = network

    def answer(self, question: Question) -> Answer:
        """Answer a question; its results are computed while they are read.

        :raises NeedsNetwork: it asks an endpoint that may be asked, but cannot be from here.
        """
        if self._endpoints and not self._network:
            asked = services(question.text, QUERY_PREFIXES)
            if asked and all(address in self._endpoints for address in asked):
                raise NeedsNetwork("this query asks another endpoint")
        return evaluate(
            self._store,
            question.text,
            default_graph_uris=question.default_graph_uris,
            named_graph_uris=question.named_graph_uris,
            endpoints=self._endpoints,
            ours=self._ours,
        )
