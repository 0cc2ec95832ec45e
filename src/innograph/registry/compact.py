"""Publishers' files and reviewed facts → the one file of the registers, at the wheel's build and at refresh.

It needs nothing but Python and this package, so that the build of the wheel can run it before anything is
installed.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from innograph.errors import RegistryError
from innograph.identifiers import is_siren
from innograph.registry.entries import Entry
from innograph.registry.file import write_registry
from innograph.registry.groupings import Json
from innograph.registry.publishers import FILES, Years, entries_of
from innograph.registry.reviewed import Reviewed, hash_of, read_reviewed


@dataclass(frozen=True, slots=True)
class Vintage:
    """Of which year the registers are: that of the Code officiel géographique, and those of populations."""

    cog: str
    years: Years


VINTAGES: Final = {"6": Vintage("2026", Years(communes=2023, mayotte=2017))}
"""By major version of the package. In version 6 the EPCI are those that the DGCL listed in 2025."""


def compact(package: Path, reviewed: Path, target: Path) -> Sequence[Entry]:
    """Write the registers to ``target``, aside first, so that an old file stays whole until the new one is.

    :param package: folder of the JSON files of ``@etalab/decoupage-administratif``.
    :param reviewed: the folder ``data/registers``.
    :raises RegistryError: a file is missing, cut or of an unknown vintage, or an entry contradicts what must
        hold of it.
    :raises DataError: a reviewed table is malformed.
    """
    facts = read_reviewed(reviewed)
    files = {name: _read_rows(package / f"{name}.json") for name in FILES}
    version, vintage = _version(package.parent / "package.json")
    entries = checked_entries(files, facts, vintage, package)
    for remark in facts.left_over(entries):
        raise RegistryError(f"{remark}, which the registers do not list: correct the table", reviewed)
    write_aside(target, entries, facts, {"package": version, "reviewed": hash_of(reviewed)}, vintage)
    return entries


def checked_entries(
    files: Mapping[str, Sequence[Json]], facts: Reviewed, vintage: Vintage, source: Path | str
) -> list[Entry]:
    """Make entries of the publishers' files and check them.

    :param source: where the files are from, for errors.
    :raises RegistryError: a file lacks what it always had, or an entry contradicts what must hold of it.
    """
    try:
        entries = entries_of(files, facts, vintage.years)
    except KeyError as error:
        raise RegistryError(f"not the files that innograph knows: {error} is missing", source) from error
    check(entries, source)
    return entries


def write_aside(
    target: Path, entries: Sequence[Entry], facts: Reviewed, origin: Mapping[str, str], vintage: Vintage
) -> None:
    """Write the registers beside ``target``, then put them in its place at once.

    :param origin: what the file says of where it is from.
    """
    meta = {**origin, "cog": vintage.cog, "populations": str(vintage.years.communes)}
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    target.parent.mkdir(parents=True, exist_ok=True)
    aside.unlink(missing_ok=True)
    try:
        write_registry(aside, entries, facts.changes, meta)
        os.replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)


def check(entries: Sequence[Entry], source: Path | str) -> None:
    """Check what must hold of every entry: codes, SIREN, populations, and that all it points at is there.

    :raises RegistryError: names the first entry that is wrong, and how.
    """
    known = {entry.id: entry for entry in entries}
    if len(known) != len(entries):
        raise RegistryError("two entries have one identifier", source)
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
    if not entry.in_force and not entry.successors:
        return "is no more and has no successor"
    for id in (*entry.within, *entry.member_of, *entry.territories, *entry.successors):
        if id not in known:
            return f"points at {id}, which is not there"
    return None


def _version(path: Path) -> tuple[str, Vintage]:
    version = str(_read(path).get("version", ""))
    vintage = VINTAGES.get(version.partition(".")[0])
    if vintage is None:
        raise RegistryError(f"version {version!r} is of a vintage that innograph does not know", path)
    return version, vintage


def _read_rows(path: Path) -> Sequence[Json]:
    content = _read(path)
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        raise RegistryError("no list of records", path)
    return content


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise RegistryError("missing: install @etalab/decoupage-administratif", path) from error
    except ValueError as error:
        raise RegistryError(f"cut or no JSON ({error})", path) from error
