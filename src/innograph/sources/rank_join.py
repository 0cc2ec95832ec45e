"""The join of the dossiers of a press pack with its lists of ranks, which name bodies and not dossiers.

A dossier whose body stands in one list only has that rank: it is *stated*. Where a body stands in several
lists its dossiers may take any of these ranks, and three rules, together called :data:`RULE`, decide:

``count``
    each listing is used exactly once (« 2 fois » twice);
``order``
    within a category ranks never rise: gold, then silver, then bronze, as where all are stated;
``gold``
    every category has at least one gold.

All three together must leave exactly one solution; else the document is refused, naming the dossiers.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import prod

from innograph.names import analyse
from innograph.records import BodyMention, Category, Distinction, RankName, RankStatement
from innograph.sources.announced import RANKS
from innograph.sources.document import Document
from innograph.sources.rank_lists import Body, Listing

RULE = "rank-join"
RULES = ("count", "order", "gold")
MOST_COMBINATIONS = 250_000

_ORDER: dict[RankName, int] = {rank: place for place, rank in enumerate(RANKS.values())}

Survivors = list[tuple[tuple[str, ...], int]]
"""For each subset of the rules, the number of assignments of ranks that survive it."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A dossier, by its place in the document, with the listings of its bodies, all ranks together."""

    place: int
    category: int
    distinction: Distinction
    bodies: frozenset[Body]
    listings: tuple[Listing, ...]

    @property
    def ranks(self) -> tuple[RankName, ...]:
        return tuple(sorted({listing.rank for listing in self.listings}, key=_ORDER.__getitem__))


@dataclass(frozen=True, slots=True)
class _Tally:
    """What the combinations of one component give: how many keep which rules, and those that keep all."""

    component: tuple[_Candidate, ...]
    kept: Counter[frozenset[str]]
    solutions: tuple[tuple[RankName, ...], ...]

    def survivors(self, rules: Iterable[str]) -> int:
        return sum(number for kept, number in self.kept.items() if kept.issuperset(rules))


def explain(document: Document, categories: Sequence[Category], listings: Sequence[Listing]) -> Survivors:
    """Count the assignments of ranks that survive each subset of the rules, from none to all three.

    :raises SourceError: lists and dossiers do not agree, or there are too many combinations to try.
    """
    tallies = _tallies(document, _candidates(document, categories, listings), listings)
    subsets = [subset for size in range(len(RULES) + 1) for subset in combinations(RULES, size)]
    return [(subset, prod(tally.survivors(subset) for tally in tallies)) for subset in subsets]


def join_ranks(
    document: Document, categories: Sequence[Category], listings: Sequence[Listing]
) -> tuple[Category, ...]:
    """Give the categories with the rank of each distinction; its lines are those that list its body.

    :raises SourceError: as :func:`explain`, and where the rules leave no solution or more than one.
    """
    candidates = _candidates(document, categories, listings)
    if all(len(candidate.ranks) == 1 for candidate in candidates):
        ranks = {candidate.place: candidate.ranks[0] for candidate in candidates}
    else:
        ranks = {}
        for tally in _tallies(document, candidates, listings):
            ranks.update(_solution(document, tally))
    ranked = [
        (
            candidate.category,
            replace(candidate.distinction, rank=_statement(candidate, ranks[candidate.place])),
        )
        for candidate in candidates
    ]
    return tuple(
        replace(category, distinctions=tuple(distinction for place, distinction in ranked if place == order))
        for order, category in enumerate(categories)
    )


def _statement(candidate: _Candidate, rank: RankName) -> RankStatement:
    naming = [listing for listing in candidate.listings if listing.rank == rank]
    lines = tuple(sorted({span for listing in naming for span in listing.lines}))
    if len(candidate.ranks) == 1:
        return RankStatement(rank, naming[0].label, lines)
    return RankStatement(rank, naming[0].label, lines, basis="inferred", rule=RULE)


