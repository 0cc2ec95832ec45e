"""``graph:vocabulary``: the files of the vocabulary, and what the code asks of its concept schemes."""

from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from innograph.graph.page import Page
from innograph.namespaces import ID, inno, named_graph, term, thing
from innograph.rdf import read_quads


def write_vocabulary(files: Sequence[Path]) -> Page:
    """Copy the Turtle files of the vocabulary into their graph.

    :raises DataError: a file is not Turtle; names the line.
    """
    page = Page(named_graph("vocabulary"))
    for path in files:
        page.quads.update(Quad(q.subject, q.predicate, q.object, page.graph) for q in read_quads(path))
    return page


def scheme_members(vocabulary: Page) -> dict[str, frozenset[str]]:
    """Give the names of the concepts of each scheme, by the name of the scheme."""
    members: dict[str, set[str]] = {}
    for quad in vocabulary.quads:
        if quad.predicate == term("skos:inScheme") and isinstance(quad.subject, NamedNode):
            scheme, _, name = quad.subject.value.removeprefix(ID).partition("/")
            members.setdefault(scheme, set()).add(name)
    return {scheme: frozenset(names) for scheme, names in members.items()}


def concept_labels(vocabulary: Page, scheme: str) -> dict[str, str]:
    """Give the French labels of the concepts of a scheme, by their names."""
    start = f"{thing(scheme).value}/"
    return {
        quad.subject.value.removeprefix(start): quad.object.value
        for quad in vocabulary.quads
        if quad.predicate == term("skos:prefLabel")
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
        and quad.object.language == "fr"
        and quad.subject.value.startswith(start)
    }


def collectivity_kinds(vocabulary: Page) -> frozenset[NamedNode]:
    """Give the kinds of organization whose bodies are collectivités."""
    return frozenset(
        quad.subject
        for quad in vocabulary.quads
        if quad.predicate == inno.collectivityKind and isinstance(quad.subject, NamedNode)
    )
