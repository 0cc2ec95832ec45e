"""What a document states about one edition of an award: categories, distinctions, bodies, dates, counts.

Fields called ``key``, ``series`` and ``initiative`` are addresses: parsers leave them empty; they are written
once in ``data/`` and never recomputed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from innograph.records.lines import Lines
from innograph.text import is_web_address

Basis = Literal["stated", "inferred"]
RankName = Literal["gold", "silver", "bronze", "fraternity"]
CategoryKind = Literal["thematic", "named-prize", "special-prize"]
Stage = Literal["applications", "shortlisted", "auditioned", "hearings", "laureates", "attendance", "to-date"]
Counted = Literal["bodies", "distinctions", "initiatives", "categories", "people", "sessions"]


def _check_rule(basis: Basis, rule: str | None) -> None:
    if (basis == "inferred") != bool(rule):
        raise ValueError("a rule goes with the basis inferred, and with no other")


@dataclass(frozen=True, slots=True)
class StatedYear:
    """A year that a document prints (the edition's, or that of the award's foundation)."""

    value: int
    lines: Lines


@dataclass(frozen=True, slots=True)
class StatedOrdinal:
    """The number of an edition, 23 for « 23e édition »."""

    value: int
    lines: Lines


@dataclass(frozen=True, slots=True)
class StatedAddress:
    """An address of the web that a document prints; ``rule`` says how it was joined to what it is about."""

    value: str
    lines: Lines
    basis: Basis = "stated"
    rule: str | None = None

    def __post_init__(self) -> None:
        _check_rule(self.basis, self.rule)
        if not is_web_address(self.value):
            raise ValueError(f"no address of the web: {self.value!r}")


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A body as a document names it, in the role of the field that holds the mention.

    ``mention`` is the document's words, typography kept, line ends healed, ``context`` apart. ``name`` is how
    a reader understands words that name several bodies at once: « Châlons-en-Champagne (Ville et CA) » gives
    two mentions, both with these words, one with name « Ville de Châlons-en-Champagne ».
    """

    mention: str
    lines: Lines
    name: str | None = None
    context: str | None = None
    """What the document adds in brackets to tell homonyms apart: a département's number, an island."""
    constituents: tuple[str, ...] = ()
    """Bodies that the document names as forming this one (« GIP CD 78 et CD 92 »)."""
    group: bool = False
    """True for unnamed bodies around the mention before it (« et les communes membres »)."""
    unnamed_representative: bool = False
    """True where the body sits through somebody whom the document does not name."""
    basis: Basis = "stated"
    rule: str | None = None
    """The rule that concluded the role, where ``basis`` is ``inferred``."""

    def __post_init__(self) -> None:
        _check_rule(self.basis, self.rule)

    def understood(self) -> str:
        """Give the words to link: how a reader understands the mention, or else the mention itself."""
        return self.name or self.mention

    def others(self, mentions: "Sequence[BodyMention]") -> tuple[str, ...]:
        """Give the words to link of the other bodies among ``mentions``."""
        return tuple(other.understood() for other in mentions if other is not self)


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person in a public role of the award; never a press contact."""

    name: str
    lines: Lines
    offices: tuple[str, ...] = ()
    on_behalf_of: str | None = None
    """The body, as named in the document, for which the person speaks or acts."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number that the organiser announces; ``printed`` is the document's words for it."""

    stage: Stage
    counted: Counted
    value: int
    printed: str
    lines: Lines
    rank: RankName | None = None
    qualifier: str | None = None
    """The document's hedge, such as « quelques »."""


@dataclass(frozen=True, slots=True)
class Event:
    """A jury meeting, a ceremony or an announcement. ``end`` only where it lasts more than a day."""

    lines: Lines
    name: str | None = None
    """What the document calls it, where it has a name of its own (« Forum … »)."""
    start: date | None = None
    end: date | None = None
    venue: str | None = None
    location: str | None = None
    hosts: tuple[BodyMention, ...] = ()
    presenters: tuple[PersonMention, ...] = ()
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of selection, in the document's words without the bullet and the final mark."""

    label: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Jury:
    """Who sat: a president, if one is named, and member institutions."""

    president: PersonMention | None = None
    members: tuple[BodyMention, ...] = ()


@dataclass(frozen=True, slots=True)
class RankStatement:
    """The rank of a distinction, its label as printed, and whether it is stated or inferred by a rule."""

    value: RankName
    label: str
    lines: Lines
    basis: Basis = "stated"
    rule: str | None = None

    def __post_init__(self) -> None:
        _check_rule(self.basis, self.rule)


@dataclass(frozen=True, slots=True)
class Distinction:
    """One honour given once. ``lines`` say the title; ``description`` is the prose about it, if any."""

    title: str
    lines: Lines
    laureates: tuple[BodyMention, ...]
    rank: RankStatement | None = None
    description: Lines = ()
    website: StatedAddress | None = None
    key: str = ""
    initiative: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """One category of an edition, in the order of the document, with its distinctions."""

    label: str
    lines: Lines
    kind: CategoryKind
    distinctions: tuple[Distinction, ...]
    subtitle: str | None = None
    sponsors: tuple[BodyMention, ...] = ()
    key: str = ""
    series: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of an award, as one document states it."""

    award: str
    """Key of the award in ``data/awards.toml``."""
    label: str
    """The edition as the document names it: « Prix TERRITORIA 2024 »."""
    lines: Lines
    year: StatedYear
    categories: tuple[Category, ...]
    ordinal: StatedOrdinal | None = None
    founded: StatedYear | None = None
    organisers: tuple[BodyMention, ...] = ()
    spokespersons: tuple[PersonMention, ...] = ()
    jury: Jury | None = None
    jury_meeting: Event | None = None
    ceremony: Event | None = None
    announcement: Event | None = None
    criteria: tuple[Criterion, ...] = ()
    counts: tuple[Count, ...] = ()
    document: str = ""
    """Key of the document in ``data/documents.toml``."""
    key: str = ""

    def distinctions(self) -> tuple[Distinction, ...]:
        """List the distinctions of every category, in the order of the document."""
        return tuple(distinction for category in self.categories for distinction in category.distinctions)
