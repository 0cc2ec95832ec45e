"""Document → records → ``data/``: read an award document, check it against the hand-made counts, keep it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from innograph.curation.editions import dump_edition, read_edition
from innograph.curation.facts import facts_of, facts_path
from innograph.curation.keys import with_addresses
from innograph.curation.passages import dump_passages
from innograph.curation.sources import DocumentEntry, read_documents
from innograph.errors import DataError, SourceError
from innograph.records import Edition, Extraction, Span
from innograph.resources import write_text
from innograph.sources import territoria_press_pack
from innograph.sources.document import Document, read_document
from innograph.sources.families import family_of


@dataclass(frozen=True, slots=True)
class Extracted:
    """One document as it was read: its records with their addresses, its passages, and the line account."""

    extraction: Extraction
    edition: Edition
    document: Document
    passages: str
    declared: bool
    lenient: bool


def extract(path: Path, data: Path, *, family: str | None = None, lenient: bool = False) -> Extracted:
    """Read the document at ``path``; addresses come from ``data``, where the edition is there already.

    :raises SourceError: the document is not understood, or it is not the one that ``data/`` declares.
    :raises DataError: ``data/`` is not as it should be.
    """
    document = read_document(path)
    extraction = family_of(document, family).read(document, lenient=lenient)
    declared = _declaration(document, extraction, read_documents(data))
    if declared and not lenient:
        _check(document, extraction, declared[1])
    folder = data / "editions"
    key = declared[1].edition if declared else f"{extraction.edition.award}-{extraction.edition.year.value}"
    own = folder / f"{key}.yaml"
    kept = read_edition(own) if own.exists() else None
    others = [read_edition(other) for other in sorted(folder.glob("*.yaml")) if other != own]
    edition = with_addresses(extraction.edition, kept, declared[0] if declared else key, _taken(others))
    facts, path = facts_of(data, edition.key), facts_path(data, edition.key)
    digests = dump_passages(edition, facts, lambda span: _hash_cited(document, span, path))
    return Extracted(extraction, edition, document, digests, declared is not None, lenient)


def passage_hash(document: Document, span: Span) -> str:
    """Give the SHA-256 (hexadecimal) of the lines of ``span``, stripped and joined by line feeds.

    :raises IndexError: the document has no such lines.
    """
    return hashlib.sha256(document.text(span).encode()).hexdigest()


def _hash_cited(document: Document, span: Span, facts: Path) -> str:
    try:
        return passage_hash(document, span)
    except IndexError as error:
        raise DataError(f"cites lines {span}, which the document has not", facts) from error


def keep(extracted: Extracted, editions: Path, passages: Path) -> Path:
    """Write the edition into the folder ``editions``, its passages into ``passages``; return its path.

    :raises DataError: a file cannot be written, the old one is whole; or a lenient reading would overwrite a
        reviewed edition.
    """
    path = editions / f"{extracted.edition.key}.yaml"
    if extracted.lenient and path.exists():
        raise DataError("a lenient reading does not replace a reviewed edition: use --print or --out", path)
    write_text(path, dump_edition(extracted.edition))
    write_text(passages / f"{extracted.edition.document}.tsv", extracted.passages)
    return path


def _declaration(
    document: Document, extraction: Extraction, documents: dict[str, DocumentEntry]
) -> tuple[str, DocumentEntry] | None:
    """Find the entry of this document in ``documents.toml``: by its hash, else by family and edition."""
    for key, entry in documents.items():
        if entry.sha256 == document.sha256:
            return key, entry
    edition = extraction.edition
    wanted = (extraction.family, f"{edition.award}-{edition.year.value}")
    for key, entry in documents.items():
        if (entry.family, entry.edition) == wanted:
            return key, entry
    return None


def _check(document: Document, extraction: Extraction, entry: DocumentEntry) -> None:
    edition = extraction.edition
    found = {
        "lines": len(document.lines),
        "categories": len(edition.categories),
        "distinctions": len(edition.distinctions()),
        "laureates": sum(len(distinction.laureates) for distinction in edition.distinctions()),
    }
    for what, number in found.items():
        counted = getattr(entry, what)
        if number != counted:
            message = (
                f"{number} {what}, but a reader counted {counted} (data/documents.toml): cut or changed?"
            )
            raise document.refuse(len(document.lines), message)
    if document.sha256 != entry.sha256:
        raise SourceError(
            "not the document that data/documents.toml declares (SHA-256 differs)", document.name
        )


def _taken(editions: Iterable[Edition]) -> set[str]:
    distinctions = [distinction for edition in editions for distinction in edition.distinctions()]
    return {address for distinction in distinctions for address in (distinction.key, distinction.initiative)}


def explain(path: Path) -> list[tuple[tuple[str, ...], int]]:
    """Explain how the ranks of a press pack were joined: assignments that survive each subset of the rules.

    :raises SourceError: the document is no press pack, or is not understood.
    """
    document = read_document(path)
    if family_of(document) is not territoria_press_pack:
        raise SourceError("this document prints its ranks: there is nothing to join", document.name)
    return territoria_press_pack.explain_ranks(document)
