"""The grid of awards and years: which editions are loaded, which are known of, of which nothing is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from innograph.curation.known import FILE, KnownRow, read_known
from innograph.namespaces import ID
from innograph.store.snapshot import Snapshot
from innograph.web.reader import Reader, Row, Shown
from innograph.web.words import Language

State = Literal["loaded", "known", "not-held", "unknown"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One award in one year. ``why`` says how a state but ``loaded`` is known; empty for ``unknown``."""

    year: int
    state: State
    edition: Shown | None = None
    ordinal: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class AwardYears:
    """One line of the grid: an award, what is known before the first column, and its years."""

    award: Shown
    founded: str
    earlier: int
    """Editions known before the first column and not loaded."""
    cells: list[Cell]
    reasons: list[tuple[KnownRow, str]]
    """What is known without being loaded, with its reason in the language of the page."""


@dataclass(frozen=True, slots=True)
class Grid:
    """All awards over the same years."""

    years: Sequence[int]
    rows: list[AwardYears]


@dataclass(frozen=True, slots=True)
class Side:
    """What stands beside an edition, on one side: the next year, and the nearest edition that is loaded."""

    year: Cell | None
    loaded: Shown | None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands before an edition of an award, and after it."""

    before: Side
    after: Side


def grid(reader: Reader, known: Iterable[KnownRow], this_year: int, language: Language) -> Grid:
    """Lay out every award from two years before the first loaded edition to ``this_year`` at least."""
    found = reader.once(_award_years)
    reader.expect(row[name] for row in found for name in ("award", "edition") if name in row)
    loaded = [int(row["year"].value) for row in found if "year" in row]
    years = range(min(loaded, default=this_year) - 2, max([*loaded, this_year]) + 1)
    by_award = [list(rows) for _, rows in groupby(found, key=lambda row: row["award"])]
    table = list(known)
    return Grid(years, [_line(reader, rows, table, years, language) for rows in by_award])


def of_one(grid: Grid, thing: str) -> Grid:
    """Keep the line of one award, or of the award of one edition, given by its address."""
    return Grid(
        grid.years,
        [
            row
            for row in grid.rows
            if thing in (row.award.address, *(cell.edition.address for cell in row.cells if cell.edition))
        ],
    )


def around(grid: Grid, edition: str) -> Around:
    """Give the years before and after an edition, given by its address, from the line of its award."""
    for row in grid.rows:
        for place, cell in enumerate(row.cells):
            if cell.edition and cell.edition.address == edition:
                return Around(_side(row.cells[:place][::-1]), _side(row.cells[place + 1 :]))
    return Around(Side(None, None), Side(None, None))


def _award_years(reader: Reader) -> list[Row]:
    return reader.every_row("award-years")


def _side(cells: list[Cell]) -> Side:
    """Tell what is nearest among ``cells``, the nearest first."""
    return Side(cells[0] if cells else None, next((cell.edition for cell in cells if cell.edition), None))


def known_editions(snapshot: Snapshot) -> list[KnownRow]:
    """Read what a snapshot knows of editions that are not loaded."""
    return read_known(snapshot.dump(FILE)) if FILE in snapshot.dumps() else []


def _line(
    reader: Reader, rows: list[Row], known: list[KnownRow], years: range, language: Language
) -> AwardYears:
    award = rows[0]["award"]
    key = award.value.removeprefix(f"{ID}award/")
    loaded = {int(row["year"].value): row for row in rows if "year" in row}
    mine = [(row, row.why_en if language == "en" else row.why_fr) for row in known if row.award == key]
    told = {year: (row, why) for row, why in mine for year in row.years()}

    def cell(year: int) -> Cell:
        if year in loaded:
            row = loaded[year]
            ordinal = row["ordinal"].value if "ordinal" in row else ""
            return Cell(year, "loaded", reader.show(row["edition"], language), ordinal)
        if year in told:
            row_known, why = told[year]
            return Cell(year, "not-held" if row_known.state == "not-held" else "known", why=why)
        return Cell(year, "unknown")

    return AwardYears(
        reader.show(award, language),
        rows[0]["founded"].value if "founded" in rows[0] else "",
        sum(row.state == "known" and year < years[0] for year, (row, _) in told.items()),
        [cell(year) for year in years],
        mine,
    )
