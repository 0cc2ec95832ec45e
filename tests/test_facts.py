"""The facts read in descriptions: in their one written form, in our own words, and what the lines print."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from innograph import resources
from innograph.curation.editions import read_editions
from innograph.curation.facts import dump_facts, facts_of, facts_path
from innograph.curation.sources import read_documents
from innograph.journeys.documents import documents_at_hand
from innograph.journeys.facts import overlooked
from innograph.records import DistinctionFacts, Facts, Figure, Ignored, Milestone, Reuse, ThemeReading, parts
from innograph.sources.document import Document
from innograph.text import words

DATA = resources.data()
EDITIONS = {edition.key: edition for edition in read_editions(DATA)}

LONGEST_RUN = 6
"""Words in a row that our prose may share with a document: more, and it is the publisher's sentence."""

OURS: dict[type, tuple[str, ...]] = {
    DistinctionFacts: ("summary",),
    ThemeReading: ("why",),
    Figure: ("measures", "measures_en", "base", "note"),
    Milestone: ("name",),
    Reuse: ("statement",),
    Ignored: ("why",),
}
"""What we write ourselves, by record; other fields repeat a few words of the document, or are keys."""


def read(key: str) -> Facts:
    facts = facts_of(DATA, key)
    assert facts is not None, f"data/facts/{key}.yaml is missing"
    return facts


def prose(facts: Facts) -> Iterator[str]:
    """List what we wrote ourselves."""
    for part in parts(facts):
        for name in OURS.get(type(part), ()):
            yield getattr(part, name) or ""


@pytest.mark.parametrize("key", EDITIONS)
def test_facts_stand_in_the_canonical_form(key: str) -> None:
    text = facts_path(DATA, key).read_text(encoding="utf-8")
    assert text == dump_facts(read(key)), f"write data/facts/{key}.yaml as dump_facts does"


def test_sixty_two_descriptions_are_read_and_every_distinction_has_a_theme() -> None:
    entries = [entry for key in EDITIONS for entry in read(key).distinctions]
    assert (len(entries), sum(entry.summary is not None for entry in entries)) == (136, 62)
    assert all(entry.themes for entry in entries)


def test_every_exception_is_justified() -> None:
    ignored = [part for key in EDITIONS for part in parts(read(key)) if isinstance(part, Ignored)]
    assert [entry.words for entry in ignored if len(entry.why.split()) < 2] == []


IN_WORDS = {
    **{word: 0 for word in ("aucun", "aucune")},
    **{word: 1 for word in ("un", "une", "seule")},
    **{word: 2 for word in ("deux", "double")},
    **{"trois": 3, "triple": 3, "quatre": 4, "cinq": 5, "six": 6, "dix": 10, "quinze": 15, "vingt": 20},
    **{"centaine": 100},
}
"""Numbers that the descriptions print in words."""


def numbers_in(printed: str) -> set[Decimal]:
    """Find the numbers in a few printed words: « 1 200 arbres », « 12,5 % », « deux fois ».

    >>> sorted(map(str, numbers_in("De 30 à 12 000,5 arbres en deux ans")))
    ['12000.5', '2', '30']
    """
    digits = re.findall(r"\d{1,3}(?: \d{3})+(?:,\d+)?|\d+(?:,\d+)?", printed)
    found = {Decimal(number.replace(" ", "").replace(",", ".")) for number in digits}
    return found | {Decimal(IN_WORDS[word]) for word in words(printed) if word in IN_WORDS}


@pytest.mark.parametrize("key", EDITIONS)
def test_a_figure_has_the_value_that_is_printed(key: str) -> None:
    wrong = [
        (part.key, part.printed)
        for part in parts(read(key))
        if isinstance(part, Figure)
        and not {part.value, part.lower, part.upper} - {None} <= numbers_in(part.printed)
    ]
    assert wrong == []


@pytest.mark.parametrize("key", EDITIONS)
def test_a_milestone_has_the_years_that_are_printed(key: str) -> None:
    wrong = [
        (part.name, part.printed)
        for part in parts(read(key))
        if isinstance(part, Milestone)
        and not {str(year) for year in (part.year, part.end_year) if year} <= set(words(part.printed))
    ]
    assert wrong == []


@pytest.mark.parametrize("key", EDITIONS)
def test_summaries_have_one_to_three_sentences(key: str) -> None:
    for entry in read(key).distinctions:
        if entry.summary:
            sentences = re.split(r"(?<=[.!?]) (?=[A-ZÀ-Ý])", entry.summary)
            assert len(sentences) <= 3 and entry.summary.endswith("."), entry.distinction


def test_nothing_of_the_descriptions_is_overlooked(sources_dir: Path) -> None:
    survey = overlooked(DATA, sources_dir)
    assert survey.overlooked == (), "read a fact out of it in data/facts/, or ignore it there and say why"
    assert (survey.checked, survey.without_document) == (136, ())


@pytest.mark.parametrize("key", EDITIONS)
def test_what_we_wrote_is_no_sentence_of_the_document(key: str, sources_dir: Path) -> None:
    document = _document(sources_dir, key)
    printed = words("\n".join(document.lines))
    runs = {tuple(printed[n : n + LONGEST_RUN + 1]) for n in range(len(printed) - LONGEST_RUN)}
    repeated = [
        " ".join(own[n : n + LONGEST_RUN + 1])
        for text in prose(read(key))
        for own in [words(text)]
        for n in range(len(own) - LONGEST_RUN)
        if tuple(own[n : n + LONGEST_RUN + 1]) in runs
    ]
    assert repeated == [], "say it in other words"


def _document(folder: Path, key: str) -> Document:
    return documents_at_hand(read_documents(DATA), folder)[EDITIONS[key].document]
