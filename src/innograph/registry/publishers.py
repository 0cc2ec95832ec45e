"""The publishers' files as entries: ``@etalab/decoupage-administratif`` (INSEE, DGCL), and readers' facts.

The package is a set of JSON files (communes, EPCI, EPT, départements, régions); it has neither SIREN of
départements and régions nor dates of change, which are reviewed facts in ``data/registers/``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from innograph.registry.changes import ChangeRow
from innograph.registry.entries import Entry

Json = Mapping[str, Any]

FILES = ("communes", "epci", "ept", "departements", "regions")
"""The files of the package that are read, without ``.json``."""

_GROUPINGS = {
    "CC": ("community-of-communes", "Communauté de communes"),
    "CA": ("agglomeration-community", "Communauté d'agglomération"),
    "CU": ("urban-community", "Communauté urbaine"),
    "METRO": ("metropolis", ""),
    "MET69": ("special-status", ""),
}
_PLACES = {"commune-deleguee": "delegated-commune", "commune-associee": "associated-commune"}
_INSIDE = re.compile(r"\s*(?:\(([^)]+)\)|''([^']+)''|\"([^\"]+)\")")
_PARIS = "75056"


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
class Years:
    """The years of the municipal populations: of communes, of those of Mayotte, and of groupings."""

    communes: int
    mayotte: int
    groupings: int


def entries_of(
    files: Mapping[str, Sequence[Json]],
    authorities: Iterable[AuthorityRow],
    changes: Iterable[ChangeRow],
    aliases: Iterable[AliasRow],
    years: Years,
) -> list[Entry]:
    """Give every entry, sorted by identifier.

    :param files: the content of each of :data:`FILES`.
    :raises KeyError: a file lacks a field that it always had; ``args`` name it.
    """
    groupings = [*_groupings(files["epci"], "epci", years), *_groupings(files["ept"], "ept", years)]
    members: dict[str, list[str]] = defaultdict(list)
    for name in ("epci", "ept"):
        for grouping in files[name]:
            for member in grouping["membres"]:
                members[member["code"]].append(f"{name}/{grouping['code']}")
    communes = list(_communes(files["communes"], members, years))
    changes = list(changes)
    current = {entry.code: entry for entry in communes if entry.id.startswith("commune/")}
    places = [*_places(files["departements"], "department"), *_places(files["regions"], "region")]
    whole = [
        *_since(communes, changes),
        *_with_seat(groupings, files, current),
        *_counted(places, current.values()),
        *_former(changes, current),
    ]
    return sorted(_named(_with_bodies(whole, authorities), aliases), key=lambda entry: entry.id)


def _groupings(rows: Sequence[Json], name: str, years: Years) -> Iterator[Entry]:
    for row in rows:
        short, *inside = _opened(row["nom"].removeprefix(f"{row['type']} "))
        kind, long = _GROUPINGS.get(row["type"], ("territorial-public-establishment", ""))
        full = f"{long} {short}" if long else short
        yield Entry(
            id=f"{name}/{row['code']}",
            name=full,
            kind=kind,
            code=row["code"],
            siren=row["code"],
            population=row["populationMunicipale"],
            population_year=years.groupings,
            territories=(f"{name}/{row['code']}",),
            aliases=(*([short] if long else []), *inside),
        )


def _opened(name: str) -> list[str]:
    """Give a name without what stands in brackets or quotation marks, then each of these.

    >>> _opened("du Nord de la Réunion (CINOR)"), _opened('"Saintes - Grandes Rives"')
    (['du Nord de la Réunion', 'CINOR'], ['Saintes - Grandes Rives'])
    """
    inside = [next(filter(None, found)) for found in _INSIDE.findall(name)]
    outside = " ".join(_INSIDE.sub(" ", name).split())
    return [outside, *inside] if outside else inside


def _communes(rows: Sequence[Json], members: Mapping[str, list[str]], years: Years) -> Iterator[Entry]:
    for row in rows:
        code, department, overseas = row["code"], row["departement"], row["zone"] == "com"
        kind = _PLACES.get(row["type"])
        head = row.get("chefLieu") or row.get("commune")
        if kind or row["type"] == "arrondissement-municipal":
            place = kind or "municipal-arrondissement"
            yield Entry(
                id=f"{place}/{code}",
                name=row["nom"],
                kind="" if kind else "municipal-arrondissement",
                code=code,
                department=department,
                region=row["region"],
                population=row.get("population"),
                population_year=years.communes if "population" in row else None,
                postcodes=tuple(row.get("codesPostaux", ())),
                within=(f"commune/{head}",),
                territories=() if kind else (f"{place}/{code}",),
                aliases=() if kind else (row["nom"].removesuffix(" Arrondissement"),),
            )
            continue
        known = "population" in row and not overseas  # nothing tells of which year those overseas are
        yield Entry(
            id=f"commune/{code}",
            name=row["nom"],
            kind="special-status" if code == _PARIS else "commune",
            code=code,
            siren=row.get("siren", ""),
            department=department,
            region="" if overseas else row["region"],
            population=row["population"] if known else None,
            population_year=(years.mayotte if department == "976" else years.communes) if known else None,
            postcodes=tuple(row.get("codesPostaux", ())),
            within=(f"{'overseas-collectivity' if overseas else 'department'}/{department}",),
            member_of=tuple(members.get(code, ())),
            territories=(f"commune/{code}", *(["department/75"] if code == _PARIS else [])),
        )


def _places(rows: Sequence[Json], kind: str) -> Iterator[Entry]:
    """Give départements and régions as places; what lies overseas is one place, listed as a département."""
    for row in rows:
        code = row["code"]
        if row["zone"] == "com":
            if kind == "department":
                yield Entry(f"overseas-collectivity/{code}", row["nom"], "", code, department=code)
        elif kind == "region":
            yield Entry(f"region/{code}", row["nom"], "", code, region=code)
        else:
            within = (f"region/{row['region']}",)
            yield Entry(f"department/{code}", row["nom"], "", code, "", code, row["region"], within=within)


def _since(communes: Iterable[Entry], changes: Iterable[ChangeRow]) -> Iterator[Entry]:
    """Say since when a commune is as it is, where a change tells: the last one that led to it."""
    since = {row.code: row.until for row in changes}  # in order of days
    for entry in communes:
        known = entry.id.startswith("commune/")
        yield replace(entry, valid_from=since.get(entry.code, "")) if known else entry


def _with_seat(
    groupings: Iterable[Entry], files: Mapping[str, Sequence[Json]], communes: Mapping[str, Entry]
) -> Iterator[Entry]:
    """Put each grouping in the département and the région where most of its people live."""
    members = {row["code"]: row["membres"] for name in ("epci", "ept") for row in files[name]}
    for grouping in groupings:
        weights: dict[tuple[str, str], int] = defaultdict(int)
        for member in members[grouping.code]:
            commune = communes[member["code"]]
            weights[commune.department, commune.region] += member["populationMunicipale"] + 1
        department, region = max(sorted(weights), key=lambda place: weights[place])
        all_of_them = sorted({department for department, _ in weights})
        within = tuple(f"department/{code}" for code in all_of_them)
        yield replace(grouping, department=department, region=region, within=within)


def _counted(places: Iterable[Entry], communes: Iterable[Entry]) -> Iterator[Entry]:
    """Give départements and régions the sum of their communes' populations, where all are of one year."""
    sums: dict[str, int] = defaultdict(int)
    counted: dict[str, set[int | None]] = defaultdict(set)
    for commune in communes:
        for place in (f"department/{commune.department}", f"region/{commune.region}"):
            sums[place] += commune.population or 0
            counted[place].add(commune.population_year)
    for entry in places:
        of = counted.get(entry.id, {None})
        year = next(iter(of)) if len(of) == 1 else None
        yield replace(entry, population=sums[entry.id], population_year=year) if year else entry


