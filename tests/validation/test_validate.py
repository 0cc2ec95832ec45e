"""Validating: what is checked alone, what on the merge, and how findings are told."""

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from innograph.errors import DataError
from innograph.namespaces import GRAPH, ID, ONTOLOGY, PREFIXES, SHAPES
from innograph.rdf import read_quads
from innograph.resources import house
from innograph.validation.report import report_quads, report_text
from innograph.validation.validate import Finding, Report, validate, validate_files

EXAMPLES = house() / "shapes" / "examples"
AROUND = EXAMPLES / "around.ttl"

UNRANKED = Finding(
    focus=f"{ID}announced-count/exemple-2023/2",
    path=None,
    value=None,
    shape=f"{SHAPES}AnnouncedRanked",
    message_fr="1 distinctions de ce rang annoncées, 0 au palmarès.",
    message_en="1 distinctions of this rank announced, 0 listed.",
    graph=None,
    severity="Warning",
)
SECOND_RANK = Finding(
    focus=f"{ID}distinction/exemple-2023-verger",
    path=f"{ONTOLOGY}rank",
    value=NamedNode(f"{ID}rank/platinum"),
    shape=f"{SHAPES}DistinctionRank",
    message_fr="Une distinction a au plus un rang : or, argent, bronze ou fraternité.",
    message_en="A distinction has at most one rank: gold, silver, bronze or fraternity.",
    graph=None,
    severity="Violation",
)


def example(name: str) -> Report:
    return validate_files([AROUND, EXAMPLES / name])


def test_a_warning_names_both_numbers_and_does_not_stop_the_graph() -> None:
    report = example("announced-count/invalid-ranked.ttl")
    assert (report.violations, report.warnings) == ((), (UNRANKED,))
    assert report.conforms


def test_a_violation_tells_the_thing_the_property_and_the_value() -> None:
    report = example("distinction/invalid-rank-unknown.ttl")
    assert (report.violations, report.warnings) == ((SECOND_RANK,), ())
    assert not report.conforms


def test_a_finding_in_a_named_graph_names_it() -> None:
    (finding,) = example("shared/invalid-evidence-hidden-by-union.trig").violations
    assert (finding.graph, finding.shape) == (f"{GRAPH}edition/exemple-2023", f"{SHAPES}Evidence")


def test_the_merge_in_the_default_graph_is_no_source_of_its_own() -> None:
    named = [Quad(q.subject, q.predicate, q.object, NamedNode(f"{GRAPH}edition/x")) for q in wrong_sort_key()]
    merge = [Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in named]
    store = Store()
    store.bulk_extend(named + merge)
    assert [finding.graph for finding in validate(store).violations] == [f"{GRAPH}edition/x"]


def test_contributions_and_old_reports_are_no_part_of_the_merge() -> None:
    wrong = read_quads(EXAMPLES / "distinction" / "invalid-category-unknown.ttl")
    for name in ("contribution/x", "validation"):
        apart = [Quad(quad.subject, quad.predicate, quad.object, NamedNode(GRAPH + name)) for quad in wrong]
        merged = [finding for finding in validate(apart).violations if finding.graph is None]
        assert merged == []


def test_the_order_of_the_quads_does_not_matter() -> None:
    quads = read_quads(EXAMPLES / "edition" / "invalid-organiser-text.ttl")
    assert validate(quads) == validate(reversed(quads))


def test_an_ill_typed_literal_is_a_finding_and_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    report = example("criterion/invalid-order-word.ttl")
    word = Literal("un", datatype=NamedNode(PREFIXES["xsd"] + "integer"))
    assert {finding.value for finding in report.violations} == {word}
    assert caplog.records == []


@pytest.mark.parametrize(
    ("content", "last_line"),
    [
        ("", "conforms: 0 violation(s), 0 warning(s); NOTHING\n"),
        ('<urn:a> a <urn:Thing> ; <urn:nom> "x" .', "conforms: 0 violation(s), 0 warning(s); NOTHING\n"),
        (
            f'<urn:a> a <{ONTOLOGY}Organisation> ; <{ONTOLOGY}nom> "x" .',
            "does not conform: 2 violation(s), 0 warning(s); NOTHING\n",
        ),
    ],
)
def test_a_file_of_which_nothing_is_checked_says_so(tmp_path: Path, content: str, last_line: str) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(content, encoding="utf-8")
    nothing = "0 things checked: nothing here is of a class of the vocabulary"
    text = report_text(validate_files([path]))
    assert text.endswith(last_line.replace("NOTHING", nothing))


