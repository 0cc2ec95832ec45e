"""The palmarès that the Prix TERRITORIA publishes as a page.

A title (« ## Palmarès du Prix TERRITORIA 2024 »), then paragraphs of one line each: who presided over the
jury and how many laureates of each rank it chose, how many initiatives had applied and been shortlisted, the
criteria as a list, an editorial sentence. Then the categories: a heading, of three hashes or in bold (the
page changes from one to the other on its way), with the sponsor in brackets where there is one, and under it
a line for each distinction: « TERRITORIA Or : laureates pour *title* ». A special prize, at the end, has no
rank in its lines; the first paragraph prints it.
"""

import re
from dataclasses import replace

from innograph.records import (
    Count,
    Distinction,
    Edition,
    Extraction,
    Jury,
    Lines,
    PersonMention,
    RankName,
    RankStatement,
    StatedYear,
)
from innograph.sources.announced import RANKS, Announcement, differing, merge_counts, shown
from innograph.sources.criteria import CriteriaList
from innograph.sources.document import Document
from innograph.sources.reading import Listing, Reading
from innograph.sources.titles import drop_emphasis
from innograph.text import fold

FAMILY = "territoria-palmares"

_TITLE = re.compile(r"#+\s+Palmarès du (?P<label>Prix TERRITORIA (?P<year>(?:19|20)\d\d))", re.IGNORECASE)
_YEAR_OF_PRIZE = re.compile(r"\bPrix TERRITORIA (\d{4})\b", re.IGNORECASE)
_HEADING = re.compile(r"#{3}\s+(?P<hashed>.*\S)|\*\*(?P<bold>[^*]*[^*.:])\*\*")
_ANY_HEADING = re.compile(r"#+\s")
_BRACKET = re.compile(r"(?P<before>.*?)(?<!\s)\s*\((?P<inside>[^()]+)\)")
_SPONSORED = re.compile(r"parrainée?s? par\s+(?P<sponsors>.+)", re.IGNORECASE)
_SPONSOR_WORD = re.compile(r"parrain|partenaire|partenariat|soutien|mécén|sponsor|\bavec\b", re.IGNORECASE)
_SPONSOR_OUTSIDE = re.compile(
    r"\bparrain|\bsponsor|\bmécén|en partenariat avec|avec le soutien d", re.IGNORECASE
)
_RANKED = re.compile(
    r"(?:[-•]\s+)?\*{0,2}(?P<label>TERRITORIA\s+(?P<rank>[^:\s][^:]*?))\s*:\*{0,2}\s*(?P<honour>.*)"
)
_MARKED_HONOUR = re.compile(r"(?P<laureates>.+?)(?<!\s)\s+pour\s+(?P<title>[*«“\"].*)")
_HONOUR = re.compile(r"(?P<laureates>.+?)(?<!\s)\s+pour\s+(?P<title>.+)")
_RECOGNISED = re.compile(r"#+\s+Palmarès du Prix TERRITORIA\b|TERRITORIA \w+ : .+ pour [*«]", re.IGNORECASE)

_PRESIDENT = re.compile(
    r"sous la présidence (?:de\s+|d['’])(?:(?:madame|monsieur|mme|m\.)\s+)?(?P<name>[^,]{1,80}?)"
    r"(?:,\s+(?P<office>.{1,400}?))?,\s+le jury",
    re.IGNORECASE,
)
_ANNOUNCED = (
    Announcement("lauréats?", "laureates", "distinctions"),
    Announcement(r"TERRITORIA (?P<rank>\w+)", "laureates", "distinctions"),
    Announcement("candidatures?", "applications", "initiatives"),
    Announcement(r"initiatives?(?: innovantes?)?", "shortlisted", "initiatives"),
    Announcement("domaines?", "shortlisted", "categories"),
)
_EDITORIAL = re.compile(r".*\bjury du Prix TERRITORIA\b.*\.", re.IGNORECASE)


def recognises(document: Document) -> bool:
    """Tell whether ``document`` has the title or the lines of this layout, be it whole or damaged."""
    return any(_RECOGNISED.match(text) for _, text in document.numbered())


def read(document: Document, *, lenient: bool = False) -> Extraction:
    """Read a palmarès; ``lenient`` reports lines that nothing understands, and goes on.

    :raises innograph.errors.SourceError: the document says what is not understood, or is cut; gives the line.
    """
    return _Palmares(Reading(document, lenient)).read()


