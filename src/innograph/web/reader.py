"""One version of the graph, ready to be read by pages: their queries, and names for whatever they show."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Triple

from innograph.namespaces import ID, ONTOLOGY
from innograph.store.engine import Engine, Question, Result
from innograph.store.formats import Format, write_answer, write_triples
from innograph.store.kept import Kept
from innograph.store.queries import NamedQuery
from innograph.web.naming import Names, Node, Row, Shown
from innograph.web.words import Language

__all__ = ["Node", "Reader", "Row", "Shown", "path_of"]

T = TypeVar("T")


class Reader:
    """Ask the queries of ``queries/pages`` of one engine, and name terms."""

    def __init__(self, engine: Engine, queries: Mapping[str, NamedQuery], kept: Kept | None = None) -> None:
        """Ask ``engine``, but for what ``kept`` has the answer to."""
        self._engine = engine
        self._queries = queries
        self._kept = kept or Kept()
        self._names = Names(self._about)
        self._read: dict[Callable[[Reader], Any], Any] = {}
        self._reading: dict[Callable[[Reader], Any], threading.Lock] = {}
        self._things: dict[NamedNode, NamedNode] = {}

    def rows(self, query: str, part: range | None = None, /, **parameters: str) -> list[Row]:
        """Give the solutions of a page query: for each, the bound variables by name.

        :param part: the places of those wanted (:class:`innograph.web.paging.Part`), the first being 0;
            the query has an order and no ``LIMIT``. Otherwise all are given.
        """
        named = self._queries[query]
        text = named.bound(parameters) if part is None else named.bound_part(parameters, part)
        found = self._solutions(query, text)
        self.expect(node for row in found for node in row.values())
        return found

    def unnamed_rows(self, query: str, **parameters: str) -> list[Row]:
        """Give the solutions of a page query of which few are shown: their names are not asked for yet."""
        return self._solutions(query, self._queries[query].bound(parameters))

    def rows_about(self, query: str, things: Sequence[str]) -> list[Row]:
        """Give the solutions of a page query about several things, by their addresses, at least one."""
        found = self._solutions(query, self._queries[query].bound_each("thing", things))
        self.expect(node for row in found for node in row.values())
        return found

    def every_row(self, query: str) -> list[Row]:
        """Give the solutions of a page query with no parameter bound; too many to expect their names.

        They are asked for to be kept: so a thing that stands in many is one object in all of them.
        """
        found = self._solutions(query, self._queries[query].text)
        return [{name: self._shared(node) for name, node in row.items()} for row in found]

    def rows_once(self, query: str, **thing: str) -> list[Row]:
        """Give the solutions of a page query about a thing; asked once for all things (see :meth:`once`).

        :param thing: the only parameter of the query, which it selects too, and an address as its value.
        """
        ((name, address),) = thing.items()
        found = self.once(_Everything(query, name)).get(NamedNode(address), [])
        self.expect(node for row in found for node in row.values())
        return found

    def once(self, read: Callable[["Reader"], T]) -> T:
        """Give what ``read`` makes of this version: it is read when a page first needs it, and kept.

        For what depends on the version alone and is small: it is kept as long as the version is.

        :param read: a function of a module, which asks by :meth:`every_row`.
        """
        if read not in self._read:
            with self._reading.setdefault(read, threading.Lock()):
                if read not in self._read:
                    self._read[read] = read(self)
        found: T = self._read[read]
        return found

    def triples(self, query: str, **parameters: str) -> Iterator[Triple]:
        """Give the triples of a page query, each once, in a stable order."""
        answer = self._ask(self._queries[query].bound(parameters))
        if isinstance(answer, QuerySolutions | QueryBoolean):
            raise TypeError(f"queries/pages/{query}.rq is no CONSTRUCT")
        return iter(sorted(set(answer), key=str))

    def text(self, query: str, **parameters: str) -> str:
        """Give the SPARQL of a page query as it is asked, for readers who want to go on from there."""
        return self._queries[query].bound(parameters)

    def text_about(self, query: str, thing: NamedNode) -> str:
        """Give the SPARQL of a page query about ``thing``, which is its first parameter."""
        parameter = self._queries[query].parameters[0]
        return self.text(query, **{parameter.name: thing.value})

    def text_of_each(self, query: str, name: str, values: Sequence[str]) -> str:
        """Give the SPARQL of a page query with its only parameter bound to each of several values."""
        return self._queries[query].bound_each(name, values)

    def written(self, text: str, format: Format) -> bytes:
        """Give the answer to SPARQL made of our own files (:meth:`text`) in a format."""
        answer = self._ask(text)
        if isinstance(answer, QuerySolutions | QueryBoolean):
            return write_answer(answer, format)
        return write_triples(answer, format)  # an engine elsewhere gives them as a list

    def holds(self, thing: NamedNode) -> bool:
        """Tell whether the graph says anything about ``thing``."""
        return bool(self._ask(self._queries["holds"].bound({"thing": thing.value})))

    def expect(self, nodes: Iterable[Node | Triple | None]) -> None:
        """Note terms that will be shown soon: their names are then asked for at once."""
        self._names.expect(nodes)

    def show(self, node: Node | Triple, language: Language) -> Shown:
        """Give a term as a page shows it: a label instead of an IRI, words instead of booleans."""
        return self._names.show(node, language)

    def _ask(self, text: str) -> Result:
        return self._engine.answer(Question(text))

    def _shared(self, node: Node) -> Node:
        return self._things.setdefault(node, node) if isinstance(node, NamedNode) else node

    def _about(self, query: str, things: Sequence[NamedNode]) -> list[Row]:
        return self._solutions(query, self._queries[query].bound_each("thing", [t.value for t in things]))

    def _solutions(self, query: str, text: str) -> list[Row]:
        kept = self._kept.answer(query, text)
        answer = self._ask(text) if kept is None else kept
        if not isinstance(answer, QuerySolutions):
            raise TypeError(f"queries/pages/{query}.rq is no SELECT")
        names = [variable.value for variable in answer.variables]
        found = [
            {name: value for name, value in zip(names, row, strict=True) if value is not None}
            for row in answer
        ]
        return cast(list[Row], found)  # our own queries make no triple terms


@dataclass(frozen=True, slots=True)
class _Everything:
    """Reads the solutions of a query for all values of a variable at once (see :meth:`Reader.once`)."""

    query: str
    name: str

    def __call__(self, reader: Reader) -> Mapping[Node, list[Row]]:
        found: dict[Node, list[Row]] = {}
        for row in reader.every_row(self.query):
            found.setdefault(row[self.name], []).append(row)
        return found


def path_of(address: str) -> tuple[str, str] | None:
    """Tell which of our pages an IRI has: the route and what stands in it; None for the rest of the web.

    >>> path_of("https://w3id.org/innograph/id/rank/gold")
    ('thing', 'rank/gold')
    >>> path_of("https://w3id.org/innograph/ontology#rank")
    ('term', 'rank')
    """
    if address.startswith(ID):
        return "thing", address.removeprefix(ID)
    if address.startswith(ONTOLOGY):
        return "term", address.removeprefix(ONTOLOGY)
    return None
