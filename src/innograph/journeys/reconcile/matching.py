"""A question about a name → candidates with scores, features and explanations, and which one is certain.

What is certain is what :func:`innograph.linking.judgement.judge` finds so, if nothing that is known beside
the name (types, SIREN, code, département …) speaks against it, and if it is not also the name of a body that
the graph lists and no register does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from innograph.journeys.reconcile.entities import Entities, Entity
from innograph.journeys.reconcile.evidence import (
    LOOKED_AT,
    Asked,
    backed_by_name,
    contradicts_identifiers,
    speaks_against,
)
from innograph.journeys.reconcile.explaining import became, formerly
from innograph.journeys.reconcile.finding import Finder
from innograph.journeys.reconcile.own_names import OwnNames
from innograph.journeys.reconcile.types import Label
from innograph.linking.gazetteer import Gazetteer
from innograph.linking.judgement import judge
from innograph.linking.weighing import SCORES, Candidate, Question
from innograph.names import bare_name

MOST = 50
"""Candidates that an answer holds at most."""

USUAL = 10
"""Candidates that an answer holds where nothing else is asked for."""

_SERVED = 60.0
"""The score of a commune that a postal code serves, where the name is nothing but that code."""

_OTHER_TYPE = 40.0
"""What a body of the graph loses of its score where something speaks against it."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a name may mean."""

    entity: Entity
    score: float
    """0 to 100."""
    certain: bool = False
    features: Mapping[str, bool | float] = field(default_factory=dict)
    """See :data:`FEATURES`."""
    explanation: Label | None = None
    """What must be said beside it: a former name, what it was before."""
    reasons: tuple[str, ...] = ()
    """How it was found, and what speaks for it and against it: keys of :data:`REASONS`."""


FEATURES: Mapping[str, Label] = {
    "name_likeness": Label("ressemblance des noms, de 0 à 100", "likeness of the names, 0 to 100"),
    "kind": Label("la nature convient", "the kind fits"),
    "department": Label("le département convient", "the département fits"),
    "postcode": Label("le code postal convient", "the postal code fits"),
    "siren": Label("le SIREN est le même", "the SIREN is the same"),
    "insee_code": Label("le code Insee est le même", "the INSEE code is the same"),
    "in_force": Label("existe aujourd’hui", "exists today"),
    "former_name": Label("ce nom est un ancien nom", "the name is a former one"),
    "successor": Label("succède à ce que le nom désigne", "succeeds what the name means"),
    "population": Label("population municipale", "municipal population"),
}
"""The features of candidates, in words; one that cannot be told is left out."""

_TOLD = {
    "kind-agrees": ("kind", True),
    "grouping-differs": ("kind", False),
    "kind-differs": ("kind", False),
    "department-agrees": ("department", True),
    "department-differs": ("department", False),
    "postcode-agrees": ("postcode", True),
    "siren": ("siren", True),
    "code": ("insee_code", True),
    "former-code": ("insee_code", True),
    "former-name": ("former_name", True),
}


