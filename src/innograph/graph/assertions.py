"""Statements about single triples: who or what concluded them, and from which lines."""

import hashlib
from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Triple

from innograph.graph.page import Facts, Page, french
from innograph.namespaces import concept, inno, term, thing


def assert_stated(page: Page, triple: Triple, evidence: Sequence[NamedNode]) -> None:
    """Say that a document states ``triple``, at ``evidence``."""
    _assert(page, triple, "stated", {inno.evidence: evidence})


def assert_inferred(
    page: Page,
    triple: Triple,
    rule: str,
    evidence: Sequence[NamedNode] = (),
    *,
    confidence: float | None = None,
) -> None:
    """Say that ``rule`` concluded ``triple``, from ``evidence``, with a ``confidence`` from 0 to 1."""
    sure = None if confidence is None else Literal(f"{confidence:g}", datatype=term("xsd:decimal"))
    facts = {inno.rule: [concept("rule", rule)], inno.evidence: evidence, inno.confidence: sure}
    _assert(page, triple, "inferred", facts)


def assert_curated(
    page: Page, triple: Triple, curator: str, when: str, why: str, evidence: Sequence[NamedNode] = ()
) -> None:
    """Say that a reader decided ``triple``: who, when (a day, ISO 8601) and why, from ``evidence``."""
    facts: Facts = {
        inno.curator: [Literal(curator)],
        term("dcterms:date"): [Literal(when, datatype=term("xsd:date"))],
        term("rdfs:comment"): [french(why)],
        inno.evidence: evidence,
    }
    _assert(page, triple, "curated", facts)


def _assert(page: Page, triple: Triple, basis: str, facts: Facts) -> None:
    digest = hashlib.sha256(f"{triple} {basis}".encode()).hexdigest()[:16]
    page.describe(
        thing("assertion", digest),
        inno.Assertion,
        {
            term("rdf:subject"): triple.subject,
            term("rdf:predicate"): triple.predicate,
            term("rdf:object"): triple.object,
            inno.basis: concept("basis", basis),
            **facts,
        },
    )
