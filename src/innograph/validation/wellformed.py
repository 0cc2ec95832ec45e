"""Whether shapes are well-formed: all that would stop a validation halfway is refused when they are loaded.

What a shape lacks is looked up; what is wrong in its values is found by a trial on a thing that nothing is
said about, for pySHACL reads the values of a constraint only when it applies it.
"""

import logging
import re
from collections.abc import Mapping
from pathlib import Path

import rdflib
from pyoxigraph import Store
from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS
from pyshacl.graph_abstraction import OxigraphDataGraph
from pyshacl.pytypes import SHACLExecutor
from pyshacl.shapes_graph import ShapesGraph
from rdflib.namespace import RDF, SH

from innograph.errors import DataError
from innograph.namespaces import SHAPES

SCOPE = rdflib.URIRef(f"{SHAPES}scope")
PER_GRAPH = rdflib.URIRef(f"{SHAPES}PerGraph")
MERGED = rdflib.URIRef(f"{SHAPES}Merged")
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)

_CONSTRAINTS = set(ALL_CONSTRAINT_PARAMETERS) - {SH.property, SH.ignoredProperties}
_NOTHING = rdflib.URIRef("urn:innograph:nothing")


def check_shapes(shapes: rdflib.Graph, origins: Mapping[rdflib.term.Node, Path]) -> None:
    """Check that shapes can be applied, and that whatever they report has a message.

    :param origins: the file in which each shape stands.
    :raises DataError: one of them is malformed; names the shape and its file.
    """
    for shape, fault in (*_lacking(shapes), *_unusable(shapes)):
        raise DataError(f"{shape} {fault}", origins.get(shape, Path("shapes")))


def try_shapes(shapes: rdflib.Graph, origins: Mapping[rdflib.term.Node, Path]) -> None:
    """Apply every shape to a thing that nothing is said about.

    :raises DataError: pySHACL or Oxigraph cannot; names the shape and its file.
    """
    quiet = logging.Logger("pyshacl, in a trial", logging.CRITICAL + 1)  # the error says it all
    shape: rdflib.term.Node | None = None
    nothing = OxigraphDataGraph(Store())
    try:
        parsed = ShapesGraph(shapes, logger=quiet).shapes
        for each in sorted(parsed, key=lambda each: not each.is_property_shape):  # the inner ones first
            shape = each.node
            each.validate(SHACLExecutor(), nothing, focus=[_NOTHING])
    except Exception as error:  # pySHACL refuses by its own errors, by assertions, by what follows from them
        fault = str(error).partition("\nFor reference")[0] or type(error).__name__
        named = "a shape" if shape is None else str(shape)
        path = Path("shapes") if shape is None else origins.get(shape, Path("shapes"))
        raise DataError(f"{named} cannot be applied: {fault}", path) from error


def _lacking(graph: rdflib.Graph) -> list[tuple[rdflib.term.Node, str]]:
    """List the shapes that lack a scope, a path, or a message in one of the languages."""
    targeted = {shape for target in TARGETS for shape in graph.subjects(target)}
    faults = [
        (shape, "lacks insh:scope insh:PerGraph or insh:Merged")
        for shape in targeted
        if graph.value(shape, SCOPE) not in (PER_GRAPH, MERGED)
    ]
    faults += [
        (shape, "is closed: name rdf:type, at least, in sh:ignoredProperties")
        for shape in graph.subjects(SH.closed)
        if graph.value(shape, SH.ignoredProperties) is None
    ]
    properties = {*graph.subjects(RDF.type, SH.PropertyShape), *graph.objects(None, SH.property)}
    faults += [
        (shape, "is a property shape: it needs one sh:path")
        for shape in properties
        if len(list(graph.objects(shape, SH.path))) != 1
    ]
    named = {shape for shape in graph.subjects() if isinstance(shape, rdflib.URIRef)}
    bound = {shape for shape in named | targeted if _CONSTRAINTS & set(graph.predicates(shape))}
    reported = bound | {used for shape in named | targeted for used in graph.objects(shape, SH.property)}
    faults += [
        (shape, "needs one sh:message in French and one in English")
        for shape in reported | set(graph.subjects(SH.message))
        if sorted(str(getattr(text, "language", None)) for text in graph.objects(shape, SH.message))
        != ["en", "fr"]
    ]
    return sorted(faults)


def _unusable(graph: rdflib.Graph) -> list[tuple[rdflib.term.Node, str]]:
    """List the shapes whose pattern is none: a trial without values never comes to read it."""
    faults = []
    for shape, pattern in graph.subject_objects(SH.pattern):
        try:
            re.compile(str(pattern))
        except re.error as error:
            faults.append((shape, f"has a sh:pattern that is none ({error}): {pattern}"))
    return sorted(faults)
