"""The family of the TERRITORIA press packs: one edition, told three times, then a dossier for each laureate.

A pack has a cover (title, invitation, contents, press contact), the president's word, a press release with
the lists of ranks by body, and the dossiers by category. What the pages before the dossiers say in sentences
is found by the words of these sentences (``press_pack_counts``, ``press_pack_people``, and here); the lists
and the dossiers are read by their layout (``rank_lists``, ``press_pack_dossiers``) and joined
(``rank_join``), because a dossier does not print its rank.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from innograph.records import BodyMention, Edition, Event, Extraction, Jury, Lines, Span, StatedYear
from innograph.sources.dates import find_days
from innograph.sources.document import Document
from innograph.sources.press_pack_counts import announced_counts, compare_counts
from innograph.sources.press_pack_criteria import read_criteria
from innograph.sources.press_pack_dossiers import read_dossiers
from innograph.sources.press_pack_pages import find_pages
from innograph.sources.press_pack_people import jury_president, presenters, spokesperson
from innograph.sources.rank_join import Survivors, explain, join_ranks
from innograph.sources.rank_lists import read_rank_lists
from innograph.sources.reading import Reading
from innograph.sources.running_text import RunningText
from innograph.text import fold

FAMILY = "territoria-press-pack"

_SIGNATURES = (
    re.compile(r"^dossier de presse$", re.M),
    re.compile(r"^prix territoria \d{4}$", re.M),
    re.compile(r"^resumes? des dossiers (?:des )?laureats$", re.M),
    re.compile(r"^territoria (?:or|argent|bronze) ?: ", re.M),
)
_TITLE = re.compile(r"Prix TERRITORIA (?P<year>\d{4})")
_YEAR_OF_PRIZE = re.compile(r"\bPrix TERRITORIA (?P<year>\d{4})\b", re.IGNORECASE)
_ORGANISER = re.compile(
    r"\b(?P<body>(?:La |Le |L['’])[^,.\n]{1,200}?),? organise depuis (?P<year>\d{4}) le Prix TERRITORIA", re.I
)
_DAY = r"(?P<day>\ble (?:\w+ )?\d{1,2}(?:er)? [^\W\d]+(?: \d{4})?)"
_JURY_MEETING = re.compile(rf"\bréuni {_DAY}", re.I)
_CEREMONY = re.compile(
    rf"{_DAY} (?:à la remise [^.\n]{{0,400}}? )?dans (?:les |la |le |l['’])(?P<venue>[^.,\n]+)"
)


def recognises(document: Document) -> bool:
    """Tell whether a document, whole or damaged, is a TERRITORIA press pack: two of four signs are enough."""
    text = "\n".join(fold(line) for line in document.lines)
    return sum(bool(sign.search(text)) for sign in _SIGNATURES) >= 2


def read(document: Document, *, lenient: bool = False) -> Extraction:
    """Read a press pack.

    :raises SourceError: the document is cut, a line is not understood, a rank is unknown, or the ranks of the
        lists cannot be joined with the dossiers in exactly one way. ``lenient`` notes instead what only stays
        unread.
    """
    reading = Reading(document, lenient)
    pages = find_pages(document)
    front = tuple(pages.front())
    text = pages.text()
    label, year = _title(document, front)
    _check_years(reading, text, year.value)
    listings = read_rank_lists(document, pages.dossiers)
    categories = join_ranks(document, read_dossiers(reading, pages.dossiers + 1), listings)
    counts = announced_counts(document, text)
    organisers, founded = _organisers(text)
    president = jury_president(reading, text)
    speaker = spokesperson(text, front)
    edition = Edition(
        award="territoria",
        label=label,
        lines=year.lines,
        year=year,
        categories=categories,
        founded=founded,
        organisers=organisers,
        spokespersons=(speaker,) if speaker else (),
        jury=Jury(president) if president else None,
        jury_meeting=_jury_meeting(document, text, year),
        ceremony=_ceremony(document, text, year.value, reading.notes),
        criteria=read_criteria(reading, text, front),
        counts=counts,
    )
    reading.ledger.use(_front_lines(edition))
    reading.ledger.use(listing.in_list for listing in listings)
    pages.account(reading.ledger, year.value)
    reading.account()
    compare_counts(reading, counts, categories)
    if not organisers:
        reading.notes.append("nothing says who organises the prize: no organiser")
    return reading.extraction(edition, FAMILY)


def explain_ranks(document: Document) -> Survivors:
    """Count the assignments of ranks that survive each subset of the rules of ``rank_join``, none to all.

    :raises SourceError: as :func:`read`, but for ranks that the rules leave open.
    """
    pages = find_pages(document)
    listings = read_rank_lists(document, pages.dossiers)
    dossiers = read_dossiers(Reading(document, lenient=False), pages.dossiers + 1)
    return explain(document, dossiers, listings)


def _title(document: Document, front: Sequence[tuple[int, str]]) -> tuple[str, StatedYear]:
    """Find the line that is the name of the edition; its year."""
    for number, line in front:
        title = _TITLE.fullmatch(line)
        if title:
            return line, StatedYear(int(title["year"]), (Span(number, number),))
    first = document.numbered()[0][0]
    raise document.refuse(first, "no line « Prix TERRITORIA <year> » before the dossiers names the edition")


def _check_years(reading: Reading, text: RunningText, year: int) -> None:
    """Refuse a pack that speaks of the prize of another year: its facts might be that year's."""
    for match, lines in text.find(_YEAR_OF_PRIZE):
        if int(match["year"]) != year:
            raise reading.refuse(lines[0].start, f"speaks of the Prix TERRITORIA {match['year']}, not {year}")