class _Palmares:
    """What has been read of one palmarès so far."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.listing = Listing(reading)
        self.title_line, title = self._title()
        self.year = title["year"]
        self.label = title["label"]
        self.criteria = CriteriaList(reading, self.year)
        self.president: PersonMention | None = None
        self.counts: list[Count] = []

    def read(self) -> Extraction:
        lines = self.reading.lines(self.title_line)
        for number, text in self.reading.document.numbered():
            if number > self.title_line:
                self._line(number, text)
        self.criteria.close()
        counts = merge_counts(self.counts)
        edition = Edition(
            award="territoria",
            label=self.label,
            lines=lines,
            year=StatedYear(int(self.year), lines),
            categories=self.listing.close(),
            jury=Jury(self.president) if self.president else None,
            criteria=tuple(self.criteria.found),
            counts=counts,
        )
        self._compare(counts, edition)
        return self.reading.extraction(edition, FAMILY)

    def _title(self) -> tuple[int, re.Match[str]]:
        rows = self.reading.document.numbered()
        for number, text in rows:
            title = _TITLE.fullmatch(drop_emphasis(text))
            if title:
                return number, title
        raise self.reading.refuse(rows[0][0], "no title « ## Palmarès du Prix TERRITORIA » with a year")

    def _line(self, number: int, text: str) -> None:
        heading = _HEADING.fullmatch(text)
        ranked = _RANKED.fullmatch(text)
        category = self.listing.category
        if heading:
            self._heading(number, drop_emphasis(heading["hashed"] or heading["bold"]).strip())
        elif _ANY_HEADING.match(text):
            raise self.reading.refuse(number, f"a heading that is no category: {text[:60]!r}")
        elif ranked:
            rank = RANKS.get(fold(ranked["rank"]))
            if rank is None:
                raise self.reading.refuse(number, f"unknown rank {ranked['label'][:60]!r}")
            statement = RankStatement(rank, ranked["label"], self.reading.lines(number))
            self._distinction(number, ranked["honour"], statement)
        elif category is None:
            self._introduction(number, drop_emphasis(text))
        elif category.kind != "thematic" and _HONOUR.fullmatch(text):
            self._distinction(number, text, self._special_rank(category.label, category.lines))

    def _introduction(self, number: int, text: str) -> None:
        """Read a line before the first category: facts, a criterion, or an editorial sentence."""
        for year in _YEAR_OF_PRIZE.findall(text):
            if year != self.year:
                raise self.reading.refuse(number, f"speaks of the Prix TERRITORIA {year}, not {self.year}")
        if not self.criteria.take(number, text):
            self._sentence(number, text)

    def _sentence(self, number: int, text: str) -> None:
        try:
            counts = [found for kind in _ANNOUNCED for found in kind.find(text, ())]
        except KeyError as unknown:
            raise self.reading.refuse(number, f"announces an unknown rank: {unknown.args[0]!r}") from unknown
        president = _PRESIDENT.search(text)
        if counts or president:
            lines = self.reading.lines(number)
            self.counts += [replace(count, lines=lines) for count in counts]
            if president:
                offices = (president["office"],) if president["office"] else ()
                self.president = PersonMention(president["name"], lines, offices)
            self.reading.audit_numbers(number, text, [self.year, *(count.printed for count in counts)])
        elif _EDITORIAL.fullmatch(text) and not re.search(r"\d", text.replace(self.year, "")):
            self.reading.ledger.furniture(number, "editorial")

    def _heading(self, number: int, text: str) -> None:
        """Open a category; brackets at the end of its heading hold the sponsor or a subtitle."""
        self.criteria.close()
        label, sponsors, subtitle = text, None, None
        while bracket := _BRACKET.fullmatch(label):
            label = bracket["before"]
            sponsored = _SPONSORED.fullmatch(bracket["inside"])
            if sponsored and sponsors is None:
                sponsors = self.reading.bodies(sponsored["sponsors"], number)
            elif sponsored or subtitle or _SPONSOR_WORD.search(bracket["inside"]):
                raise self.reading.refuse(number, f"what is {bracket['inside'][:60]!r} to this category?")
            else:
                subtitle = bracket["inside"]
        if re.search(r"[()]", label):
            raise self.reading.refuse(number, f"brackets that do not end this heading: {label[:60]!r}")
        if _SPONSOR_OUTSIDE.search(label):
            raise self.reading.refuse(number, f"a sponsor outside brackets in this heading: {label[:60]!r}")
        if not re.search(r"\w", label):
            raise self.reading.refuse(number, "a heading without a label")
        self.listing.open(self.reading.lines(number), label, subtitle, sponsors or ())

    def _special_rank(self, label: str, lines: Lines) -> RankStatement | None:
        """Find the rank that a special prize bears in its name; the introduction prints its label."""
        rank: RankName | None = RANKS.get(fold(label).split()[-1])
        if rank is None:
            return None
        for count in self.counts:
            if count.rank == rank:
                words = count.printed[fold(count.printed).index("territoria") :]
                return RankStatement(rank, words, tuple(sorted({*count.lines, *lines})))
        return RankStatement(rank, label, lines)

    def _distinction(self, number: int, honour: str, rank: RankStatement | None) -> None:
        parts = _MARKED_HONOUR.fullmatch(honour) or _HONOUR.fullmatch(honour)
        if (
            not parts
            or " pour " in parts["laureates"]
            or (parts.re is _HONOUR and honour.count(" pour ") > 1)
        ):
            raise self.reading.refuse(number, "does not say who is honoured « pour » which title")
        title = self.reading.title(parts["title"], number)
        bodies = self.reading.bodies(parts["laureates"], number)
        self.listing.add(number, Distinction(title, self.reading.lines(number), bodies, rank))

    def _compare(self, counts: tuple[Count, ...], edition: Edition) -> None:
        """Hold what the introduction announces against what the page lists."""
        self.reading.account()
        ranks = [honour.rank.value if honour.rank else None for honour in edition.distinctions()]
        announced = [count for count in counts if count.stage == "laureates"]
        for count in announced:
            self.reading.compare(count, ranks.count(count.rank) if count.rank else len(ranks))
        if not announced:
            self.reading.notes.append("no number of laureates is announced: a cut would not be seen")
        for count in counts:
            if count.counted == "categories" and count.value != len(edition.categories):
                self.reading.notes.append(
                    f"{shown(count)} are announced, {len(edition.categories)} are listed"
                )
        self.reading.notes += differing(counts)
