"""SPARQL 1.1 Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/): graphs, one by one.

A long graph is sent in parts, so that no server needs to hold it whole, nor do we: PUT replaces the graph by
the first part, POST adds the others. Sending a part twice does no harm as long as it has no blank node; all
those that have one belong into the first part.
"""

from collections.abc import Iterator
from urllib.parse import quote

from pyoxigraph import RdfFormat, Triple, parse, serialize

from innograph.errors import StoreError
from innograph.store.connection import Connection, Refused, Reply
from innograph.store.remote import refusal_of

_DONE = (200, 201, 204)
_NTRIPLES = {"Content-Type": "application/n-triples"}


class GraphStore:
    """The graphs of a server."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, graph: str, triples: list[Triple]) -> None:
        """Make ``triples`` all that the graph holds.

        :raises StoreError: the server does not do it.
        """
        self._send("PUT", graph, triples)

    def add(self, graph: str, triples: list[Triple]) -> None:
        """Add ``triples`` to the graph.

        :raises StoreError: the server does not do it.
        """
        self._send("POST", graph, triples)

    def remove(self, graph: str) -> None:
        """Remove the graph, if it is there.

        :raises StoreError: the server does not do it.
        """
        self._request("DELETE", graph, None, {}, (*_DONE, 404))

    def triples(self, graph: str) -> Iterator[Triple]:
        """Give the triples of the graph as they come; none if it is not there.

        :raises StoreError: the server does not give them, whole.
        """
        with_type = {"Accept": "application/n-triples"}
        reply = self._request("GET", graph, None, with_type, (200, 204, 404))
        if reply.status != 200:
            reply.close()
            return
        if reply.media_type not in ("application/n-triples", "text/plain"):
            reply.close()
            message = f"{self._connection.server} gives a graph as {reply.media_type or 'nothing'}"
            raise StoreError(message, "nonsense")
        try:
            for quad in parse(reply, RdfFormat.N_TRIPLES):  # type: ignore[arg-type]  # it only reads
                yield quad.triple
        except SyntaxError as error:
            message = f"{self._connection.server} gives what is no graph ({error})"
            raise StoreError(message, "nonsense") from error

    def _send(self, method: str, graph: str, triples: list[Triple]) -> None:
        body = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
        self._request(method, graph, body, _NTRIPLES, _DONE).whole(1_000_000)

    def _request(
        self, method: str, graph: str, body: bytes | None, headers: dict[str, str], accepted: tuple[int, ...]
    ) -> Reply:
        query = f"graph={quote(graph, safe='')}"
        try:
            return self._connection.ask(method, body=body, headers=headers, query=query, accepted=accepted)
        except Refused as refused:
            raise refusal_of(self._connection.server, refused) from refused
