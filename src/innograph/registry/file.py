"""The registers as one indexed file: written once by :func:`write_registry`, opened in milliseconds.

It is an SQLite database: opening it reads next to nothing, and a name or a code is found by its index. The
forms of names that linking compares are computed when it is written.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from innograph.errors import RegistryError
from innograph.registry.changes import ChangeRow
from innograph.registry.entries import Entry
from innograph.registry.forms import Tier, forms_of, forms_of_name
from innograph.registry.history import history_of

FORMAT: Final = "2"
"""Number of the layout below; a file of another number is refused."""

_SCHEMA: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, code TEXT NOT NULL,
    siren TEXT NOT NULL, department TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE form (tier TEXT NOT NULL, text TEXT NOT NULL, entry INTEGER NOT NULL, until TEXT NOT NULL,
    PRIMARY KEY (tier, text, entry, until)) WITHOUT ROWID;
CREATE TABLE former_code (code TEXT NOT NULL, entry INTEGER NOT NULL, until TEXT NOT NULL,
    PRIMARY KEY (code, entry, until)) WITHOUT ROWID;
CREATE TABLE administered (territory TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (territory, entry))
    WITHOUT ROWID;
CREATE TABLE postcode (code TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (code, entry)) WITHOUT ROWID;
CREATE INDEX entry_code ON entry (code);
CREATE INDEX entry_siren ON entry (siren);
CREATE INDEX entry_department ON entry (department);
CREATE INDEX form_entry ON form (entry);
"""
_LISTS = frozenset(field.name for field in fields(Entry) if str(field.type).startswith("tuple"))
_KEPT_LISTS: Final = 300
"""Lists of names kept in memory: all of France, and each département that was asked for."""

_Found = tuple[Entry, str]


def write_registry(
    path: Path, entries: Sequence[Entry], changes: Iterable[ChangeRow], meta: Mapping[str, str]
) -> None:
    """Write the registers to ``path``; the same input gives the same bytes.

    :param changes: what became of communes; a former name or code of one that is the same leads to it.
    :param meta: what the file says of itself, e.g. ``cog`` (the year of the Code officiel géographique).
    """
    numbers = {entry.id: number for number, entry in enumerate(entries, start=1)}
    formerly = list(history_of(changes, entries).former_names())
    with closing(sqlite3.connect(path)) as database:
        database.executescript(_SCHEMA)
        stated = {**meta, "format": FORMAT, "entries": str(len(entries))}
        database.executemany("INSERT INTO meta VALUES (?, ?)", sorted(stated.items()))
        database.executemany(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)",
            ((numbers[e.id], e.id, e.code, e.siren, e.department, _dump(e)) for e in entries),
        )
        forms = {
            (tier, text, numbers[entry.id], "") for entry in entries for tier, text in forms_of(entry) if text
        } | {
            (tier, text, numbers[former.id], former.until)
            for former in formerly
            for tier, text in forms_of_name(former.name)
            if text
        }
        database.executemany("INSERT INTO form VALUES (?, ?, ?, ?)", sorted(forms))
        own = {entry.id: entry.code for entry in entries}
        codes = {(old.code, numbers[old.id], old.until) for old in formerly if old.code != own[old.id]}
        database.executemany("INSERT INTO former_code VALUES (?, ?, ?)", sorted(codes))
        administered = {(place, numbers[entry.id]) for entry in entries for place in entry.territories}
        database.executemany("INSERT INTO administered VALUES (?, ?)", sorted(administered))
        postcodes = {(code, numbers[entry.id]) for entry in entries for code in entry.postcodes}
        database.executemany("INSERT INTO postcode VALUES (?, ?)", sorted(postcodes))
        database.commit()
        database.execute("VACUUM")


def _dump(entry: Entry) -> str:
    """Write what an entry says as JSON, without what is empty."""
    return json.dumps({k: v for k, v in asdict(entry).items() if v not in ("", (), None)}, ensure_ascii=False)


