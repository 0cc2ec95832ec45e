"""/ontology, a page for each term, and /shapes: the vocabulary and the rules, as pages and as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from flask import Blueprint, Response, render_template, request
from pyoxigraph import NamedNode, Store
from werkzeug.exceptions import NotFound

from innograph.namespaces import declared_terms, term
from innograph.rdf import read_quads
from innograph.resources import shape_files
from innograph.store.engine import InProcess
from innograph.store.formats import ONE_GRAPH, write_triples
from innograph.store.queries import NamedQuery
from innograph.web import diagram
from innograph.web.live import Version
from innograph.web.negotiation import choose_format
from innograph.web.reader import Reader, Row, Shown
from innograph.web.words import Language, language_of_request


@dataclass(frozen=True, slots=True)
class TermPage:
    """What the page of a term shows: what the vocabulary says of it, and how the graph uses it."""

    name: str
    label: Shown
    kinds: list[Shown]
    definition: Shown | None
    facts: list[tuple[Shown, list[Shown]]]
    relations: list[tuple[str, list[Shown]]]
    statements: int
    things: int
    query: str
    """SPARQL that asks for what uses the term."""
    examples: list[tuple[Shown, Shown | None]]


def vocabulary_routes(version: Callable[[], Version], pages: Mapping[str, NamedQuery]) -> Blueprint:
    """Make the routes of the vocabulary and of the rules."""
    routes = Blueprint("vocabulary", __name__)

    @routes.route("/ontology")
    def index() -> Response:
        reader = version().reader
        format = choose_format(request, ONE_GRAPH)
        if format:
            return Response(
                write_triples(reader.triples("vocabulary"), format), content_type=format.content_type
            )
        language = language_of_request()
        terms = [
            {name: reader.show(node, language) for name, node in row.items()}
            for row in _in_language(reader.rows("terms"), "comment", language)
        ]
        return Response(render_template("ontology.html", terms=terms, formats=ONE_GRAPH, diagram=diagram))

    @routes.route("/ontology/<name>")
    def term(name: str) -> str:
        if name not in declared_terms():
            raise NotFound(f"the vocabulary has no term {name!r}; the list is at /ontology")
        page = describe_term(version().reader, declared_terms()[name], name, language_of_request())
        return render_template("term.html", it=page)

    @routes.route("/shapes")
    def shapes() -> Response:
        rules = _rules()
        format = choose_format(request, ONE_GRAPH)
        if format:
            triples = sorted((quad.triple for quad in rules), key=str)
            return Response(write_triples(triples, format), content_type=format.content_type)
        language = language_of_request()
        reader, terms = Reader(InProcess(rules), pages), version().reader
        found = _in_language(reader.rows("shapes"), "message", language)
        terms.expect(row.get("target") for row in found)
        rows = [
            {name: (reader if name == "shape" else terms).show(node, language) for name, node in row.items()}
            for row in found
        ]
        return Response(render_template("shapes.html", rows=rows, formats=ONE_GRAPH))

    return routes


def describe_term(reader: Reader, node: NamedNode, name: str, language: Language) -> TermPage:
    """Describe a term of the vocabulary, in the language of the reader."""
    said: dict[NamedNode, list[Row]] = {}
    for row in reader.rows("term", term=node.value):
        if getattr(row["value"], "language", None) in (language, None):
            said.setdefault(row["property"], []).append(row)  # type: ignore[arg-type]
    apart = (term("rdf:type"), term("rdfs:label"), term("rdfs:comment"), term("rdfs:isDefinedBy"))
    kinds, _, definitions, _ = (
        [reader.show(row["value"], language) for row in said.get(property, [])] for property in apart
    )
    relations: dict[str, list[Shown]] = {}
    for row in reader.rows("term-relations", term=node.value):
        relations.setdefault(row["property"].value.rpartition("#")[2], []).append(
            reader.show(row["other"], language)
        )
    (uses,) = reader.rows("term-uses", term=node.value)
    examples = [
        (reader.show(row["thing"], language), reader.show(row["value"], language) if "value" in row else None)
        for row in reader.rows("term-examples", term=node.value)
    ]
    return TermPage(
        name,
        reader.show(node, language),
        kinds,
        definitions[0] if definitions else None,
        [
            (reader.show(property, language), [reader.show(row["value"], language) for row in rows])
            for property, rows in said.items()
            if property not in apart
        ],
        list(relations.items()),
        int(uses["statements"].value),
        int(uses["things"].value),
        reader.text("term-examples", term=node.value),
        examples,
    )


def _in_language(rows: list[Row], name: str, language: Language) -> list[Row]:
    return [row for row in rows if getattr(row.get(name), "language", None) in (language, None)]


@cache
def _rules() -> Store:
    """Load the shapes; they come with the program and do not change while it runs."""
    store = Store()
    for path in shape_files():
        store.extend(read_quads(path))
    return store
