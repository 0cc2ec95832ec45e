"""The publishers’ documents at hand: those of a folder that ``data/`` declares, found by their SHA-256."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from innograph.curation.sources import DocumentEntry
from innograph.errors import DataError
from innograph.sources.document import Document, read_document


def documents_at_hand(entries: Mapping[str, DocumentEntry], folder: Path) -> dict[str, Document]:
    """Read the documents of ``folder`` that ``entries`` declare, by their keys.

    :raises DataError: the folder is missing, or none of the declared documents is there.
    """
    keys = {entry.sha256: key for key, entry in entries.items()}
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        message = f"no folder of documents ({error.strerror}): name the folder that holds them"
        raise DataError(message, folder) from error
    at_hand = {}
    for path in files:
        key = keys.get(hashlib.sha256(path.read_bytes()).hexdigest())
        if key:
            at_hand[key] = read_document(path)
    if not at_hand:
        raise DataError("none of the documents of data/documents.toml is in this folder", folder)
    return at_hand