def test_terms_that_the_vocabulary_does_not_declare_are_violations() -> None:
    body = NamedNode("urn:a")
    kind = Quad(body, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(f"{ONTOLOGY}Organisation"))
    name = Quad(body, NamedNode(f"{ONTOLOGY}nom"), Literal("x"), NamedNode(f"{GRAPH}bodies"))
    found = validate([kind, name]).violations
    assert [(f.focus, f.path, f.value, f.message_fr, f.message_en, f.graph) for f in found] == [
        (
            "urn:a",
            kind.predicate.value,
            kind.object,
            "Le vocabulaire ne définit pas inno:Organisation.",
            "The vocabulary does not declare inno:Organisation.",
            None,
        ),
        (
            "urn:a",
            name.predicate.value,
            name.object,
            "Le vocabulaire ne définit pas inno:nom.",
            "The vocabulary does not declare inno:nom.",
            f"{GRAPH}bodies",
        ),
    ]


def test_things_of_our_classes_are_counted_once() -> None:
    quads = wrong_sort_key()
    kinds = {q.subject for q in quads if q.predicate.value.endswith("#type")}
    twice = [Quad(q.subject, q.predicate, q.object, NamedNode(f"{GRAPH}edition/x")) for q in quads]
    assert len(kinds) == 1
    assert validate([*quads, *twice]).checked == 1


def wrong_sort_key() -> list[Quad]:
    return read_quads(EXAMPLES / "shared" / "invalid-sort-key-accent.ttl")


@pytest.mark.parametrize(
    ("name", "content", "message", "line"),
    [
        ("x.csv", "a,b", "unknown RDF syntax", None),
        ("x.ttl", "<a> <b>\n<c> <d> .", "malformed Turtle", 2),
        ("x.nq", "<urn:a> <urn:b> <urn:c> .\nnonsense", "malformed N-Quads", 2),
    ],
)
def test_refuses_a_wrong_file_with_its_place(
    tmp_path: Path, name: str, content: str, message: str, line: int | None
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=message) as refusal:
        validate_files([path])
    assert (refusal.value.path, refusal.value.line) == (path, line)


def test_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        validate_files([tmp_path / "absent.ttl"])


def test_report_for_people_in_both_languages() -> None:
    report = Report(violations=(SECOND_RANK,), warnings=(UNRANKED,), checked=2)
    assert report_text(report) == (
        "violation: A distinction has at most one rank: gold, silver, bronze or fraternity.\n"
        "    id:distinction/exemple-2023-verger  inno:rank = id:rank/platinum\n"
        "    in the merge of all graphs, insh:DistinctionRank\n"
        "\n"
        "warning: 1 distinctions of this rank announced, 0 listed.\n"
        "    id:announced-count/exemple-2023/2\n"
        "    in the merge of all graphs, insh:AnnouncedRanked\n"
        "\n"
        "does not conform: 1 violation(s), 1 warning(s); 2 thing(s) checked\n"
    )
    assert report_text(Report((), (), 0), "fr") == (
        "conforme: 0 erreur(s), 0 avertissement(s); "
        "0 chose vérifiée : rien ici n’est d’une classe du vocabulaire\n"
    )


def test_report_as_rdf() -> None:
    quads = list(report_quads(Report(violations=(), warnings=(UNRANKED,), checked=2)))
    result = next(quad.object for quad in quads if quad.predicate == NamedNode(PREFIXES["sh"] + "result"))
    assert isinstance(result, NamedNode) and result.value.startswith(f"{ID}validation-result/")
    expected = f"""
        @prefix sh: <{PREFIXES["sh"]}> .
        <{ID}validation-report/latest> a sh:ValidationReport ;
            sh:conforms false ; sh:result <{result.value}> .
        <{result.value}> a sh:ValidationResult ;
            sh:resultSeverity sh:Warning ; sh:sourceShape <{SHAPES}AnnouncedRanked> ;
            sh:focusNode <{ID}announced-count/exemple-2023/2> ;
            sh:resultMessage "1 distinctions de ce rang annoncées, 0 au palmarès."@fr ,
                "1 distinctions of this rank announced, 0 listed."@en .
    """
    assert {quad.triple for quad in quads} == {
        quad.triple for quad in parse(expected, format=RdfFormat.TURTLE)
    }
    assert {quad.graph_name for quad in quads} == {NamedNode(f"{GRAPH}validation")}


def test_a_report_without_findings_conforms_as_rdf() -> None:
    (kind, conforms) = report_quads(Report((), (), 0))
    assert kind.object == NamedNode(PREFIXES["sh"] + "ValidationReport")
    assert conforms.object == Literal(True)
