"""What a page shows of identifiers: those of the thing itself, and of the territories that it administers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pyoxigraph import NamedNode

from innograph.identifiers import SCHEMES, geo_api
from innograph.namespaces import concept, inno
from innograph.web.reader import Node, Reader, Row, Shown
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
    rows: list[Row],
    language: Language,
    origins: Mapping[Node, Mapping[Node, Mapping[Node, Sequence[Origin]]]],
) -> list[Identifier[Origin]]:
    """List the identifiers of a body, then of its places; or of a place. Of other things there are none.

    :param rows: those of ``identifiers.rq``.
    :param origins: of facts, by subject, property and value.
    """
    properties = [inno.inseeCode, *(getattr(inno, scheme.property) for scheme in SCHEMES.values())]
    found = [row for row in rows if row["property"] in properties]
    found.sort(
        key=lambda row: (row["subject"] != thing, row["subject"].value, properties.index(row["property"]))
    )
    return [
        Identifier(
            reader.show(row["property"], language),
            _shown(row["property"], row["value"], row.get("kind")),
            None if row["subject"] == thing else reader.show(row["subject"], language),
            origins.get(row["subject"], {}).get(row["property"], {}).get(row["value"], ()),
        )
        for row in found
    ]


def _shown(property: Node, value: Node, kind: Node | None) -> Shown:
    if property == inno.inseeCode:
        kinds = concept("territory-kind", "x").value.removesuffix("x")
        address = geo_api(kind.value.removeprefix(kinds), value.value) if kind else ""
        return Shown(value.value, None, address or None)
    (scheme,) = [each for each in SCHEMES.values() if getattr(inno, each.property) == property]
    short = scheme.short(value.value)
    return Shown(scheme.opaque or short, None, scheme.leads_to(short) or None)
