"""What belongs to the dataset as a whole: its description."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from innograph.curation.sources import DocumentEntry
from innograph.graph.page import Page, french
from innograph.identifiers import GEO_API, SCHEMES
from innograph.namespaces import BASE, named_graph, term, thing
from innograph.records import Edition, Facts

LICENCE = "https://spdx.org/licenses/etalab-2.0.html"
REGISTERS = "https://github.com/datagouv/decoupage-administratif"
"""Where the publishers' files of the registers are put together."""

_TARGETS = {
    GEO_API: GEO_API,
    **{scheme.target: scheme.leads_to("") for scheme in SCHEMES.values() if scheme.target},
}
"""The data sets that identifiers lead to, each with what its addresses begin with."""


def write_dataset(
    documents: Mapping[str, DocumentEntry],
    editions: Sequence[Edition],
    facts: Sequence[Facts],
    identifiers: Page,
) -> Page:
    """Describe the dataset: what it is, its licence, the documents it draws on, the editions it holds.

    Its links to other data sets, which stand in the graph ``identifiers``, are counted.
    """
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
    page.describe(
        named_graph("registry"),
        term("void:Dataset"),
        {
            term("dcterms:title"): [
                french("Registres publics : communes, groupements, départements, régions"),
                Literal("Public registers: communes, groupings, departments, regions", language="en"),
            ],
            term("dcterms:license"): NamedNode(LICENCE),
            term("dcterms:source"): NamedNode(REGISTERS),
        },
    )
    page.say(node, term("void:subset"), named_graph("registry"))
    for links in _linksets(page, node, identifiers):
        page.say(node, term("void:subset"), links)
    return page


def _linksets(page: Page, dataset: NamedNode, identifiers: Page) -> Iterator[NamedNode]:
    """Describe the links to each other data set: by which property, to where, how many."""
    counted = Counter(
        (quad.predicate, target)
        for quad in identifiers.quads
        if isinstance(quad.object, NamedNode)
        for target, start in _TARGETS.items()
        if quad.object.value.startswith(start) and quad.predicate != term("rdf:object")
    )
    for (predicate, target), number in counted.items():
        name = predicate.value.replace("#", "/").rsplit("/", 1)[1]
        host = target.split("/")[2]
        yield page.describe(
            NamedNode(f"{BASE}dataset/links/{host}/{name}"),
            term("void:Linkset"),
            {
                term("void:subjectsTarget"): dataset,
                term("void:objectsTarget"): NamedNode(target),
                term("void:linkPredicate"): predicate,
                term("void:triples"): number,
            },
        )
        page.describe(NamedNode(target), term("void:Dataset"), {term("void:uriSpace"): _TARGETS[target]})
