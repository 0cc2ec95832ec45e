"""How to find more where little is found: wider places, broader themes, neighbouring sizes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from innograph.web.explore.choices import Choices
from innograph.web.explore.facets import neighbours
from innograph.web.explore.table import Table

FEW: Final = 3
"""Below so many distinctions the page offers to widen."""

_Step = Callable[[Choices], Choices]


@dataclass(frozen=True, slots=True)
class Offer:
    """Wider choices, what changes (``widen <change>`` in words.tsv), and how many distinctions there are."""

    changes: tuple[str, ...]
    choices: Choices
    count: int


def offers(table: Table, choices: Choices) -> list[Offer]:
    """Give every single step that widens the choices, with the number of distinctions that it would give."""
    return [
        Offer((change,), wider, table.count(wider))
        for ladder in _ladders(table, choices)
        for change, wider in ((change, step(choices)) for change, step in ladder)
    ]


def nearest(table: Table, choices: Choices) -> Offer | None:
    """Give the fewest steps that find enough; of as many, the one that gives up least about the theme."""
    ladders = _ladders(table, choices)
    ways = product(*(range(len(ladder) + 1) for ladder in ladders))
    for way in sorted(ways, key=lambda steps: (sum(steps), steps)):
        wider, changes = choices, []
        for ladder, steps in zip(ladders, way, strict=True):
            if steps:
                change, step = ladder[steps - 1]
                wider = step(wider)
                changes.append(change)
        count = table.count(wider)
        if changes and count >= FEW:
            return Offer(tuple(changes), wider, count)
    return None


def _ladders(table: Table, choices: Choices) -> list[list[tuple[str, _Step]]]:
    """Give for each kind of choice its wider states, the nearest first; the theme is the dearest, so first.

    A ladder is climbed from the choices as they are: its second step replaces the first.
    """
    found = [
        list(_themes(table, choices)),
        list(_kinds(choices)),
        list(_sizes(choices)),
        list(_places(table, choices)),
    ]
    found += [
        [(f"any {facet}", _without(facet))]
        for facet in ("award", "year", "rank", "audience", "sponsor")
        if choices.of(facet)
    ]
    return [ladder for ladder in found if ladder]


def _themes(table: Table, choices: Choices) -> Iterator[tuple[str, _Step]]:
    chosen = choices.of("theme")
    broad = [table.broader.get(("theme", theme), theme) for theme in chosen]
    if tuple(sorted(set(broad))) != chosen:
        yield "broader theme", lambda now: now.having("theme", broad)
    if chosen:
        yield "any theme", _without("theme")


def _kinds(choices: Choices) -> Iterator[tuple[str, _Step]]:
    if choices.of("kind"):
        yield "any kind", _without("kind")


def _sizes(choices: Choices) -> Iterator[tuple[str, _Step]]:
    chosen = choices.of("size")
    if not chosen:
        return
    beside = {each for size in chosen for each in neighbours(size)} | set(chosen)
    if len(beside) > len(chosen):
        yield "next size", lambda now: now.having("size", beside)
    yield "any size", _without("size")


def _places(table: Table, choices: Choices) -> Iterator[tuple[str, _Step]]:
    departments = choices.of("department")
    regions = {table.broader[key] for code in departments if (key := ("department", code)) in table.broader}
    if regions:
        yield "whole region", lambda now: now.having("department", ()).having("region", regions)
    if departments or choices.of("region"):
        yield "all of France", lambda now: now.having("department", ()).having("region", ())


def _without(facet: str) -> _Step:
    return lambda now: now.having(facet, ())
