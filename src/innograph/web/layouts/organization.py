"""The page of a body: its distinctions over the years, its roles, who was honoured beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from innograph.namespaces import inno
from innograph.web.layouts.around import crumbs, others_of
from innograph.web.layouts.honoured import read_honoured
from innograph.web.layouts.honours import honours_of, summary_of_honours
from innograph.web.layouts.initiatives import in_short
from innograph.web.layouts.layout import Layout
from innograph.web.layouts.roles import roles_of
from innograph.web.reader import Reader, Row, Shown
from innograph.web.words import Language


@dataclass(frozen=True, slots=True)
class Around:
    """Where a body is, what it belongs to, what came before and after it."""

    kinds: list[Shown]
    places: list[Shown]
    department: list[Shown]
    region: list[Shown]
    population: Shown | None
    population_year: Shown | None
    websites: list[Shown]
    sirens: list[Shown]
    groupings: list[Shown]
    members: list[Shown]
    since: list[Shown]
    until: list[Shown]
    replaces: list[tuple[Shown, Shown]]
    """What it took the place of, each with its kind: a département and what replaced it may share a name."""
    replaced_by: list[tuple[Shown, Shown]]
    consists_of: list[Shown]
    part_of: list[Shown]
    group_of: list[Shown]
    groups: list[Shown]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Honoured bodies of one grouping or of one département, each with its number of distinctions."""

    around: Shown
    bodies: list[tuple[Shown, int]]


def _read(reader: Reader, body: NamedNode, language: Language) -> Mapping[str, Any]:
    honours = reader.rows_once("honours", body=body.value)
    done = reader.rows_once("initiatives-in-short", body=body.value)
    roles = reader.rows_once("roles-of", thing=body.value)
    around = reader.rows("around-body", body=body.value)
    found = _around(reader, around, language)
    years = honours_of(reader, body, honours, in_short(reader, done, language), language)
    number = sum(len(honours) for _, honours in years)
    return {
        "years": years,
        "number": number,
        "summary": summary_of_honours(reader.show(body, language), number, language),
        "roles": roles_of(reader, roles, language),
        "around": found,
        "own_crumbs": crumbs([*found.region, *found.department], reader.show(body, language)),
        "neighbours": _neighbours(reader, body, around, language),
    }


def _around(reader: Reader, rows: list[Row], language: Language) -> Around:
    others = others_of(reader, rows, language)

    def successors(inverse: bool) -> list[tuple[Shown, Shown]]:
        return [
            (reader.show(row["other"], language), reader.show(row["kind"], language))
            for row in rows
            if row["property"] == inno.successorOf and ("inverse" in row) == inverse
        ]

    population = next((row for row in rows if row["property"] == inno.population), None)
    return Around(
        others(inno.organizationKind),
        others(inno.administers),
        others(inno.department),
        others(inno.within),
        reader.show(population["other"], language) if population else None,
        reader.show(population["populationYear"], language) if population else None,
        others(inno.website),
        others(inno.siren),
        others(inno.memberOf),
        others(inno.memberOf, inverse=True),
        others(inno.validFrom),
        others(inno.validUntil),
        successors(False),
        successors(True),
        others(inno.constituent),
        others(inno.constituent, inverse=True),
        others(inno.groupOf),
        others(inno.groupOf, inverse=True),
    )


def _neighbours(reader: Reader, body: NamedNode, rows: list[Row], language: Language) -> list[Neighbours]:
    """Give the honoured bodies of its groupings, of itself where it is one, then of its département.

    :param rows: those of ``around-body.rq``.
    """
    honoured = reader.once(read_honoured)
    wider = {
        property: sorted(
            (row["other"] for row in rows if row["property"] == property and "inverse" not in row), key=str
        )
        for property in (inno.memberOf, inno.department)
    }
    groupings = sorted([*wider[inno.memberOf], body], key=str)
    beside = [
        (around, [other for other in honoured.near.get(around, []) if other != body])
        for around in dict.fromkeys([*groupings, *wider[inno.department]])
    ]
    reader.expect(node for around, others in beside for node in (around, *others) if others)
    return [
        Neighbours(
            reader.show(around, language),
            [(reader.show(other, language), honoured.number_of(other)) for other in others],
        )
        for around, others in beside
        if others
    ]


ORGANIZATION = Layout(
    "things/organization.html",
    _read,
    shows=frozenset({"done", "figures", "participations"}),
    placed=frozenset({"identifiers", "held_roles"}),
    question="honours",
    listed="memberOf",
)
