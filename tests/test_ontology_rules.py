"""The rules for the vocabulary: it keeps them; a copy broken in one place breaks the rule of that place."""

from collections.abc import Callable

import pyshacl
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from innograph.namespaces import ID, ONTOLOGY, PREFIXES
from innograph.resources import house, ontology_files

INNO = Namespace(ONTOLOGY)
THE_ONTOLOGY = URIRef("https://w3id.org/innograph/ontology")
SHAPES = house() / "shapes" / "ontology" / "ontology.ttl"


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES)


@pytest.fixture
def vocabulary() -> Graph:
    graph = Graph()
    for path in ontology_files():
        graph.parse(path)
    return graph


def concept(path: str) -> URIRef:
    return URIRef(ID + path)


def complaints(graph: Graph, shapes: Graph, *focus: URIRef) -> set[tuple[str, str]]:
    """Give focus node and message of each result; pySHACL drops languages in SPARQL constraints.

    :param focus: look at these nodes only; without any, at the whole graph, and at the shapes as well.
    """
    _, report, _ = pyshacl.validate(
        graph, shacl_graph=shapes, focus_nodes=list(focus) or None, meta_shacl=not focus
    )
    assert isinstance(report, Graph)
    shacl = Namespace(PREFIXES["sh"])
    return {
        (str(report.value(result, shacl.focusNode)), str(message))
        for result in report.subjects(RDF.type, shacl.ValidationResult)
        for message in report.objects(result, shacl.resultMessage)
    }


Change = Callable[[Graph], object]


def _without(subject: URIRef, predicate: URIRef) -> Change:
    return lambda graph: graph.remove((subject, predicate, None))


