"""The names of the bodies that the graph lists, read once: which of them a name is, or nearly is."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from innograph.curation.bodies import Bodies
from innograph.journeys.reconcile.entities import Entities, Entity
from innograph.linking.bodies import Linker
from innograph.linking.gazetteer import NEAREST
from innograph.linking.mentions import LONGEST
from innograph.names import analyse, bare_name, plain_name


@dataclass(frozen=True, slots=True)
class _Named:
    entity: Entity
    name: str
    kinds: frozenset[str | None]
    """The kinds that a mention may tell and still mean it; None: it tells none."""
    proper: str
    plain: str
    bare: str


class OwnNames:
    """Compares names with those of the bodies that the graph lists."""

    def __init__(self, entities: Entities) -> None:
        self._entities = entities
        self._linker = Linker(Bodies(dict(entities.listed.bodies), {}, ()))
        self._named = [
            _read(entity, row.name, row.kind)
            for key, row in entities.listed.bodies.items()
            if (entity := entities.of_key(key))
        ]

    def exactly(self, name: str) -> Entity | None:
        """Give the one body that a name means by the rules of :class:`innograph.linking.bodies.Linker`."""
        link = self._linker.link(name, "") if 0 < len(name) <= LONGEST else None
        return self._entities.of_key(link.organization) if link else None

    def namesakes(self, name: str) -> list[Entity]:
        """List the bodies of exactly this name that no register lists."""
        plain = plain_name(name)
        return [each.entity for each in self._named if each.plain == plain and each.entity.entry is None]

    def like(self, name: str) -> Iterator[tuple[Entity, str, float]]:
        """Give the bodies of this name or nearly, each with how it was found and its likeness in percent."""
        if not name.strip() or len(name) > LONGEST:
            return
        told, proper = analyse(name)
        plain, bare = plain_name(name), bare_name(name)
        for each in self._named:
            likeness = fuzz.ratio(each.bare, bare)
            if each.plain == plain:
                yield each.entity, "label" if each.name == name else "plain", likeness
            elif each.proper == proper and told in each.kinds:
                yield each.entity, "bare", likeness
            elif likeness >= NEAREST:
                yield each.entity, "near", likeness


def _read(entity: Entity, name: str, kind: str) -> _Named:
    told, proper = analyse(name)
    return _Named(entity, name, frozenset({None, told, kind}), proper, plain_name(name), bare_name(name))
