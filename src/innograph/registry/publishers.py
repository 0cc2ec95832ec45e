"""The publishers' files as entries: ``@etalab/decoupage-administratif`` (INSEE, DGCL), and readers' facts.

The package is a set of JSON files (communes, EPCI, EPT, départements, régions); it has neither SIREN of
départements and régions nor dates of change, which are reviewed facts in ``data/registers/``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from innograph.registry.entries import Entry
from innograph.registry.groupings import Json, groupings
from innograph.registry.history import History, history_of
from innograph.registry.reviewed import Reviewed, with_aliases, with_authorities

FILES: Final = ("communes", "epci", "ept", "departements", "regions")
"""The files of the package that are read, without ``.json``."""

_PARTS: Final = {"commune-deleguee": "delegated-commune", "commune-associee": "associated-commune"}
_PARIS: Final = "75056"
MAYOTTE: Final = "976"
_WITHOUT_COMMUNES: Final = ("977", "978", "984", "986", "989")
"""Overseas, communes are only in Saint-Pierre-et-Miquelon, French Polynesia and New Caledonia; what has a
code of five characters elsewhere (districts, circonscriptions, a whole collectivité) is a place and no body.
INSEE: https://www.insee.fr/fr/information/7929495"""


@dataclass(frozen=True, slots=True)
class Years:
    """The years of the municipal populations: of communes, and of those of Mayotte."""

    communes: int
    mayotte: int | None
    """None where it is not known; their populations are then left out."""


def entries_of(files: Mapping[str, Sequence[Json]], reviewed: Reviewed, years: Years) -> list[Entry]:
    """Give every entry, sorted by identifier.

    :param files: the content of each of :data:`FILES`.
    :raises KeyError: a file lacks what it always had, or points at what is not there; ``args`` name it.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for name in ("epci", "ept"):
        for grouping in files[name]:
            for member in grouping["membres"]:
                members[member["code"]].append(f"{name}/{grouping['code']}")
    communes = list(_communes(files["communes"], members, years))
    history = history_of(reviewed.changes, communes)
    current = {entry.code: entry for entry in communes if entry.id.startswith("commune/")}
    seats = {row.id: row.department for row in reviewed.seats}
    places = [*_places(files["departements"], "department"), *_places(files["regions"], "region")]
    whole = [
        *(_since(entry, history) for entry in communes),
        *groupings(files["epci"], "epci", current, seats),
        *groupings(files["ept"], "ept", current, seats),
        *_counted(places, current.values()),
        *_former(history, current),
    ]
    named = with_aliases(with_authorities(whole, reviewed.authorities), reviewed.aliases)
    return sorted(named, key=lambda entry: entry.id)


def _communes(rows: Sequence[Json], members: Mapping[str, list[str]], years: Years) -> Iterator[Entry]:
    for row in rows:
        if row["type"] in _PARTS:
            yield _part(row, _PARTS[row["type"]])
        elif row["type"] == "arrondissement-municipal":
            yield _arrondissement(row, years)
        else:
            yield _commune(row, tuple(members.get(row["code"], ())), years)


def _commune(row: Json, member_of: tuple[str, ...], years: Years) -> Entry:
    code, department, overseas = row["code"], row["departement"], row["zone"] == "com"
    year = years.mayotte if department == MAYOTTE else years.communes
    known = row.get("population") is not None and not overseas  # overseas, nothing tells of which year
    kind = "" if department in _WITHOUT_COMMUNES else "special-status" if code == _PARIS else "commune"
    return Entry(
        id=f"commune/{code}",
        name=row["nom"],
        kind=kind,
        code=code,
        siren=row.get("siren", ""),
        department=department,
        region="" if overseas else row["region"],
        population=row["population"] if known and year else None,
        population_year=year if known else None,
        postcodes=_postcodes(row),
        within=(f"{'overseas-collectivity' if overseas else 'department'}/{department}",),
        member_of=member_of,
        territories=(f"commune/{code}", *(["department/75"] if code == _PARIS else [])) if kind else (),
    )


def _arrondissement(row: Json, years: Years) -> Entry:
    id = f"municipal-arrondissement/{row['code']}"
    return Entry(
        id=id,
        name=row["nom"],
        kind="municipal-arrondissement",
        code=row["code"],
        department=row["departement"],
        region=row["region"],
        population=row["population"],
        population_year=years.communes,
        postcodes=_postcodes(row),
        within=(f"commune/{row['commune']}",),
        territories=(id,),
        aliases=(row["nom"].removesuffix(" Arrondissement"),),
    )


def _part(row: Json, place: str) -> Entry:
    """Give a commune déléguée or associée: a place, which no legal person of its own administers."""
    code, department, region = row["code"], row["departement"], row["region"]
    within = (f"commune/{row['chefLieu']}",)
    return Entry(f"{place}/{code}", row["nom"], "", code, "", department, region, within=within)


def _postcodes(row: Json) -> tuple[str, ...]:
    return tuple(sorted(row.get("codesPostaux", ())))


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


def _since(entry: Entry, history: History) -> Entry:
    """Say since when a commune bears its code and name, where a change tells."""
    known = entry.id.startswith("commune/")
    return replace(entry, valid_from=history.since(entry.code, entry.name)) if known else entry


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


def _former(history: History, current: Mapping[str, Entry]) -> Iterator[Entry]:
    """Give the communes that are no more, each with the communes in force that it became part of.

    It lies where the first of them does: its own code may name a département of old.
    """
    for gone in history.gone():
        heir = current[gone.heirs[0]] if gone.heirs else None
        yield Entry(
            id=gone.id,
            name=gone.name,
            kind="commune",
            code=gone.code,
            department=heir.department if heir else "",
            region=heir.region if heir else "",
            within=heir.within if heir else (),
            territories=(gone.id,),
            valid_from=gone.since,
            valid_until=gone.until,
            successors=tuple(f"commune/{code}" for code in gone.heirs),
        )
