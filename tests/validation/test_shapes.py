"""What the files of shapes/ must be like, whatever they say."""

from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, SH

from innograph.errors import DataError
from innograph.namespaces import ONTOLOGY, SHAPES, declared_terms
from innograph.resources import shape_files
from innograph.validation.shapes import house_shapes, load_shapes

PREFIXES = """@prefix insh: <https://w3id.org/innograph/shapes#> .
@prefix inno: <https://w3id.org/innograph/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


@pytest.fixture(scope="module")
def whole() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in shape_files():
        graph.parse(path)
    return graph


def test_what_can_be_reported_is_named_and_has_a_message_in_both_languages(whole: rdflib.Graph) -> None:
    shapes = set(whole.subjects(RDF.type, SH.PropertyShape))
    shapes |= set(whole.subjects(SH.sparql)) | set(whole.subjects(SH.closed))
    assert [shape for shape in shapes if not str(shape).startswith(SHAPES)] == []
    assert {str(shape) for shape in shapes} - house_shapes().messages.keys() == set()


def test_a_shape_that_is_a_property_of_a_targeted_one_is_named(whole: rdflib.Graph) -> None:
    targeted = set(whole.subjects(SH.targetClass)) | set(whole.subjects(SH.targetSubjectsOf))
    used = {used for shape in targeted for used in whole.objects(shape, SH.property)}
    assert used == set(whole.subjects(RDF.type, SH.PropertyShape))


def test_every_class_and_property_of_ours_is_declared_by_the_ontology(whole: rdflib.Graph) -> None:
    used = {
        term.removeprefix(ONTOLOGY)
        for triple in whole
        for term in map(str, triple)
        if term.startswith(ONTOLOGY)
    }
    assert used - declared_terms().keys() == {""}  # the namespace itself, declared as a prefix of the queries


@pytest.mark.parametrize("predicate", [SH.targetClass, SH.path, SH["class"]])
def test_targets_and_paths_are_terms_that_exist(whole: rdflib.Graph, predicate: rdflib.URIRef) -> None:
    ours = {str(term) for term in whole.objects(None, predicate) if str(term).startswith(ONTOLOGY)}
    assert {term.removeprefix(ONTOLOGY) for term in ours} <= declared_terms().keys()


@pytest.mark.parametrize(
    ("turtle", "line", "message"),
    [
        ("insh:X a sh:NodeShape ;;; sh:targetClass", 4, "malformed Turtle"),
        ("insh:X a sh:NodeShape ; sh:targetClass inno:Award .", None, "lacks insh:scope"),
        ("insh:X a sh:NodeShape ; sh:closed true .", None, "is closed: name rdf:type"),
        (
            'insh:X a sh:NodeShape ; insh:scope insh:Merged ; sh:targetNode inno:X ; sh:message "Non."@fr .',
            None,
            "one sh:message in French and one in English",
        ),
    ],
)
def test_refuses_a_wrong_file_with_its_place(
    tmp_path: Path, turtle: str, line: int | None, message: str
) -> None:
    path = tmp_path / "wrong.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    with pytest.raises(DataError, match=message) as refusal:
        load_shapes([path])
    assert (refusal.value.path, refusal.value.line) == (path, line)


AWARD = """insh:X a sh:NodeShape ; insh:scope insh:Merged ; sh:targetClass inno:Award ;
    sh:message "Non."@fr , "No."@en ; """
TITLE = AWARD + 'sh:property insh:P . insh:P sh:message "Non."@fr , "No."@en ; '


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        (AWARD + 'sh:sparql [ sh:select "SELECT nonsense {" ] .', "X cannot be applied: error at 5:16"),
        (AWARD + "sh:sparql [ ] .", "X cannot be applied: SPARQLConstraintComponent"),
        (AWARD + 'sh:pattern "(" .', r"X has a sh:pattern that is none \(missing \)"),
        (AWARD + "sh:minInclusive inno:a .", "X cannot be applied: AssertionError"),
        (AWARD + "sh:property insh:Nowhere .", "Nowhere is a property shape: it needs one sh:path"),
        (TITLE + 'sh:path inno:title ; sh:minCount "abc" .', "P cannot be applied: MinCountConstraint"),
        (TITLE + 'sh:path inno:title ; sh:pattern "(" .', "P has a sh:pattern that is none"),
        (TITLE + 'sh:path "title" ; sh:minCount 1 .', "P cannot be applied: Values of a property path"),
        (TITLE + "sh:minCount 1 .", "P is a property shape: it needs one sh:path"),
        (AWARD + "sh:property [ sh:path inno:title ] .", "needs one sh:message in French and one in English"),
        (
            "insh:X insh:scope insh:Merged ; sh:targetClass inno:Award ; sh:nodeKind sh:IRI .",
            "X needs one sh:message in French and one in English",
        ),
    ],
)
def test_refuses_what_would_stop_a_validation(
    tmp_path: Path, turtle: str, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "wrong.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    with pytest.raises(DataError, match=message) as refusal:
        load_shapes([path])
    assert refusal.value.path == path
    assert caplog.records == []
