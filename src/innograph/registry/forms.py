"""The forms under which an entry of the registers is looked for, from the closest to its name on."""

from collections.abc import Iterator
from typing import Literal

from innograph.names import analyse, bare_name, core_name, plain_name
from innograph.registry.entries import Entry

Tier = Literal["plain", "bare", "joined", "core", "short"]
"""How close a form is: the whole name; without articles before it; without blanks between its words; its
words that matter, in any order; these without the general words of a grouping (« agglomération »), for those
who say the kind apart."""

_GENERAL = frozenset(
    [
        "agglo",
        "agglomeration",
        "communaute",
        "communautes",
        "communes",
        "eurometropole",
        "metropole",
        "intercommunale",
        "territoire",
        "urbaine",
        "arrondissement",
    ]
)


def forms_of(entry: Entry) -> Iterator[tuple[Tier, str]]:
    """Give every form of an entry; a form may come twice.

    >>> dict(forms_of(Entry("epci/1", "Le Grand Dijon Métropole", "metropolis", "1")))["short"]
    'dijon grand'
    """
    for name in (entry.name, *entry.aliases):
        yield from forms_of_name(name)


def forms_of_name(name: str) -> Iterator[tuple[Tier, str]]:
    """Give the forms of one name; of « Communauté de communes des Abers » also those of « Abers »."""
    yield "plain", plain_name(name)
    yield "bare", bare_name(name)
    for joined in joined_names(name):
        yield "joined", joined
    yield "core", core_name(name)
    short = short_name(name)
    if short:
        yield "short", short


def joined_names(name: str) -> set[str]:
    """Give a name without the blanks between its words, which people forget: with its article, and without.

    >>> sorted(joined_names("L'Haÿ-les-Roses")), joined_names("Nancy")
    (['haylesroses', 'lhaylesroses'], {'nancy'})
    """
    return {form.replace(" ", "") for form in (plain_name(name), bare_name(name))}


def short_name(name: str) -> str:
    """Give the core of a name without general words and words of kind; empty where nothing is left out.

    >>> short_name("Lorient Agglomération"), short_name("Communauté urbaine d'Arras"), short_name("Nancy")
    ('lorient', 'arras', '')
    """
    _, rest = analyse(name)
    kept = " ".join(word for word in core_name(rest).split() if word not in _GENERAL)
    return "" if kept == core_name(name) else kept
