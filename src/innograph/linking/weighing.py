"""What speaks for an entry of the registers, what against it, and the score that is left."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from innograph.linking.kinds import fits, is_grouping
from innograph.names import plain_name
from innograph.registry.entries import Entry
from innograph.registry.file import Registry

SCORES: Final = {
    "siren": 100.0,
    "code": 100.0,
    "label": 100.0,
    "plain": 99.5,
    "bare": 99.0,
    "joined": 96.0,
    "core": 95.0,
    "short": 93.0,
    "near": 90.0,
}
"""The score of a candidate that nothing speaks against, by how it was found (``near``: if quite alike)."""

_INITIALS: Final = re.compile(r"C[ACU][A-Z]{1,3}")
"""Initials that begin with those of a kind: many groupings share them, though one alone may print them."""

_LESS: Final = {
    "kind-differs": 40.0,
    "department-differs": 35.0,
    "gone": 12.0,
    "not-yet": 12.0,
    "place-alone": 6.0,
    "grouping-differs": 3.0,
    "kind-untold": 2.0,
    "initials": 5.0,
    "former-name": 1.0,
}
"""What a reason takes from the score."""

CONFLICTS: Final = frozenset({"kind-differs", "department-differs"})
"""Reasons that speak against a candidate: it is never linked without a person."""


@dataclass(frozen=True, slots=True)
class Question:
    """A name, and what is known beside it; what is empty is not known."""

    name: str
    kinds: frozenset[str] = frozenset()
    """Concepts of the scheme organization-kind, one of which the body is of."""
    departments: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    code: str = ""
    """Its code of the Code officiel géographique."""
    siren: str = ""
    on: str = ""
    """The day on which the name was used (ISO 8601)."""

    def possible_departments(self) -> frozenset[str]:
        """Give the départements that are known, or else those of the postal codes."""
        return self.departments or frozenset(
            code for postcode in self.postcodes for code in _codes_of(postcode)
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that a name may mean."""

    entry: Entry
    found: str
    """How it was found: a key of :data:`SCORES`."""
    score: float
    """0 to 100."""
    reasons: tuple[str, ...] = ()
    edits: int = 0
    """How many letters were mistyped, if the name was (insertions, losses, changes, swaps of neighbours)."""
    until: str = field(default="", compare=False)
    """The day until which it bore this name, where it bears another today."""

    @property
    def conflicts(self) -> bool:
        """Tell whether something speaks against it."""
        return not CONFLICTS.isdisjoint(self.reasons)


class Scales:
    """Weighs entries of the registers against questions; threads may share it."""

    def __init__(self, registry: Registry, places: Mapping[str, frozenset[str]]) -> None:
        """Take the registers, and the codes of départements by name (see :attr:`Gazetteer.places`)."""
        self._registry = registry
        self._places = places

    def weigh(
        self,
        entry: Entry,
        found: str,
        question: Question,
        until: str,
        kind: str = "",
        *,
        likeness: float = 1.0,
        edits: int = 0,
        extra: tuple[str, ...] = (),
    ) -> Candidate:
        """Weigh an entry: what speaks for it and against it, and the score that is left.

        :param found: how it was found, a key of :data:`SCORES`.
        :param until: the day until which it bore the name, where it bears another today.
        :param kind: the kind that words beside the name tell.
        :param likeness: how alike the name is, 0 to 1.
        :param extra: reasons that are known already.
        """
        reasons = [*extra, *_about_kind(entry, question.kinds, kind), *self._about_place(entry, question)]
        if until and not (question.on and question.on < until):
            reasons.append("former-name")
        if not (entry.in_force or (question.on and question.on < entry.valid_until)):
            reasons.append("gone")
        if question.on and question.on < entry.valid_from and not question.on < until:
            reasons.append("not-yet")
        if not entry.kind:
            reasons.append("place-alone")
        if is_grouping(entry.kind) and not (kind or question.kinds):
            reasons.append("kind-untold")
            if _INITIALS.fullmatch(question.name.strip()):
                reasons.append("initials")
        left = SCORES[found] * likeness - sum(_LESS.get(reason, 0.0) for reason in reasons)
        return Candidate(entry, found, round(max(left, 0.0), 1), tuple(reasons), edits, until)

    def _about_place(self, entry: Entry, question: Question) -> Iterator[str]:
        codes, own = question.possible_departments(), self._departments_of(entry)
        by_post = question.postcodes & set(entry.postcodes)  # a few are served from the next département
        if codes and own:
            agrees = (
                own & codes or (by_post and not question.departments) or self._were(entry, codes, question)
            )
            yield "department-agrees" if agrees else "department-differs"
        if by_post:
            yield "postcode-agrees"

    def _were(self, entry: Entry, codes: frozenset[str], question: Question) -> bool:
        """Tell whether a commune lay in one of these départements on that day, by its code of then."""
        if not (question.on and entry.id.startswith("commune/")):
            return False
        return any(
            question.on < until and code.startswith(tuple(codes))
            for code, until in self._registry.former_codes(entry)
        )

    def _departments_of(self, entry: Entry) -> frozenset[str]:
        """Give the codes of the départements that an entry lies in, or that it administers or holds."""
        if entry.id.startswith("region/"):
            return self._places[plain_name(entry.name)]
        parts = (id.partition("/") for id in (*entry.within, *entry.territories))
        return frozenset(code for kind, _, code in parts if kind == "department") | frozenset(
            filter(None, [entry.department])
        )


def _about_kind(entry: Entry, wanted: frozenset[str], told: str) -> Iterator[str]:
    """Say whether the kinds that are wanted, and the one that the words tell, are the entry's."""
    suits = not wanted or any(fits(entry, kind) for kind in wanted)
    if not suits or (told and not fits(entry, told)):
        yield "kind-differs"
    elif wanted or told:
        same = not is_grouping(entry.kind) or entry.kind in (told, *wanted)
        yield "kind-agrees" if same else "grouping-differs"


def _codes_of(postcode: str) -> tuple[str, ...]:
    """Give the départements that a postal code may be in.

    >>> _codes_of("44120"), _codes_of("97232"), _codes_of("20000")
    (('44',), ('972',), ('2A', '2B'))
    """
    if postcode.startswith("20"):
        return ("2A", "2B")
    return (postcode[:3],) if postcode.startswith(("97", "98")) else (postcode[:2],)