def _organisers(text: RunningText) -> tuple[tuple[BodyMention, ...], StatedYear | None]:
    for match, _ in text.find(_ORGANISER):
        founded = StatedYear(int(match["year"]), text.part(match, "year"))
        return (BodyMention(match["body"], text.part(match, "body")),), founded
    return (), None


def _jury_meeting(document: Document, text: RunningText, year: StatedYear) -> Event | None:
    found = list(text.find(_JURY_MEETING))
    if not found:
        return None
    return Event(_lines(found) + _year_lines(text, found, year), start=_only_day(document, found, year.value))


def _lines(found: Sequence[tuple[re.Match[str], Lines]]) -> Lines:
    return tuple(span for _, lines in found for span in lines)


def _year_lines(text: RunningText, found: Sequence[tuple[re.Match[str], Lines]], year: StatedYear) -> Lines:
    """Give the lines that print the year of a day printed without it: in its sentence, or the title's."""
    if any(re.search(r"\d{4}$", match["day"]) for match, _ in found):
        return ()
    for match, _ in found:
        rest_of_sentence = re.compile(r"[^.\n]*").match(text.text, match.end())
        printed = re.search(rf"\b{year.value}\b", rest_of_sentence[0]) if rest_of_sentence else None
        if printed:
            return text.lines(match.end() + printed.start(), match.end() + printed.end())
    return year.lines


def _ceremony(document: Document, text: RunningText, year: int, notes: list[str]) -> Event | None:
    """Find when and where the prizes are handed over; of two spellings of the place the first is kept."""
    found = list(text.find(_CEREMONY))
    if not found:
        return None
    venues = list(dict.fromkeys(match["venue"] for match, _ in found))
    if len(venues) > 1:
        notes.append(f"several spellings of the place of the ceremony: {', '.join(map(repr, venues))}")
    return Event(
        _lines(found),
        start=_only_day(document, found, year),
        venue=venues[0],
        presenters=presenters(text),
    )


def _only_day(document: Document, found: Sequence[tuple[re.Match[str], Lines]], year: int) -> date:
    """Read the day of every match of one event.

    :raises SourceError: one is no day of the calendar, or two differ.
    """
    days: list[date] = []
    for match, lines in found:
        day = find_days(match["day"], year)
        if day is None or (days and day[0] != days[0]):
            known = f", or another day than {days[0]}" if days else ""
            raise document.refuse(lines[0].start, f"no day of the calendar{known}: {match['day']!r}")
        days.append(day[0])
    return days[0]


def _front_lines(edition: Edition) -> Iterator[Span]:
    """Give the lines of every fact that stands before the dossiers."""
    people = [*edition.spokespersons]
    if edition.jury and edition.jury.president:
        people.append(edition.jury.president)
    events = [event for event in (edition.jury_meeting, edition.ceremony) if event]
    for event in events:
        people.extend(event.presenters)
    years = [year for year in (edition.year, edition.founded) if year]
    for stated in (years, edition.organisers, people, events, edition.criteria, edition.counts):
        for fact in stated:
            yield from fact.lines
