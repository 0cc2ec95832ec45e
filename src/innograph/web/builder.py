"""/build: the visual query builder Sparnatural, and the SHACL that tells it what there is to choose.

The configuration is generated from our shapes (which properties a class bears) and our vocabulary (their
names,
definitions and ranges), so that a new property appears in the builder by itself.
See https://docs.sparnatural.eu/SHACL-based-configuration.html.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, render_template
from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from innograph.namespaces import BASE, ONTOLOGY, SHAPES, inno, term
from innograph.rdf import read_quads
from innograph.resources import ontology_files, shape_files
from innograph.store.formats import TRIPLES, find_format, write_triples

CONFIG: Final = f"{BASE}builder#"
CORE: Final = "http://data.sparna.fr/ontologies/sparnatural-config-core#"
DASH: Final = "http://datashapes.org/dash#"

OFFERED: Final = (
    "Organization", "Collectivity", "Distinction", "Initiative", "Edition", "Award", "Category",
    "CategorySeries",    "Person", "Territory", "Figure", "Document", "Rank",
)  # fmt: skip
"""The classes that people choose from, in order."""

_LISTED: Final = frozenset(["Award", "Edition", "Rank", "CategorySeries"])
"""Classes of few things, which are chosen from a list; of others one types the beginning of a name."""

_NUMBERS: Final = frozenset([term("xsd:integer"), term("xsd:decimal")])
_DATES: Final = frozenset([term("xsd:date")])
_TEXTS: Final = frozenset([term("rdf:langString"), term("xsd:string")])


@dataclass(frozen=True, slots=True)
class Property:
    """A property as the builder offers it: the scheme of its values, or their class or datatype."""

    node: NamedNode
    range: NamedNode
    scheme: NamedNode | None = None


def builder_routes() -> Blueprint:
    """Make the routes of the builder and of its configuration."""
    routes = Blueprint("builder", __name__)

    @routes.route("/build")
    def page() -> str:
        return render_template("build.html")

    @routes.route("/build/config.ttl")
    def config() -> Response:
        return Response(_config(), content_type="text/turtle; charset=utf-8")

    return routes


def configuration(rules: Store, vocabulary: Store) -> list[Triple]:
    """Write the configuration from our shapes and our vocabulary, in a stable order."""
    offered = {getattr(inno, name): name for name in OFFERED}
    triples: list[Triple] = []
    schemes: set[NamedNode] = set()
    for order, (node, name) in enumerate(offered.items(), start=1):
        properties = [
            p for p in _properties(rules, vocabulary, name) if p.scheme or _can_be_built(p, offered)
        ]
        schemes |= {p.scheme for p in properties if p.scheme}
        triples += _entity(node, name, order, vocabulary)
        for place, each in enumerate(properties, start=1):
            triples += _property_shape(name, each, place, vocabulary)
            if each.range in offered:
                triples += _inverse_shape(name, node, offered[each.range], each, place, vocabulary)
    for scheme in schemes:
        triples += _scheme(scheme, vocabulary)
    return sorted(set(triples), key=str)


def _can_be_built(property: Property, offered: Iterable[NamedNode]) -> bool:
    return property.range in {*offered, *_NUMBERS, *_DATES, *_TEXTS, term("xsd:boolean")}


def _properties(rules: Store, vocabulary: Store, name: str) -> Iterator[Property]:
    """Give the properties of ours that the shapes allow on a class, and that lead to one kind of value."""
    shapes = [NamedNode(f"{SHAPES}{name}")]
    shapes += [NamedNode(f"{SHAPES}Organization")] if name == "Collectivity" else []
    paths = {
        path.object
        for shape in shapes
        for allowed in rules.quads_for_pattern(shape, term("sh:property"), None)
        for path in rules.quads_for_pattern(allowed.object, term("sh:path"), None)  # type: ignore[arg-type]
    }
    for path in sorted(paths, key=str):
        if (
            isinstance(path, NamedNode)
            and path.value.startswith(ONTOLOGY)
            and path not in (inno.name, inno.sortKey)
        ):
            range, scheme = (
                _value(vocabulary, path, "rdfs:range"),
                _value(vocabulary, path, "inno:valuesFrom"),
            )
            if isinstance(range, NamedNode):
                yield Property(path, range, scheme if isinstance(scheme, NamedNode) else None)


def _entity(node: NamedNode, name: str, order: int, vocabulary: Store) -> Iterator[Triple]:
    shape, label = NamedNode(CONFIG + name), NamedNode(f"{CONFIG}{name}_label")
    yield Triple(shape, term("rdf:type"), term("sh:NodeShape"))
    yield Triple(shape, term("sh:targetClass"), node)
    yield Triple(shape, term("sh:order"), Literal(order))
    yield from _named(shape, node, "rdfs:label", vocabulary)
    yield from _label(shape, label, term("skos:prefLabel") if name == "Rank" else inno.name)


def _label(shape: NamedNode, label: NamedNode, path: NamedNode) -> Iterator[Triple]:
    """Say how things are named in lists: by a name without language, which readers of both languages see."""
    yield Triple(shape, term("sh:property"), label)
    yield Triple(label, term("sh:path"), path)
    yield Triple(label, term("sh:name"), Literal("nom", language="fr"))
    yield Triple(label, term("sh:name"), Literal("name", language="en"))
    yield Triple(
        label, term("sh:datatype"), term("rdf:langString") if path != inno.name else term("xsd:string")
    )
    yield Triple(label, NamedNode(f"{DASH}searchWidget"), NamedNode(f"{CORE}SearchProperty"))
    yield Triple(label, NamedNode(f"{DASH}propertyRole"), NamedNode(f"{DASH}LabelRole"))


def _property_shape(owner: str, property: Property, order: int, vocabulary: Store) -> Iterator[Triple]:
    local = property.node.value.removeprefix(ONTOLOGY)
    shape = NamedNode(f"{CONFIG}{owner}_{local}")
    yield Triple(NamedNode(CONFIG + owner), term("sh:property"), shape)
    yield Triple(shape, term("sh:path"), property.node)
    yield Triple(shape, term("sh:order"), Literal(order))
    yield from _named(shape, property.node, "sh:name", vocabulary)
    if property.scheme:
        yield Triple(shape, term("sh:nodeKind"), term("sh:IRI"))
        yield Triple(shape, term("sh:node"), _scheme_shape(property.scheme))
        widget = "ListProperty"
    elif property.range.value.startswith(ONTOLOGY):
        yield Triple(shape, term("sh:nodeKind"), term("sh:IRI"))
        yield Triple(shape, term("sh:class"), property.range)
        widget = _widget(property.range.value.removeprefix(ONTOLOGY))
    else:
        yield Triple(shape, term("sh:nodeKind"), term("sh:Literal"))
        yield Triple(shape, term("sh:datatype"), property.range)
        widget = _literal_widget(property.range)
    yield Triple(shape, NamedNode(f"{DASH}searchWidget"), NamedNode(CORE + widget))


def _inverse_shape(
    owner: str, owner_class: NamedNode, target: str, property: Property, order: int, vocabulary: Store
) -> Iterator[Triple]:
    """Offer a property from its other end: from a body to the distinctions whose laureate it is."""
    local = property.node.value.removeprefix(ONTOLOGY)
    shape, path = NamedNode(f"{CONFIG}{target}_of_{owner}_{local}"), BlankNode(f"{target}{owner}{local}")
    yield Triple(NamedNode(CONFIG + target), term("sh:property"), shape)
    yield Triple(shape, term("sh:path"), path)
    yield Triple(path, term("sh:inversePath"), property.node)
    yield Triple(shape, term("sh:order"), Literal(100 + order))
    yield Triple(shape, term("sh:nodeKind"), term("sh:IRI"))
    yield Triple(shape, term("sh:class"), owner_class)
    for label in _texts(vocabulary, property.node, "rdfs:label"):
        words = f"{label.value} de" if label.language == "fr" else f"{label.value} of"
        yield Triple(shape, term("sh:name"), Literal(words, language=label.language))
    yield Triple(shape, NamedNode(f"{DASH}searchWidget"), NamedNode(CORE + _widget(owner)))


def _scheme(scheme: NamedNode, vocabulary: Store) -> Iterator[Triple]:
    """Offer the concepts of a scheme as if they were a class."""
    shape = _scheme_shape(scheme)
    target = BlankNode(f"target{scheme.value.rpartition('/')[2]}".replace("-", ""))
    # written out, not bound: Sparnatural puts this text into queries of its own
    select = f"SELECT $this WHERE {{ $this <{term('skos:inScheme').value}> <{scheme.value}> }}"
    yield Triple(shape, term("rdf:type"), term("sh:NodeShape"))
    yield Triple(shape, term("sh:target"), target)
    yield Triple(target, term("sh:select"), Literal(select))
    yield Triple(shape, term("sh:order"), Literal(50))
    for label in _texts(vocabulary, scheme, "dcterms:title"):
        yield Triple(shape, term("rdfs:label"), label)
    yield from _label(shape, NamedNode(f"{shape.value}_label"), term("skos:prefLabel"))


def _scheme_shape(scheme: NamedNode) -> NamedNode:
    return NamedNode(f"{CONFIG}scheme-{scheme.value.rpartition('/')[2]}")


def _named(shape: NamedNode, node: NamedNode, property: str, vocabulary: Store) -> Iterator[Triple]:
    for label in _texts(vocabulary, node, "rdfs:label"):
        yield Triple(shape, term(property), label)
    for comment in _texts(vocabulary, node, "rdfs:comment"):
        yield Triple(shape, term("sh:description"), comment)


def _widget(name: str) -> str:
    return "ListProperty" if name in _LISTED else "AutocompleteProperty"


def _literal_widget(datatype: NamedNode) -> str:
    if datatype in _NUMBERS:
        return "NumberProperty"
    if datatype in _DATES:
        return "TimeProperty-Date"
    return "BooleanProperty" if datatype == term("xsd:boolean") else "SearchProperty"


def _texts(vocabulary: Store, node: NamedNode, property: str) -> list[Literal]:
    found = (quad.object for quad in vocabulary.quads_for_pattern(node, term(property), None))
    return [text for text in found if isinstance(text, Literal)]


def _value(vocabulary: Store, node: NamedNode, property: str) -> object | None:
    wanted = inno.valuesFrom if property == "inno:valuesFrom" else term(property)
    return next((quad.object for quad in vocabulary.quads_for_pattern(node, wanted, None)), None)


@cache
def _config() -> bytes:
    """Write the configuration once: shapes and vocabulary come with the program."""
    turtle = find_format("turtle", TRIPLES)
    assert turtle is not None
    rules, vocabulary = (_load(files()) for files in (shape_files, ontology_files))
    return write_triples(configuration(rules, vocabulary), turtle)


def _load(paths: Iterable[Path]) -> Store:
    store = Store()
    for path in paths:
        store.extend(read_quads(path))
    return store
