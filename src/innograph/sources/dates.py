"""Dates as French documents print them."""

import re
from datetime import date

from innograph.text import fold

_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_DATE = re.compile(
    rf"\b(?:(\d{{1,2}})(?:er)?\s+(?:et|au|-)\s+)?(\d{{1,2}})(?:er)?\s+({'|'.join(_MONTHS)})(?:\s+(\d{{4}}))?\b"
)


def find_days(text: str, year: int | None = None) -> tuple[date, date] | None:
    r"""Find the first day, or run of days in one month, that ``text`` prints: first day and last day.

    Line ends in the middle of a date do not matter. ``year`` serves where the text prints none; without
    either there is no date. Numbers that are no day of that month give no date.

    >>> find_days("le mercredi 13 novembre \n2019")
    (datetime.date(2019, 11, 13), datetime.date(2019, 11, 13))
    >>> find_days("les 3 et 4 avril 2024")
    (datetime.date(2024, 4, 3), datetime.date(2024, 4, 4))
    >>> find_days("réuni le 8 octobre", 2019)
    (datetime.date(2019, 10, 8), datetime.date(2019, 10, 8))
    >>> find_days("le 31 novembre 2019") is None
    True
    """
    found = _DATE.search(fold(text))
    if not found:
        return None
    first, last, month, printed_year = found.groups()
    in_year = int(printed_year) if printed_year else year
    if in_year is None:
        return None
    try:
        end = date(in_year, _MONTHS.index(month) + 1, int(last))
        return (end.replace(day=int(first)) if first else end), end
    except ValueError:
        return None
