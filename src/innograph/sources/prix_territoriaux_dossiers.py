"""What the two layouts of the Prix Territoriaux share: a dossier under its prize heading, and the checks.

A dossier is a heading (prize and laureate), a title on the next line, and prose. How a heading looks and
where a dossier ends is the business of the layout.
"""

import re
from dataclasses import dataclass

from innograph.records import BodyMention, Distinction, Lines, StatedAddress, StatedYear
from innograph.sources.reading import Listing, Reading
from innograph.text import fold, is_web_address

Row = tuple[int, str]
"""The number of a line that is not blank, and its text without the spaces around it."""

Found = tuple[int, re.Match[str]]
"""The number of a line, and how a form matches it."""

YEAR = r"(?:19|20)\d\d"
ORDINAL = re.compile(r"\b([1-9]\d?)(?:\^\{)?(?:[eè]me|ère|er|re|e)\}?\s+édition\b")
NAMED_ORGANISER = "organiser-named-in-award"
"""Rule: a body whose name the award bears, and that rewards where a document says who does, organises it."""

_LONGEST_TITLE = 150
_NAMED_YEAR = re.compile(rf"\b(Prix Territoriaux ({YEAR}))\b")
_ADDRESS = re.compile(r"https?://[^\s()<>«»\"]*[\w/]")
_SPONSOR = re.compile(
    r"\bpar (?P<name>(?:(?! par )[^().])+?)(?: \((?P<context>[^()]+)\))?"
    r" qui parraine ce (?P<prize>prix(?: spécial)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a dossier: the prize and the laureate as printed."""

    line: int
    prize: str
    laureate: str


def read_dossier(
    reading: Reading, listing: Listing, heading: Heading, title: Row | None, prose: list[Row]
) -> None:
    """Put the prize of one dossier into ``listing``, with its one distinction.

    :param title: the line after the heading, if there is one.
    :param prose: the lines of prose about it, in order.
    :raises SourceError: title or prose are missing, the prize stands twice, or words fit no known form.
    """
    if title is None:
        raise reading.refuse(heading.line, f"« {heading.prize} » has no title under it")
    title_line, printed = title
    goes_on = any(text[:1].islower() for _, text in prose[:1])
    if printed.endswith(".") or len(printed) > _LONGEST_TITLE or goes_on:
        raise reading.refuse(title_line, f"this is prose: the title under « {heading.prize} » is missing")
    if not prose:
        raise reading.refuse(title_line, "no prose under this title: the document seems cut")
    description = reading.document.spans(line for line, _ in prose)
    reading.ledger.use(description, "description")
    listing.open(
        reading.lines(heading.line),
        heading.prize,
        sponsors=_sponsors(reading, heading.prize, prose),
    )
    distinction = Distinction(
        title=reading.title(printed, title_line),
        lines=reading.lines(title_line),
        laureates=reading.bodies(heading.laureate, heading.line),
        description=description,
        website=_website(reading, prose),
    )
    listing.add(heading.line, distinction)


def _website(reading: Reading, prose: list[Row]) -> StatedAddress | None:
    """Find the one address that the prose prints, if it prints one only."""
    found: dict[str, list[int]] = {}
    for line, text in prose:
        for address in filter(is_web_address, _ADDRESS.findall(text)):
            found.setdefault(address, []).append(line)
    if len(found) != 1:
        return None
    ((address, lines),) = found.items()
    return StatedAddress(address, reading.lines(*dict.fromkeys(lines)))


def _sponsors(reading: Reading, prize: str, prose: list[Row]) -> tuple[BodyMention, ...]:
    """Find the body that the prose names as sponsor of the prize.

    :raises SourceError: a sentence speaks of a sponsor and names none, or that of another prize, or a second.
    """
    sponsors: tuple[BodyMention, ...] = ()
    for line, text in prose:
        if "parraine ce prix" not in fold(text):
            continue
        found = _SPONSOR.search(text)
        if sponsors or not found or not fold(prize).startswith(fold(found["prize"])):
            raise reading.refuse(line, f"who sponsors « {prize} » cannot be read here")
        sponsors = (BodyMention(found["name"], reading.lines(line), context=found["context"]),)
    return sponsors


def edition_label(reading: Reading, year: StatedYear) -> tuple[str, Lines] | None:
    """Find how the document names the edition: « Prix Territoriaux » and the year, if it does.

    :return: the label and the line that prints it first.
    :raises SourceError: the document names only editions of other years.
    """
    rows = reading.document.numbered()
    named = [(line, found) for line, text in rows for found in _NAMED_YEAR.finditer(text)]
    for line, found in named:
        if int(found[2]) == year.value:
            return found[1], reading.lines(line)
    for line, found in named:
        reading.complain(line, f"{found[1]} is named here, {year.value} in line {year.lines[0]}")
    return None
