"""What a reader found in the descriptions of one edition: figures, partners, audiences, themes.

``data/facts/<edition>.yaml`` holds one :class:`Facts`; its keys are those of ``data/editions/``. A concept of
the vocabulary (unit, theme, audience, role) is given by the last part of its address.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from innograph.records.lines import Lines
from innograph.text import is_key

ReuseKind = Literal["copied", "planned", "invited"]

LONGEST_PRINTED = 12
"""Words of a document that ``printed`` may repeat."""


def _check_printed(printed: str) -> None:
    if not printed.strip():
        raise ValueError("printed must hold the document's words")
    if len(printed.split()) > LONGEST_PRINTED:
        raise ValueError(f"printed repeats more than {LONGEST_PRINTED} words of the document: keep fewer")


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryThemes:
    """The themes of one thematic category."""

    category: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeReading:
    """A theme of an initiative, and the lines in which it was read."""

    theme: str
    lines: Lines
    why: str | None = None
    """Where the lines do not say it by themselves: what the reader went by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceReading:
    """An audience of an initiative, and the lines in which it was read."""

    audience: str
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that the description names."""

    name: str
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that the description states: a value, or bounds, never both; nothing is computed."""

    key: str
    """Its address within the distinction, written once."""
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    unit: str
    measures: str
    """What is counted or measured, in French, in our own words."""
    measures_en: str
    """The same in English."""
    qualifier: str | None = None
    """The document's hedge: « plus de », « environ »."""
    base: str | None = None
    """What a percentage is a share of."""
    period: str | None = None
    """The time that the figure covers, if the document says it."""
    printed: str
    """The document's words around the number."""
    lines: Lines
    contradicts: str | None = None
    """Key of another figure of the distinction that says otherwise; ``note`` says how."""
    note: str | None = None

    def __post_init__(self) -> None:
        if not is_key(self.key):
            raise ValueError(f"the key {self.key!r} cannot stand in an address")
        bounds = [bound for bound in (self.lower, self.upper) if bound is not None]
        if (self.value is None) != bool(bounds):
            raise ValueError("a figure has a value, or a lower or upper bound, and not both")
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError("the lower bound is above the upper one")
        if self.unit == "percent" and not self.base:
            raise ValueError("a percentage needs base: percent of what")
        if self.contradicts and not self.note:
            raise ValueError("a figure that contradicts another needs a note")
        _check_printed(self.printed)

    def says(self) -> tuple[object, ...]:
        """Give what tells two figures apart: the same value of the same thing, at the same lines, is one."""
        return self.value, self.lower, self.upper, self.unit, self.measures, self.lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A body that takes part in the initiative beside its laureate."""

    mention: str
    """The name as printed."""
    role: str
    lines: Lines
    name: str | None = None
    """How a reader understands a mention that does not name the body by itself."""

    def understood(self) -> str:
        """Give the words to link: how a reader understands the mention, or else the mention itself."""
        return self.name or self.mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A step, its year, month and day as far as the document says them, and its end if it lasts.

    A step that the document dates from its own time (« bientôt », « dès septembre ») has no year: nothing
    is computed.
    """

    name: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    end_year: int | None = None
    end_month: int | None = None
    end_day: int | None = None
    printed: str
    lines: Lines

    def __post_init__(self) -> None:
        _check_printed(self.printed)
        start = _check_date(self.year, self.month, self.day)
        end = _check_date(self.end_year, self.end_month, self.end_day)
        known = min(len(start), len(end))
        if end[:known] < start[:known]:
            raise ValueError("the end comes before the start")


def _check_date(year: int | None, month: int | None, day: int | None) -> tuple[int, ...]:
    """Give what is known of a date from its year on; refuse what is no date."""
    if day is not None and month is None:
        raise ValueError("a day needs its month")
    if year is not None and not 1800 <= year <= 2100:
        raise ValueError(f"no year of our time: {year}")
    if month is not None:
        date(year or 2000, month, day or 1)
    known: list[int] = []
    for part in (year, month, day):
        if part is None:
            break
        known.append(part)
    return tuple(known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """What the description says of the initiative being copied elsewhere, in our own words."""

    statement: str
    kind: ReuseKind
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """Digits or a name that the description holds and that are no fact to keep, and why."""

    words: str
    lines: Lines
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DistinctionFacts:
    """What was read about one distinction: in its description, or in its title where it has none."""

    distinction: str
    summary: str | None = None
    """One to three sentences of our own, in French; there where the document describes the initiative."""
    themes: tuple[ThemeReading, ...]
    audiences: tuple[AudienceReading, ...] = ()
    places: tuple[Place, ...] = ()
    figures: tuple[Figure, ...] = ()
    partners: tuple[Partner, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    reuse: tuple[Reuse, ...] = ()
    ignored: tuple[Ignored, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What ``curator`` read in the document of one edition, on ``date``."""

    edition: str
    curator: str
    date: date
    categories: tuple[CategoryThemes, ...] = ()
    distinctions: tuple[DistinctionFacts, ...]
