"""What changed from one file of the registers to the next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from innograph.registry.entries import Entry

What = Literal["added", "gone", "name", "kind", "SIREN", "place", "members"]
HEADINGS: Final[Mapping[What, str]] = {
    "added": "Added",
    "gone": "Gone",
    "name": "Renamed",
    "kind": "Of another kind",
    "SIREN": "Other SIREN",
    "place": "In another département",
    "members": "In other groupings",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact about one entry, before and after; empty where there was none."""

    what: What
    id: str
    name: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        """Give one line of a list.

        >>> str(Difference("name", "commune/76484", "Oissel-sur-Seine", "Oissel", "Oissel-sur-Seine"))
        'commune/76484 Oissel-sur-Seine: Oissel → Oissel-sur-Seine'
        """
        change = f": {self.before or 'none'} → {self.after or 'none'}" if self.before or self.after else ""
        return f"{self.id} {self.name}{change}"


@dataclass(frozen=True, slots=True)
class Populations:
    """How many communes have how many people, of which year."""

    communes: int
    people: int
    years: tuple[int, ...]

    def __str__(self) -> str:
        years = " and ".join(map(str, self.years)) or "no year"
        return f"{self.people} people in {self.communes} communes ({years})"


def differences(before: Iterable[Entry], after: Iterable[Entry]) -> list[Difference]:
    """List what differs, but for populations, in order of :data:`HEADINGS`, then of identifiers.

    Former communes are told by the communes that are gone, and left out.
    """
    old, new = ({e.id: e for e in entries if not e.id.startswith("former-")} for entries in (before, after))
    found = [
        *(Difference("added", id, new[id].name) for id in new.keys() - old.keys()),
        *(
            Difference("gone", id, old[id].name, after=_heirs(old[id], after))
            for id in old.keys() - new.keys()
        ),
        *(each for id in old.keys() & new.keys() for each in _of_one(old[id], new[id])),
    ]
    order = list(HEADINGS)
    return sorted(found, key=lambda each: (order.index(each.what), each.id))


def populations(entries: Iterable[Entry]) -> Populations:
    """Sum up the people of communes."""
    counted = [e for e in entries if e.id.startswith("commune/") and e.population is not None]
    years = sorted({entry.population_year or 0 for entry in counted})
    return Populations(len(counted), sum(entry.population or 0 for entry in counted), tuple(years))


def _of_one(old: Entry, new: Entry) -> Iterator[Difference]:
    facts: Sequence[tuple[What, str, str]] = (
        ("name", old.name, new.name),
        ("kind", old.kind, new.kind),
        ("SIREN", old.siren, new.siren),
        ("place", old.department, new.department),
        ("members", " ".join(sorted(old.member_of)), " ".join(sorted(new.member_of))),
    )
    for what, before, after in facts:
        if before != after:
            yield Difference(what, new.id, new.name, before, after)


def _heirs(old: Entry, after: Iterable[Entry]) -> str:
    same = [
        e for e in after if e.id.startswith("former-commune/") and (e.code, e.name) == (old.code, old.name)
    ]
    return " ".join(heir for entry in same for heir in entry.successors)
