"""Addresses, written once: a fresh extraction takes over those that ``data/`` has, and mints only the rest.

Correcting a title, a label or a name renames nothing: what is the same thing in both is found by what both
say of it, the surest sign first.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace

from innograph.errors import DataError
from innograph.records import BodyMention, Category, Distinction, Edition
from innograph.text import slug, words

_SMALL_WORDS = frozenset(words("a au aux d dans de des du en et l la le les par pour qu que sur un une"))
_Sign = Callable[[Category, Distinction], Hashable]


def with_addresses(fresh: Edition, kept: Edition | None, document: str, taken: Iterable[str] = ()) -> Edition:
    """Give every part of ``fresh`` its address: that of the same part of ``kept``, or a new one.

    :param kept: the edition as ``data/`` holds it, or None the first time.
    :param document: key of the document that was extracted.
    :param taken: keys of distinctions and initiatives that other editions use or that are retired.
    :raises DataError: two parts would get the same address.
    """
    key = kept.key if kept else f"{fresh.award}-{fresh.year.value}"
    addresses = _distinction_addresses(fresh, kept)
    used = set(taken) | {address for pair in addresses.values() for address in pair}
    categories = []
    for number, category in enumerate(fresh.categories):
        distinctions = []
        for order, distinction in enumerate(category.distinctions):
            pair = addresses.get((number, order)) or _mint(key, distinction, used)
            used.update(pair)
            distinctions.append(replace(distinction, key=pair[0], initiative=pair[1]))
        categories.append(replace(category, distinctions=tuple(distinctions)))
    named = _category_addresses(fresh, kept, key, categories)
    _refuse_collisions(named)
    return replace(fresh, key=key, document=document, categories=named)


def _distinction_addresses(fresh: Edition, kept: Edition | None) -> dict[tuple[int, int], tuple[str, str]]:
    """Pair each distinction of ``fresh``, by its place, with the addresses of the same one in ``kept``."""
    signs: tuple[_Sign, ...] = (
        lambda category, d: (_plain(category.label), _named(d.laureates), _plain(d.title)),
        lambda category, d: (_named(d.laureates), _plain(d.title)),
        lambda category, d: (_plain(category.label), _plain(d.title)),
        lambda category, d: (_plain(category.label), _named(d.laureates)),
        lambda category, d: d.lines,
    )
    left = {
        (number, order): (category, distinction)
        for number, category in enumerate(fresh.categories)
        for order, distinction in enumerate(category.distinctions)
    }
    candidates = [(c, d) for c in kept.categories for d in c.distinctions] if kept else []
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for sign in signs:
        for place, (category, distinction) in list(left.items()):
            same = [old for old in candidates if sign(*old) == sign(category, distinction)]
            if len(same) == 1:
                found[place] = (same[0][1].key, same[0][1].initiative)
                candidates.remove(same[0])
                del left[place]
    return found


def _category_addresses(
    fresh: Edition, kept: Edition | None, key: str, categories: list[Category]
) -> tuple[Category, ...]:
    by_label = {_plain(category.label): category for category in kept.categories} if kept else {}
    by_lines = {category.lines: category for category in kept.categories} if kept else {}
    named = []
    for category in categories:
        old = by_label.get(_plain(category.label)) or by_lines.get(category.lines)
        own = old.key if old else f"{key}-{slug(category.label)}"
        series = old.series if old else f"{fresh.award}-{slug(category.label)}"
        named.append(replace(category, key=own, series=series))
    return tuple(named)


def _mint(edition: str, distinction: Distinction, used: set[str]) -> tuple[str, str]:
    first = distinction.laureates[0]
    own = f"{slug(first.understood(), 45)}-{_without_small_words(distinction.title)}"
    if f"{edition}-{own}" in used:
        raise DataError(
            f"two distinctions of {edition} would both be {edition}-{own}: write a key for one of"
            f" them in data/editions/{edition}.yaml"
        )
    initiative = own if own not in used else f"{own}-{edition}"
    return f"{edition}-{own}", initiative


def _without_small_words(text: str) -> str:
    return slug(" ".join(word for word in words(text) if word not in _SMALL_WORDS) or text, longest=40)


def _refuse_collisions(categories: tuple[Category, ...]) -> None:
    keys = [category.key for category in categories]
    keys += [distinction.key for category in categories for distinction in category.distinctions]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise DataError(
            f"two things would have the address {twice[0]}: correct one of their keys in data/editions/"
        )


def _plain(text: str) -> tuple[str, ...]:
    return tuple(words(text))


def _named(laureates: tuple[BodyMention, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(_plain(laureate.understood()) for laureate in laureates)
