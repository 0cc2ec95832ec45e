"""What a page shows of identifiers: those of the thing itself, and of the territories that it administers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pyoxigraph import NamedNode

from innograph.identifiers import SCHEMES, geo_api
from innograph.namespaces import concept, inno, term
from innograph.web.facts import Value
from innograph.web.gathered import Said, gather
from innograph.web.reader import Node, Reader, Shown
from innograph.web.words import Language

Origin = TypeVar("Origin")


@dataclass(frozen=True, slots=True)
class Identifier(Generic[Origin]):
    """One identifier in its short form, with where it leads and where it comes from."""

    scheme: Shown
    value: Shown
    place: Shown | None
    """The territory that it identifies, on the page of the body that administers it."""
    origins: Sequence[Origin]


def ask_identified(
    reader: Reader, thing: NamedNode, facts: Mapping[Node, Sequence[Value]]
) -> Mapping[Node, Said]:
    """Ask what is said of a body and of the places that it administers, or of a place; of nothing else.

    :param facts: those about ``thing``.
    """
    kinds = [value.node for value in facts.get(term("rdf:type"), ())]
    if inno.Organization not in kinds and inno.Territory not in kinds:
        return {}
    own = Said()
    for property, values in facts.items():
        for value in values:
            own.add(property, value.node)
    places = reader.unnamed_rows("administered", thing=thing.value) if inno.administers in facts else []
    found = {thing: own, **gather(places, "subject")}
    reader.expect([*_properties(), *found])
    return found


def identifiers_of(
    reader: Reader,
    thing: NamedNode,
    identified: Mapping[Node, Said],
    language: Language,
    origins: Mapping[Node, Mapping[Node, Mapping[Node, Sequence[Origin]]]],
) -> list[Identifier[Origin]]:
    """List the identifiers of a body, then of its places; or of a place.

    :param identified: of :func:`ask_identified`.
    :param origins: of facts, by subject, property and value.
    """
    return [
        Identifier(
            reader.show(property, language),
            _shown(property, value, said.one(inno.territoryKind)),
            None if subject == thing else reader.show(subject, language),
            origins.get(subject, {}).get(property, {}).get(value, ()),
        )
        for subject, said in sorted(identified.items(), key=lambda pair: (pair[0] != thing, pair[0].value))
        for property in _properties()
        for value in sorted(said.all(property), key=lambda value: value.value)
    ]


def _properties() -> list[NamedNode]:
    return [inno.inseeCode, *(getattr(inno, scheme.property) for scheme in SCHEMES.values())]


def _shown(property: Node, value: Node, kind: Node | None) -> Shown:
    if property == inno.inseeCode:
        kinds = concept("territory-kind", "x").value.removesuffix("x")
        address = geo_api(kind.value.removeprefix(kinds), value.value) if kind else ""
        return Shown(value.value, None, address or None)
    (scheme,) = [each for each in SCHEMES.values() if getattr(inno, each.property) == property]
    short = scheme.short(value.value)
    return Shown(scheme.opaque or short, None, scheme.leads_to(short) or None)