def _with(subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> Change:
    return lambda graph: graph.add((subject, predicate, value))


def _renamed(old: URIRef, new: URIRef) -> Change:
    def change(graph: Graph) -> None:
        for subject, predicate, value in list(graph.triples((old, None, None))):
            graph.remove((subject, predicate, value))
            graph.add((new, predicate, value))

    return change


GOLD, RANKS = concept("rank/gold"), concept("rank")
BROKEN: list[tuple[Change, URIRef, str]] = [
    (_without(THE_ONTOLOGY, RDF.type), THE_ONTOLOGY, "The vocabulary declares itself an OWL ontology."),
    (
        _without(THE_ONTOLOGY, DCTERMS.title),
        THE_ONTOLOGY,
        "The ontology has one title in French and one in English.",
    ),
    (
        _without(THE_ONTOLOGY, OWL.versionInfo),
        THE_ONTOLOGY,
        "The ontology gives its version, of the form 0.1.0.",
    ),
    (_without(THE_ONTOLOGY, OWL.versionIRI), THE_ONTOLOGY, "The ontology has a version address."),
    (
        _without(THE_ONTOLOGY, DCTERMS.license),
        THE_ONTOLOGY,
        "The ontology has a licence, given by its address.",
    ),
    (_without(THE_ONTOLOGY, DCTERMS.creator), THE_ONTOLOGY, "The ontology says who made it."),
    (
        _with(SKOS.Concept, RDFS.isDefinedBy, THE_ONTOLOGY),
        SKOS.Concept,
        "Only our own terms say that our ontology defines them.",
    ),
    (_with(INNO.Award, RDF.type, OWL.Thing), INNO.Award, "A term is an OWL class or property."),
    (_without(INNO.Award, RDFS.label), INNO.Award, "A term has one label in French and one in English."),
    (
        _with(INNO.award, RDFS.label, Literal("Preis", "de")),
        INNO.award,
        "A term has one label in French and one in English.",
    ),
    (_without(INNO.year, RDFS.comment), INNO.year, "A term has one comment in French and one in English."),
    (
        _without(INNO.Award, RDFS.isDefinedBy),
        INNO.Award,
        "A term in our namespace says that our ontology defines it.",
    ),
    (
        _renamed(INNO.Criterion, INNO.criterion1),
        INNO.criterion1,
        "The name of a class is written UpperCamel.",
    ),
    (_renamed(INNO.website, INNO.WebSite), INNO.WebSite, "The name of a property is written lowerCamel."),
    (
        _with(INNO.sortKey, RDF.type, OWL.AnnotationProperty),
        INNO.sortKey,
        "A property leads to things, to values or annotates: one kind only (OWL 2 DL).",
    ),
    (
        _with(INNO.sortKey, RDFS.domain, INNO.Nothing),
        INNO.sortKey,
        "The domain of a property is one class, declared.",
    ),
    (
        _with(INNO.website, RDFS.range, INNO.Site),
        INNO.website,
        "The range of an object property is one class, declared.",
    ),
    (
        _without(INNO.name, RDFS.range),
        INNO.name,
        "A datatype property has one value type, among those of the model.",
    ),
    (
        _with(INNO.theme, INNO.valuesFrom, concept("mood")),
        concept("mood"),
        "A property takes its values only from a concept scheme that exists.",
    ),
    (_renamed(RANKS, concept("Rank")), concept("Rank"), "A concept scheme has the address id/<name>."),
    (_without(RANKS, DCTERMS.title), RANKS, "A scheme has one title in French and one in English."),
    (
        lambda graph: graph.remove((None, SKOS.topConceptOf, RANKS)),
        RANKS,
        "A scheme holds at least one concept.",
    ),
    (_without(GOLD, SKOS.prefLabel), GOLD, "A concept has one label in French and one in English."),
    (_without(GOLD, SKOS.definition), GOLD, "A concept has one definition in French and one in English."),
    (
        _with(GOLD, SKOS.inScheme, concept("metal")),
        GOLD,
        "A concept belongs to one scheme, which exists.",
    ),
    (
        _renamed(GOLD, concept("rank/Gold")),
        concept("rank/Gold"),
        "A concept has the address of its scheme followed by its name.",
    ),
    (
        _with(GOLD, SKOS.prefLabel, Literal("argent", "fr")),
        GOLD,
        "Two concepts of one scheme have the same label.",
    ),
    (
        _with(GOLD, SKOS.broader, concept("rank/silver")),
        GOLD,
        "A concept is at the top of its scheme, or under one that is.",
    ),
    (
        _with(concept("theme/arts"), SKOS.exactMatch, URIRef("http://eurovoc.europa.eu/2492")),
        concept("theme/arts"),
        "Two concepts of one scheme have the same exact match.",
    ),
    (_with(GOLD, INNO.rankOrder, Literal(0)), GOLD, "The order of a rank is an integer, from 1."),
    (
        _with(concept("role/juror"), RDF.type, INNO.Rank),
        concept("role/juror"),
        "A rank is a concept of the scheme id/rank.",
    ),
]


def test_vocabulary_conforms(vocabulary: Graph, shapes: Graph) -> None:
    assert complaints(vocabulary, shapes) == set()


@pytest.mark.parametrize(
    ("change", "focus", "message"), BROKEN, ids=[f"{row[1]}: {row[2]}" for row in BROKEN]
)
def test_broken_vocabulary_does_not_conform(
    vocabulary: Graph, shapes: Graph, change: Change, focus: URIRef, message: str
) -> None:
    change(vocabulary)
    assert (str(focus), message) in complaints(vocabulary, shapes, focus)


def test_every_rule_has_a_broken_vocabulary(shapes: Graph) -> None:
    messages = {
        str(message)
        for message in shapes.objects(None, URIRef(f"{PREFIXES['sh']}message"))
        if isinstance(message, Literal) and message.language == "en"
    }
    assert messages == {message for _, _, message in BROKEN}


def test_every_rule_speaks_both_languages(shapes: Graph) -> None:
    message = URIRef(f"{PREFIXES['sh']}message")
    for shape in {*shapes.subjects(message, None)}:
        texts = list(shapes.objects(shape, message))
        assert sorted(str(text.language) for text in texts if isinstance(text, Literal)) == ["en", "fr"], (
            shape
        )
