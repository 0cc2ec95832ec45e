"""Holding a document against ``data/``: does each cited passage still say what it said?"""

from dataclasses import dataclass
from pathlib import Path

from innograph.curation.sources import read_documents, read_passages
from innograph.errors import DataError
from innograph.journeys.extract import passage_hash
from innograph.records import Span
from innograph.sources.document import read_document


@dataclass(frozen=True, slots=True)
class Check:
    """One cited passage of a document, its words there, and whether they are those that were read."""

    span: Span
    text: str
    same: bool


def verify(path: Path, data: Path) -> list[Check]:
    """Check every passage of the document at ``path``, found by its hash or by its name.

    :raises SourceError: the file is not text.
    :raises DataError: ``data/`` declares no such document.
    """
    document = read_document(path)
    documents = read_documents(data)
    key = next((key for key, entry in documents.items() if entry.sha256 == document.sha256), path.stem)
    if key not in documents:
        raise DataError("data/documents.toml declares no document with this hash or name", path)
    checks = []
    for span, expected in sorted(read_passages(data, key).items()):
        inside = span.end <= len(document.lines)
        text = " ".join(document.text(span).split()) if inside else ""
        checks.append(Check(span, text, inside and passage_hash(document, span) == expected))
    return checks
