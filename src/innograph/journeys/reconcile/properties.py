"""The properties of entities: what may be asked beside a name, and what may be fetched once it is settled.

A property is named as the vocabulary names it (``siren``, ``inseeCode``), where it has it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from innograph.journeys.reconcile.entities import Entities, Entity
from innograph.journeys.reconcile.explaining import became
from innograph.journeys.reconcile.types import Label, types
from innograph.registry.entries import Entry

Value = str | int | date | Entity


@dataclass(frozen=True, slots=True)
class Known:
    """What values are read from: the registers, the graph, and the language of words."""

    entities: Entities
    wikidata: Callable[[str], Iterable[str]] = lambda address: ()
    """Gives the Wikidata identifiers (``Q…``) of the thing with an address."""
    language: str = "fr"


Reading = Callable[[Known, Entity], Iterable[Value | None]]


@dataclass(frozen=True, slots=True)
class Property:
    """A property of entities."""

    id: str
    label: Label
    read: Reading | None
    """Gives its values; None where there is nothing to fetch: it may only be asked."""
    asked: bool = False
    """Whether it may be asked beside a name."""
    of_communes: bool = False
    """Whether only communes and arrondissements have it."""
    entities: bool = False
    """Whether its values are entities."""

    def values(self, known: Known, entity: Entity) -> list[Value]:
        """Give its values, in the order of the registers; none where it is not known."""
        return [value for value in (self.read(known, entity) if self.read else ()) if value not in ("", None)]


def proposed(type_id: str) -> list[Property]:
    """List the properties that may be fetched of entities of a type; of any, where it is empty or unknown.

    >>> "postcode" in {each.id for each in proposed("epci")}, "postcode" in {each.id for each in proposed("")}
    (False, True)
    """
    communal = type_id not in types() or "commune" in types()[type_id].kinds
    return [each for each in PROPERTIES.values() if each.read and (communal or not each.of_communes)]


def _registered(read: Callable[[Entry], Iterable[str | int | None]]) -> Reading:
    """Read from the entry of an entity."""
    return lambda known, entity: read(entity.entry) if entity.entry else ()


def _day(read: Callable[[Entry], str]) -> Reading:
    def values(known: Known, entity: Entity) -> Iterator[date]:
        day = read(entity.entry) if entity.entry else ""
        if day:
            yield date.fromisoformat(day)

    return values


def _groupings(kind: str) -> Callable[[Known, Entity], list[Entry]]:
    """Give a function that finds the groupings of a kind that an entity is a member of."""

    def find(known: Known, entity: Entity) -> list[Entry]:
        members = entity.entry.member_of if entity.entry else ()
        found = map(known.entities.registry.get, members)
        return [entry for entry in found if entry and entry.id.startswith(f"{kind}/")]

    return find


def _kind(known: Known, entity: Entity) -> Iterator[str]:
    yield types()[entity.kind].label.say(known.language)


def _department(known: Known, entity: Entity) -> Iterator[Entity | None]:
    if entity.department:
        place = f"department/{entity.department}"
        yield known.entities.over(place) or known.entities.over(f"overseas-collectivity/{entity.department}")


def _region(known: Known, entity: Entity) -> Iterator[Entity | None]:
    if entity.entry and entity.entry.region:
        yield known.entities.over(f"region/{entity.entry.region}")


def _history(known: Known, entity: Entity) -> Iterator[str]:
    heirs = known.entities.heirs(entity)
    if heirs:
        yield became(entity, heirs).say(known.language)


_epci, _ept = _groupings("epci"), _groupings("ept")

_ALL = (
    Property("name", Label("nom officiel", "official name"), lambda known, it: [it.name]),
    Property("siren", Label("SIREN", "SIREN"), _registered(lambda entry: [entry.siren]), asked=True),
    Property(
        "inseeCode", Label("code Insee", "INSEE code"), _registered(lambda entry: [entry.code]), asked=True
    ),
    Property("organizationKind", Label("nature", "kind"), _kind, asked=True),
    Property("department", Label("département", "département"), _department, asked=True, entities=True),
    Property(
        "departmentCode",
        Label("code du département", "code of the département"),
        lambda known, it: [it.department],
    ),
    Property("region", Label("région", "région"), _region, entities=True),
    Property(
        "regionCode",
        Label("code de la région", "code of the région"),
        _registered(lambda entry: [entry.region]),
    ),
    Property(
        "epci",
        Label("EPCI", "EPCI (intercommunal grouping)"),
        lambda known, it: map(known.entities.of, _epci(known, it)),
        of_communes=True,
        entities=True,
    ),
    Property(
        "epciName",
        Label("nom de l’EPCI", "name of the EPCI"),
        lambda known, it: [entry.name for entry in _epci(known, it)],
        of_communes=True,
    ),
    Property(
        "epciSiren",
        Label("SIREN de l’EPCI", "SIREN of the EPCI"),
        lambda known, it: [entry.siren for entry in _epci(known, it)],
        of_communes=True,
    ),
    Property(
        "ept",
        Label("établissement public territorial", "territorial public establishment"),
        lambda known, it: map(known.entities.of, _ept(known, it)),
        of_communes=True,
        entities=True,
    ),
    Property(
        "population",
        Label("population municipale", "municipal population"),
        _registered(lambda entry: [entry.population]),
    ),
    Property(
        "populationYear",
        Label("année de la population", "year of the population"),
        _registered(lambda entry: [entry.population_year]),
    ),
    Property(
        "postcode",
        Label("code postal", "postal code"),
        _registered(lambda entry: entry.postcodes),
        asked=True,
        of_communes=True,
    ),
    Property("wikidata", Label("Wikidata", "Wikidata"), lambda known, it: known.wikidata(it.address)),
    Property("page", Label("adresse permanente", "permanent address"), lambda known, it: [it.address]),
    Property("validFrom", Label("ainsi depuis", "so since"), _day(lambda entry: entry.valid_from)),
    Property(
        "validUntil",
        Label("n’existe plus depuis", "exists no more since"),
        _day(lambda entry: entry.valid_until),
    ),
    Property(
        "successor",
        Label("ce dont il fait partie aujourd’hui", "what it belongs to today"),
        lambda known, it: known.entities.heirs(it),
        entities=True,
    ),
    Property("history", Label("ce qu’il est devenu", "what became of it"), _history),
    Property("date", Label("date du nom", "date of the name"), None, asked=True),
)

PROPERTIES: Mapping[str, Property] = {each.id: each for each in _ALL}
"""The properties by identifier, in the order in which they are proposed."""
