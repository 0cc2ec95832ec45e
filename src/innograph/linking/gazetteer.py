"""From a name and what is known beside it to candidates of the registers, with scores and reasons."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from innograph.linking.kinds import fits, is_grouping, registered
from innograph.linking.mentions import LONGEST, Mention, read_mention, repaired
from innograph.names import bare_name, core_name, plain_name
from innograph.registry.entries import Entry
from innograph.registry.file import Registry
from innograph.registry.forms import Tier, joined_names, short_name

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

NEAREST: Final = 78.0
"""Likeness, in percent, from which a misspelt name is a candidate (rapidfuzz's ``ratio``)."""

SHORTEST: Final = 3
"""Letters of a name that may be misspelt: of what is shorter, nothing is left to recognise."""

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

_CERTAIN: Final = ("siren", "code", "label", "plain")
"""Ways of finding beside which a name that is merely alike is not worth a look."""


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


class Gazetteer:
    """Finds candidates in the registers; threads may share it."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    @cached_property
    def places(self) -> Mapping[str, frozenset[str]]:
        """Give the codes of départements by code, and by the plain name of each département and région."""
        found: dict[str, set[str]] = {}
        regions: dict[str, set[str]] = {}
        for kind in ("region", "department", "overseas-collectivity"):
            for entry in self.registry.of_kind(kind):
                if kind == "region":
                    regions[entry.code] = {plain_name(entry.name), bare_name(entry.name)}
                    continue
                names = {
                    entry.code,
                    plain_name(entry.name),
                    bare_name(entry.name),
                    *regions.get(entry.region, ()),
                }
                for name in names:
                    found.setdefault(name, set()).add(entry.code)
        return {name: frozenset(codes) for name, codes in found.items()}

    def read(self, name: str) -> Mention:
        """Read a name: its proper part, and what its words and brackets say beside it."""
        return read_mention(name, self.places)

    def candidates(self, question: Question, limit: int = 10) -> list[Candidate]:
        """List the entries that may be meant, the best first; near names only where none is the same."""
        if not question.name.strip() or len(question.name) > LONGEST:
            found = list(self._identified(question))
        else:
            found = self._read(question, question.name)
            if not any(not each.conflicts for each in found) and (better := repaired(question.name)):
                found += self._read(question, better)
            if not any(each.found in _CERTAIN and not each.conflicts for each in found):
                found += self._near(self.read(question.name), question)
        return _best(found)[:limit]

    def _read(self, question: Question, name: str) -> list[Candidate]:
        """List the entries that ``name`` may mean, with what stands beside it in the question."""
        mention = self.read(name)
        known = _with_places(question, mention)
        return [
            *self._identified(known),
            *self._numbered(mention, question),
            *self._same(mention.whole, "", question),  # « Paris 12 » says no département 12
            *self._same(mention.text, "", known, short=not mention.kind),
            *self._same(mention.proper, mention.kind, known, short=True),
        ]

    def _numbered(self, mention: Mention, question: Question) -> Iterator[Candidate]:
        """Give the département that « CD 44 » names by its number."""
        entry = self.registry.get(f"department/{mention.proper}") if mention.kind == "department" else None
        for body in (self._bodies_over(entry) or [entry]) if entry else ():
            yield self._weighed(body, "code", question, "", "department", extra=("code",))

    def _identified(self, question: Question) -> Iterator[Candidate]:
        entry = self.registry.with_siren(question.siren)
        if entry:
            yield Candidate(entry, "siren", SCORES["siren"], ("siren",))
        if question.code:
            for entry in self.registry.with_code(question.code):
                yield self._weighed(entry, "code", question, "", extra=("code",))
            for entry, until in self.registry.with_former_code(question.code):
                yield self._weighed(entry, "code", question, until, extra=("former-code",))

    def _same(self, name: str, kind: str, question: Question, *, short: bool = False) -> Iterator[Candidate]:
        """Give the entries of this name, beside which words told the kind.

        :param short: look for groupings without the general words of their names too, if one may be meant.
        """
        looked: list[tuple[Tier, str]] = [
            ("plain", plain_name(name)),
            ("bare", bare_name(name)),
            *(("joined", form) for form in sorted(joined_names(name))),
            ("core", core_name(name)),
        ]
        if short and any(map(is_grouping, (kind, *question.kinds))):
            looked.append(("short", short_name(name) or core_name(name)))
        for tier, form in looked:
            for entry, until in self._bodies_named(tier, form):
                label = tier == "plain" and entry.name == name
                yield self._weighed(entry, "label" if label else tier, question, until, kind)

    def _bodies_named(self, tier: Tier, form: str) -> Iterator[tuple[Entry, str]]:
        """Give the entries of a name; for a place that a body administers under another name, that body.

        « Martinique » names a département and a région: both mean the collectivité that took their place.
        """
        for entry, until in self.registry.named(tier, form) if form else ():
            bodies = self._bodies_over(entry) if not entry.kind else []
            yield from ((body, until) for body in bodies or [entry])

    def _bodies_over(self, place: Entry) -> list[Entry]:
        def inside(id: str) -> bool:
            other = self.registry.get(id)
            return other is not None and (place.id in (id, *other.within) or other.name == place.name)

        bodies = self.registry.bodies_of(place.id)
        return [body for body in bodies if body.in_force and all(map(inside, body.territories))]

    def _near(self, mention: Mention, question: Question) -> Iterator[Candidate]:
        """Give the entries whose name is alike: in the départements that are known, else anywhere."""
        if mention.kind and not registered(mention.kind):
            return
        known = _with_places(question, mention)
        forms = self.registry.bare_forms(_departments(known))
        names = ((bare_name(mention.text), ""), (bare_name(mention.proper), mention.kind))
        for proper, kind in dict.fromkeys(names):
            if len(proper) < SHORTEST:
                continue
            near = process.extract(proper, forms, scorer=fuzz.ratio, score_cutoff=NEAREST, limit=12)
            for form, _, _ in near:
                edits = OSA.distance(proper, form)
                likeness = 1 - edits / max(len(proper), len(form))
                for entry, until in self._bodies_named("bare", form):
                    yield self._weighed(entry, "near", known, until, kind, likeness=likeness, edits=edits)

    def _weighed(
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
        """Weigh an entry: what speaks for it and against it, and the score that is left."""
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
        codes, own = _departments(question), self._departments_of(entry)
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
            for code, until in self.registry.former_codes(entry)
        )

    def _departments_of(self, entry: Entry) -> frozenset[str]:
        """Give the codes of the départements that an entry lies in, or that it administers or holds."""
        if entry.id.startswith("region/"):
            return self.places[plain_name(entry.name)]
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


def _with_places(question: Question, mention: Mention) -> Question:
    """Add the places that a name says to those of the question."""
    return replace(
        question,
        departments=question.departments or mention.departments,
        postcodes=question.postcodes | mention.postcodes,
    )


def _departments(question: Question) -> frozenset[str]:
    """Give the départements that are known, or else those of the postal codes."""
    return question.departments or frozenset(
        code for postcode in question.postcodes for code in _codes_of(postcode)
    )


def _codes_of(postcode: str) -> tuple[str, ...]:
    """Give the départements that a postal code may be in.

    >>> _codes_of("44120"), _codes_of("97232"), _codes_of("20000")
    (('44',), ('972',), ('2A', '2B'))
    """
    if postcode.startswith("20"):
        return ("2A", "2B")
    return (postcode[:3],) if postcode.startswith(("97", "98")) else (postcode[:2],)


def _best(found: list[Candidate]) -> list[Candidate]:
    """Keep the best candidate for each entry, best first; then what is in force, then the larger."""
    best: dict[str, Candidate] = {}
    for candidate in found:
        kept = best.get(candidate.entry.id)
        if kept is None or candidate.score > kept.score:
            best[candidate.entry.id] = candidate

    def order(each: Candidate) -> tuple[float, bool, int, str]:
        return -each.score, not each.entry.in_force, -(each.entry.population or 0), each.entry.id

    return sorted(best.values(), key=order)