class Reconciler:
    """Answers questions about names; threads may share it."""

    def __init__(self, gazetteer: Gazetteer, entities: Entities, finder: Finder) -> None:
        self.gazetteer = gazetteer
        self.entities = entities
        self.finder = finder
        self._own = OwnNames(entities)

    def answer(self, asked: Asked, limit: int = USUAL) -> list[Match]:
        """List the entities that may be meant, the best first; at most one is certain."""
        name = asked.question.name
        named, served = self.finder.identified(name), self.finder.served(name)
        if named or served:
            matches = [replace(_match(entity, 100.0, {}), reasons=("identifier",)) for entity in named]
            matches += [_match(entity, _SERVED, {"postcode": True}) for entity in served]
            certain = self._certain_of(asked, {entity.id: entity for entity in (*named, *served)}, named)
        else:
            found = self.gazetteer.candidates(asked.question, LOOKED_AT)
            matches = [self._match(candidate, asked.question) for candidate in found]
            matches += self._own_matches(asked, {match.entity.id for match in matches})
            certain = self._certain(asked, found)
        if asked.strict != "should":
            matches = [match for match in matches if asked.wants(match.entity)]
        decided = [replace(match, certain=match.entity.id == certain) for match in matches]
        return _ranked(self._with_successors(decided))[: min(limit, MOST)]

    def _certain_of(
        self, asked: Asked, possible: Mapping[str, Entity], named: Sequence[Entity]
    ) -> str | None:
        """Give the one entity that an identifier names, unless it is another's postal code as well."""
        if not named or len(possible) > 1 or speaks_against(asked, named[0], self.entities.registry):
            return None
        return named[0].id

    def _certain(self, asked: Asked, found: Sequence[Candidate]) -> str | None:
        """Give the identifier of the entity that is certain."""
        name, registry = asked.question.name, self.entities.registry
        winner = judge(found)
        if winner:
            chosen = self.entities.of(winner.entry)
            weighed = winner.found != "siren"
            against = contradicts_identifiers if weighed else speaks_against
            namesakes = self._own.namesakes(name)
            if (
                against(asked, chosen, registry)
                or not backed_by_name(asked, winner, self.gazetteer)
                or any(not speaks_against(asked, own, registry) for own in namesakes)
            ):
                return None
            return chosen.id
        if any(each.found != "near" and not each.conflicts for each in found):
            return None
        own = self._own.exactly(name)
        return own.id if own and not speaks_against(asked, own, registry) else None

    def _match(self, candidate: Candidate, question: Question) -> Match:
        entry = candidate.entry
        told: dict[str, bool | float] = {"name_likeness": _likeness(candidate, question.name)}
        told |= dict(_TOLD[reason] for reason in candidate.reasons if reason in _TOLD)
        if question.siren:
            told["siren"] = entry.siren == question.siren
        if question.code:
            told.setdefault("insee_code", entry.code == question.code)
        match = _match(self.entities.of(entry), candidate.score, told)
        reasons = tuple(dict.fromkeys((candidate.found, *candidate.reasons)))
        return replace(match, explanation=formerly(candidate), reasons=reasons)

    def _own_matches(self, asked: Asked, present: set[str]) -> Iterator[Match]:
        """Give the bodies of the graph that have this name, or nearly."""
        for entity, found, likeness in self._own.like(asked.question.name):
            if entity.id not in present:
                score = SCORES[found] * (likeness / 100 if found == "near" else 1)
                against = speaks_against(asked, entity, self.entities.registry)
                match = _match(
                    entity,
                    round(score - (_OTHER_TYPE if against else 0.0), 1),
                    {"name_likeness": round(likeness, 1)},
                )
                yield replace(match, reasons=(found, "against") if against else (found,))

    def _with_successors(self, matches: Iterable[Match]) -> Iterator[Match]:
        """Put before what is no more, or a part of a commune, that to which it belongs today."""
        for match in matches:
            successors = self.entities.heirs(match.entity)
            if not successors:
                yield match
                continue
            told = became(match.entity, successors)
            for entity in successors:
                heir = _match(entity, match.score, {**match.features, "successor": True})
                yield replace(heir, explanation=told, reasons=match.reasons)
            yield replace(match, explanation=told)


def _match(entity: Entity, score: float, told: Mapping[str, bool | float]) -> Match:
    """Give a match with the features that the entity itself has beside those told."""
    features = dict(told)
    if entity.entry:
        features["in_force"] = entity.entry.in_force
        features.pop("population", None)
        if entity.entry.population is not None:
            features["population"] = entity.entry.population
    return Match(entity, score, features=features)


def _likeness(candidate: Candidate, name: str) -> float:
    """Tell in percent how much a name is like the one, of those of an entry, that is most like it."""
    if candidate.found not in ("siren", "code", "near"):
        return 100.0  # whichever of its names it was
    entry = candidate.entry
    return round(
        max(fuzz.ratio(bare_name(each), bare_name(name)) for each in (entry.name, *entry.aliases)), 1
    )


def _ranked(matches: Iterable[Match]) -> list[Match]:
    """Keep the best match for each entity, best first.

    Among equals come first what is certain, then successors, then what has more people.
    """
    best: dict[str, Match] = {}
    for match in matches:
        kept = best.get(match.entity.id)
        if kept is None or (match.score, match.certain) > (kept.score, kept.certain):
            best[match.entity.id] = match
    return sorted(best.values(), key=_rank)


def _rank(match: Match) -> tuple[float, bool, bool, int]:
    population = match.entity.entry.population if match.entity.entry else None
    return -match.score, not match.certain, "successor" not in match.features, -(population or 0)
