"""The page of a place: who was honoured in it (a map of a département or a région), and its parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from innograph.namespaces import inno
from innograph.web.layouts.around import crumbs, others_of
from innograph.web.layouts.honoured import read_honoured
from innograph.web.layouts.honours import Honour, honour, summary_of_honours
from innograph.web.layouts.layout import Layout
from innograph.web.layouts.parts import read_parts
from innograph.web.links import path_to
from innograph.web.maps import Map, Mark, map_of
from innograph.web.paging import Part, asked_part
from innograph.web.reader import Reader, Row, Shown
from innograph.web.words import Language


@dataclass(frozen=True, slots=True)
class Honoured:
    """One body of the place with its distinctions, the newest first."""

    body: Shown
    kind: Shown | None
    department: str
    honours: list[Honour]


@dataclass(frozen=True, slots=True)
class Around:
    """In what a place lies, who administers it, what came before and after it."""

    kinds: list[Shown]
    within: list[Shown]
    partly_within: list[Shown]
    bodies: list[Shown]
    groupings: list[Shown]
    population: list[Shown]
    population_year: list[Shown]
    since: list[Shown]
    until: list[Shown]
    replaces: list[Shown]
    replaced_by: list[Shown]


@dataclass(frozen=True, slots=True)
class Places:
    """The parts of one kind: how many there are, on which page they begin, and those of this page."""

    kind: Shown
    total: int
    page: int
    places: list[Shown]


def _read(reader: Reader, place: NamedNode, language: Language) -> Mapping[str, Any]:
    around = reader.rows("around-place", place=place.value)
    honoured = _honoured(reader, place, language)
    part, parts = _parts(reader, place, language)
    found = _around(reader, around, language)
    number = len({each.distinction for body in honoured for each in body.honours})
    departments = [row["code"].value for row in around if row["property"] == inno.inseeCode]
    return {
        "around": found,
        "own_crumbs": crumbs(found.within[::-1], reader.show(place, language)),
        "honoured": honoured,
        "number": number,
        "summary": summary_of_honours(reader.show(place, language), number, language),
        "map": _map(honoured, departments),
        "part": part,
        "parts": parts,
    }


def _honoured(reader: Reader, place: NamedNode, language: Language) -> list[Honoured]:
    every = reader.once(read_honoured)
    in_place = [(body, every.honours[body]) for body in every.inside.get(place, [])]
    reader.expect(node for _, rows in in_place for row in rows for node in row.values())
    found = []
    for body, of_body in in_place:
        kind, department = of_body[0].get("kind"), of_body[0].get("department")
        found.append(
            Honoured(
                reader.show(body, language),
                reader.show(kind, language) if kind else None,
                department.value if department else "",
                [honour(reader, row, language) for row in of_body],
            )
        )
    return found


def _map(honoured: list[Honoured], departments: list[str]) -> Map | None:
    if not departments:
        return None
    return map_of(
        [Mark(each.department, each.body.text, path_to(each.body)) for each in honoured], departments
    )


def _parts(reader: Reader, place: NamedNode, language: Language) -> tuple[Part, list[Places]]:
    every = reader.once(read_parts).get(place, [])
    part = asked_part(sum(each.total for each in every), name="places")
    here, before = [], 0
    for each in every:
        here.append((each, before, each.nodes(part.rows.start - before, part.rows.stop - before)))
        before += each.total
    reader.expect(node for each, _, nodes in here for node in (each.kind, *nodes))
    return part, [
        Places(
            reader.show(each.kind, language),
            each.total,
            part.page_of(before),
            [reader.show(node, language) for node in nodes],
        )
        for each, before, nodes in here
    ]


def _around(reader: Reader, rows: list[Row], language: Language) -> Around:
    others = others_of(reader, rows, language)
    return Around(
        others(inno.territoryKind),
        others(inno.within),
        others(inno.partlyWithin),
        others(inno.administers),
        others(inno.memberOf),
        others(inno.population),
        others(inno.populationYear),
        others(inno.validFrom),
        others(inno.validUntil),
        others(inno.successorOf),
        others(inno.successorOf, inverse=True),
    )


TERRITORY = Layout(
    "things/territory.html",
    _read,
    shows=frozenset({"done", "figures", "participations", "held_roles"}),
    placed=frozenset({"identifiers"}),
    listed="within",
    question="honoured-in",
)
