"""Validating a dataset: each named graph alone, then the merge of them all; and the terms that it uses.

pySHACL runs over pyoxigraph stores, so that the SPARQL of the shapes is answered by Oxigraph.
"""

import logging
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyshacl
import rdflib
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple
from pyshacl.graph_abstraction import OxigraphDataGraph
from rdflib.namespace import SH

from innograph.namespaces import (
    CONTRIBUTIONS,
    GRAPH,
    ONTOLOGY,
    SHAPES,
    declared_terms,
    named_graph,
    shorten,
    term,
)
from innograph.rdf import read_quads
from innograph.resources import ontology_files
from innograph.validation.shapes import Shapes, house_shapes

Value = NamedNode | BlankNode | Literal

UNDECLARED = f"{SHAPES}DeclaredTerm"
"""What a term that nobody declares is said to break; it stands in no file: SHACL cannot aim at every term."""

_TYPE = term("rdf:type")

_NOT_MERGED = (CONTRIBUTIONS, f"{GRAPH}validation")
"""Named graphs that are no part of the merge: what users write, and the report of the last validation."""

_NOT_ALONE = (f"{GRAPH}vocabulary", f"{GRAPH}validation")
"""Named graphs that these shapes say nothing about; the vocabulary has its own, in ``shapes/ontology/``."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that breaks one shape."""

    focus: str
    """IRI of the thing, or ``_:`` and its label where it has none."""
    path: str | None
    """IRI of the property concerned; None where the shape concerns the thing, or several properties."""
    value: Value | None
    """The value found, where there is one apart from the thing itself."""
    shape: str
    message_fr: str
    message_en: str
    graph: str | None
    """IRI of the named graph that was checked alone; None for the merge and for unnamed graphs."""
    severity: str
    """``Violation``, ``Warning`` or ``Info``."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a validation found, in order of shape, thing and graph."""

    violations: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    checked: int
    """How many things are of a class that some shape is about: none of them, and conforming says nothing."""

    @property
    def conforms(self) -> bool:
        """Tell whether the graph may be served: warnings do not stop it."""
        return not self.violations


def validate(quads: Iterable[Quad], shapes: Shapes | None = None) -> Report:
    """Validate a dataset (any iterable of quads: a ``Dataset``, a ``Store``, a list).

    Each named graph is validated alone against the shapes of scope ``insh:PerGraph``. The default graph
    counts as one more where it holds what no named graph holds. The merge of all is validated against those
    of scope ``insh:Merged``; contributions and the report of an earlier validation are no part of it.
    A class or property of our namespace that the vocabulary does not declare is a violation as well.

    :param shapes: the shapes; those of ``shapes/`` unless given.
    :raises DataError: a file of ``shapes/`` is malformed.
    """
    rules = shapes or house_shapes()
    unnamed: set[Triple] = set()
    named: dict[str, set[Triple]] = {}
    for quad in quads:
        graph = quad.graph_name
        holder = named.setdefault(graph.value, set()) if isinstance(graph, NamedNode) else unnamed
        holder.add(quad.triple)
    alone: dict[str | None, set[Triple]] = {
        name: triples for name, triples in named.items() if not name.startswith(_NOT_ALONE)
    }
    if not unnamed <= set().union(*named.values()):
        alone[None] = unnamed
    merge = unnamed.union(*(named[name] for name in named if not name.startswith(_NOT_MERGED)))
    findings: set[Finding] = set()
    for name, triples in alone.items():
        findings.update(_run(triples, rules.per_graph, rules, name))
        findings.update(_undeclared(triples, name))
    findings.update(_run(merge, rules.merged, rules, None))
    ordered = sorted(findings, key=_order)
    return Report(
        violations=tuple(finding for finding in ordered if finding.severity == "Violation"),
        warnings=tuple(finding for finding in ordered if finding.severity != "Violation"),
        checked=len(_things_checked(set().union(*alone.values()), rules)),
    )


def validate_files(paths: Sequence[Path], shapes: Shapes | None = None) -> Report:
    """Validate RDF files together; the vocabulary is added where the files do not bring ``graph:vocabulary``.

    :raises DataError: a file cannot be read or is malformed (with the line).
    """
    quads = [quad for path in paths for quad in read_quads(path)]
    vocabulary = named_graph("vocabulary")
    if not any(quad.graph_name == vocabulary for quad in quads):
        terms = (quad.triple for path in ontology_files() for quad in read_quads(path))
        quads += [Quad(triple.subject, triple.predicate, triple.object, vocabulary) for triple in terms]
    return validate(quads, shapes)


