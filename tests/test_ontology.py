"""The vocabulary: complete, in two languages, within OWL 2 DL, and in step with code, data and docs."""

import csv
import re
import tomllib
from typing import get_args

import pytest
import rdflib.namespace as published
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from innograph import records
from innograph.namespaces import ID, ONTOLOGY, PREFIXES
from innograph.registry.entries import TERRITORY_KINDS
from innograph.resources import data, house, ontology_files

INNO = Namespace(ONTOLOGY)
SHAPES = house() / "shapes" / "ontology" / "ontology.ttl"
DIAGRAM = house() / "docs" / "diagram.md"
MODEL = house() / "docs" / "model.md"

CLASSES = """
    Award Edition CategorySeries Category Distinction Rank Initiative Figure Reuse
    Organization Collectivity Group Territory Person Participation Jury Criterion AnnouncedCount
    Event Document Passage Assertion
"""
"""The classes of the design, typed out by hand."""

PROPERTIES = """
    organiser foundedIn awardKind announcedCount
    award year ordinal juryMeeting ceremony announcement jury criterion
    edition order inSeries categoryKind subtitle theme sponsoredBy sponsorStated
    category rank rankLabel laureate initiative rankOrder
    partner figure audience milestone partnerRole place reuse reuseKind
    startYear startMonth endYear endMonth
    value lowerValue upperValue unit measures base qualifier period printed contradicts
    groupOf organizationKind siren department constituent memberOf successorOf website administers
    inseeCode territoryKind within population populationYear
    publicOffice participant role mention onBehalfOf evidence basis
    president member stage counted startDate endDate venue location
    lineCount document startLine endLine page cell rule curator confidence
    name sortKey wikidata inseeUri nuts iso31662 euAtu
"""
"""The properties of the design, typed out by hand."""

PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
OF_OWL_ITSELF = {
    RDF.type,
    RDFS.label,
    RDFS.comment,
    RDFS.isDefinedBy,
    RDFS.seeAlso,
    RDFS.subClassOf,
    RDFS.domain,
}
OF_OWL_ITSELF |= {
    RDFS.subPropertyOf,
    RDFS.range,
    OWL.disjointWith,
    OWL.members,
    OWL.versionIRI,
    OWL.versionInfo,
}
CLOSED = {
    "dcterms": published.DCTERMS,
    "foaf": published.FOAF,
    "org": published.ORG,
    "owl": published.OWL,
    "prov": published.PROV,
    "rdfs": published.RDFS,
    "schema": published.SDO,
    "skos": published.SKOS,
    "vann": published.VANN,
    "xsd": published.XSD,
}
"""The published vocabularies that rdflib knows term by term."""


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    graph = Graph()
    for path in ontology_files():
        graph.parse(path)
    return graph


def ours(graph: Graph, *kinds: URIRef) -> set[str]:
    """Give the names of our terms of these kinds."""
    terms = {str(term) for kind in kinds for term in graph.subjects(RDF.type, kind)}
    return {term.removeprefix(ONTOLOGY) for term in terms if term.startswith(ONTOLOGY)}


def concepts(graph: Graph, scheme: str) -> set[str]:
    """Give the names of the concepts of a scheme."""
    members = graph.subjects(SKOS.inScheme, URIRef(f"{ID}{scheme}"))
    return {str(member).removeprefix(f"{ID}{scheme}/") for member in members}


def concept(path: str) -> URIRef:
    return URIRef(ID + path)


# Complete


def test_classes_are_those_of_the_design(vocabulary: Graph) -> None:
    assert ours(vocabulary, OWL.Class) == set(CLASSES.split())


def test_properties_of_the_design_are_declared(vocabulary: Graph) -> None:
    assert set(PROPERTIES.split()) - ours(vocabulary, OWL.ObjectProperty, OWL.DatatypeProperty) == set()


def test_terms_of_the_model_are_declared(vocabulary: Graph) -> None:
    used = set(re.findall(r"\binno:([A-Za-z0-9]+)", MODEL.read_text(encoding="utf-8")))
    assert len(used) > 80
    assert used - ours(vocabulary, OWL.Class, *PROPERTY_KINDS) == set()


