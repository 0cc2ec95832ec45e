"""``data/`` → linked → quads: every named graph, from reviewed data alone."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from innograph import resources
from innograph.curation.bodies import Bodies, read_bodies
from innograph.curation.editions import read_editions
from innograph.curation.passages import cited
from innograph.curation.sources import (
    AwardEntry,
    DocumentEntry,
    read_awards,
    read_documents,
    read_passages,
)
from innograph.errors import DataError
from innograph.graph.bodies import write_bodies
from innograph.graph.dataset import write_dataset, write_vocabulary
from innograph.graph.documents import write_documents
from innograph.graph.editions import write_edition
from innograph.graph.initiatives import write_awards, write_initiatives
from innograph.graph.page import Page
from innograph.linking.bodies import Linker
from innograph.namespaces import inno, named_graph
from innograph.records import Edition, Span
from innograph.sources.document import Document, read_document

LONGEST_QUOTE = 200
"""Characters of a document that a passage may repeat, in a graph built with the documents at hand."""


@dataclass(frozen=True, slots=True)
class Curated:
    """Everything that ``data/`` holds, read and checked."""

    awards: Mapping[str, AwardEntry]
    documents: Mapping[str, DocumentEntry]
    editions: Sequence[Edition]
    bodies: Bodies
    hashes: Mapping[str, Mapping[Span, str]]


def read_curated(data: Path) -> Curated:
    """Read the folder ``data``.

    :raises DataError: a file is missing or wrong; names it and the line.
    """
    documents = read_documents(data)
    editions = read_editions(data)
    held = {edition.document: edition.key for edition in editions}
    for key, edition_key in held.items():
        if key not in documents:
            path = data / "editions" / f"{edition_key}.yaml"
            raise DataError(f"no document {key!r}: add it to data/documents.toml", path)
    for key, entry in documents.items():
        if held.get(key) != entry.edition:
            path = data / "editions" / f"{entry.edition}.yaml"
            raise DataError(f"missing, though data/documents.toml declares it for {key}", path)
    hashes = {edition.document: read_passages(data, edition.document) for edition in editions}
    return Curated(read_awards(data), documents, editions, read_bodies(data), hashes)


def graph_of(curated: Curated, words: Mapping[str, Mapping[Span, str]] | None = None) -> list[Page]:
    """Write every named graph.

    :param words: exact words of passages, by document and lines, for a graph that stays at home.
    :raises DataError: a mention is not linked, or parts of ``data/`` contradict one another.
    """
    linker = Linker(curated.bodies)
    links = Page(named_graph("links"))
    editions = curated.editions
    vocabulary = write_vocabulary(resources.ontology_files())
    collectivity_kinds = {
        quad.subject for quad in vocabulary.quads if quad.predicate == inno.collectivityKind
    }
    pages = [write_edition(edition, curated.bodies, linker, links) for edition in editions]
    return [
        *pages,
        write_awards(curated.awards, editions, curated.bodies, linker, links),
        write_bodies(curated.bodies, collectivity_kinds),
        write_initiatives(editions, curated.bodies, links),
        write_documents(curated.documents, editions, curated.hashes, words or {}),
        vocabulary,
        write_dataset(curated.documents, editions),
        links,
    ]


def words_of(curated: Curated, folder: Path) -> dict[str, dict[Span, str]]:
    """Read the words of every passage in the documents of ``folder``, found by their SHA-256.

    :raises DataError: none of the declared documents is there.
    """
    wanted = {entry.sha256 for entry in curated.documents.values()}
    at_hand: dict[str, Document] = {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() in wanted:
            document = read_document(path)
            at_hand[document.sha256] = document
    words = {
        edition.document: _quotes(edition, at_hand[curated.documents[edition.document].sha256])
        for edition in curated.editions
        if curated.documents[edition.document].sha256 in at_hand
    }
    if not words:
        raise DataError("none of the documents of data/documents.toml is in this folder", folder)
    return words


def _quotes(edition: Edition, document: Document) -> dict[Span, str]:
    inside = [span for span in cited(edition) if span.end <= len(document.lines)]
    return {span: _quote(document.text(span)) for span in inside}


def _quote(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= LONGEST_QUOTE else f"{joined[: LONGEST_QUOTE - 1]}…"
