"""``graph:documents``: the sources, and the passages that facts cite."""

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from innograph.curation.passages import cited
from innograph.curation.sources import DocumentEntry
from innograph.errors import DataError
from innograph.graph.page import Page, french
from innograph.namespaces import inno, named_graph, term, thing
from innograph.records import Edition, Facts, Span


def write_documents(
    documents: Mapping[str, DocumentEntry],
    editions: Sequence[Edition],
    facts: Mapping[str, Facts],
    hashes: Mapping[str, Mapping[Span, str]],
    words: Mapping[str, Mapping[Span, str]],
) -> Page:
    """Write the graph of the documents.

    :param facts: what was read in the descriptions, by edition.
    :param hashes: SHA-256 of each passage, by document and lines.
    :param words: exact words of passages, by document and lines; empty without the documents.
    :raises DataError: an edition cites a passage that ``data/passages/`` lacks.
    """
    page = Page(named_graph("documents"))
    for key, entry in documents.items():
        node = thing("document", key)
        page.named(
            node,
            inno.Document,
            entry.title,
            {
                term("dcterms:title"): french(entry.title),
                term("dcterms:publisher"): thing("organization", entry.publisher)
                if entry.publisher
                else None,
                term("dcterms:date"): _date(entry.date),
                inno.family: entry.family,
                inno.sha256: entry.sha256,
                inno.lineCount: entry.lines,
                term("dcterms:rights"): french(entry.rights),
                term("foaf:page"): NamedNode(entry.address) if entry.address else None,
                inno.archivedCopy: NamedNode(entry.archived) if entry.archived else None,
            },
        )
    for edition in editions:
        for span in cited(edition, facts.get(edition.key)):
            _passage(page, edition, span, hashes, words)
    return page


def _passage(
    page: Page,
    edition: Edition,
    span: Span,
    hashes: Mapping[str, Mapping[Span, str]],
    words: Mapping[str, Mapping[Span, str]],
) -> None:
    document = edition.document
    if span not in hashes.get(document, {}):
        raise DataError(
            f"lines {span}, cited by {edition.key}.yaml of data/editions/ or data/facts/, are missing:"
            " run innograph extract",
            f"data/passages/{document}.tsv",
        )
    page.describe(
        thing("passage", document, f"L{span}"),
        inno.Passage,
        {
            inno.document: thing("document", document),
            inno.startLine: span.start,
            inno.endLine: span.end,
            inno.textHash: hashes[document][span],
            term("oa:exact"): words.get(document, {}).get(span),
        },
    )


def _date(text: str) -> Literal:
    return Literal(text, datatype=term("xsd:gYear" if len(text) == 4 else "xsd:date"))