class _StoreGraph(OxigraphDataGraph):
    """A store as pySHACL reads it.

    pySHACL asks at every result whether the graph is true, and counting its triples each time would make
    validation three times as slow.
    """

    def __bool__(self) -> bool:
        return True


def _things_checked(triples: set[Triple], shapes: Shapes) -> set[NamedNode | BlankNode | Triple]:
    classes = {
        str(aim) for graph in (shapes.per_graph, shapes.merged) for aim in graph.objects(None, SH.targetClass)
    }
    return {
        triple.subject
        for triple in triples
        if triple.predicate == _TYPE
        and isinstance(triple.object, NamedNode)
        and triple.object.value in classes
    }


def _undeclared(triples: set[Triple], graph: str | None) -> Iterator[Finding]:
    """Report classes and properties of our namespace that ``ontology/`` does not declare."""
    declared = set(declared_terms().values())
    for triple in triples:
        used = triple.object if triple.predicate == _TYPE else triple.predicate
        if not isinstance(used, NamedNode) or not used.value.startswith(ONTOLOGY) or used in declared:
            continue
        subject, value = triple.subject, triple.object
        yield Finding(
            focus=subject.value if isinstance(subject, NamedNode) else str(subject),
            path=triple.predicate.value,
            value=None if isinstance(value, Triple) else value,
            shape=UNDECLARED,
            message_fr=f"Le vocabulaire ne définit pas {shorten(used.value)}.",
            message_en=f"The vocabulary does not declare {shorten(used.value)}.",
            graph=graph,
            severity="Violation",
        )


def _order(finding: Finding) -> tuple[str, ...]:
    return (finding.shape, finding.focus, finding.graph or "", finding.path or "", str(finding.value))


def _run(triples: set[Triple], graph: rdflib.Graph, shapes: Shapes, name: str | None) -> Iterator[Finding]:
    store = Store()
    store.bulk_extend(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples)
    with _quiet_rdflib():
        _, results, _ = pyshacl.validate(_StoreGraph(store), shacl_graph=graph)
        for result in results.subjects(rdflib.RDF.type, SH.ValidationResult):
            yield _finding(results, result, shapes, name)


@contextmanager
def _quiet_rdflib() -> Iterator[None]:
    """Keep rdflib from logging a traceback for each ill-typed literal: the shapes report those."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _finding(results: rdflib.Graph, node: rdflib.term.Node, shapes: Shapes, graph: str | None) -> Finding:
    focus = results.value(node, SH.focusNode)
    path = results.value(node, SH.resultPath)
    value = results.value(node, SH.value)
    shape = str(results.value(node, SH.sourceShape))
    texts = [str(text) for text in results.objects(node, SH.resultMessage)]
    message = shapes.messages[shape]
    return Finding(
        focus=f"_:{focus}" if isinstance(focus, rdflib.BNode) else str(focus),
        path=str(path) if isinstance(path, rdflib.URIRef) else None,
        value=None if value is None or value == focus else _term(value),
        shape=shape,
        message_fr=_filled(message.fr, texts),
        message_en=_filled(message.en, texts),
        graph=graph,
        severity=str(results.value(node, SH.resultSeverity)).removeprefix(str(SH)),
    )


def _filled(template: str, texts: Sequence[str]) -> str:
    """Choose among the texts of a result the one made from ``template``: pySHACL drops their languages."""
    pattern = re.sub(r"\\\{\\\?\w+\\\}", "(?s:.*)", re.escape(template))
    return next((text for text in texts if re.fullmatch(pattern, text)), template)


def _term(node: rdflib.term.Node) -> Value:
    match node:
        case rdflib.Literal(language=str(language)):
            return Literal(str(node), language=language)
        case rdflib.Literal(datatype=rdflib.URIRef() as datatype):
            return Literal(str(node), datatype=NamedNode(str(datatype)))
        case rdflib.Literal():
            return Literal(str(node))
        case rdflib.BNode():
            return BlankNode(str(node))
    return NamedNode(str(node))
