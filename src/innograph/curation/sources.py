"""What people wrote about awards, documents and passages, in ``data/``."""

import dataclasses
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from innograph.curation.tables import read_table
from innograph.errors import DataError
from innograph.records import Span
from innograph.resources import read_text
from innograph.text import is_key, is_web_address

_Row = TypeVar("_Row")
_ADDRESSES = ("website", "address", "archived")
_KEYS = ("kind", "publisher", "family", "edition")


@dataclass(frozen=True, slots=True)
class AwardEntry:
    """A prize or a label: its name, ``prize`` or ``label``, and the site a document prints for it."""

    name: str
    kind: str
    website: str = ""


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document as a person described it; the counts were made by hand, by reading it.

    ``publisher`` is the key of an organization, empty where nothing prints it; ``date`` is a day
    (``2024-04-04``) or a year (``2019``).
    """

    title: str
    date: str
    family: str
    sha256: str
    lines: int
    edition: str
    categories: int
    distinctions: int
    laureates: int
    rights: str
    publisher: str = ""
    address: str = ""
    archived: str = ""


@dataclass(frozen=True, slots=True)
class PassageRow:
    """Lines of a document and the SHA-256 (hexadecimal) of their text, stripped and joined by line feeds."""

    lines: str
    sha256: str

    def span(self) -> Span:
        """Give the lines."""
        return Span.parse(self.lines)


def read_awards(data: Path) -> dict[str, AwardEntry]:
    """Read ``awards.toml``: an entry for each key of an award.

    :raises DataError: the file is missing, is no TOML, or an entry has another form.
    """
    return _read_entries(AwardEntry, data / "awards.toml")


def read_documents(data: Path) -> dict[str, DocumentEntry]:
    """Read ``documents.toml``: an entry for each key of a document.

    :raises DataError: the file is missing, is no TOML, or an entry has another form.
    """
    return _read_entries(DocumentEntry, data / "documents.toml")


def read_passages(data: Path, document: str) -> dict[Span, str]:
    """Read the hashes of the passages of one document.

    :raises DataError: the table is missing or malformed.
    """
    path = data / "passages" / f"{document}.tsv"
    try:
        return {row.span(): row.sha256 for row in read_table(PassageRow, path)}
    except ValueError as error:
        raise DataError(str(error), path) from error


def _read_entries(cls: type[_Row], path: Path) -> dict[str, _Row]:
    try:
        tables = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise DataError(f"not TOML: {error}", path, int(found[1]) if found else None) from error
    except RecursionError as error:
        raise DataError("not TOML that people write: nested too deeply", path) from error
    return {key: _entry(cls, key, table, path) for key, table in tables.items()}


def _entry(cls: type[_Row], key: str, table: Any, path: Path) -> _Row:
    fields = {field.name: field for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
    if not isinstance(table, dict):
        raise DataError(f"{key} must be a table [{key}]", path)
    if not is_key(key):
        raise DataError(f"[{key}] cannot stand in an address: use small letters, digits and hyphens", path)
    for name, value in table.items():
        if name not in fields:
            raise DataError(f"unknown key {name!r} in [{key}]; known are {', '.join(fields)}", path)
        if type(value) is not fields[name].type:
            raise DataError(f"{name!r} in [{key}] must be of type {fields[name].type}", path)
    missing = [n for n, field in fields.items() if field.default is dataclasses.MISSING and n not in table]
    if missing:
        raise DataError(f"[{key}] lacks {', '.join(missing)}", path)
    for name, value in table.items():
        if name in _ADDRESSES and value and not is_web_address(value):
            raise DataError(f"{name!r} in [{key}] is no address of the web: {value!r}", path)
        if name in _KEYS and value and not is_key(value):
            raise DataError(f"{name!r} in [{key}] cannot stand in an address: {value!r}", path)
    return cls(**table)
