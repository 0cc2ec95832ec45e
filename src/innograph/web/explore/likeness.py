"""A body like mine: its kind, the bracket of its population and its place, as choices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from innograph.journeys.reconcile.entities import Entities, Entity
from innograph.journeys.reconcile.finding import Finder
from innograph.names import bare_name
from innograph.web.explore.choices import Choices
from innograph.web.explore.facets import bracket

MOST_NAMED: Final = 20
"""Bodies that are offered for a name."""

LONGEST: Final = 200
"""Characters of a name that are looked at: there is no longer one."""


@dataclass(frozen=True, slots=True)
class Named:
    """What bears a name: one body that is certainly meant, or several to choose from."""

    found: list[Entity]
    certain: bool


def find_bodies(finder: Finder, name: str) -> Named:
    """Find the bodies in force that bear a name, or one that begins so; one whole name is certain.

    Where there are none, those that took the place of what bore it.
    """
    text = " ".join(name[:LONGEST].split())
    found = finder.find(text, MOST_NAMED, suits=_is_body) if text else []
    identified = [entity for entity in finder.identified(text) if _is_body(entity)] if text else []
    whole = identified or [entity for entity in found if bare_name(entity.name) == bare_name(text)]
    if len(whole) == 1:
        return Named(whole, True)
    if text and not found:
        gone = finder.find(text, MOST_NAMED)
        heirs = (heir for entity in gone for heir in finder.entities.heirs(entity) if _is_body(heir))
        found = list(dict.fromkeys(heirs))
    return Named([*whole, *(entity for entity in found if entity not in whole)], len(found) == 1)


def choices_like(entity: Entity, known: Mapping[str, frozenset[str]], themes: Iterable[str] = ()) -> Choices:
    """Give the choices that a body stands for: its kind, its size, its département.

    A région stands for no place: its like are elsewhere.

    :param known: the values that there are: what lies overseas may be in no département.
    """
    entry = entity.entry
    people = entry.population if entry else None
    mine = {
        "kind": entity.kind,
        "size": "" if people is None else bracket(people),
        "department": entity.department,
    }
    choices = Choices(like=entity.id).having("theme", themes)
    for facet, key in mine.items():
        choices = choices.having(facet, known[facet] & {key})
    return choices


def body_named(entities: Entities, id: str) -> Entity | None:
    """Give the body of an address; None where there is none."""
    entity = entities.get(id) if id else None
    return entity if entity and _is_body(entity) else None


def _is_body(entity: Entity) -> bool:
    entry = entity.entry
    return bool(entry.kind) and entry.in_force if entry else True
