"""A document while a parser reads it: the account of its lines, its refusals, its notes, its categories."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from innograph.errors import SourceError
from innograph.records import (
    BodyMention,
    Category,
    CategoryKind,
    Count,
    Distinction,
    Edition,
    Extraction,
    Lines,
    Span,
)
from innograph.sources.announced import RANKS, shown, unused_numbers
from innograph.sources.document import Document, Ledger
from innograph.sources.laureates import split_laureates
from innograph.sources.titles import drop_emphasis, unwrap_title
from innograph.text import fold


@dataclass
class Reading:
    """A document being read, strictly or leniently."""

    document: Document
    lenient: bool
    ledger: Ledger = field(init=False)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.document)

    def refuse(self, line: int, message: str) -> SourceError:
        """Make the error that refuses the document at ``line``, whether lenient or not."""
        return self.document.refuse(line, message)

    def complain(self, line: int, message: str) -> None:
        """Refuse the document at ``line``; a lenient reading notes it and goes on.

        :raises SourceError: the reading is not lenient.
        """
        if not self.lenient:
            raise self.refuse(line, message)
        self.notes.append(f"line {line}: {message}")

    def lines(self, *numbers: int) -> Lines:
        """Record that lines gave a fact, and give them as its evidence."""
        evidence = tuple(Span(number, number) for number in numbers)
        self.ledger.use(evidence)
        return evidence

    def last_line(self) -> int:
        """Give the number of the last line that is not blank: where a document that is cut ends."""
        return self.document.numbered()[-1][0]

    def bodies(self, printed: str, line: int) -> tuple[BodyMention, ...]:
        """Take apart the bodies that ``line`` names.

        :raises SourceError: they are named in a way that is not understood.
        """
        try:
            return split_laureates(drop_emphasis(printed), self.lines(line))
        except ValueError as problem:
            raise self.refuse(line, str(problem)) from problem

    def title(self, printed: str, line: int) -> str:
        """Free the title that ``line`` prints from what wraps it.

        :raises SourceError: there is none, or its marks do not pair, as where a document is cut.
        """
        title = unwrap_title(printed)
        if not re.search(r"\w", title):
            raise self.refuse(line, "a distinction without a title")
        if re.search(r"\*\S|\S\*", title) or printed.count("«") != printed.count("»"):
            raise self.refuse(
                line, f"the marks around this title do not pair, is the line cut? {title[:60]!r}"
            )
        return title

    def audit_numbers(self, line: int, text: str, used: Iterable[str]) -> None:
        """Complain of a number in an editorial line that no fact has ``used``."""
        unused = unused_numbers(text, used)
        if unused:
            self.complain(line, f"no fact uses the number {unused[0][:9]} of this line")

    def account(self) -> None:
        """Refuse a line that nothing understood, before anything is concluded from what is missing.

        :raises SourceError: there is one, and the reading is not lenient.
        """
        self.ledger.close(lenient=self.lenient)

    def compare(self, count: Count, listed: int) -> None:
        """Hold an announced number against what is listed; where fewer are listed, the document is cut.

        :raises SourceError: fewer are listed, and the reading is not lenient.
        """
        if count.value > listed:
            message = f"{shown(count)} are announced, {listed} are listed: the document seems cut"
            self.complain(self.last_line(), message)
        elif count.value < listed:
            self.notes.append(f"{shown(count)} are announced, {listed} are listed")

    def extraction(self, edition: Edition, family: str) -> Extraction:
        """Close the account of the lines.

        :raises SourceError: a line is left over and the reading is not lenient.
        """
        uses, unaccounted = self.ledger.close(lenient=self.lenient)
        return Extraction(edition, family, uses, unaccounted, tuple(self.notes))


class Listing:
    """The categories of a document as they are read, each with the distinctions under its heading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._categories: list[tuple[Category, list[Distinction]]] = []
        self._labels: dict[str, int] = {}
        self._honours: dict[tuple[object, ...], int] = {}

    def open(
        self,
        lines: Lines,
        label: str,
        subtitle: str | None = None,
        sponsors: tuple[BodyMention, ...] = (),
    ) -> None:
        """Begin the category whose heading stands at ``lines``; its label tells its kind.

        :raises SourceError: it has been opened before, or the one before it is empty.
        """
        self._expect_distinctions()
        line = lines[0].start
        first = self._labels.setdefault(fold(label), line)
        if first != line:
            raise self._reading.refuse(line, f"the category {label!r} stands at line {first} already")
        category = Category(label, lines, _kind(label), (), subtitle=subtitle, sponsors=sponsors)
        self._categories.append((category, []))

    @property
    def category(self) -> Category | None:
        """The category that is open, without its distinctions; none before the first heading."""
        return self._categories[-1][0] if self._categories else None

    def add(self, line: int, distinction: Distinction) -> None:
        """Put a distinction, printed at ``line``, under the category that is open.

        :raises SourceError: no category is open, or the same bodies have been honoured for the same title.
        """
        if not self._categories:
            raise self._reading.refuse(line, "a distinction before any category")
        bodies = tuple((fold(body.mention), body.name, body.context) for body in distinction.laureates)
        first = self._honours.setdefault((bodies, fold(distinction.title)), line)
        if first != line:
            raise self._reading.refuse(line, f"the same laureates and title stand at line {first} already")
        self._expect_no_rise(line, distinction)
        self._categories[-1][1].append(distinction)

    def close(self) -> tuple[Category, ...]:
        """Give the categories, each with its distinctions.

        :raises SourceError: there is none, or the last is empty.
        """
        if not self._categories:
            raise self._reading.refuse(self._reading.last_line(), "no category: the document seems cut")
        self._expect_distinctions()
        return tuple(
            replace(category, distinctions=tuple(distinctions)) for category, distinctions in self._categories
        )

    def _expect_no_rise(self, line: int, distinction: Distinction) -> None:
        """Complain of a rank above that before it: two categories run together where a heading is missing."""
        before = self._categories[-1][1][-1:]
        if before and before[0].rank and distinction.rank:
            places = [tuple(RANKS.values()).index(rank.value) for rank in (before[0].rank, distinction.rank)]
            if places[1] < places[0]:
                self._reading.complain(line, "a rank above that of the line before: is a heading missing?")

    def _expect_distinctions(self) -> None:
        if self._categories and not self._categories[-1][1]:
            category, _ = self._categories[-1]
            raise self._reading.refuse(
                category.lines[0].start, f"no distinction under the heading {category.label!r}"
            )


def _kind(label: str) -> CategoryKind:
    """Tell the kind of a category by its label.

    >>> _kind("Prix spécial FRATERNITE"), _kind("Prévention")
    ('special-prize', 'thematic')
    """
    if fold(label).startswith("prix special"):
        return "special-prize"
    return "named-prize" if fold(label).startswith("prix ") else "thematic"
