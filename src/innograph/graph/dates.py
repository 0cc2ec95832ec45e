"""Dates as far as a document says them: integers for year and month, an ``xsd:date`` only for a whole day."""

from datetime import date

from innograph.graph.page import Facts
from innograph.namespaces import inno


def starting(year: int | None, month: int | None, day: int | None) -> Facts:
    """Give the facts on the start of an event."""
    return {inno.startYear: year, inno.startMonth: month, inno.startDate: _whole(year, month, day)}


def ending(year: int | None, month: int | None, day: int | None) -> Facts:
    """Give the facts on the end of an event that lasts."""
    return {inno.endYear: year, inno.endMonth: month, inno.endDate: _whole(year, month, day)}


def parts_of(day: date | None) -> tuple[int | None, int | None, int | None]:
    """Give year, month and day of a date, or nothing of each.

    >>> parts_of(date(2024, 4, 3)), parts_of(None)
    ((2024, 4, 3), (None, None, None))
    """
    return (day.year, day.month, day.day) if day else (None, None, None)


def _whole(year: int | None, month: int | None, day: int | None) -> date | None:
    return date(year, month, day) if year and month and day else None
