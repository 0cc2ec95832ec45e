"""A bar chart of a table, drawn on the server; the table beside it says the same."""

from dataclasses import dataclass
from typing import Final

from innograph.web.answers import Table

MOST_BARS: Final = 40
LABELS, BARS, ROW = 300, 380, 30
"""Width of the names and of the longest bar, and height of a row, in the units of the picture."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, the number as it stands in the table, its top and its width."""

    name: str
    value: str
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars of a chart, and its height."""

    bars: list[Bar]
    height: int


def chart_of(table: Table | None, wanted: tuple[str, str] | None) -> Chart | None:
    """Draw the column ``wanted[1]`` by ``wanted[0]``.

    None where that makes no chart: no such columns, a cell that is no number from 0 on, fewer than two
    rows or too many.
    """
    if not table or not wanted or not set(wanted) <= set(table.columns) or table.more:
        return None
    name_at, value_at = (table.columns.index(column) for column in wanted)
    pairs = [(row[name_at], row[value_at]) for row in table.rows]
    if not 2 <= len(pairs) <= MOST_BARS:
        return None
    try:
        read = [(name.text, value.text, float(value.text)) for name, value in pairs if name and value]
    except ValueError:
        return None
    longest = max((number for _, _, number in read), default=0)
    if longest <= 0 or min(number for _, _, number in read) < 0:
        return None
    bars = [
        Bar(_short(name), value, order * ROW, round(BARS * number / longest, 1))
        for order, (name, value, number) in enumerate(read)
    ]
    return Chart(bars, len(bars) * ROW)


def _short(name: str) -> str:
    """Cut a name that does not fit beside its bar; the table has it whole.

    >>> len(_short("x" * 60)), _short("Prix TERRITORIA 2019")
    (42, 'Prix TERRITORIA 2019')
    """
    return name if len(name) <= 42 else f"{name[:41].rstrip()}…"
