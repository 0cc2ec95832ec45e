"""What a page shows of identifiers: those of the thing itself, and of the territories that it administers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pyoxigraph import NamedNode

from innograph.identifiers import SCHEMES, geo_api
from innograph.namespaces import concept, inno
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


def identifiers_of(
    reader: Reader,
    thing: NamedNode,
    language: Language,
    origins_of: Callable[[NamedNode], Mapping[Node, Mapping[Node, Sequence[Origin]]]],
) -> list[Identifier[Origin]]:
    """List the identifiers of a body, then of its places; or of a place. Of other things there are none.

    :param origins_of: gives the origins of facts about a thing, by property and value.
    """
    properties = [inno.inseeCode, *(getattr(inno, scheme.property) for scheme in SCHEMES.values())]
    found = [row for row in reader.rows("identifiers", thing=thing.value) if row["property"] in properties]
    found.sort(
        key=lambda row: (row["subject"] != thing, row["subject"].value, properties.index(row["property"]))
    )
    identifiers = []
    for row in found:
        subject, property = row["subject"], row["property"]
        origins = origins_of(subject) if isinstance(subject, NamedNode) else {}
        identifiers.append(
            Identifier(
                reader.show(property, language),
                _shown(property, row["value"], row.get("kind")),
                None if subject == thing else reader.show(subject, language),
                origins.get(property, {}).get(row["value"], ()),
            )
        )
    return identifiers


def _shown(property: Node, value: Node, kind: Node | None) -> Shown:
    if property == inno.inseeCode:
        kinds = concept("territory-kind", "x").value.removesuffix("x")
        address = geo_api(kind.value.removeprefix(kinds), value.value) if kind else ""
        return Shown(value.value, None, address or None)
    (scheme,) = [each for each in SCHEMES.values() if getattr(inno, each.property) == property]
    short = scheme.short(value.value)
    return Shown(scheme.opaque or short, None, scheme.leads_to(short) or None)
