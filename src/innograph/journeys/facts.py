"""Holding ``data/facts/`` against the documents: is every number and every name of a body accounted for?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from innograph.curation.editions import read_editions
from innograph.curation.facts import facts_of
from innograph.curation.sources import read_documents
from innograph.journeys.documents import documents_at_hand
from innograph.records import Distinction, DistinctionFacts, Edition, Facts, Lines
from innograph.sources.document import Document
from innograph.sources.prose import Prose, Remainder


@dataclass(frozen=True, slots=True)
class Overlooked:
    """One thing of a description that no fact and no justified exception accounts for."""

    edition: str
    distinction: str
    line: int
    what: str
    """``number``, ``name``, or ``not there``: a fact whose words its lines do not print."""
    words: str
    around: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found in the descriptions, and of which editions the document was not at hand."""

    overlooked: tuple[Overlooked, ...]
    checked: int
    """How many distinctions were held against their document."""
    without_document: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How much was read in the document of one edition; no counts where nobody read it."""

    edition: str
    counts: Mapping[str, int]


def count_facts(data: Path) -> list[Counted]:
    """Count the facts of every edition, in order of file name.

    :raises DataError: ``data/`` is not as it should be.
    """
    counted = []
    for edition in read_editions(data):
        facts = facts_of(data, edition.key)
        counted.append(Counted(edition.key, _counts(facts) if facts else {}))
    return counted


def _counts(facts: Facts) -> dict[str, int]:
    described = sum(entry.summary is not None for entry in facts.distinctions)
    several = ("themes", "audiences", "places", "figures", "partners", "milestones", "reuse")
    return {
        "distinctions": len(facts.distinctions),
        "descriptions": described,
        **{name: sum(len(getattr(entry, name)) for entry in facts.distinctions) for name in several},
    }


def overlooked(data: Path, documents: Path) -> Survey:
    """Look through the descriptions of every edition whose document is in the folder ``documents``.

    :raises DataError: ``data/`` is not as it should be, or none of its documents is there.
    """
    entries = read_documents(data)
    at_hand = documents_at_hand(entries, documents)
    found: list[Overlooked] = []
    checked, missing = 0, []
    for edition in read_editions(data):
        document = at_hand.get(edition.document)
        if document is None:
            missing.append(edition.key)
            continue
        facts = facts_of(data, edition.key)
        read = {entry.distinction: entry for entry in facts.distinctions} if facts else {}
        for distinction in edition.distinctions():
            checked += 1
            found += _overlooked(document, edition, distinction, read.get(distinction.key))
    return Survey(tuple(found), checked, tuple(missing))


def _overlooked(
    document: Document, edition: Edition, distinction: Distinction, entry: DistinctionFacts | None
) -> Iterator[Overlooked]:
    def report(what: str, remainder: Remainder) -> Overlooked:
        return Overlooked(
            edition.key, distinction.key, remainder.line, what, remainder.words, remainder.around
        )

    prose = Prose(document, (*distinction.lines, *distinction.description))
    known = [distinction.title, *(laureate.understood() for laureate in distinction.laureates)]
    for words, lines in _cited(entry) if entry else ():
        known.append(words)
        if not prose.prints(words, lines):
            yield report("not there", Remainder(lines[0].start, words, "its lines do not print these words"))
    for figure in entry.figures if entry else ():  # a period may be in our words: if not, it counts too
        period = figure.period or ""
        for words in (period, period.capitalize()):
            prose.prints(words, figure.lines)
    yield from (report("number", remainder) for remainder in prose.numbers())
    if distinction.description:
        yield from (report("name", remainder) for remainder in prose.names(known))


def _cited(entry: DistinctionFacts) -> Iterator[tuple[str, Lines]]:
    """List the words of the document that the facts of one distinction repeat, with their lines."""
    yield from ((figure.printed, figure.lines) for figure in entry.figures)
    yield from ((milestone.printed, milestone.lines) for milestone in entry.milestones)
    yield from ((partner.mention, partner.lines) for partner in entry.partners)
    yield from ((place.name, place.lines) for place in entry.places)
    yield from ((ignored.words, ignored.lines) for ignored in entry.ignored)
