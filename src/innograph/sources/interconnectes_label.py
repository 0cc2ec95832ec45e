"""The press release by which Les Interconnectés announce the laureates of the label « Territoire Innovant ».

:mod:`~innograph.sources.interconnectes_front` describes its first part. Under « Les lauréats » stand the
categories: a heading for the category, a heading for each rank (« LABEL OR : »), and under it, for each
distinction, a bullet in bold with the laureates and a line with the title. Headings change their hashes and
their bold type halfway; only their words and their place count. A section on the association, which calls the
label its own, and the press contacts close the release.
"""

import re
from typing import Literal

from innograph.records import BodyMention, Edition, Extraction, Jury
from innograph.sources.announced import differing
from innograph.sources.document import Document
from innograph.sources.interconnectes_front import FrontMatter, find_title
from innograph.sources.interconnectes_laureates import RANK_HEADING, LaureateList
from innograph.sources.reading import Reading
from innograph.sources.titles import drop_emphasis
from innograph.text import fold

FAMILY = "interconnectes-label"
ORGANISER_RULE = "organiser-of-label"
"""Rule: the release does not say who organises; its association presents the label as its own."""

_RECOGNISED = re.compile(
    r"Label\s+«\s*Territoires? Innovants?\s*»|#+\s+\W*LABEL (?:OR|ARGENT|BRONZE)\b", re.IGNORECASE
)
_HEADING = re.compile(r"#+\s+(?P<hashed>.*\S)|\*{2,3}(?P<bold>[^*]*[^*.])\*{2,3}")
_LAUREATES = re.compile(r"les laureats(?: (?P<year>\d{4}))?")
_ABOUT = re.compile(r"à propos (?:des\s|de la\s|du\s|de l['’]|de\s|d['’])(?P<name>.*?\S)\s*:?", re.IGNORECASE)
_CONTACTS = re.compile(r"contacts? (?:de )?presse\s*:?")
_SEPARATOR = re.compile(r"-{3,}")
_LINK = re.compile(r"<?https?://\S+")
_OWN_LABELS = re.compile(r".*\bses labels?\b.*«\s*territoires? innovants?\s*».*", re.IGNORECASE)
_MOTTO = re.compile(r"[^.\d]*\bnumérique\b[^.\d]*")
_FOUNDATION = re.compile(r"\bCréée? en \d{4}\b")
_CONTACT = re.compile(r".*(?:@|\+\d\d|\b0\d(?:[ .]?\d\d){4}\b).*|[^\d,]+, \D+")


def recognises(document: Document) -> bool:
    """Tell whether ``document`` names the label or has the rank headings of this layout, whole or damaged."""
    return any(_RECOGNISED.search(text) for _, text in document.numbered())


def read(document: Document, *, lenient: bool = False) -> Extraction:
    """Read a release; ``lenient`` reports lines that nothing understands, and goes on.

    :raises innograph.errors.SourceError: the document says what is not understood, or is cut; gives the line.
    """
    return _Release(Reading(document, lenient)).read()


