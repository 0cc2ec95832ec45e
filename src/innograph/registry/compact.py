"""Publishers' files and reviewed facts → the one file of the registers, at the wheel's build and at refresh.

It needs nothing but Python and this package, so that the build of the wheel can run it before anything is
installed.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from innograph.curation.tables import read_table
from innograph.errors import RegistryError
from innograph.registry.changes import ChangeRow
from innograph.registry.entries import Entry, is_siren
from innograph.registry.file import write_registry
from innograph.registry.publishers import FILES, AliasRow, AuthorityRow, Json, Years, entries_of

YEARS = Years(communes=2023, mayotte=2017, groupings=2022)
"""Of version 6 of the package: populations in force in 2026; groupings as the DGCL listed them in 2025."""

COG = "2026"
"""The year of the Code officiel géographique in version 6 of the package."""


def compact(package: Path, reviewed: Path, target: Path) -> Sequence[Entry]:
    """Write the registers to ``target``, aside first, so that an old file stays whole until the new one is.

    :param package: folder of the JSON files of ``@etalab/decoupage-administratif``.
    :param reviewed: the folder ``data/registers``.
    :raises RegistryError: a file is missing or cut, or an entry contradicts what must hold of it.
    :raises DataError: a reviewed table is malformed.
    """
    files = {name: _read(package / f"{name}.json") for name in FILES}
    changes = read_table(ChangeRow, reviewed / "commune-changes.tsv")
    authorities = read_table(AuthorityRow, reviewed / "authorities.tsv")
    aliases = read_table(AliasRow, reviewed / "aliases.tsv")
    try:
        entries = entries_of(files, authorities, changes, aliases, YEARS)
    except KeyError as error:
        raise RegistryError(f"not the files that innograph knows: {error} is missing", package) from error
    check(entries, package)
    version = json.loads((package.parent / "package.json").read_text(encoding="utf-8"))["version"]
    meta = {"cog": COG, "package": version, "reviewed": hash_of(reviewed), "populations": str(YEARS.communes)}
    aside = target.with_name(f".{target.name}.new")
    target.parent.mkdir(parents=True, exist_ok=True)
    aside.unlink(missing_ok=True)
    try:
        write_registry(aside, entries, changes, meta)
        os.replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)
    return entries


def hash_of(reviewed: Path) -> str:
    """Hash the reviewed tables that the registers were written from."""
    digest = hashlib.sha256()
    for path in sorted(reviewed.glob("*.tsv")):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def check(entries: Sequence[Entry], source: Path) -> None:
    """Check what must hold of every entry: codes, SIREN, populations, and that all it points at is there.

    :raises RegistryError: names the first entry that is wrong, and how.
    """
    known = {entry.id: entry for entry in entries}
    owners: dict[str, str] = {}
    for entry in entries:
        problem = _problem(entry, known)
        if entry.siren:
            problem = problem or (
                f"has the SIREN of {owners[entry.siren]}" if entry.siren in owners else None
            )
            owners[entry.siren] = entry.id
        if problem:
            raise RegistryError(f"{entry.id} ({entry.name}) {problem}", source)


def _problem(entry: Entry, known: Mapping[str, Entry]) -> str | None:
    if not entry.name or not entry.code:
        return "has no name or no code"
    if entry.siren and not is_siren(entry.siren):
        return f"has {entry.siren!r}, which is no SIREN"
    if (entry.population is None) != (entry.population_year is None) or (entry.population or 0) < 0:
        return "has a population without its year, or a negative one"
    for id in (*entry.within, *entry.member_of, *entry.territories, *entry.successors):
        if id not in known:
            return f"points at {id}, which is not there"
    return None


def _read(path: Path) -> Sequence[Json]:
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise RegistryError("missing: install @etalab/decoupage-administratif", path) from error
    except ValueError as error:
        raise RegistryError(f"cut or no JSON ({error})", path) from error
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        raise RegistryError("no list of records", path)
    return content
