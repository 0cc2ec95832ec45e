"""What is asked about a name, and whether what is known beside it speaks against an entity."""

from dataclasses import dataclass, replace
from typing import Literal

from innograph.journeys.reconcile.entities import Entity
from innograph.journeys.reconcile.types import Type
from innograph.linking.gazetteer import Gazetteer
from innograph.linking.judgement import judge
from innograph.linking.kinds import fits
from innograph.linking.weighing import Candidate, Question
from innograph.registry.entries import Entry
from innograph.registry.file import Registry

Strictness = Literal["any", "all", "should"]

LOOKED_AT = 200
"""Candidates among which one is looked for: fewer communes than that share a name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A name with what is known beside it, and the types that are wanted."""

    question: Question
    types: tuple[Type, ...] = ()
    strict: Strictness = "should"
    """Whether another type is left out, where none (``any``) or not each (``all``) of the types fits."""

    def wants(self, entity: Entity) -> bool:
        """Tell whether an entity is of the types that are asked for."""
        fitting = [_is_of(entity, each) for each in self.types]
        return (all if self.strict == "all" else any)(fitting) if fitting else True


def speaks_against(asked: Asked, entity: Entity, registry: Registry) -> bool:
    """Tell whether an entity contradicts what is known beside the name."""
    question, places = asked.question, entity.departments
    return (
        contradicts_identifiers(asked, entity, registry)
        or bool(question.kinds and not _is_of_kinds(entity, question.kinds))
        or bool(question.departments and places and not question.departments & places)
    )


def contradicts_identifiers(asked: Asked, entity: Entity, registry: Registry) -> bool:
    """Tell whether an entity is of another type, SIREN or code: the gazetteer weighs kind and département."""
    question, entry = asked.question, entity.entry
    return (
        not asked.wants(entity)
        or bool(question.siren and not (entry and entry.siren == question.siren))
        or bool(question.code and not (entry and _has_code(entry, question.code, registry)))
    )


def backed_by_name(asked: Asked, winner: Candidate, gazetteer: Gazetteer) -> bool:
    """Tell whether the name agrees with what was found by SIREN or code; where there is none, it does.

    A name that only the SIREN knows is taken for a trade name; a code has no check digit, so that another
    name beside it means that one of the two is wrong.
    """
    question = asked.question
    if winner.found not in ("siren", "code") or not question.name.strip():
        return True
    told = gazetteer.read(question.name).kind
    if told and not fits(winner.entry, told):
        return False
    named = gazetteer.candidates(replace(question, code="", siren=""), LOOKED_AT)
    if any(each.entry.id == winner.entry.id and not each.conflicts for each in named):
        return True
    return winner.found == "siren" and judge(named) is None


def _is_of(entity: Entity, wanted: Type) -> bool:
    """Tell whether an entity is of a type; Paris is a commune and a département, whatever its own kind."""
    entry = entity.entry
    several = entry is not None and entry.kind == "special-status" and _is_of_kinds(entity, wanted.kinds)
    return wanted.id in entity.types or several


def _is_of_kinds(entity: Entity, kinds: frozenset[str]) -> bool:
    entry = entity.entry
    if entry is None:
        return entity.kind in kinds
    return any(fits(entry, kind) for kind in kinds)


def _has_code(entry: Entry, code: str, registry: Registry) -> bool:
    return entry.code == code or any(entry.id == each.id for each, _ in registry.with_former_code(code))