class _Release:
    """What has been read of one release so far."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.title_line, title = self._title()
        self.front = FrontMatter(reading, self.title_line, title)
        self.laureates = LaureateList(reading)
        self.section: Literal["front", "laureates", "between", "about", "contacts"] = "front"
        self.association = (0, "")
        """The line that names the association best so far, and the name; line 0 before its section."""
        self.organisers: tuple[BodyMention, ...] = ()

    def read(self) -> Extraction:
        for number, text in self.reading.document.numbered():
            heading = _HEADING.fullmatch(text)
            if heading and number != self.title_line:
                self._heading(number, drop_emphasis(heading["hashed"] or heading["bold"]).strip())
            elif not heading:
                self._line(number, text)
        self.front.criteria.close()
        edition = Edition(
            award="territoire-innovant",
            label=self.front.label,
            lines=self.front.lines,
            year=self.front.year,
            categories=self.laureates.close(),
            organisers=self.organisers,
            jury=Jury(members=self.front.members) if self.front.members else None,
            jury_meeting=self.front.jury_meeting,
            ceremony=self.front.ceremony,
            announcement=self.front.announcement,
            criteria=tuple(self.front.criteria.found),
            counts=self.front.counts,
        )
        self._check(edition)
        return self.reading.extraction(edition, FAMILY)

    def _title(self) -> tuple[int, re.Match[str]]:
        rows = self.reading.document.numbered()
        for number, text in rows:
            title = find_title(drop_emphasis(text)) if _HEADING.fullmatch(text) else None
            if title:
                return number, title
        raise self.reading.refuse(
            rows[0][0], "no heading names the Label « Territoire Innovant » with a year"
        )

    def _heading(self, number: int, text: str) -> None:
        """Begin what a heading begins: a section, a category or a rank."""
        laureates, about = _LAUREATES.fullmatch(fold(text)), _ABOUT.fullmatch(text)
        if laureates and self.section == "front":
            if laureates["year"] not in (None, str(self.front.year.value)):
                raise self.reading.refuse(number, f"laureates of another year than {self.front.year.value}")
            self.reading.ledger.furniture(number, "section-heading")
            self.section = "laureates"
        elif about and self.section in ("laureates", "between"):
            self.association = (number, about["name"])
            self.reading.ledger.furniture(number, "section-heading")
            self.section = "about"
        elif _CONTACTS.fullmatch(fold(text)) and self.section == "about":
            self.reading.ledger.furniture(number, "press-contact")
            self.section = "contacts"
        elif self.section == "laureates" and not (laureates or _CONTACTS.fullmatch(fold(text))):
            self.laureates.heading(number, text)
        elif RANK_HEADING.fullmatch(text):
            raise self.reading.refuse(number, "a rank before any category")
        else:
            raise self.reading.refuse(number, f"a heading that fits nothing here: {text[:60]!r}")

    def _line(self, number: int, text: str) -> None:
        """Read a line that is no heading as its section asks; else it stays unaccounted for."""
        if _SEPARATOR.fullmatch(text) and self.section == "laureates":
            self.reading.ledger.furniture(number, "separator")
            self.section = "between"
        elif self.section == "front":
            self.front.line(number, drop_emphasis(text))
        elif self.section == "laureates":
            self.laureates.line(number, text)
        elif self.section == "about":
            self._about(number, text)
        elif self.section == "contacts" and _CONTACT.fullmatch(text):
            self.reading.ledger.furniture(number, "press-contact")

    def _about(self, number: int, text: str) -> None:
        """Read a line on the association; the year of its foundation is not the label's: no fact of ours."""
        named = self._named(text)
        if _OWN_LABELS.fullmatch(text) and not self.organisers:
            self.reading.audit_numbers(number, text, [str(self.front.year.value)])
            where, name = (number, named) if named else self.association
            lines = self.reading.lines(*sorted({where, number}))
            self.organisers = (BodyMention(name, lines, basis="inferred", rule=ORGANISER_RULE),)
        elif _LINK.fullmatch(text):
            self.reading.ledger.furniture(number, "hyperlink")
        elif named and not re.search(r"\d", _FOUNDATION.sub("", text)):
            self.reading.ledger.furniture(number, "about-organiser")
            self.association = (number, named)
        elif _MOTTO.fullmatch(text):
            self.reading.ledger.furniture(number, "motto")

    def _named(self, text: str) -> str | None:
        """Give the association's name, with its article, as ``text`` prints it, if it does."""
        bare = re.sub(r"^les\s", "", self.association[1], flags=re.IGNORECASE)
        found = re.search(rf"\bles\s{re.escape(bare)}(?!\w)", text, re.IGNORECASE)
        return found[0] if found else None

    def _check(self, edition: Edition) -> None:
        """Hold the release to what it announces and to the parts that it must have."""
        self.reading.account()
        for count in edition.counts:
            if count.stage == "laureates":
                self.reading.compare(count, len(edition.distinctions()))
        if not self.association[0]:
            self.reading.complain(self.reading.last_line(), "no section « À propos »: the document seems cut")
        elif not self.organisers:
            self.reading.notes.append("nothing says whose the label is: no organiser")
        self.reading.notes += differing(edition.counts)
