"""The types of what can be reconciled: the kinds of bodies of the vocabulary, and a few wider ones.

A type is named as its concept of ``organization-kind`` is (``commune``); the wider ones are ``organization``,
``collectivity``, ``epci`` and, for places that no body of their own administers, ``territory``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from innograph.linking.kinds import is_grouping, registered
from innograph.names import analyse
from innograph.namespaces import ID, term
from innograph.rdf import read_quads
from innograph.resources import ontology_files
from innograph.text import words

DEFAULTS: Final = ("collectivity", "commune", "epci", "department", "region")
"""What most lists hold."""

_PLACES: Final = ("delegated-commune", "associated-commune", "overseas-collectivity")


class Label(NamedTuple):
    """A text in both languages."""

    fr: str
    en: str

    def say(self, language: str) -> str:
        """Give the text in a language; in French unless that is ``en``."""
        return self.en if language == "en" else self.fr


@dataclass(frozen=True, slots=True)
class Type:
    """A type of entities."""

    id: str
    label: Label
    broader: str
    """The next wider type; empty for the widest."""
    kinds: frozenset[str]
    """The kinds of bodies that are of it; for places, the kind that people take them for."""


_WIDER: Final = {
    "organization": (Label("organisme", "organization"), ""),
    "collectivity": (Label("collectivité ou groupement", "local authority or grouping"), "organization"),
    "epci": (
        Label("EPCI à fiscalité propre", "intercommunal grouping with its own taxation"),
        "collectivity",
    ),
    "territory": (Label("territoire sans personne morale propre", "place without a body of its own"), ""),
    "delegated-commune": (Label("commune déléguée", "delegated commune"), "territory"),
    "associated-commune": (Label("commune associée", "associated commune"), "territory"),
    "overseas-collectivity": (Label("collectivité d’outre-mer", "overseas collectivity"), "territory"),
}
_ALSO: Final = {"epci": "epci", "intercommunalite": "epci", "collectivite": "collectivity"}


@cache
def types() -> Mapping[str, Type]:
    """Give the types by their identifier, the wider ones first.

    :raises DataError: a file of ``ontology/`` is not Turtle.

    >>> types()["commune"].label, types()["commune"].broader, types()["metropolis"].broader
    (Label(fr='commune', en='commune (municipality)'), 'collectivity', 'epci')
    >>> sorted(types()["epci"].kinds)[:2]
    ['agglomeration-community', 'community-of-communes']
    """
    labels = _kinds()
    groupings = frozenset(filter(is_grouping, labels))
    of_wider = {
        "organization": frozenset(labels),
        "collectivity": frozenset(filter(registered, labels)),
        "epci": groupings,
        **dict.fromkeys(_PLACES, frozenset({"commune"})),
    }
    found = {
        id: Type(id, label, broader, of_wider.get(id, frozenset())) for id, (label, broader) in _WIDER.items()
    }
    for kind, label in labels.items():
        broader = "collectivity" if registered(kind) else "organization"
        found[kind] = Type(kind, label, "epci" if kind in groupings else broader, frozenset({kind}))
    return MappingProxyType(found)


def with_broader(id: str) -> Iterator[Type]:
    """Give a type and those above it, the nearest first.

    >>> [each.id for each in with_broader("metropolis")]
    ['metropolis', 'epci', 'collectivity', 'organization']
    """
    while id:
        found = types()[id]
        yield found
        id = found.broader


def read_kinds(text: str) -> frozenset[str] | None:
    """Read what a person calls a kind: a type, its name in either language, or an abbreviation.

    :returns: the kinds of bodies that are meant; None if it is no kind that we know.

    >>> read_kinds("Communes"), read_kinds("CC"), read_kinds("Conseil départemental"), read_kinds("planète")
    (frozenset({'commune'}), frozenset({'community-of-communes'}), frozenset({'department'}), None)
    """
    wanted = _singular(text)
    if not wanted:
        return None
    for each in types().values():
        if wanted in {_singular(name) for name in (each.id, *each.label)}:
            return each.kinds or frozenset({each.id})
    if wanted in _ALSO:
        return types()[_ALSO[wanted]].kinds
    told, _ = analyse(f"{text} x")  # the words of a kind stand before a name: any will do
    return frozenset({told}) if told else None


def _singular(text: str) -> str:
    return " ".join(word if len(word) < 4 else word.removesuffix("s") for word in words(text))


def _kinds() -> dict[str, Label]:
    """Read the kinds of organizations, with their names."""
    scheme = f"{ID}organization-kind/"
    names: dict[str, dict[str | None, str]] = {}
    for quad in (quad for path in ontology_files() for quad in read_quads(path)):
        if (
            quad.predicate == term("skos:prefLabel")
            and isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, Literal)
            and quad.subject.value.startswith(scheme)
        ):
            kind = quad.subject.value.removeprefix(scheme)
            names.setdefault(kind, {})[quad.object.language] = quad.object.value
    return {kind: Label(by["fr"], by["en"]) for kind, by in names.items()}
