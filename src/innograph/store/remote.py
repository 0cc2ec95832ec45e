"""Asking a SPARQL 1.1 endpoint that others run, as if it were the database here.

Whatever a query is refused for here, it is refused for before it is sent: Oxigraph reads it over an empty
database. The answer is read as it comes and written again in the format that was asked for, so that engines
may differ in the formats that they write, and garbage is never passed on.
"""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from innograph.errors import QueryError, StoreError
from innograph.namespaces import BASE, QUERY_PREFIXES
from innograph.store.connection import USUAL, Connection, Patience, Refused, Reply
from innograph.store.credentials import Credentials
from innograph.store.engine import Question, RemoteStore, Result
from innograph.store.evaluate import Answer, evaluate
from innograph.store.portable import names_its_graphs, portable

LONGEST_WHOLE = 64_000_000
"""Bytes of an answer that is taken whole."""

_SOLUTIONS: Final = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
_TRIPLES: Final = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
}
_ACCEPT_SOLUTIONS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_ACCEPT_TRIPLES = "application/n-triples, text/turtle;q=0.8"
_FORM = "application/x-www-form-urlencoded"
_MOST_ROWS = "X-SPARQL-MaxRows"
"""By this header Virtuoso says that it has cut an answer, at a limit of its own."""


class Remote:
    """An engine (see :class:`innograph.store.engine.Engine`) behind an address."""

    def __init__(
        self, store: RemoteStore, patience: Patience = USUAL, *, whole: bool = True, size: int = 8
    ) -> None:
        """Prepare; nothing is asked yet.

        :param whole: take each answer to its end before it is given, so that all that may go wrong has.
        :param size: connections that are kept open.
        :raises StoreError: the address or the credentials are none.
        """
        credentials = Credentials(store.credentials) if store.credentials else None
        self._store = store
        self._connection = Connection(store.address, credentials, patience, size=size)
        self._whole = whole
        self._empty = Store()

    def answer(self, question: Question) -> Result:
        """Answer a question.

        :raises QueryError: it is refused, here or there.
        :raises StoreError: there is no answer, or none that makes sense; where it is not taken whole, also
            while it is read.
        """
        form = self._form(question)
        triples = form is QueryTriples
        reply = self._ask(question, _ACCEPT_TRIPLES if triples else _ACCEPT_SOLUTIONS)
        try:
            if triples:
                found = _triples(reply, self._server)
                return list(found) if self._whole else found
            if form is QueryBoolean:
                return _truth(_solutions(reply, self._server))
            return self._checked(reply) if self._whole else _solutions(reply, self._server)
        except SyntaxError as error:
            raise _nonsense(self._server, error) from error

    @property
    def _server(self) -> str:
        return self._connection.server

    def _form(self, question: Question) -> type[Answer]:
        """Read a query as Oxigraph does, and tell what its answer will be.

        :raises QueryError: it is refused.
        """
        answer = evaluate(
            self._empty,
            question.text,
            default_graph_uris=question.default_graph_uris,
            named_graph_uris=question.named_graph_uris,
        )
        return type(answer)

    def _ask(self, question: Question, accept: str) -> Reply:
        default, named = question.default_graph_uris, question.named_graph_uris
        if not (default or named) and not names_its_graphs(question.text):
            default, named = self._store.default_graphs, self._store.named_graphs
        fields = [("query", portable(question.text, QUERY_PREFIXES, BASE))]
        fields += [("default-graph-uri", graph) for graph in default]
        fields += [("named-graph-uri", graph) for graph in named]
        headers = {"Accept": accept, "Content-Type": _FORM}
        try:
            reply = self._connection.ask("POST", body=urlencode(fields).encode(), headers=headers)
        except Refused as refused:
            if refused.status == 400:
                message = f"the engine that keeps the graph refuses this query: {refused.reason}"
                raise QueryError(message) from refused
            raise refusal_of(self._server, refused) from refused
        if reply.header(_MOST_ROWS):
            reply.close()
            message = f"{self._server} cuts answers after {reply.header(_MOST_ROWS)} rows: raise its limit"
            raise StoreError(message, "nonsense")
        return reply

    def _checked(self, reply: Reply) -> QuerySolutions:
        """Take solutions whole; read them once, so that whoever reads them again meets no fault."""
        format = _format(reply, self._server)
        body = reply.whole(LONGEST_WHOLE)
        _read_through(body, format)
        found = parse_query_results(body, format)
        assert isinstance(found, QuerySolutions)  # it was when it was read through
        return found


def _read_through(body: bytes, format: QueryResultsFormat) -> None:
    """Read solutions to their end.

    :raises SyntaxError: they are none, somewhere.
    """
    found = parse_query_results(body, format)
    fault = "a truth instead of solutions" if isinstance(found, QueryBoolean) else ""
    try:
        for _ in found if isinstance(found, QuerySolutions) else ():
            pass
    except SyntaxError as error:
        fault = str(error)
    del found  # an error may be looked at in another thread, where this must not end
    if fault:
        raise SyntaxError(fault)


def refusal_of(server: str, refused: Refused) -> StoreError:
    """Say what a status means that says no to whatever we ask of a server."""
    what = {
        401: "wants a name and a password: set INNOGRAPH_STORE_AUTH to « name:password »",
        403: "does not allow this: look at INNOGRAPH_STORE_AUTH and at the rights of that name",
        404: "has nothing at this address: look at its path",
        405: "does not allow this at this address: look at its path",
        413: "takes no request of this length: raise its limit",
    }.get(refused.status, f"answers {refused}")
    return StoreError(f"{server} {what}", "nonsense")


def _format(reply: Reply, server: str) -> QueryResultsFormat:
    format = _SOLUTIONS.get(reply.media_type)
    if format is None:
        reply.close()
        raise StoreError(f"{server} answers {reply.media_type or 'nothing'} instead of solutions", "nonsense")
    return format


def _solutions(reply: Reply, server: str) -> QuerySolutions | QueryBoolean:
    return parse_query_results(reply, _format(reply, server))  # type: ignore[arg-type]  # it only reads


def _truth(found: QuerySolutions | QueryBoolean) -> QueryBoolean:
    """Give the answer to ASK. Virtuoso gives it as solutions: one for true, none for false."""
    if isinstance(found, QueryBoolean):
        return found
    truth = b"true" if any(True for _ in found) else b"false"
    answer = parse_query_results(b'{"head":{},"boolean":%s}' % truth, QueryResultsFormat.JSON)
    assert isinstance(answer, QueryBoolean)
    return answer


def _triples(reply: Reply, server: str) -> Iterator[Triple]:
    format = _TRIPLES.get(reply.media_type)
    if format is None:
        reply.close()
        raise StoreError(f"{server} answers {reply.media_type or 'nothing'} instead of triples", "nonsense")
    try:
        for quad in parse(reply, format):  # type: ignore[arg-type]  # it only reads
            yield quad.triple
    except SyntaxError as error:
        raise _nonsense(server, error) from error


def _nonsense(server: str, error: SyntaxError) -> StoreError:
    return StoreError(f"the answer of {server} makes no sense ({error})", "nonsense")
