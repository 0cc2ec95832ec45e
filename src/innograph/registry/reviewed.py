"""What readers noted about the registers, in ``data/registers/``: facts that the publishers' files lack."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from innograph.curation.tables import read_table
from innograph.registry.changes import ChangeRow
from innograph.registry.entries import Entry


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """The legal person of a département, a région or a special collectivité, as readers noted it.

    ``territories`` and ``successors`` hold identifiers, parted by blanks; ``source`` says where the
    SIREN was read.
    """

    id: str
    kind: str
    name: str
    siren: str
    territories: str
    valid_from: str
    valid_until: str
    successors: str
    source: str


@dataclass(frozen=True, slots=True)
class AliasRow:
    """Another name under which people know an entry, and where it was read."""

    id: str
    alias: str
    source: str


@dataclass(frozen=True, slots=True)
class SeatRow:
    """The département where a grouping has its seat, if most of its people live in another."""

    id: str
    department: str
    source: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The tables of ``data/registers/``."""

    authorities: Sequence[AuthorityRow]
    changes: Sequence[ChangeRow]
    aliases: Sequence[AliasRow]
    seats: Sequence[SeatRow]

    def left_over(self, entries: Iterable[Entry]) -> Iterator[str]:
        """Name the rows that speak of entries which are not there."""
        known = {entry.id for entry in entries}
        for table, rows in (("aliases.tsv", self.aliases), ("seats.tsv", self.seats)):
            yield from (f"{table} speaks of {row.id}" for row in rows if row.id not in known)


def read_reviewed(folder: Path) -> Reviewed:
    """Read ``data/registers``.

    :raises DataError: a table is missing or malformed; names the line.
    """
    return Reviewed(
        authorities=read_table(AuthorityRow, folder / "authorities.tsv"),
        changes=read_table(ChangeRow, folder / "commune-changes.tsv"),
        aliases=read_table(AliasRow, folder / "aliases.tsv"),
        seats=read_table(SeatRow, folder / "seats.tsv"),
    )


def hash_of(folder: Path) -> str:
    """Hash the reviewed tables that the registers are written from."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.tsv")):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def with_authorities(entries: Iterable[Entry], authorities: Iterable[AuthorityRow]) -> Iterator[Entry]:
    """Give places their legal persons; a special or a former one is an entry of its own.

    :raises KeyError: an authority is over a place that is not there; ``args`` name it.
    """
    rows = {row.id: row for row in authorities}
    places = {}
    for entry in entries:
        places[entry.id] = entry
        row = rows.pop(entry.id, None)
        yield _authority(entry, row) if row else entry
    for row in rows.values():
        seat = places[row.territories.split()[0]]
        code = row.id.partition("/")[2]
        yield _authority(Entry(row.id, row.name, "", code, "", seat.department, seat.region), row)


def _authority(entry: Entry, row: AuthorityRow) -> Entry:
    return replace(
        entry,
        kind=row.kind,
        siren=row.siren,
        territories=tuple(row.territories.split()),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        successors=tuple(row.successors.split()),
    )


def with_aliases(entries: Iterable[Entry], aliases: Iterable[AliasRow]) -> Iterator[Entry]:
    """Add the names under which people know entries."""
    others: dict[str, list[str]] = {}
    for row in aliases:
        others.setdefault(row.id, []).append(row.alias)
    for entry in entries:
        yield replace(entry, aliases=tuple(dict.fromkeys([*entry.aliases, *others.get(entry.id, ())])))
