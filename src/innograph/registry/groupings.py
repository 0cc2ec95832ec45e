"""Groupings of communes (EPCI, EPT) as entries, from the lists of the DGCL and of INSEE."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from innograph.registry.entries import Entry

Json = Mapping[str, Any]

_KINDS: Final = {
    "CC": ("community-of-communes", "Communauté de communes"),
    "CA": ("agglomeration-community", "Communauté d'agglomération"),
    "CU": ("urban-community", "Communauté urbaine"),
    "METRO": ("metropolis", ""),
    "MET69": ("special-status", ""),
    "EPT": ("territorial-public-establishment", ""),
}
"""By the abbreviation in the list: the kind, and the words that the abbreviation before a name stands for."""

_INSIDE = re.compile(r"\s*(?:\(([^)]+)\)|''([^']+)''|\"([^\"]+)\")")


def groupings(
    rows: Iterable[Json],
    name: str,
    communes: Mapping[str, Entry],
    seats: Mapping[str, str],
) -> Iterator[Entry]:
    """Give the entries of groupings.

    Each lies in the départements of its members; its own is where it has its seat, which the lists do not
    tell: where most of its people live, unless ``seats`` says otherwise. It has the people of its members:
    the lists give them too, but of another year than the communes'.

    :param name: first part of their identifiers, ``epci`` or ``ept``.
    :param communes: communes in force, by code.
    :param seats: départements by identifier.
    :raises KeyError: a field is missing, or a member is no commune in force; ``args`` name it.
    """
    for row in rows:
        id = f"{name}/{row['code']}"
        members = [communes[member["code"]] for member in row["membres"]]
        departments = _departments(members)
        year = members[0].population_year
        department = seats.get(id) or next(iter(departments))
        kind, full, *others = names_of(row["type"], row["nom"])
        yield Entry(
            id=id,
            name=full,
            kind=kind,
            code=row["code"],
            siren=row["code"],
            department=department,
            region=departments[department],
            population=sum(member.population or 0 for member in members) if year else None,
            population_year=year,
            within=tuple(f"department/{code}" for code in sorted(departments)),
            territories=(id,),
            aliases=tuple(others),
        )


def names_of(abbreviation: str, name: str) -> list[str]:
    """Give the kind of a grouping, its name with the kind in full, then its other names.

    >>> names_of("CA", "CA Intercommunale du Nord de la Réunion (CINOR)")[1:]
    ["Communauté d'agglomération Intercommunale du Nord de la Réunion", 'Intercommunale du Nord de la Réunion', 'CINOR']
    >>> names_of("METRO", "Brest Métropole")
    ['metropolis', 'Brest Métropole']
    """  # noqa: E501
    kind, long = _KINDS[abbreviation]
    short, *inside = _opened(name.removeprefix(f"{abbreviation} "))
    return [kind, f"{long} {short}", short, *inside] if long else [kind, short, *inside]


def _opened(name: str) -> list[str]:
    """Give a name without what stands in brackets or quotation marks, then each of these.

    >>> _opened("du Nord de la Réunion (CINOR)"), _opened('"Saintes - Grandes Rives"')
    (['du Nord de la Réunion', 'CINOR'], ['Saintes - Grandes Rives'])
    """
    inside = [next(filter(None, found)) for found in _INSIDE.findall(name)]
    outside = " ".join(_INSIDE.sub(" ", name).split())
    return [outside, *inside] if outside else inside


def _departments(members: Sequence[Entry]) -> dict[str, str]:
    """Give the départements of members with their régions, those with the most people first."""
    people: dict[tuple[str, str], int] = defaultdict(int)
    for member in members:
        people[member.department, member.region] += (member.population or 0) + 1
    return dict(sorted(people, key=lambda place: (-people[place], place)))
