"""What was found, as cards, as a table, on a map and in charts by year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from innograph.web.answers import Table as Result
from innograph.web.charts import Chart, chart_of
from innograph.web.explore.choices import Choices
from innograph.web.explore.facets import FACETS
from innograph.web.explore.filters import address, expect_names, name_of
from innograph.web.explore.table import Line, Table
from innograph.web.links import path_to
from innograph.web.maps import Map, Mark, map_of
from innograph.web.reader import Node, Reader, Shown
from innograph.web.words import Language
from innograph.web.years import AwardYears, Grid, State

CARDS: Final = 24
"""Initiatives on one page."""

ROWS: Final = 50
"""Lines of the table on one page."""

HEIGHT, COLUMN = 96, 40
"""Height of the highest bar of a chart by year, and the room of each year, in units of the picture."""


@dataclass(frozen=True, slots=True)
class Body:
    """A laureate, and its website where the graph has one."""

    shown: Shown
    website: str


@dataclass(frozen=True, slots=True)
class Honour:
    """A distinction of an initiative."""

    itself: Shown
    edition: Shown
    category: Shown
    rank: str
    rank_label: Shown | None
    page: str


@dataclass(frozen=True, slots=True)
class Card:
    """An initiative: who, what for, which honours, and how many others are about the same themes."""

    title: Shown
    bodies: list[Body]
    summary: str
    themes: list[tuple[Shown, str]]
    honours: list[Honour]
    others: int
    others_href: str


@dataclass(frozen=True, slots=True)
class YearBar:
    """A year in a chart: its state, and where it is loaded the number of distinctions."""

    year: int
    state: State
    count: int
    x: int
    height: float


@dataclass(frozen=True, slots=True)
class AwardChart:
    """The distinctions of one award by year, on a scale of its own."""

    award: Shown
    bars: list[YearBar]


def initiatives(lines: Iterable[Line]) -> list[Node]:
    """Give the initiatives of some lines, each once, in their order."""
    return list(dict.fromkeys(line.row["initiative"] for line in lines))


def cards(reader: Reader, table: Table, wanted: Sequence[Node], language: Language) -> list[Card]:
    """Describe initiatives with all their honours and laureates, whichever of them was looked for."""
    by_initiative: dict[Node, list[Line]] = {each: [] for each in wanted}
    for line in table.lines:
        if line.row["initiative"] in by_initiative:
            by_initiative[line.row["initiative"]].append(line)
    mine = [line for lines in by_initiative.values() for line in lines]
    reader.expect(
        line.row.get(name)
        for line in mine
        for name in ("initiative", "laureate", "distinction", "edition", "category")
    )
    themes = {node: table.narrowest(lines[0].values["theme"]) for node, lines in by_initiative.items()}
    expect_names(reader, (("theme", key) for keys in themes.values() for key in keys))
    return [_card(reader, table, node, by_initiative[node], themes[node], language) for node in wanted]


def _card(
    reader: Reader, table: Table, initiative: Node, lines: list[Line], themes: list[str], language: Language
) -> Card:
    alike = Choices().having("theme", themes)
    return Card(
        reader.show(initiative, language),
        [
            Body(reader.show(node, language), next(iter(table.websites(node)), ""))
            for node in dict.fromkeys(line.row["laureate"] for line in lines)
        ],
        next(iter(table.summaries(initiative)), ""),
        [
            (name_of(reader, "theme", key, language), address(Choices().having("theme", [key])))
            for key in themes
        ],
        [
            _honour(reader, table, line, language)
            for line in {line.row["distinction"]: line for line in lines}.values()
        ],
        len(set(initiatives(table.chosen(alike))) - {initiative}) if themes else 0,
        address(alike),
    )


def _honour(reader: Reader, table: Table, line: Line, language: Language) -> Honour:
    row = line.row
    label = row.get("rankLabel")
    return Honour(
        reader.show(row["distinction"], language),
        reader.show(row["edition"], language),
        reader.show(row["category"], language),
        FACETS["rank"].key(row["rank"]) if "rank" in row else "",
        reader.show(label, language) if label else None,
        next(iter(table.websites(row["distinction"])), ""),
    )


def marks(reader: Reader, lines: Iterable[Line], language: Language) -> list[Mark]:
    """Give each laureate once, with its département where it has one."""
    by_body = {line.row["laureate"]: line for line in lines}
    reader.expect(by_body)
    found = []
    for node, line in by_body.items():
        shown = reader.show(node, language)
        found.append(Mark(next(iter(sorted(line.values["department"])), ""), shown.text, path_to(shown)))
    return found


def mapped(found: Sequence[Mark], choices: Choices) -> Map | None:
    """Put laureates on a map of France, or of the départements that were chosen."""
    return (map_of(found, choices.of("department")) if choices.of("department") else None) or map_of(found)


def by_department(
    reader: Reader, lines: Iterable[Line], language: Language
) -> list[tuple[Shown | None, list[Shown]]]:
    """Give the laureates of each département, in the order of their codes; at last those without one."""
    found: dict[str, dict[Node, None]] = {}
    for line in lines:
        for code in line.values["department"] or {""}:
            found.setdefault(code, {})[line.row["laureate"]] = None
    expect_names(reader, (("department", code) for code in found if code))
    return [
        (
            name_of(reader, "department", code, language) if code else None,
            [reader.show(node, language) for node in nodes],
        )
        for code, nodes in sorted(found.items(), key=lambda each: (not each[0], each[0]))
    ]


def by_year(grid: Grid, lines: Iterable[Line]) -> list[AwardChart]:
    """Count the distinctions of each award and year; a year that is not loaded has no number."""
    counted: dict[tuple[str | None, int], set[Node]] = {}
    for line in lines:
        year = int(line.row["year"].value)
        counted.setdefault((line.node("award").value, year), set()).add(line.row["distinction"])
    return [_chart(row, counted) for row in grid.rows]


def _chart(row: AwardYears, counted: Mapping[tuple[str | None, int], set[Node]]) -> AwardChart:
    counts = [len(counted.get((row.award.address, cell.year), ())) for cell in row.cells]
    most = max(counts, default=0) or 1
    return AwardChart(
        row.award,
        [
            YearBar(cell.year, cell.state, count, place * COLUMN, round(HEIGHT * count / most, 1))
            for place, (cell, count) in enumerate(zip(row.cells, counts, strict=True))
        ],
    )


def by_theme(
    reader: Reader, table: Table, lines: Sequence[Line], language: Language, columns: tuple[str, str]
) -> tuple[Result, Chart | None]:
    """Count the distinctions of each broad theme, as a table and as bars."""
    found: dict[str, set[Node]] = {}
    for line in lines:
        for theme in line.values["theme"]:
            if ("theme", theme) not in table.broader:
                found.setdefault(theme, set()).add(line.row["distinction"])
    expect_names(reader, (("theme", theme) for theme in found))
    rows: list[list[Shown | None]] = [
        [name_of(reader, "theme", theme, language), Shown(str(len(nodes)), number=True)]
        for theme, nodes in sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
    ]
    result = Result(list(columns), rows)
    return result, chart_of(result, columns)


def where_to_apply(
    reader: Reader, table: Table, lines: Iterable[Line], language: Language
) -> list[tuple[Shown, str]]:
    """Give the awards of what was found, with their website; empty where the graph has none."""
    awards = dict.fromkeys(line.row["award"] for line in lines)
    reader.expect(awards)
    return [(reader.show(award, language), next(iter(table.websites(award)), "")) for award in awards]
