"""The first part of the release on the label « Territoire Innovant »: everything before the laureates.

The day and the town of the announcement; a heading that names the label and its year; a paragraph on the
Forum, which is the ceremony; one on the projects presented, auditioned and chosen; the criteria as a list;
the jury.
"""

import re
from dataclasses import replace

from innograph.records import BodyMention, Count, Event, Lines, Span, StatedYear
from innograph.sources.announced import Announcement, merge_counts
from innograph.sources.criteria import CriteriaList
from innograph.sources.dates import find_days
from innograph.sources.reading import Reading
from innograph.text import fold

_TITLE = re.compile(
    r"\b(?P<label>Label\s+«\s*(?P<name>[^«»]+?)\s*»\s+(?P<year>(?:19|20)\d\d))\b", re.IGNORECASE
)
_FORUM_NAME = re.compile(r"(?P<name>(?P<forum>Forum\s[^:«»]{1,80}?)(?:\s(?:19|20)\d\d)?)\s*:")
_LABEL_WITH_YEAR = re.compile(r"\bLabel\s+«[^«»]*»\s+(?P<year>\d{4})\b", re.IGNORECASE)
_LABEL_NAME = re.compile(r"territoires? innovants?")

_PRESS_RELEASE = re.compile(r"Communiqué de presse", re.IGNORECASE)
_DATELINE = re.compile(r"(?P<day>\d{1,2}(?:er)? \w+ \d{4}) à (?P<town>[^\d,.]+)")
_FORUM_DAYS = re.compile(r"\borganisé (?P<days>(?:les?|du) [^.,]*?\b\d{4})\b")
_FORUM_PLACE = re.compile(
    r"à l['’]invitation d(?:e la\s|e l['’]|e\s|u\s|es\s|['’])(?P<host>.{1,200}?) a réuni "
    r".{1,40}?\bparticipants? (?:au\s|aux\s|à la\s|à l['’]|à\s)(?P<venue>.{1,100}?) à (?P<town>[^.,]+)"
)
_ATTENDANCE = Announcement("participants?", "attendance", "people")
_ANNOUNCED = (
    Announcement("projets(?: ont été)? présentés", "applications", "initiatives"),
    Announcement("(?:projets )?ont été auditionnés", "auditioned", "initiatives"),
    # bodies honoured together are one « territoire »: the word counts honours
    Announcement("territoires", "laureates", "distinctions"),
)
_HEARINGS = Announcement("sessions", "hearings", "sessions")
_HEARINGS_PLACE = re.compile(r"\bsessions en (?P<venue>visio[-\s]?conférence)", re.IGNORECASE)
_JURY = re.compile(r"\bjury\b.*\bcomposé de représentants\b[^:]*:\s*(?P<members>.*?)\s*\.?$", re.IGNORECASE)
_EDITORIAL = re.compile(r"Cette récompense\b\D*")


class FrontMatter:
    """What the lines before the laureates have said so far."""

    def __init__(self, reading: Reading, title_line: int, title: re.Match[str]) -> None:
        self.reading = reading
        self.lines: Lines = reading.lines(title_line)
        self.forum = _FORUM_NAME.search(title.string)
        self.label = title["label"]
        self.year = StatedYear(int(title["year"]), self.lines)
        self.criteria = CriteriaList(reading, title["year"])
        self.announcement: Event | None = None
        self.ceremony: Event | None = None
        self.jury_meeting: Event | None = None
        self.members: tuple[BodyMention, ...] = ()
        self._counts: list[Count] = []

    @property
    def counts(self) -> tuple[Count, ...]:
        """The counts of the edition, in the order of the document; those of events stand with the events."""
        return merge_counts(self._counts)

    def line(self, number: int, text: str) -> None:
        """Read one line, emphasis dropped; what is not understood stays unaccounted for.

        :raises SourceError: the line contradicts the year, or holds what cannot be read.
        """
        for year in _LABEL_WITH_YEAR.findall(text):
            if int(year) != self.year.value:
                raise self.reading.refuse(number, f"speaks of the label {year}, not {self.year.value}")
        dateline = _DATELINE.fullmatch(text)
        if self.criteria.take(number, text):
            return
        if dateline and not self.announcement:
            lines = self.reading.lines(number)
            self.announcement = replace(self._days(number, dateline["day"], lines), location=dateline["town"])
        elif _PRESS_RELEASE.fullmatch(text):
            self.reading.ledger.furniture(number, "press-release")
        elif _EDITORIAL.fullmatch(text):
            self.reading.ledger.furniture(number, "editorial")
        else:
            self._sentence(number, text)

    def _sentence(self, number: int, text: str) -> None:
        """Read a paragraph that may hold counts, the Forum, and the jury; hold it to its numbers."""
        counts = [count for kind in _ANNOUNCED for count in kind.find(text, (Span(number, number),))]
        self._counts += counts
        used = [str(self.year.value), *(count.printed for count in counts)]
        used += self._forum(number, text)
        used += self._jury(number, text)
        if len(used) > 1:
            self.reading.lines(number)
            self.reading.audit_numbers(number, text, used)

    def _forum(self, number: int, text: str) -> list[str]:
        """Read where and when the label is awarded; the title may name the Forum. Give the words used."""
        days, place = _FORUM_DAYS.search(text), _FORUM_PLACE.search(text)
        if self.ceremony or not (days or place):
            return []
        lines: Lines = (Span(number, number),)
        event = self._days(number, days["days"], lines) if days else Event(lines)
        if place:
            hosts = self.reading.bodies(place["host"], number)
            event = replace(event, venue=place["venue"], location=place["town"], hosts=hosts)
        if self.forum and self.forum["forum"] in text:
            event = replace(event, name=self.forum["name"], lines=(*self.lines, *lines))
        attendance = tuple(_ATTENDANCE.find(text, lines))
        self.ceremony = replace(event, counts=attendance)
        return [days["days"] if days else "Forum", *(count.printed for count in attendance)]

    def _jury(self, number: int, text: str) -> list[str]:
        """Read how often the jury met and which institutions sat in it; give the words used."""
        lines: Lines = (Span(number, number),)
        hearings, jury = tuple(_HEARINGS.find(text, lines)), _JURY.search(text)
        if hearings and not self.jury_meeting:
            place = _HEARINGS_PLACE.search(text)
            self.jury_meeting = Event(lines, venue=place["venue"] if place else None, counts=hearings)
        if jury and not self.members:
            members = self.reading.bodies(jury["members"], number)
            self.members = tuple(replace(member, unnamed_representative=True) for member in members)
        return [count.printed for count in hearings] + (["jury"] if jury else [])

    def _days(self, number: int, printed: str, lines: Lines) -> Event:
        """Make an event of the days that ``printed`` names.

        :raises SourceError: it names no days.
        """
        days = find_days(printed)
        if days is None:
            raise self.reading.refuse(number, f"no such day: {printed[:60]!r}")
        first, last = days
        return Event(lines, start=first, end=last if last != first else None)


def find_title(text: str) -> re.Match[str] | None:
    """Find the label and its year in a heading, if it is the label of this family."""
    found = _TITLE.search(text)
    return found if found and _LABEL_NAME.fullmatch(fold(found["name"])) else None
