"""The Prix Territoriaux as a press release (2022).

Layout: a headline in capitals « DÉCOUVREZ LE PALMARÈS <year> DES <AWARD> ! »; a sentence that says the number
of the edition, who rewards and how many collectivités; a hashtag; for each prize a heading « <laureate> –
<Prix> », a title and paragraphs (one may be broken by a blank line); quotations that end with the speaker in
bold; then sections about the organisers and, last, the press contacts, which show that the document is whole
and are never read.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from innograph.records import (
    Category,
    Count,
    Edition,
    StatedOrdinal,
    StatedYear,
)
from innograph.sources.announced import read_number
from innograph.sources.prix_territoriaux_dossiers import (
    ORDINAL,
    YEAR,
    Found,
    Heading,
    Row,
    edition_label,
    read_dossier,
)
from innograph.sources.prix_territoriaux_organisers import QUOTATION, read_organisers, read_spokespersons
from innograph.sources.reading import Listing, Reading
from innograph.text import fold

_HEADLINE = re.compile(rf"DÉCOUVREZ LE PALMARÈS ({YEAR}) DES (PRIX TERRITORIAUX (.+?))\s*!?")
_INTRODUCTION = re.compile(
    r"Pour cette .+? édition des Prix Territoriaux, (?P<bodies>.+?) récompensent "
    r"(?P<printed>(?P<number>[\w-]+) collectivités)\b.+"
)
_HASHTAG = re.compile(r"#[^\W\d]+(?:\d{4})?")
_SENTENCE_END = re.compile(r".*[.!?…](?: ?[»)\"])?")
_PRIZE = re.compile(r"\bPrix\b")
_ADDRESS = re.compile(r"<https?://\S+>|(?:https?://|www\.)\S+")
_CONTACT = re.compile(r"[^:]+ : .*(?:@|(?:\d\d[ .]?){4}\d\d).*")

_OPENERS = {
    "prize": re.compile(r"(?P<laureate>.{1,200}?) – (?P<prize>Prix .{1,200})(?<![.!?…])"),
    "quotation": QUOTATION,
    "more": re.compile(r"Pour en savoir plus sur les projets lauréats"),
    "about": re.compile(r"[AÀ] propos de .+(?<![.!?…])"),
    "press-contact": re.compile(r"Contacts? [Pp]resse"),
}
"""What opens a section, until the next one; what stands before the first is the head."""


@dataclass(frozen=True, slots=True)
class _Section:
    """A section: its kind, the line that opens it and how, the lines under it."""

    kind: str
    line: int
    opener: re.Match[str]
    body: list[Row]


def recognises_release(rows: list[Row]) -> bool:
    """Tell whether any of ``rows`` is the headline of this layout, its introduction or a prize heading."""
    forms = (_HEADLINE, _INTRODUCTION, _OPENERS["prize"])
    return any(form.fullmatch(text) for _, text in rows for form in forms)


def read_release(reading: Reading) -> Edition:
    """Read the release; the caller closes the account of its lines.

    :raises SourceError: something stands where the layout has something else, or is missing.
    """
    head, sections = _cut(reading.document.numbered())
    headline = next(((line, found) for line, text in head if (found := _HEADLINE.fullmatch(text))), None)
    if headline is None:
        first, _ = reading.document.numbered()[0]
        raise reading.refuse(
            first, "no headline « DÉCOUVREZ LE PALMARÈS <year> DES PRIX TERRITORIAUX … » here"
        )
    line, named = headline
    year = StatedYear(int(named[1]), reading.lines(line))
    reading.audit_numbers(line, named.string, (named[1],))
    categories = _read_prizes(reading, sections)
    introduction = _introduction(reading, head)
    ordinal, count = _numbers(reading, introduction)
    quotations = [(section.line, section.opener) for section in sections if section.kind == "quotation"]
    organisers = read_organisers(reading, headline, introduction, quotations)
    _set_furniture_aside(reading, head, sections, year.value)
    named_edition = edition_label(reading, year)
    if named_edition is None:
        raise reading.refuse(
            line, f"no line prints « Prix Territoriaux {year.value} »: the edition has no name"
        )
    label, label_lines = named_edition
    return Edition(
        award="prix-territoriaux",
        label=label,
        lines=tuple(dict.fromkeys((*year.lines, *label_lines))),
        year=year,
        categories=categories,
        ordinal=ordinal,
        organisers=organisers,
        spokespersons=tuple(read_spokespersons(reading, quotations, organisers, year.value)),
        counts=(count,),
    )


def check_release_whole(reading: Reading, edition: Edition) -> None:
    """Complain where fewer laureates are listed than announced, or the press contacts are missing.

    :raises SourceError: so it is, and the reader is not lenient.
    """
    listed = {
        fold(body.name or body.mention)
        for distinction in edition.distinctions()
        for body in distinction.laureates
        if not body.group
    }
    for count in edition.counts:
        reading.compare(count, len(listed))
    if not any(_OPENERS["press-contact"].fullmatch(text) for _, text in reading.document.numbered()):
        reading.complain(reading.last_line(), "the document seems cut: « Contacts Presse » should end it")


def _cut(rows: list[Row]) -> tuple[list[Row], list[_Section]]:
    """Cut the document into its head and its sections."""
    head: list[Row] = []
    sections: list[_Section] = []
    for line, text in rows:
        kind, found = next(
            ((k, f) for k, form in _OPENERS.items() if (f := form.fullmatch(text))), ("", None)
        )
        if found:
            sections.append(_Section(kind, line, found, []))
        else:
            (sections[-1].body if sections else head).append((line, text))
    return head, sections


def _introduction(reading: Reading, head: list[Row]) -> Found:
    """Find the sentence that says the number of the edition, who rewards, and how many."""
    for line, text in head:
        if found := _INTRODUCTION.fullmatch(text):
            return line, found
    line, _ = head[-1]
    raise reading.refuse(
        line, "no sentence « Pour cette … édition des Prix Territoriaux, … récompensent … collectivités »"
    )


def _numbers(reading: Reading, introduction: Found) -> tuple[StatedOrdinal, Count]:
    """Read the number of the edition and that of the laureates, printed in letters or in figures."""
    line, found = introduction
    ordinal = ORDINAL.search(found.string)
    if not ordinal:
        raise reading.refuse(line, "the number of the edition cannot be read")
    try:
        value = read_number(found["number"])
    except KeyError:
        raise reading.refuse(line, f"« {found['printed']} »: this number cannot be read") from None
    evidence = reading.lines(line)
    reading.audit_numbers(line, found.string, (ordinal[1], found["number"]))
    count = Count("laureates", "bodies", value, found["printed"], evidence)
    return StatedOrdinal(int(ordinal[1]), evidence), count


def _read_prizes(reading: Reading, sections: list[_Section]) -> tuple[Category, ...]:
    """Read the dossiers; a line under a heading that is neither title nor prose is left to the account."""
    listing = Listing(reading)
    for section in sections:
        if section.kind == "prize":
            title = section.body[0] if section.body else None
            heading = Heading(section.line, section.opener["prize"], section.opener["laureate"])
            read_dossier(reading, listing, heading, title, _prose(section.body[1:]))
    return listing.close()


def _prose(rows: list[Row]) -> list[Row]:
    """Choose the paragraphs: they end like a sentence, or go on in small letters after a blank line."""
    return [
        (line, text)
        for (line, text), (_, after) in pairwise([*rows, (0, "")])
        if _SENTENCE_END.fullmatch(text) or after[:1].islower()
    ]


def _set_furniture_aside(reading: Reading, head: list[Row], sections: list[_Section], year: int) -> None:
    """Name the rule by which each line outside the dossiers says nothing for the graph."""
    for line, text in head:
        if _HASHTAG.fullmatch(text) and set(re.findall(r"\d+", text)) <= {str(year)}:
            reading.ledger.furniture(line, "hashtag")
    for section in sections:
        rule = _FURNITURE.get(section.kind)
        if rule:
            reading.ledger.furniture(section.line, section.kind)
            for line, text in section.body:
                if rule.fullmatch(text) and not _PRIZE.search(text):
                    reading.ledger.furniture(line, section.kind)


_FURNITURE = {
    "more": re.compile(rf"rendez-vous sur :|{_ADDRESS.pattern}"),
    "about": re.compile(rf"{_SENTENCE_END.pattern}|Pour suivre l['’]actualité .+ :|{_ADDRESS.pattern}"),
    "press-contact": _CONTACT,
}
"""By kind of section, what may stand in it: about an organiser whole sentences, figures included."""
