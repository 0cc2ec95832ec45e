"""Facets are counted as people counted them, and kind, size and place are those of one body."""

import re
from collections import Counter
from typing import Any

from pyoxigraph import Store

from innograph import resources
from innograph.namespaces import ID
from innograph.web.explore.choices import Choices
from innograph.web.explore.facets import FACETS, bracket
from innograph.web.explore.table import Table

from .exploring import SMALL_TOWNS, choices, keys, rows_of, solutions


def test_there_is_a_file_for_each_facet_and_a_facet_for_each_file() -> None:
    assert {path.stem for path in (resources.queries() / "facets").glob("*.rq")} == set(FACETS)


def test_editions_awards_and_ranks_are_counted_as_people_counted_them(table: Table) -> None:
    by_hand = rows_of("distinctions")
    editions = {row["edition"]: row for row in rows_of("editions")}
    counts = table.counts(Choices())
    assert counts["year"] == Counter(editions[row["edition"]]["year"] for row in by_hand)
    assert counts["award"] == Counter(editions[row["edition"]]["award"] for row in by_hand)
    assert counts["rank"] == Counter(row["rank"] for row in by_hand if row["rank"])
    gold_in_2024 = table.counts(choices(rank="gold", award="territoria"))["year"]
    wanted = [row for row in by_hand if row["rank"] == "gold" and row["edition"].startswith("territoria-")]
    assert gold_in_2024 == Counter(editions[row["edition"]]["year"] for row in wanted)


def test_kinds_of_laureates_are_counted_as_people_read_them(table: Table) -> None:
    kind = {row["name"]: row["kind"] for row in rows_of("bodies")}
    counted: Counter[str] = Counter()
    for row in rows_of("distinctions"):
        counted.update({kind[name] for name in re.split(r" *[|;] *", row["laureates"]) if kind.get(name)})
    counts = table.counts(Choices())["kind"]
    assert {name: counts[name] for name in ("region", "department", "commune", "metropolis")} == {
        name: counted[name] for name in ("region", "department", "commune", "metropolis")
    }


def test_a_facet_counts_given_the_others_and_not_itself(table: Table) -> None:
    alone, with_year = table.counts(Choices()), table.counts(choices(year="2019"))
    assert with_year["year"] == alone["year"]
    assert with_year["award"] == {"territoria": 50}
    assert table.counts(choices(year="2019", award="prix-territoriaux"))["award"] == {"territoria": 50}


def test_a_broad_theme_holds_its_narrower_ones(table: Table, store: Store) -> None:
    asked = """
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE {
          { ?i inno:theme id:theme\\/solidarity }
          UNION { ?i inno:theme ?t . ?t skos:broader id:theme\\/solidarity }
          ?d inno:initiative ?i }"""
    (row,) = solutions(store, asked)
    assert table.count(choices(theme="solidarity")) == int(row["n"].value) > 20
    assert keys(table, choices(theme="ageing")) < keys(table, choices(theme="solidarity"))


def test_small_towns_are_those_of_the_registers(table: Table) -> None:
    assert keys(table, choices(kind="commune", size="2000")) == SMALL_TOWNS


def test_kind_and_size_are_those_of_one_body(table: Table) -> None:
    """Châlons was honoured with Fagnières, a small town, and its agglomeration, which is none."""
    both = choices(kind="agglomeration-community", size="2000")
    assert table.chosen(both) == [] and table.count(choices(size="2000")) == len(SMALL_TOWNS)


def test_brackets_are_cut_alike_in_the_query_and_in_the_code(table: Table, store: Store) -> None:
    asked = "SELECT ?d ?b ?p { ?d inno:laureate ?b . ?b inno:administers ?place . ?place inno:population ?p }"
    expected: dict[tuple[Any, Any], set[str]] = {}
    for row in solutions(store, asked):
        expected.setdefault((row["d"], row["b"]), set()).add(bracket(int(row["p"].value)))
    found = {
        (line.row["distinction"], line.row["laureate"]): set(line.values["size"]) for line in table.lines
    }
    assert {owner: sizes for owner, sizes in found.items() if sizes} == expected


def test_a_region_is_where_the_seat_is_or_the_body_itself(table: Table) -> None:
    found = table.chosen(choices(region="27"))
    names = ("Région Bourgogne-Franche-Comté", "Département de la Haute-Saône")
    by_hand = [[row["laureates"] for row in rows_of("distinctions")].count(name) for name in names]
    bodies = ("region-bourgogne-franche-comte", "departement-de-la-haute-saone")
    laureates = [line.row["laureate"].value.removeprefix(f"{ID}organization/") for line in found]
    assert [laureates.count(body) for body in bodies] == by_hand == [3, 3]
    assert {key for line in found for key in line.values["department"]} <= {
        "21",
        "25",
        "39",
        "58",
        "70",
        "71",
        "89",
        "90",
    }


def test_a_group_of_unnamed_members_is_no_body(table: Table) -> None:
    names = {row["name"] for row in rows_of("bodies")}
    assert len(table.bodies(table.lines)) == len({line.row["laureate"] for line in table.lines}) - 1
    assert len(table.bodies(table.lines)) <= len(names)


# one query
