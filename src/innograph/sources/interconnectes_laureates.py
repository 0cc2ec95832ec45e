"""The laureates of the label « Territoire Innovant »: categories, ranks, two lines for each distinction."""

import re
from dataclasses import dataclass

from innograph.records import Category, Distinction, RankName, RankStatement
from innograph.sources.announced import RANKS
from innograph.sources.reading import Listing, Reading
from innograph.sources.titles import drop_emphasis
from innograph.text import fold

RANK_HEADING = re.compile(r"(?P<label>LABEL\s+(?P<rank>.*?\w.*?))\s*:?", re.IGNORECASE)
_BULLET = re.compile(r"[-•]\s+(?P<bodies>.*\S)")


@dataclass
class _OpenRank:
    """The rank under whose heading we are."""

    line: int
    label: str
    value: RankName
    empty: bool = True


class LaureateList:
    """The categories and distinctions of a release as they are read."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._listing = Listing(reading)
        self._rank: _OpenRank | None = None
        self._rank_lines: dict[RankName, int] = {}
        """The lines of the rank headings of the category that is open."""
        self._waiting: tuple[int, str] | None = None
        """The line and the words of the laureates whose title has not come yet."""

    def heading(self, number: int, text: str) -> None:
        """Open a rank or a category.

        :raises SourceError: the rank is unknown or misplaced, or what comes before is not complete.
        """
        self._end_rank()
        rank = RANK_HEADING.fullmatch(text)
        if rank:
            self._open_rank(number, rank["label"], RANKS.get(fold(rank["rank"])))
        else:
            self._rank_lines.clear()
            self._listing.open(self._reading.lines(number), text)

    def line(self, number: int, text: str) -> None:
        """Read a line that is no heading: laureates, or the title that follows them.

        :raises SourceError: laureates without a rank or without a title, or named as nobody understands.
        """
        bullet = _BULLET.fullmatch(text)
        if bullet:
            self._expect_no_title()
            self._waiting = (number, drop_emphasis(bullet["bodies"]))
        elif self._waiting:
            self._add(self._waiting[0], self._waiting[1], number, text)
            self._waiting = None

    def close(self) -> tuple[Category, ...]:
        """Give the categories.

        :raises SourceError: there are none, or what comes last is not complete.
        """
        self._end_rank()
        return self._listing.close()

    def _open_rank(self, number: int, label: str, value: RankName | None) -> None:
        if value is None:
            raise self._reading.refuse(number, f"unknown rank {label[:60]!r}")
        if self._listing.category is None:
            raise self._reading.refuse(number, "a rank before any category")
        first = self._rank_lines.setdefault(value, number)
        if first != number:
            raise self._reading.refuse(number, f"this category has {label!r} at line {first} already")
        self._rank = _OpenRank(number, label, value)

    def _add(self, bodies_line: int, bodies: str, title_line: int, title: str) -> None:
        if self._rank is None:
            raise self._reading.refuse(bodies_line, "laureates without a rank")
        self._rank.empty = False
        lines = self._reading.lines(self._rank.line)
        rank = RankStatement(self._rank.value, self._rank.label, lines)
        laureates = self._reading.bodies(bodies, bodies_line)
        words = self._reading.title(title, title_line)
        distinction = Distinction(words, self._reading.lines(title_line), laureates, rank)
        self._listing.add(bodies_line, distinction)

    def _end_rank(self) -> None:
        """Leave the rank that is open: it must have laureates, and they their title."""
        self._expect_no_title()
        if self._rank and self._rank.empty:
            raise self._reading.refuse(self._rank.line, f"no laureate under {self._rank.label!r}")
        self._rank = None

    def _expect_no_title(self) -> None:
        if self._waiting:
            raise self._reading.refuse(self._waiting[0], "laureates without a title")