def test_diagram_shows_every_class(vocabulary: Graph) -> None:
    drawn = re.findall(r"^    class (\w+)", DIAGRAM.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(drawn) == sorted(ours(vocabulary, OWL.Class))


def test_diagram_draws_no_unknown_property(vocabulary: Graph) -> None:
    text = DIAGRAM.read_text(encoding="utf-8")
    arrows = {name for label in re.findall(r" --> \w+ : (.+)", text) for name in label.split(", ")}
    rows = set(re.findall(r"^        (\w+)$", text, re.MULTILINE))
    assert arrows - ours(vocabulary, OWL.ObjectProperty) == set()
    assert rows - ours(vocabulary, OWL.ObjectProperty, OWL.DatatypeProperty) == set()


# In step with records and data


RECORDS_AND_MODEL = {
    "rank": get_args(records.RankName),
    "category-kind": get_args(records.CategoryKind),
    "stage": get_args(records.Stage),
    "counted": get_args(records.Counted),
    "basis": (*get_args(records.Basis), "curated"),
    "award-kind": ("prize", "label"),
    "reuse-kind": get_args(records.ReuseKind),
    "partner-role": (
        *(
            "co-owner",
            "funder",
            "technical-partner",
            "operator",
            "delivery",
            "design",
            "research",
            "training",
        ),
        *("landowner", "supplier", "communication", "user-representative", "sponsor-of-project"),
        *("labelling-body", "member", "other-partner"),
    ),
    "role": (
        "laureate",
        "partner",
        "sponsor",
        "organiser",
        "spokesperson",
        "president",
        "juror",
        "host",
        "presenter",
    ),
    "territory-kind": TERRITORY_KINDS,
    "rule": (
        "exact-name",
        "bare-name",
        "register-name",
        "rank-join",
        "organiser-named-in-award",
        "organiser-of-label",
        "organiser-of-editions",
        "same-label",
        "site-named-in-title",
        "decision",
    ),
}


@pytest.mark.parametrize("scheme", RECORDS_AND_MODEL)
def test_closed_scheme_holds_exactly_what_records_and_model_name(vocabulary: Graph, scheme: str) -> None:
    assert concepts(vocabulary, scheme) == set(RECORDS_AND_MODEL[scheme])


def test_only_fraternity_stands_outside_the_order_of_ranks(vocabulary: Graph) -> None:
    order = {
        name: vocabulary.value(concept(f"rank/{name}"), INNO.rankOrder)
        for name in concepts(vocabulary, "rank")
    }
    assert order == {"gold": Literal(1), "silver": Literal(2), "bronze": Literal(3), "fraternity": None}


def test_kinds_of_collectivity(vocabulary: Graph) -> None:
    kinds = set(vocabulary.subjects(INNO.collectivityKind, Literal(True)))
    assert {str(kind).removeprefix(f"{ID}organization-kind/") for kind in kinds} == {
        "commune",
        "department",
        "region",
        "special-status",
        "metropolis",
        "urban-community",
        "agglomeration-community",
        "community-of-communes",
    }


def test_kinds_in_data_are_concepts(vocabulary: Graph) -> None:
    with (data() / "organizations.tsv").open(encoding="utf-8", newline="") as file:
        bodies = {row["kind"] for row in csv.DictReader(file, delimiter="\t")} - {"group"}
    awards = {award["kind"] for award in tomllib.loads((data() / "awards.toml").read_text("utf-8")).values()}
    assert bodies - concepts(vocabulary, "organization-kind") == set(), (
        "add the kind to ontology/ranks-and-kinds.ttl"
    )
    assert awards - concepts(vocabulary, "award-kind") == set(), (
        "add the kind to ontology/ranks-and-kinds.ttl"
    )


# OWL 2 DL


def test_one_kind_for_each_property(vocabulary: Graph) -> None:
    for prop in {prop for kind in PROPERTY_KINDS for prop in vocabulary.subjects(RDF.type, kind)}:
        kinds = {*vocabulary.objects(prop, RDF.type)} & {*PROPERTY_KINDS}
        assert len(kinds) == 1, f"{prop} is {kinds}"
        for wider in vocabulary.objects(prop, RDFS.subPropertyOf):
            assert {*vocabulary.objects(wider, RDF.type)} & {*PROPERTY_KINDS} == kinds, (
                f"{prop} under {wider}"
            )


def test_no_term_is_class_and_property_at_once(vocabulary: Graph) -> None:
    properties = {prop for kind in PROPERTY_KINDS for prop in vocabulary.subjects(RDF.type, kind)}
    assert {*vocabulary.subjects(RDF.type, OWL.Class)} & properties == set()


def test_every_predicate_is_declared(vocabulary: Graph) -> None:
    declared = {prop for kind in PROPERTY_KINDS for prop in vocabulary.subjects(RDF.type, kind)}
    assert {*vocabulary.predicates()} - declared - OF_OWL_ITSELF - {RDF.first, RDF.rest} == set()


def test_every_superclass_and_type_is_declared(vocabulary: Graph) -> None:
    classes = {*vocabulary.subjects(RDF.type, OWL.Class)}
    used = {*vocabulary.objects(None, RDFS.subClassOf), *vocabulary.objects(None, RDFS.domain)}
    used |= {kind for kind in vocabulary.objects(None, RDF.type) if not str(kind).startswith(str(OWL))}
    assert used - classes == set()


def test_words_reserved_by_rdf_and_rdfs_are_no_terms(vocabulary: Graph) -> None:
    terms = {*vocabulary.subjects(RDF.type, OWL.Class)}
    terms |= {prop for kind in PROPERTY_KINDS for prop in vocabulary.subjects(RDF.type, kind)}
    assert {
        term for term in terms if str(term).startswith((str(RDF), str(RDFS), str(OWL), str(XSD)))
    } == set()


def test_main_classes_are_disjoint(vocabulary: Graph) -> None:
    (axiom,) = vocabulary.subjects(RDF.type, OWL.AllDisjointClasses)
    members = vocabulary.value(axiom, OWL.members)
    assert members is not None
    assert {*Collection(vocabulary, members)} == {INNO[name] for name in CLASSES.split()} - {
        INNO.Collectivity,
        INNO.Group,
    }


def test_foreign_terms_exist_where_they_are_defined(vocabulary: Graph) -> None:
    checked = set()
    for foreign in {term for triple in vocabulary for term in triple if isinstance(term, URIRef)}:
        for prefix, namespace in CLOSED.items():
            if str(foreign).startswith(PREFIXES[prefix]):
                assert foreign in namespace, f"{prefix} defines no {foreign}"
                checked.add(prefix)
    assert checked == set(CLOSED)


def test_prefixes_in_files_are_those_of_the_project() -> None:
    for path in (*ontology_files(), SHAPES):
        declared = re.findall(r"^@prefix (\w+): <([^>]+)>", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert declared
        assert {prefix: PREFIXES.get(prefix) for prefix, _ in declared} == dict(declared), path.name
