"""What belongs to the dataset as a whole: its description, and the merge of all graphs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from innograph.curation.sources import DocumentEntry
from innograph.graph.page import Page, french
from innograph.namespaces import BASE, named_graph, term, thing
from innograph.records import Edition, Facts

LICENCE = "https://spdx.org/licenses/etalab-2.0.html"


def write_dataset(
    documents: Mapping[str, DocumentEntry], editions: Sequence[Edition], facts: Sequence[Facts]
) -> Page:
    """Describe the dataset: what it is, its licence, the documents it draws on, the editions it holds."""
    page = Page(named_graph("dataset"))
    node = page.describe(
        NamedNode(f"{BASE}dataset"),
        term("dcat:Dataset"),
        {
            term("dcterms:title"): [
                french("innograph : les prix de l’innovation publique territoriale"),
                Literal("innograph: the innovation awards of French local government", language="en"),
            ],
            term("dcterms:license"): NamedNode(LICENCE),
            term("dcterms:source"): [thing("document", key) for key in documents],
            term("dcterms:subject"): [thing("edition", edition.key) for edition in editions],
            term("dcterms:hasPart"): [
                *(named_graph("edition", edition.key) for edition in editions),
                *(named_graph("curated", read.edition) for read in facts),
            ],
        },
    )
    page.say(node, term("rdf:type"), term("void:Dataset"))
    return page


def merged(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Give every quad, and its triple once more in the default graph."""
    for quad in quads:
        yield quad
        yield Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())
