"""Finding entities for somebody who types: an identifier, a code, or how the words of a name begin."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice

from innograph.identifiers import is_siren
from innograph.journeys.reconcile.entities import Entities, Entity
from innograph.linking.gazetteer import Gazetteer
from innograph.linking.kinds import fits, registered
from innograph.linking.mentions import LONGEST
from innograph.linking.weighing import Question
from innograph.names import bare_name
from innograph.namespaces import ID

_MOST_FORMS = 2000
"""Forms of names that are looked at where a beginning is short; the shorter ones come first."""

_CODE = re.compile(r"[0-9]{2,3}|2[AB]|[0-9]{5}|2[AB][0-9]{3}")
_POSTCODE = re.compile(r"[0-9]{5}")


class Finder:
    """Finds entities by what somebody types; threads may share it."""

    def __init__(self, entities: Entities, gazetteer: Gazetteer) -> None:
        self.entities = entities
        self.gazetteer = gazetteer

    def identified(self, text: str) -> list[Entity]:
        """Find what an identifier names: ours, a SIREN (or SIRET), an INSEE code; those in force first."""
        text = text.strip()
        entity = self.entities.get(text)
        if entity:
            return [entity]
        registry = self.entities.registry
        packed = "".join(text.split())
        if len(packed) in (9, 14) and is_siren(packed[:9]):
            entry = registry.with_siren(packed[:9])
            return [self.entities.of(entry)] if entry else []
        code = text.upper()
        if not _CODE.fullmatch(code):
            return []
        entries = [*registry.with_code(code), *(entry for entry, _ in registry.with_former_code(code))]
        bodies = [
            body
            for entry in dict.fromkeys(entries)
            for body in ([entry] if entry.kind else registry.bodies_of(entry.id) or [entry])
        ]
        return list(dict.fromkeys(map(self.entities.of, bodies)))

    def served(self, text: str) -> list[Entity]:
        """Find the communes and arrondissements that a postal code serves, the largest first."""
        post = text.strip()
        found = self.entities.registry.with_postcode(post) if _POSTCODE.fullmatch(post) else []
        return sorted(map(self.entities.of, found), key=_importance)

    def find(
        self, text: str, most: int, skip: int = 0, suits: Callable[[Entity], bool] = lambda entity: True
    ) -> list[Entity]:
        """Find entities by an identifier, a postal code, or the beginnings of the words of a name.

        Whole names come before longer ones, what is in force before what is not, more people before fewer.
        Where nothing begins so, the names that are most alike are given.

        :param most: how many are given, after the first ``skip``.
        :param suits: tells which entities are wanted at all.
        """
        if len(text) > LONGEST:
            return []
        wanted = (entity for entity in dict.fromkeys(self._all(text)) if suits(entity))
        return list(islice(wanted, skip, skip + most))

    def _all(self, text: str) -> Iterator[Entity]:
        found = False
        for entity in self._stages(text):
            found = True
            yield entity
        if not found:
            near = self.gazetteer.candidates(Question(text))
            yield from (self.entities.of(each.entry) for each in near)

    def _stages(self, text: str) -> Iterator[Entity]:
        identified = self.identified(text)
        yield from sorted(identified, key=_importance)
        yield from self.served(text)
        if identified or text.startswith(ID):
            return
        yield from self._beginning(bare_name(text), lambda entity: True)
        mention = self.gazetteer.read(text)
        if mention.kind and registered(mention.kind):
            yield from self._beginning(
                mention.proper, lambda entity: entity.entry is not None and fits(entity.entry, mention.kind)
            )

    def _beginning(self, wanted: str, suits: Callable[[Entity], bool]) -> Iterator[Entity]:
        words = wanted.split()
        if not words:
            return
        starts = [f" {word}" for word in sorted(words, key=len, reverse=True)]
        forms: Iterable[str] = self._forms
        for start in starts:
            forms = [form for form in forms if start in form]
        names = sorted((form[1:] for form in forms), key=lambda form: _closeness(form, wanted))
        best: dict[Entity, int] = {}
        for form in names[:_MOST_FORMS]:
            for entry, _ in self.entities.registry.named("bare", form):
                best.setdefault(self.entities.of(entry), _closeness(form, wanted)[0])
        for own in self.entities.own.values():
            form = bare_name(own.name)
            if all(start in f" {form}" for start in starts):
                best.setdefault(own, _closeness(form, wanted)[0])
        yield from sorted(filter(suits, best), key=lambda entity: (best[entity], *_importance(entity)))

    @cached_property
    def _forms(self) -> list[str]:
        """Give the names of the registers, each after a blank, so that words are found at their beginning."""
        return [f" {form}" for form in self.entities.registry.bare_forms()]


def _closeness(form: str, wanted: str) -> tuple[int, int]:
    if form == wanted:
        return 0, 0
    return (1 if form.startswith(wanted) else 2), len(form)


def _importance(entity: Entity) -> tuple[bool, bool, int, str]:
    entry = entity.entry
    gone = entry is not None and not entry.in_force
    without_body = entry is not None and not entry.kind
    return gone, without_body, -((entry.population if entry else None) or 0), entity.id