def _former(changes: Sequence[ChangeRow], current: Mapping[str, Entry]) -> Iterator[Entry]:
    """Give the communes that are no more, each with the communes in force that it became part of.

    One that was renamed, got another code, or was founded again under its old name, is not.
    """
    moves: dict[str, list[ChangeRow]] = defaultdict(list)
    gone: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in changes:
        if row.code != row.former_code:
            moves[row.former_code].append(row)
        same = current.get(row.former_code)
        if row.change in ("merged", "split") and not (same and same.name == row.former_name):
            gone[row.former_code, row.until, row.former_name].append(row.code)
    for (code, until, name), codes in gone.items():
        heirs = sorted({heir for each in codes for heir in _heirs(each, until, moves, current)})
        first = current.get(heirs[0]) if heirs else None
        yield Entry(
            id=f"former-commune/{code}-{until}",
            name=name,
            kind="commune",
            code=code,
            department=first.department if first else "",  # its own code may name a département of old
            region=first.region if first else "",
            within=first.within if first else (),
            territories=(f"former-commune/{code}-{until}",),
            valid_until=until,
            successors=tuple(f"commune/{heir}" for heir in heirs),
        )


def _heirs(
    code: str, day: str, moves: Mapping[str, Sequence[ChangeRow]], current: Mapping[str, Entry]
) -> set[str]:
    """Give the codes in force that people of ``code`` came to, move after move, since ``day``."""
    if code in current:
        return {code}
    later = [row for row in moves.get(code, ()) if row.until > day]
    next_day = min((row.until for row in later), default="")
    steps = (row for row in later if row.until == next_day)
    return {heir for row in steps for heir in _heirs(row.code, row.until, moves, current)}


def _with_bodies(entries: Iterable[Entry], authorities: Iterable[AuthorityRow]) -> list[Entry]:
    """Give départements and régions their legal persons; a special or former one is an entry of its own."""
    found = {entry.id: entry for entry in entries}
    for row in authorities:
        territories = tuple(row.territories.split())
        seat = found[territories[0]]
        alone = Entry(
            row.id, row.name, "", row.id.partition("/")[2], department=seat.department, region=seat.region
        )
        found[row.id] = replace(
            found.get(row.id, alone),
            kind=row.kind,
            siren=row.siren,
            territories=territories,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            successors=tuple(row.successors.split()),
        )
    return list(found.values())


def _named(entries: Iterable[Entry], aliases: Iterable[AliasRow]) -> Iterator[Entry]:
    others: dict[str, list[str]] = defaultdict(list)
    for row in aliases:
        others[row.id].append(row.alias)
    for entry in entries:
        yield replace(entry, aliases=(*entry.aliases, *others[entry.id]))
