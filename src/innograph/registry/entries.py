"""What an entry of the registers says: a body, the place it administers, or both at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

IN_FORCE: Final = ""
"""``valid_until`` of what is in force."""

TERRITORY_KINDS: Final = (
    "commune",
    "municipal-arrondissement",
    "delegated-commune",
    "associated-commune",
    "former-commune",
    "epci",
    "ept",
    "department",
    "region",
    "overseas-collectivity",
)
"""The first part of the identifier of a place, ``commune`` in ``commune/78208``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the registers, under ``id``: ``commune/78208``, ``epci/200058519``, ``department/78``.

    A body whose place has an entry of its own (``special-status/6AE`` over two départements) is no place;
    a place that no legal person of its own administers (a commune déléguée) is no body.
    """

    id: str
    name: str
    """Its usual name, as the register writes it, without the abbreviation of its kind."""
    kind: str
    """Of the body, a concept of the scheme organization-kind; empty where there is no body."""
    code: str
    """Code of the Code officiel géographique; of a grouping, its SIREN."""
    siren: str = ""
    department: str = ""
    """Code of the département it lies in; of a grouping, where its seat is: where most of its people live,
    unless readers noted another. Empty for régions and beyond."""
    region: str = ""
    population: int | None = None
    """Municipal population in ``population_year``; None where the registers give none, or no year."""
    population_year: int | None = None
    postcodes: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    """Identifiers of the places it lies in, the nearest ones only."""
    member_of: tuple[str, ...] = ()
    """Identifiers of the groupings it is a member of."""
    territories: tuple[str, ...] = ()
    """Identifiers of the places that the body administers."""
    valid_from: str = ""
    """The day since which a commune bears its code and name, or a special collectivité exists, ISO 8601.

    Empty where the registers do not tell: for communes, since before 1943."""
    valid_until: str = IN_FORCE
    """The first day on which it was no more; empty for what is in force."""
    successors: tuple[str, ...] = ()
    """Identifiers of what a former one became part of."""
    aliases: tuple[str, ...] = ()
    """Other names: acronyms, full names of groupings."""

    @property
    def in_force(self) -> bool:
        """Tell whether it exists today."""
        return self.valid_until == IN_FORCE

    @property
    def territory_kind(self) -> str:
        """Give the kind of place, or the empty text for a body alone.

        >>> Entry("commune/78208", "Élancourt", "commune", "78208").territory_kind
        'commune'
        >>> Entry("special-status/20R", "Collectivité de Corse", "special-status", "20R").territory_kind
        ''
        """
        kind = self.id.partition("/")[0]
        return kind if kind in TERRITORY_KINDS else ""


def reached(entries: Mapping[str, Entry], start: Iterable[str]) -> list[Entry]:
    """Give the entries ``start``, by identifier, those that they name or replaced, and so on from there.

    >>> commune = Entry("commune/78208", "Élancourt", "commune", "78208", within=("department/78",))
    >>> former = Entry("former-commune/1", "X", "commune", "1", successors=("commune/78208",))
    >>> all_of_them = [commune, former, Entry("department/78", "", "", "78"), Entry("region/1", "", "", "1")]
    >>> [entry.id for entry in reached({entry.id: entry for entry in all_of_them}, ["commune/78208"])]
    ['commune/78208', 'department/78', 'former-commune/1']
    """
    replaced: dict[str, list[str]] = {}
    for entry in entries.values():
        for heir in entry.successors:
            replaced.setdefault(heir, []).append(entry.id)
    waiting, seen = list(start), set(start)
    while waiting:
        entry = entries[waiting.pop()]
        named = {*entry.within, *entry.member_of, *entry.territories, *entry.successors}
        fresh = (named | set(replaced.get(entry.id, ()))) - seen
        seen |= fresh
        waiting += fresh
    return [entries[id] for id in sorted(seen)]
