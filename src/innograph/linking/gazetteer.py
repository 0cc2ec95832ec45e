"""From a name and what is known beside it to candidates of the registers, the best first."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from innograph.linking.kinds import is_grouping, registered
from innograph.linking.mentions import LONGEST, Mention, read_mention, repaired
from innograph.linking.weighing import SCORES, Candidate, Question, Scales
from innograph.names import bare_name, core_name, plain_name
from innograph.registry.entries import Entry
from innograph.registry.file import Registry
from innograph.registry.forms import Tier, joined_names, short_name

NEAREST: Final = 78.0
"""Likeness, in percent, from which a misspelt name is a candidate (rapidfuzz's ``ratio``)."""

SHORTEST: Final = 3
"""Letters of a name that may be misspelt: of what is shorter, nothing is left to recognise."""

_CERTAIN: Final = ("siren", "code", "label", "plain")
"""Ways of finding beside which a name that is merely alike is not worth a look."""


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

    @cached_property
    def _scales(self) -> Scales:
        return Scales(self.registry, self.places)

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
            yield self._scales.weigh(body, "code", question, "", "department", extra=("code",))

    def _identified(self, question: Question) -> Iterator[Candidate]:
        entry = self.registry.with_siren(question.siren)
        if entry:
            yield Candidate(entry, "siren", SCORES["siren"], ("siren",))
        if question.code:
            for entry in self.registry.with_code(question.code):
                yield self._scales.weigh(entry, "code", question, "", extra=("code",))
            for entry, until in self.registry.with_former_code(question.code):
                yield self._scales.weigh(entry, "code", question, until, extra=("former-code",))

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
                yield self._scales.weigh(entry, "label" if label else tier, question, until, kind)

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
        forms = self.registry.bare_forms(known.possible_departments())
        names = ((bare_name(mention.text), ""), (bare_name(mention.proper), mention.kind))
        for proper, kind in dict.fromkeys(names):
            if len(proper) < SHORTEST:
                continue
            near = process.extract(proper, forms, scorer=fuzz.ratio, score_cutoff=NEAREST, limit=12)
            for form, _, _ in near:
                edits = OSA.distance(proper, form)
                likeness = 1 - edits / max(len(proper), len(form))
                for entry, until in self._bodies_named("bare", form):
                    yield self._scales.weigh(
                        entry, "near", known, until, kind, likeness=likeness, edits=edits
                    )


def _with_places(question: Question, mention: Mention) -> Question:
    """Add the places that a name says to those of the question."""
    return replace(
        question,
        departments=question.departments or mention.departments,
        postcodes=question.postcodes | mention.postcodes,
    )


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
