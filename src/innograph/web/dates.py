"""Dates as people write them."""

from datetime import date
from typing import Final

from innograph.web.words import Language

_MONTHS: Final = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}


def day_in_words(day: date, language: Language) -> str:
    """Write a day.

    >>> day_in_words(date(2024, 4, 1), "fr"), day_in_words(date(2024, 4, 1), "en")
    ('1er avril 2024', '1 April 2024')
    """
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {month_in_words(day.year, day.month, language)}"


def month_in_words(year: int, month: int | None, language: Language) -> str:
    """Write a month of a year, or the year alone.

    >>> month_in_words(2019, 11, "fr"), month_in_words(2019, None, "en")
    ('novembre 2019', '2019')
    """
    return f"{_MONTHS[language].split()[month - 1]} {year}" if month else str(year)
