"""One version of the graph, ready to be read by pages: their queries, and names for whatever they show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

from innograph.namespaces import ID, ONTOLOGY, shorten, term
from innograph.store.engine import Engine, Question, Result
from innograph.store.queries import NamedQuery
from innograph.web.words import Language, has_word, word

Node = NamedNode | BlankNode | Literal
Row = Mapping[str, Node]

_NUMBERS = frozenset([term("xsd:integer"), term("xsd:decimal"), term("xsd:double")])
_LABELS = ("skos:prefLabel", "rdfs:label", "dcterms:title", "inno:printed", "inno:mention")


@dataclass(frozen=True, slots=True)
class Shown:
    """A term as a page shows it: its text, the language of the text if any, and where it leads, if anywhere.

    ``address`` is one of ours (``id:…``, ``inno:…``) or any on the web; the templates turn ours into paths.
    """

    text: str
    language: str | None = None
    address: str | None = None
    number: bool = False


class Reader:
    """Ask the queries of ``queries/pages`` of one engine, and name terms.

    What a term is called is asked for once, and kept if the graph or the interface knows the term: what
    queries invent would pile up.
    """

    def __init__(self, engine: Engine, queries: Mapping[str, NamedQuery]) -> None:
        self._engine = engine
        self._queries = queries
        self._labels: dict[tuple[NamedNode, Language], Shown] = {}

    def rows(self, query: str, **parameters: str) -> list[Row]:
        """Give the solutions of a page query: for each, the bound variables by name."""
        answer = self._ask(query, parameters)
        if not isinstance(answer, QuerySolutions):
            raise TypeError(f"queries/pages/{query}.rq is no SELECT")
        names = [variable.value for variable in answer.variables]
        found = [{name: row[name] for name in names if row[name] is not None} for row in answer]
        return cast(list[Row], found)  # our own queries make no triple terms

    def triples(self, query: str, **parameters: str) -> Iterator[Triple]:
        """Give the triples of a page query, each once, in a stable order."""
        answer = self._ask(query, parameters)
        if isinstance(answer, QuerySolutions | QueryBoolean):
            raise TypeError(f"queries/pages/{query}.rq is no CONSTRUCT")
        return iter(sorted(set(answer), key=str))

    def text(self, query: str, **parameters: str) -> str:
        """Give the SPARQL of a page query as it is asked, for readers who want to go on from there."""
        return self._queries[query].bound(parameters)

    def holds(self, thing: NamedNode) -> bool:
        """Tell whether the graph says anything about ``thing``."""
        return bool(self._ask("holds", {"thing": thing.value}))

    def show(self, node: Node | Triple, language: Language) -> Shown:
        """Give a term as a page shows it: a label instead of an IRI, words instead of booleans."""
        if isinstance(node, Literal):
            if node.datatype == term("xsd:boolean"):
                return Shown(word("yes" if node.value in ("true", "1") else "no", language))
            return Shown(node.value, node.language, number=node.datatype in _NUMBERS)
        if not isinstance(node, NamedNode):
            return Shown("[ ]" if isinstance(node, BlankNode) else str(node))
        key = (node, language)
        if key in self._labels:
            return self._labels[key]
        shown = self._passage(node, language) or self._named(node, language)
        if self.holds(node) or has_word(shorten(node.value)):
            self._labels[key] = shown
        return shown

    def _ask(self, query: str, parameters: Mapping[str, str]) -> Result:
        return self._engine.answer(Question(self._queries[query].bound(parameters)))

    def _named(self, node: NamedNode, language: Language) -> Shown:
        labels = self.rows("label", thing=node.value)

        def preference(row: Row) -> tuple[int, int]:
            order = (language, "fr", None)
            tag = getattr(row["label"], "language", None)
            return _LABELS.index(shorten(row["property"].value)), order.index(tag) if tag in order else len(
                order
            )

        if not labels:
            short = shorten(node.value)
            return Shown(word(short, language) if has_word(short) else short, None, node.value)
        label = min(labels, key=preference)["label"]
        return Shown(label.value, getattr(label, "language", None), node.value)

    def _passage(self, node: NamedNode, language: Language) -> Shown | None:
        if not node.value.startswith(f"{ID}passage/"):
            return None
        found = self.rows("passage", thing=node.value)
        if not found:
            return None
        document, start, end = (found[0][name] for name in ("document", "start", "end"))
        title = self.show(document, language)
        one = start.value == end.value
        lines = word("line" if one else "lines", language)
        numbers = start.value if one else f"{start.value}–{end.value}"
        return Shown(f"{title.text}, {lines} {numbers}", title.language, node.value)


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
