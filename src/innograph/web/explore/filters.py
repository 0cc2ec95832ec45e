"""The facets as the page shows them: each value with its count and the address that adds or removes it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for
from pyoxigraph import NamedNode

from innograph.namespaces import ID
from innograph.text import sort_key
from innograph.web.explore.choices import Choices
from innograph.web.explore.facets import FACETS
from innograph.web.explore.table import Table, distinctions
from innograph.web.reader import Reader, Shown
from innograph.web.words import Language, word

_RANKS: Final = ("gold", "silver", "bronze", "fraternity")
_IN_ORDER: Final[Mapping[str, Callable[[str], int]]] = {
    "year": lambda key: -int(key),
    "size": int,
    "rank": lambda key: _RANKS.index(key) if key in _RANKS else len(_RANKS),
}
"""Facets whose values have an order of their own; the others begin with what is most frequent."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: how many distinctions have it given the other facets, and where it leads."""

    facet: str
    key: str
    shown: Shown
    count: int
    chosen: bool
    href: str
    narrower: "Sequence[Value]" = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet as the page shows it."""

    name: str
    values: list[Value]
    chosen: int
    without: int
    """Distinctions among those shown of which the graph does not say this."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value, and the address without it."""

    facet: str
    shown: Shown
    href: str


def address(choices: Choices) -> str:
    """Give the one address of some choices."""
    return url_for("explore.page", **choices.arguments())


def name_of(reader: Reader, facet: str, key: str, language: Language) -> Shown:
    """Name a value of a facet."""
    if facet == "size":
        return Shown(word(f"size {key}", language), language)
    if not FACETS[facet].folder:
        return Shown(key)
    return reader.show(NamedNode(f"{ID}{FACETS[facet].folder}{key}"), language)


def expect_names(reader: Reader, values: Iterable[tuple[str, str]]) -> None:
    """Note values of facets that will be named soon."""
    reader.expect(
        NamedNode(f"{ID}{FACETS[facet].folder}{key}") for facet, key in values if FACETS[facet].folder
    )


def chips(reader: Reader, choices: Choices, language: Language) -> list[Chip]:
    """Give every chosen value, to be removed one by one."""
    return [
        Chip(facet, name_of(reader, facet, key, language), address(choices.toggled(facet, key)))
        for facet, keys in choices.values.items()
        for key in keys
    ]


def filters(reader: Reader, table: Table, choices: Choices, language: Language) -> list[Filter]:
    """Give every facet that has something to choose."""
    counts, above = table.counts(choices), table.broader
    expect_names(reader, ((facet, key) for facet, keys in counts.items() for key in keys))
    chosen = table.chosen(choices)
    found = []
    for facet in FACETS:
        needed = {
            *choices.of(facet),
            *(above[facet, key] for key in choices.of("theme") if (facet, key) in above),
        }
        keys = {**counts[facet], **{key: counts[facet].get(key, 0) for key in needed}}
        if facet == "theme":
            values = _themes(reader, table, choices, keys, language)
        else:
            values = [
                _value(name_of(reader, facet, key, language), count, choices, facet, key)
                for key, count in keys.items()
            ]
        values.sort(key=_by_count)
        if facet in _IN_ORDER:
            values.sort(key=lambda value: _IN_ORDER[value.facet](value.key))
        said = distinctions(line for line in chosen if line.values[facet])
        without = len(distinctions(chosen) - said)
        found.append(Filter(facet, values, len(choices.of(facet)), without))
    return [each for each in found if each.values]


def _value(shown: Shown, count: int, choices: Choices, facet: str, key: str) -> Value:
    return Value(facet, key, shown, count, key in choices.of(facet), address(choices.toggled(facet, key)))


def _themes(
    reader: Reader, table: Table, choices: Choices, counts: Mapping[str, int], language: Language
) -> list[Value]:
    """Give broad themes, and the narrower ones of those that are chosen, or hold a chosen one.

    A narrower theme takes the place of its broader one, and the other way round: both say the same twice.
    """
    chosen = set(choices.of("theme"))
    above = {theme: table.broader.get(("theme", theme)) for theme in counts}

    def value(theme: str, narrower: Sequence[Value] = ()) -> Value:
        related = {above[theme]} if above[theme] else {each for each in counts if above[each] == theme}
        then = chosen - {theme} if theme in chosen else (chosen - related) | {theme}
        shown = name_of(reader, "theme", theme, language)
        href = address(choices.having("theme", then))
        return Value("theme", theme, shown, counts[theme], theme in chosen, href, narrower)

    found = []
    for broad in (theme for theme in counts if not above[theme]):
        below = [theme for theme in counts if above[theme] == broad]
        opened = bool(chosen & {broad, *below})
        narrower = [value(theme) for theme in below] if opened else []
        found.append(value(broad, sorted(narrower, key=_by_count)))
    return found


def _by_count(value: Value) -> tuple[int, str]:
    return -value.count, sort_key(value.shown.text)
