"""The dataset in the Vocabulary of Interlinked Datasets (https://www.w3.org/TR/void/)."""

from pyoxigraph import Literal, NamedNode, Triple

from innograph.namespaces import ID, ONTOLOGY, thing
from innograph.store.formats import TRIPLES
from innograph.store.snapshot import Snapshot
from innograph.web.sizes import Sizes
from innograph.web.statements import (
    DATASET,
    FORMAT_NAMES,
    FORMATS,
    LICENCE,
    TITLES,
    Statements,
    in_both,
    number,
    slug,
)


def void(snapshot: Snapshot, sizes: Sizes, root: str) -> list[Triple]:
    """Describe the dataset as VoID: its size, by class and by property, and what it links to."""
    written = Statements()
    classes = {_part("class", name): (name, many) for name, many in sizes.by_class.items()}
    properties = {_part("property", name): (name, many) for name, many in sizes.by_property.items()}
    linksets = {
        NamedNode(f"{DATASET.value}#links-{place}"): link for place, link in enumerate(sizes.links, 1)
    }
    ours = sum(many for name, many in sizes.by_class.items() if name.startswith(ONTOLOGY))
    dumps = [NamedNode(f"{root}dumps/{name}") for name in snapshot.dumps() if name.endswith(".nq.gz")]
    written.say(
        DATASET,
        "void:Dataset",
        {
            "dcterms:title": in_both(TITLES),
            "dcterms:license": LICENCE,
            "void:triples": number(sizes.triples),
            "void:entities": number(ours),
            "void:classes": number(len(sizes.by_class)),
            "void:properties": number(len(sizes.by_property)),
            "void:distinctSubjects": number(sizes.subjects),
            "void:distinctObjects": number(sizes.objects),
            "void:uriSpace": Literal(ID),
            "void:vocabulary": NamedNode(ONTOLOGY),
            "void:exampleResource": thing("rank", "gold"),
            "void:sparqlEndpoint": NamedNode(f"{root}sparql"),
            "void:dataDump": dumps,
            "void:feature": [NamedNode(FORMATS + FORMAT_NAMES[format.name]) for format in TRIPLES],
            "void:classPartition": list(classes),
            "void:propertyPartition": list(properties),
            "void:subset": [*map(NamedNode, sizes.by_graph), *linksets],
        },
    )
    for part, (name, many) in classes.items():
        written.say(part, "void:Dataset", {"void:class": NamedNode(name), "void:entities": number(many)})
    for part, (name, many) in properties.items():
        written.say(part, "void:Dataset", {"void:property": NamedNode(name), "void:triples": number(many)})
    for graph, many in sizes.by_graph.items():
        written.say(NamedNode(graph), "void:Dataset", {"void:triples": number(many)})
    for linkset, (property, site, many) in linksets.items():
        written.say(
            linkset,
            "void:Linkset",
            {
                "void:linkPredicate": NamedNode(property),
                "void:subjectsTarget": DATASET,
                "void:objectsTarget": NamedNode(site),
                "void:triples": number(many),
            },
        )
    return written.triples


def _part(kind: str, iri: str) -> NamedNode:
    return NamedNode(f"{DATASET.value}#{kind}-{slug(iri)}")
