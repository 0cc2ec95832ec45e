"""The parts of a press pack, and the account of the lines before the dossiers that give no fact.

Cover with contents and contact, the president's word, the press release, the dossiers: each part but the
cover opens with its heading in capitals. What is editorial there is prose, and may hold no number but the
year of the edition: a number that gave no fact is reported.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from innograph.sources.document import Document, Ledger
from innograph.sources.running_text import PARAGRAPH_GAP, RunningText, running_text
from innograph.text import fold

SHORT = 60
"""Prose fills its lines (76 characters or more in 2019) but for a paragraph's last, which a mark closes."""
STOPPED = re.compile(r"[.!?…»”\")\]]$")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_PAGE_NUMBER = re.compile(r"\d{1,3}")
_HEADINGS = {
    "pack": re.compile(r"dossier de presse"),
    "word": re.compile(r"le mot d(?:e la presidente|u president)"),
    "release": re.compile(r"communique de presse"),
    "dossiers": re.compile(r"resumes? des dossiers (?:des )?laureats"),
}
_CONTENTS = re.compile(
    r"(?:mot d(?:e la presidente|u president)\b.*|communique de presse|le palmares du prix territoria \d{4}"
    r"|resumes? des dossiers (?:des )?laureats)"
)
_CONTACT = re.compile(r"contacts?(?: de)? presse\b|^tel\b|\w@\w")
_ADDRESSES = re.compile(rf"{ADDRESS.pattern}|(?<!\S)@\w+")


def page_furniture(document: Document, number: int) -> str | None:
    """Tell by which rule a line is furniture of its page: ``page-number``, ``hyperlink-footer`` or none."""
    line = document.line(number)
    if ADDRESS.fullmatch(line):
        return "hyperlink-footer"
    if _PAGE_NUMBER.fullmatch(line) and number > 1 and not document.line(number - 1):
        return "page-number"
    return None


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the parts of a press pack begin: the lines of the headings, by part, in their order."""

    document: Document
    headings: dict[str, int]

    @property
    def dossiers(self) -> int:
        """The line of the heading of the dossiers."""
        return self.headings["dossiers"]

    def front(self) -> Iterator[tuple[int, str]]:
        """Give the numbered lines before the dossiers, without headings, page furniture and contacts."""
        for number, line in self.document.numbered():
            if number < self.dossiers and not self._page_rule(number):
                yield number, line

    def text(self) -> RunningText:
        """Join the lines before the dossiers; a short line alone is no part of a sentence around it."""
        front = tuple(self.front())
        alone = {
            number
            for number, line in front
            if len(line) < SHORT and not STOPPED.search(line) and not self._beside(number)
        }
        return running_text(front, alone)

    def account(self, ledger: Ledger, year: int) -> None:
        """Give to ``ledger`` the furniture before the dossiers, and their heading."""
        headline = self._headline()
        for number, line in self.document.numbered():
            if number <= self.dossiers and not ledger.used(number):
                editorial = "headline" if number in headline else _editorial(line)
                rule = self._page_rule(number) or self._furniture(number, line, year, editorial)
                if rule:
                    ledger.furniture(number, rule)

    def _beside(self, number: int) -> bool:
        """Tell whether the line before or after is not blank."""
        return any(
            1 <= near <= self.dossiers and self.document.line(near) for near in (number - 1, number + 1)
        )

    def _page_rule(self, number: int) -> str | None:
        if number in self.headings.values():
            return "part-heading"
        if _CONTACT.search(fold(self.document.line(number))):
            return "press-contact"
        return page_furniture(self.document, number)

    def _furniture(self, number: int, line: str, year: int, editorial: str | None) -> str | None:
        cover_ends = min(start for part, start in self.headings.items() if part != "pack")
        if number < cover_ends and _CONTENTS.fullmatch(fold(line)):
            return "table-of-contents"
        words, addresses = _ADDRESSES.subn("", line)
        if any(digits != str(year) for digits in re.findall(r"\d+", words)):
            return None
        return "publisher-address" if addresses else editorial

    def _headline(self) -> set[int]:
        """Give the lines of the first paragraph of the press release, if it names the prize."""
        start = self.headings.get("release", self.dossiers)
        lines = [
            (number, line) for number, line in self.document.numbered() if start < number < self.dossiers
        ]
        if not lines or not fold(lines[0][1]).startswith("le prix territoria"):
            return set()
        headline = [lines[0][0]]
        for number, line in lines[1:]:
            if number - headline[-1] >= PARAGRAPH_GAP or not line[0].islower():
                break
            headline.append(number)
        return set(headline)


def _editorial(line: str) -> str | None:
    """Tell whether a line fills its width or ends a sentence, as prose does and a heading does not."""
    return "editorial" if len(line) >= SHORT or STOPPED.search(line) else None


def find_pages(document: Document) -> Pages:
    """Find the parts of a press pack.

    :raises SourceError: the heading of the dossiers is missing: the document is cut.
    """
    headings: dict[str, int] = {}
    for number, line in document.numbered():
        if line == line.upper():
            for part, pattern in _HEADINGS.items():
                if part not in headings and pattern.fullmatch(fold(line)):
                    headings[part] = number
    if "dossiers" not in headings:
        message = "no heading « RESUME DES DOSSIERS LAUREATS » in the document: it seems cut"
        raise document.refuse(len(document.lines), message)
    return Pages(document, headings)