class Registry:
    """The registers, open for reading; threads may share it."""

    def __init__(self, path: Path) -> None:
        """Open the file at ``path``.

        :raises RegistryError: it is missing, unreadable, cut, damaged, or of another format.
        """
        self.path = path
        self._bare_forms: dict[frozenset[str], Sequence[str]] = {}
        if not path.is_file():
            raise RegistryError("the registers are missing: reinstall innograph, or run « make »", path)
        self._check_size()
        self._database = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        try:
            self.meta = self._checked_meta()
        except BaseException:  # whatever it is, nobody else can close the file
            self.close()
            raise

    def _checked_meta(self) -> Mapping[str, str]:
        try:
            meta = dict(self._database.execute("SELECT key, value FROM meta"))
            (number,) = self._database.execute("SELECT max(number) FROM entry").fetchone()
        except sqlite3.DatabaseError as error:
            raise RegistryError(f"no file of registers ({error})", self.path) from error
        if meta.get("format") != FORMAT:
            raise RegistryError(f"registers of another format than {FORMAT}: write them again", self.path)
        if str(number) != meta.get("entries"):
            raise RegistryError("the registers are not whole: write them again", self.path)
        return MappingProxyType(meta)

    def _check_size(self) -> None:
        """Compare the size of the file with what its header says: a cut copy opens, and lies."""
        try:
            with self.path.open("rb") as file:
                header = file.read(100)
        except OSError as error:
            raise RegistryError(f"the registers cannot be read ({error.strerror})", self.path) from error
        page = int.from_bytes(header[16:18], "big")
        pages = int.from_bytes(header[28:32], "big")
        expected = (65536 if page == 1 else page) * pages
        if not header.startswith(b"SQLite format 3\0") or expected != self.path.stat().st_size:
            raise RegistryError("the registers are cut or damaged: write them again", self.path)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __len__(self) -> int:
        return int(self.meta["entries"])

    def __iter__(self) -> Iterator[Entry]:
        """Give every entry, in order of identifiers."""
        return self._entries("SELECT content FROM entry ORDER BY number")

    def get(self, id: str) -> Entry | None:
        """Give the entry with this identifier, ``commune/78208``."""
        return self._one("SELECT content FROM entry WHERE id = ?", id)

    def of_kind(self, kind: str) -> list[Entry]:
        """Give the entries whose identifier begins with ``kind``: ``region``, ``department`` …"""
        query = "SELECT content FROM entry WHERE id >= ? AND id < ? ORDER BY id"
        return list(self._entries(query, f"{kind}/", f"{kind}0"))

    def with_siren(self, siren: str) -> Entry | None:
        """Give the body with this SIREN."""
        return self._one("SELECT content FROM entry WHERE siren = ?", siren) if siren else None

    def with_code(self, code: str) -> list[Entry]:
        """Give the entries with this code of the Code officiel géographique, those in force first."""
        found = self._entries("SELECT content FROM entry WHERE code = ?", code)
        return sorted(found, key=lambda entry: (not entry.in_force, entry.id))

    def with_former_code(self, code: str) -> list[_Found]:
        """Give the communes that had this code and have another, each with the day until which it had it."""
        return self._found(
            "SELECT content, until FROM former_code JOIN entry ON number = entry WHERE former_code.code = ?",
            code,
        )

    def bodies_of(self, territory: str) -> list[Entry]:
        """Give the bodies that administer, or administered, the place with this identifier; today's first."""
        query = "SELECT content FROM administered JOIN entry ON number = entry WHERE territory = ?"
        found = self._entries(query, territory)
        return sorted(found, key=lambda entry: (not entry.in_force, entry.id))

    def former_codes(self, entry: Entry) -> list[tuple[str, str]]:
        """Give the codes that a commune had before, each with the day until which it had it."""
        query = (
            "SELECT former_code.code, until FROM former_code JOIN entry ON number = entry WHERE id = ?"
            " ORDER BY until"
        )
        return [(code, until) for code, until in self._rows(query, entry.id)]

    def with_postcode(self, postcode: str) -> list[Entry]:
        """Give the communes and arrondissements that have this postal code."""
        query = "SELECT content FROM postcode JOIN entry ON number = entry WHERE postcode.code = ?"
        return list(self._entries(query, postcode))

    def named(self, tier: Tier, form: str) -> list[_Found]:
        """Give the entries with this form of a name, each with the day until which it bore it, if past."""
        return self._found(
            "SELECT content, until FROM form JOIN entry ON number = entry WHERE tier = ? AND text = ?",
            tier,
            form,
        )

    def bare_forms(self, departments: frozenset[str] = frozenset()) -> Sequence[str]:
        """Give every different form of the tier ``bare``: what a misspelt name is compared with.

        :param departments: leave out the names of what lies elsewhere; empty for all of France.
        """
        if departments not in self._bare_forms:
            if len(self._bare_forms) > _KEPT_LISTS:
                self._bare_forms.clear()
            self._bare_forms[departments] = self._read_bare_forms(departments)
        return self._bare_forms[departments]

    def _read_bare_forms(self, departments: frozenset[str]) -> Sequence[str]:
        if not departments:
            return [text for (text,) in self._rows("SELECT DISTINCT text FROM form WHERE tier = 'bare'")]
        query = (
            "SELECT DISTINCT text FROM entry JOIN form ON form.entry = number"
            " WHERE department = ? AND tier = 'bare'"
        )
        return [text for code in sorted(departments) for (text,) in self._rows(query, code)]

    def _one(self, query: str, value: str) -> Entry | None:
        return next(self._entries(query, value), None)

    def _entries(self, query: str, *values: str) -> Iterator[Entry]:
        return (self._load(content) for (content,) in self._rows(query, *values))

    def _found(self, query: str, *values: str) -> list[_Found]:
        return [(self._load(content), until) for content, until in self._rows(query, *values)]

    def _load(self, content: str) -> Entry:
        try:
            values: dict[str, Any] = json.loads(content)
            lists = {name: tuple(values[name]) for name in _LISTS & values.keys()}
            return Entry(**{"kind": "", "code": "", **values, **lists})
        except (ValueError, TypeError, AttributeError) as error:
            raise self._damaged(error) from error

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> RegistryError:
        return RegistryError(f"the registers are damaged ({error}): write them again", self.path)
