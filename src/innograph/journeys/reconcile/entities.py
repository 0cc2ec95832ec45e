"""The entities that reconciliation offers: every entry of the registers, and the graph's own bodies beside.

An entity is named by its address without ``https://w3id.org/innograph/id/``: a body that the graph lists has
its readable one, any other that of its SIREN (``organization/siren-217802081``); a place that no body of its
own administers is ``territory/<kind>/<code>``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from innograph.curation.bodies import OrganizationRow
from innograph.identifiers import is_siren
from innograph.journeys.reconcile.types import Label, types, with_broader
from innograph.namespaces import ID
from innograph.registry.entries import TERRITORY_KINDS, Entry
from innograph.registry.file import Registry

_BODY = "organization/"
_PLACE = "territory/"
_SIREN = f"{_BODY}siren-"
_KINDS = (*TERRITORY_KINDS, "special-status", "former-department")


@dataclass(frozen=True, slots=True)
class Listed:
    """The bodies that the graph lists under an address of their own."""

    bodies: Mapping[str, OrganizationRow] = field(default_factory=dict)
    """By key."""
    departments: Mapping[str, str] = field(default_factory=dict)
    """Codes of départements, by the key of the body."""
    entries: Mapping[str, str] = field(default_factory=dict)
    """Keys of the bodies that the registers list, by the identifier of the entry."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A body, or a place without one, as reconciliation offers it."""

    id: str
    name: str
    kind: str
    """The narrowest of its types."""
    entry: Entry | None = None
    """What the registers say of it, if they list it."""
    department: str = ""
    """The code of its département, where it is known."""

    @property
    def address(self) -> str:
        """Give its permanent address."""
        return ID + self.id

    @property
    def types(self) -> tuple[str, ...]:
        """Give the identifiers of its types, the narrowest first."""
        return tuple(each.id for each in with_broader(self.kind))

    @property
    def departments(self) -> frozenset[str]:
        """Give the codes of every département it lies in."""
        within = self.entry.within if self.entry else ()
        inside = (place.partition("/") for place in within)
        found = {code for kind, _, code in inside if kind == "department"} | {self.department}
        return frozenset(found - {""})


class Entities:
    """Finds entities by their identifier, and the entity of an entry."""

    def __init__(self, registry: Registry, listed: Listed) -> None:
        self.registry = registry
        self.listed = listed
        self._linked = {key: id for id, key in listed.entries.items()}

    @cached_property
    def own(self) -> Mapping[str, Entity]:
        """Give the bodies of the graph that no register lists, by key; groups of unnamed bodies are none."""
        return {
            key: Entity(f"{_BODY}{key}", row.name, row.kind, None, self.listed.departments.get(key, ""))
            for key, row in self.listed.bodies.items()
            if key not in self._linked and row.kind in types()
        }

    def of(self, entry: Entry) -> Entity:
        """Give the entity of an entry of the registers."""
        key = self.listed.entries.get(entry.id)
        if key:
            id = f"{_BODY}{key}"
        elif not entry.kind:
            id = f"{_PLACE}{entry.id}"
        else:
            id = f"{_SIREN}{entry.siren}" if entry.siren else f"{_BODY}{entry.id.replace('/', '-')}"
        return Entity(id, entry.name, entry.kind or _kind_of_place(entry), entry, entry.department)

    def of_key(self, key: str) -> Entity | None:
        """Give the entity of a body that the graph lists."""
        entry = self.registry.get(self._linked[key]) if key in self._linked else None
        return self.of(entry) if entry else self.own.get(key)

    def get(self, id: str) -> Entity | None:
        """Give the entity with an identifier, or with a whole address; None if there is none."""
        id = id.removeprefix(ID)
        if id.startswith(_SIREN):
            siren = id.removeprefix(_SIREN)
            entry = self.registry.with_siren(siren) if is_siren(siren) else None
        elif id.startswith(_PLACE):
            entry = self.registry.get(id.removeprefix(_PLACE)) if id.isascii() else None
        elif id.startswith(_BODY):
            key = id.removeprefix(_BODY)
            if key in self.listed.bodies:
                return self.of_key(key)
            entry = next((found for found in map(self.registry.get, _entry_ids(key)) if found), None)
        else:
            return None
        return self.of(entry) if entry else None

    def over(self, place: str) -> Entity | None:
        """Give the body over the place with this identifier of the registers, or else the place."""
        bodies = self.registry.bodies_of(place)
        entry = bodies[0] if bodies and bodies[0].in_force else self.registry.get(place)
        return self.of(entry) if entry else None

    def heirs(self, entity: Entity) -> list[Entity]:
        """Give what an entity belongs to that is no more, is a part of a commune, or is a place alone."""
        entry = entity.entry
        if entry is None or (entry.kind and entry.in_force):
            return []
        if entry.id.startswith(("delegated-commune/", "associated-commune/")):
            places = entry.within
        else:
            places = entry.successors if entry.kind else (entry.id,)
        found = (self.over(place) for place in places)
        return [each for each in found if each and each.entry != entry]

    @cached_property
    def department_names(self) -> Mapping[str, str]:
        """Give the names of départements, and of what lies overseas, by code."""
        kinds = ("department", "overseas-collectivity")
        return {entry.code: entry.name for kind in kinds for entry in self.registry.of_kind(kind)}

    def describe(self, entity: Entity) -> Label:
        """Tell in one line what an entity is and where: what tells namesakes apart."""
        kind = types()[entity.kind].label
        where = f"{self.department_names.get(entity.department, '?')} ({entity.department})"
        beside = [where] if entity.department else []
        entry = entity.entry
        if entry and entry.code and entry.code != entry.siren:
            beside.append(f"INSEE {entry.code}")
        if entry and entry.siren:
            beside.append(f"SIREN {entry.siren}")
        until = entry.valid_until if entry else ""
        ended = Label(f"jusqu’au {write_day(until)}", f"until {until}")
        return Label(
            *(
                ", ".join([kind.say(language), *beside, *([ended.say(language)] if until else [])])
                for language in ("fr", "en")
            )
        )


def _kind_of_place(entry: Entry) -> str:
    """Give the type of a place without body; « département » is the type of bodies, not of such a place."""
    found = types().get(entry.territory_kind)
    return found.id if found and found.broader == "territory" else "territory"


def write_day(day: str) -> str:
    """Write a day as people do in French.

    >>> write_day("2016-01-01")
    '01/01/2016'
    """
    return "/".join(reversed(day.split("-")))


def _entry_ids(key: str) -> Iterator[str]:
    """Give the identifiers of the registers that may have become this key.

    >>> list(_entry_ids("municipal-arrondissement-75105"))
    ['municipal-arrondissement/75105']
    """
    if key.isascii():
        for kind in _KINDS:
            if key.startswith(f"{kind}-"):
                yield f"{kind}/{key.removeprefix(f'{kind}-')}"
