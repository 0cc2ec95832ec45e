"""The shapes of ``shapes/``, parted by what they are checked on, and their messages in two languages.

A shape says its scope: ``insh:scope insh:PerGraph`` or ``insh:Merged``. Without its target a shape is inert,
so the shapes of one scope are all the shapes with the targets of the others taken away.

pySHACL checks a property shape with a target on all its things at once, but one that hangs on a node shape
on each thing anew, twice as slowly. So the targets of node shapes are handed down to their property shapes:
what is reported stays the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib.collection import Collection
from rdflib.namespace import SH

from innograph.rdf import read_quads
from innograph.resources import shape_files
from innograph.validation.wellformed import MERGED, PER_GRAPH, SCOPE, TARGETS, check_shapes, try_shapes


@dataclass(frozen=True, slots=True)
class Message:
    """What a shape says in French and in English; ``{?name}`` stands for a value found."""

    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes checked on each graph, those checked on the merge, and the message of each by its IRI."""

    per_graph: rdflib.Graph
    merged: rdflib.Graph
    messages: Mapping[str, Message]


@cache
def house_shapes() -> Shapes:
    """Load the shapes of ``shapes/``, once.

    :raises DataError: a file or a shape is malformed, or a shape lacks its scope or a message.
    """
    return load_shapes(shape_files())


def load_shapes(files: Iterable[Path]) -> Shapes:
    """Load shapes from Turtle files.

    :raises DataError: a file or a shape is malformed, or a shape lacks its scope or a message.
    """
    whole = rdflib.Graph()
    described: dict[rdflib.term.Node, Path] = {}
    mentioned: dict[rdflib.term.Node, Path] = {}
    for path in files:
        for quad in read_quads(path):
            subject, predicate, value = _triple(quad.triple)
            whole.add((subject, predicate, value))
            described.setdefault(subject, path)
            mentioned.setdefault(value, path)
    origins = mentioned | described
    check_shapes(whole, origins)
    shapes = Shapes(_only(whole, PER_GRAPH), _only(whole, MERGED), _messages(whole))
    for part in (shapes.per_graph, shapes.merged):
        try_shapes(part, origins)
    return shapes


def _only(whole: rdflib.Graph, scope: rdflib.URIRef) -> rdflib.Graph:
    others = {shape for shape, other in whole.subject_objects(SCOPE) if other != scope}
    kept = rdflib.Graph()
    for subject, predicate, value in whole:
        if predicate not in TARGETS or subject not in others:
            kept.add((subject, predicate, value))
    for target in TARGETS:
        for shape, aim in list(kept.subject_objects(target)):
            for property_shape in kept.objects(shape, SH.property):
                kept.add((property_shape, target, aim))
    for shape in {shape for target in TARGETS for shape in kept.subjects(target)}:
        _detach_properties(kept, shape)
    return kept


def _detach_properties(graph: rdflib.Graph, shape: rdflib.term.Node) -> None:
    """Take its property shapes from a node shape; if it is closed, their paths stay allowed."""
    allowed = graph.value(shape, SH.ignoredProperties)
    if allowed is not None:
        paths = (graph.value(used, SH.path) for used in graph.objects(shape, SH.property))
        Collection(graph, allowed, [path for path in paths if isinstance(path, rdflib.URIRef)])
    graph.remove((shape, SH.property, None))


def _messages(whole: rdflib.Graph) -> dict[str, Message]:
    texts: dict[str, dict[str, str]] = {}
    for shape, text in whole.subject_objects(SH.message):
        if isinstance(text, rdflib.Literal) and text.language:
            texts.setdefault(str(shape), {})[text.language] = str(text)
    return {shape: Message(fr=by["fr"], en=by["en"]) for shape, by in texts.items()}


def _triple(triple: Triple) -> tuple[rdflib.term.Node, rdflib.URIRef, rdflib.term.Node]:
    subject, predicate, value = triple
    return _node(subject), rdflib.URIRef(predicate.value), _node(value)


def _node(term: NamedNode | BlankNode | Literal | Triple) -> rdflib.term.Node:
    match term:
        case NamedNode():
            return rdflib.URIRef(term.value)
        case BlankNode():
            return rdflib.BNode(term.value)
        case Literal() if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        case Literal():
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
    raise TypeError(f"SHACL knows no triple terms: {term}")