def _candidates(
    document: Document, categories: Sequence[Category], listings: Sequence[Listing]
) -> list[_Candidate]:
    """Find the listings of each dossier: those of exactly its bodies, else those of a part of them.

    :raises SourceError: a dossier or a listing stays alone; the message names all that do.
    """
    by_bodies: dict[frozenset[Body], list[Listing]] = defaultdict(list)
    for listing in listings:
        by_bodies[listing.bodies].append(listing)
    candidates: list[_Candidate] = []
    alone: list[str] = []
    dossiers = [(order, each) for order, category in enumerate(categories) for each in category.distinctions]
    for place, (category, distinction) in enumerate(dossiers):
        bodies = frozenset(_body(laureate) for laureate in distinction.laureates if not laureate.group)
        listed = [bodies] if bodies in by_bodies else [part for part in by_bodies if part < bodies]
        if len(listed) == 1:
            bodies = listed[0]
        else:
            alone.append(
                f"{'several entries' if listed else 'no entry'} in the lists for {_named(distinction)}"
            )
        candidates.append(_Candidate(place, category, distinction, bodies, tuple(by_bodies.get(bodies, ()))))
    found = Counter(candidate.bodies for candidate in candidates)
    misfits = [bodies for bodies, entries in by_bodies.items() if _times(entries) != found[bodies]]
    if not alone and not misfits:
        return candidates
    for bodies in misfits:
        entries = by_bodies[bodies]
        lines = ", ".join(str(span) for entry in entries for span in entry.lines)
        alone.append(
            f"{_times(entries)} in the lists but {found[bodies]} among the dossiers"
            f" for {entries[0].printed!r} (lines {lines})"
        )
    entry = by_bodies[misfits[0]][0] if misfits else listings[0]
    raise document.refuse(
        entry.lines[-1].start, f"the lists of ranks and the dossiers do not agree: {'; '.join(alone)}"
    )


def _body(laureate: BodyMention) -> Body:
    """Give the kind and the bare name of a laureate; one whose name tells no kind is a town."""
    kind, name = analyse(laureate.name or laureate.mention)
    return kind or "commune", name


def _times(listings: Iterable[Listing]) -> int:
    return sum(listing.times for listing in listings)


def _named(distinction: Distinction) -> str:
    names = " et ".join(laureate.mention for laureate in distinction.laureates)
    return f"{names!r} (line {distinction.lines[0].start})"


def _components(candidates: Sequence[_Candidate]) -> list[tuple[_Candidate, ...]]:
    """Group dossiers that constrain each other: those of a category, and of a body of several ranks."""
    components: list[tuple[set[object], list[_Candidate]]] = []
    for candidate in candidates:
        ties: set[object] = {candidate.category}
        if len(candidate.ranks) > 1:
            ties.add(candidate.bodies)
        members = [candidate]
        for other in [component for component in components if component[0] & ties]:
            components.remove(other)
            ties |= other[0]
            members = other[1] + members
        components.append((ties, members))
    return [tuple(members) for _, members in components]


def _tallies(
    document: Document, candidates: Sequence[_Candidate], listings: Sequence[Listing]
) -> list[_Tally]:
    components = _components(candidates)
    combinations_to_try = sum(prod(len(candidate.ranks) for candidate in group) for group in components)
    if combinations_to_try > MOST_COMBINATIONS:
        raise document.refuse(
            listings[0].lines[0].start,
            f"too many bodies stand in several lists: over {MOST_COMBINATIONS} combinations of ranks to try",
        )
    return [_tally(component) for component in components]


def _tally(component: tuple[_Candidate, ...]) -> _Tally:
    """Try every combination of ranks of one component and note the rules that it keeps."""
    categories: dict[int, list[int]] = defaultdict(list)
    bodies: dict[frozenset[Body], list[int]] = defaultdict(list)
    for place, candidate in enumerate(component):
        categories[candidate.category].append(place)
        if len(candidate.ranks) > 1:
            bodies[candidate.bodies].append(place)
    listed = [(places, _listed(component[places[0]])) for places in bodies.values()]
    kept: Counter[frozenset[str]] = Counter()
    solutions: list[tuple[RankName, ...]] = []
    for ranks in product(*(candidate.ranks for candidate in component)):
        grouped = [[_ORDER[ranks[place]] for place in places] for places in categories.values()]
        rules = []
        if all(sorted(ranks[place] for place in places) == wanted for places, wanted in listed):
            rules.append("count")
        if all(group == sorted(group) for group in grouped):
            rules.append("order")
        if all(_ORDER["gold"] in group for group in grouped):
            rules.append("gold")
        kept[frozenset(rules)] += 1
        if len(rules) == len(RULES):
            solutions.append(ranks)
    return _Tally(component, kept, tuple(solutions))


def _listed(candidate: _Candidate) -> list[RankName]:
    """List the ranks that the dossiers of a body have together, one for each time it is listed."""
    return sorted(listing.rank for listing in candidate.listings for _ in range(listing.times))


def _solution(document: Document, tally: _Tally) -> dict[int, RankName]:
    """Give the one combination that keeps all rules, by the places of the dossiers."""
    solutions = tally.solutions
    if len(solutions) == 1:
        return {each.place: rank for each, rank in zip(tally.component, solutions[0], strict=True)}
    undecided = [
        each
        for place, each in enumerate(tally.component)
        if len({ranks[place] for ranks in solutions} or each.ranks) > 1
    ]
    concerned = undecided or tally.component
    raise document.refuse(
        concerned[0].listings[0].lines[-1].start,
        f"the rules {', '.join(RULES)} leave {len(solutions) or 'no'} solutions for the ranks of "
        + ", ".join(_named(each.distinction) for each in concerned),
    )
