"""A report of validation as RDF, for ``graph:validation``, and as text for people."""

import hashlib
from collections.abc import Iterator
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode, Quad

from innograph.namespaces import named_graph, shorten, term, thing
from innograph.validation.validate import Finding, Report

_WORDS = {
    "en": {
        "Violation": "violation",
        "Warning": "warning",
        "in": "in",
        "merge": "the merge of all graphs",
        "conforms": "conforms",
        "does not conform": "does not conform",
        "violations": "violation(s)",
        "warnings": "warning(s)",
        "checked": "thing(s) checked",
        "nothing": "0 things checked: nothing here is of a class of the vocabulary",
    },
    "fr": {
        "Violation": "erreur",
        "Warning": "avertissement",
        "in": "dans",
        "merge": "la réunion des graphes",
        "conforms": "conforme",
        "does not conform": "non conforme",
        "violations": "erreur(s)",
        "warnings": "avertissement(s)",
        "checked": "chose(s) vérifiée(s)",
        "nothing": "0 chose vérifiée : rien ici n’est d’une classe du vocabulaire",
    },
}


def report_quads(report: Report) -> Iterator[Quad]:
    """Give a ``sh:ValidationReport`` in ``graph:validation``, without blank nodes.

    As SHACL has it, ``sh:conforms`` is false as soon as there is any result, a warning too. A result's
    address is a hash of what it says, so that the same finding keeps it from one build to the next.
    """
    graph = named_graph("validation")
    node = thing("validation-report", "latest")
    findings = report.violations + report.warnings
    yield Quad(node, term("rdf:type"), term("sh:ValidationReport"), graph)
    yield Quad(node, term("sh:conforms"), Literal(not findings), graph)
    for finding in findings:
        result = _address(finding)
        yield Quad(node, term("sh:result"), result, graph)
        for predicate, value in _facts(finding):
            yield Quad(result, predicate, value, graph)


def report_text(report: Report, language: OneOf["fr", "en"] = "en") -> str:
    """Write a report for people: for each finding what is wrong, with which thing, where, by which shape.

    The last line says how many violations and warnings there are, and how many things were checked; the text
    ends with a line feed.
    """
    words = _WORDS[language]
    blocks = [_block(finding, language) for finding in report.violations + report.warnings]
    conforms = words["conforms"] if report.conforms else words["does not conform"]
    tally = f"{len(report.violations)} {words['violations']}, {len(report.warnings)} {words['warnings']}"
    checked = f"{report.checked} {words['checked']}" if report.checked else words["nothing"]
    return "\n\n".join((*blocks, f"{conforms}: {tally}; {checked}\n"))


def _block(finding: Finding, language: OneOf["fr", "en"]) -> str:
    words = _WORDS[language]
    message = finding.message_fr if language == "fr" else finding.message_en
    where = shorten(finding.graph) if finding.graph else words["merge"]
    found = f" = {_shown(finding)}" if finding.value is not None else ""
    path = f"  {shorten(finding.path)}" if finding.path else ""
    return "\n".join(
        (
            f"{words.get(finding.severity, finding.severity)}: {message}",
            f"    {shorten(finding.focus)}{path}{found}",
            f"    {words['in']} {where}, {shorten(finding.shape)}",
        )
    )


def _shown(finding: Finding) -> str:
    return shorten(finding.value.value) if isinstance(finding.value, NamedNode) else str(finding.value)


def _address(finding: Finding) -> NamedNode:
    said = (finding.shape, finding.focus, finding.path, str(finding.value), finding.graph, finding.message_en)
    return thing("validation-result", hashlib.sha256(repr(said).encode()).hexdigest()[:16])


def _facts(finding: Finding) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    yield term("rdf:type"), term("sh:ValidationResult")
    yield term("sh:resultSeverity"), term(f"sh:{finding.severity}")
    yield term("sh:sourceShape"), NamedNode(finding.shape)
    yield term("sh:resultMessage"), Literal(finding.message_fr, language="fr")
    yield term("sh:resultMessage"), Literal(finding.message_en, language="en")
    if not finding.focus.startswith("_:"):
        yield term("sh:focusNode"), NamedNode(finding.focus)
    if finding.path:
        yield term("sh:resultPath"), NamedNode(finding.path)
    if isinstance(finding.value, (NamedNode, Literal)):
        yield term("sh:value"), finding.value
    if finding.graph:
        yield term("dcterms:isPartOf"), NamedNode(finding.graph)
