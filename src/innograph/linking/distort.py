"""Names of the registers as careless people write them: a seeded sample, the same on every machine."""

import random
import string
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from innograph.linking.evaluate import NONE, Case
from innograph.registry.entries import Entry
from innograph.registry.file import Registry
from innograph.text import fold

_Distort = Callable[[str, Entry, random.Random], str]

_SHORT: Final = {
    "community-of-communes": "CC",
    "agglomeration-community": "CA",
    "urban-community": "CU",
    "department": "CD",
    "region": "CR",
}
_LONG: Final = {
    "commune": ("Ville de", "Commune de", "Mairie de", "Municipalité de"),
    "department": ("Conseil départemental", "Département", "Conseil général"),
    "region": ("Conseil régional", "Région"),
}


def distorted(registry: Registry, size: int, seed: int = 2026) -> Iterator[Case]:
    """Give names of bodies in force, each distorted in every way, beside its département; homonyms alone.

    The class of a case is the way of distorting.

    :param size: how many bodies; communes make most of them, as they do in the registers.
    """
    chance = random.Random(seed)
    bodies = [entry for entry in registry if entry.in_force and entry.kind and entry.siren]
    for entry in chance.sample(bodies, min(size, len(bodies))):
        for name, distort in WAYS.items():
            mention = distort(_proper(entry), entry, chance)
            yield Case(name, mention, "", entry.department, "", entry.id, "")
    yield from _homonyms(registry, size, chance)


def _homonyms(registry: Registry, size: int, chance: random.Random) -> Iterator[Case]:
    """Give names that several communes share, with nothing beside them: nobody can tell which is meant."""
    labels = Counter(entry.name for entry in registry.of_kind("commune") if entry.in_force)
    shared = sorted(name for name, number in labels.items() if number > 1)
    for name in chance.sample(shared, min(size, len(shared))):
        yield Case("homonym alone", name, "", "", "", NONE, "")


def _proper(entry: Entry) -> str:
    """Give the name without its kind where the register knows one; a kind word says the rest."""
    return entry.aliases[0] if entry.id.startswith("epci/") and entry.aliases else entry.name


def _prefixed(name: str, entry: Entry, chance: random.Random) -> str:
    words = _LONG.get(entry.kind)
    if words:
        return f"{chance.choice(words)} {name}"
    return f"{_SHORT.get(entry.kind, '')} {name}".strip()


def _short(name: str, entry: Entry, chance: random.Random) -> str:
    told = _prefixed(name, entry, chance) if entry.kind not in ("commune",) else name
    return told.replace("Saintes-", "Stes-").replace("Sainte-", "Ste-").replace("Saint-", "St-")


def _typo(name: str, entry: Entry, chance: random.Random) -> str:
    """Make one typing mistake: a letter left out, doubled, changed, or swapped with the next."""
    told = _prefixed("", entry, chance) if entry.kind != "commune" else ""
    place = chance.randrange(1, max(len(name) - 1, 2))
    letter = chance.choice(string.ascii_lowercase)
    wrong = chance.choice(
        (
            name[:place] + name[place + 1 :],
            name[:place] + name[place : place + 1] + name[place:],
            name[:place] + letter + name[place + 1 :],
            name[:place] + name[place + 1 : place + 2] + name[place : place + 1] + name[place + 2 :],
        )
    )
    return f"{told}{wrong}" if not told else f"{told.strip()} {wrong}"


def _hyphens(name: str, entry: Entry, chance: random.Random) -> str:
    return _with_kind(name.replace("-", " ").replace("'", " "), entry, chance)


def _with_kind(name: str, entry: Entry, chance: random.Random) -> str:
    """Say the kind where the name alone does not tell it: a commune is what people mean by a bare name."""
    return name if entry.kind in ("commune", "special-status") else _prefixed(name, entry, chance)


WAYS: Final[dict[str, _Distort]] = {
    "prefix": _prefixed,
    "capitals": lambda name, entry, chance: fold(_with_kind(name, entry, chance)).upper(),
    "small letters": lambda name, entry, chance: _with_kind(name, entry, chance).lower(),
    "no accents": lambda name, entry, chance: fold(_with_kind(name, entry, chance)).title(),
    "no hyphens": _hyphens,
    "St and Ste": _short,
    "one typo": _typo,
}
"""The ways of distorting, by name."""
