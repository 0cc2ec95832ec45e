"""Damaged documents of every family: a parser gives sound records or a refusal with a place, nothing else.

The documents are the made-up ones of all families, and the real ones where they are at hand. What is *sound*
is said in :func:`assert_sound`; it looks at the document itself, not at what the parser thought of it.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innograph.errors import SourceError
from innograph.records import BodyMention, Extraction, Lines, Span
from innograph.sources.document import Document, parse_document, read_document
from innograph.sources.families import FAMILIES, Family, family_of
from innograph.text import words

MADE_UP = sorted((Path(__file__).parent / "cases").glob("*/*.txt"))
REAL = [
    "interconnectes-2024.txt",
    "prix-territoriaux-2020.txt",
    "prix-territoriaux-2022.txt",
    "territoria-2019.txt",
    "territoria-2024.txt",
]
NONSENSE = "Zqx vlorp brimuk"
HEADINGS = [
    NONSENSE,
    f"## {NONSENSE}",
    f"**{NONSENSE}**",
    "### **LABEL PLATINE :**",
    "TERRITORIA Platine : Ville-Exemple – « Un titre »",
    "TERRITORIA PLATINE : à la ville de Ville-Exemple.",
    "  • Mention : Ville-Exemple",
    "La Ville d'Exemple – Prix du hasard",
    "Parmi 77 candidatures, 12 ont été retenues.",
]
SWAPPED_WORDS = [
    ("Or", "Argent"),
    ("OR", "BRONZE"),
    ("Bronze", "Or"),
    ("Prix", "Label"),
    ("TERRITORIA", "TERRITORI"),
]

Mutation = Callable[[list[str]], list[str]]


# What may happen to the lines of a document. Places are fractions, so that they fit a document of any length.


def at(lines: list[str], place: float) -> int:
    return min(int(place * len(lines)), len(lines) - 1) if lines else 0


def delete(place: float) -> Mutation:
    return lambda lines: lines[: at(lines, place)] + lines[at(lines, place) + 1 :]


def duplicate(place: float) -> Mutation:
    return lambda lines: lines[: at(lines, place) + 1] + lines[at(lines, place) :]


def cut(place: float) -> Mutation:
    return lambda lines: lines[: at(lines, place)]


def insert(place: float, line: str) -> Mutation:
    return lambda lines: [*lines[: at(lines, place)], line, *lines[at(lines, place) :]]


def insert_apart(place: float, line: str) -> Mutation:
    return lambda lines: [*lines[: at(lines, place)], "", line, "", *lines[at(lines, place) :]]


def swap(place: float, other: float) -> Mutation:
    def apply(lines: list[str]) -> list[str]:
        changed = list(lines)
        if lines:
            i, j = at(lines, place), at(lines, other)
            changed[i], changed[j] = lines[j], lines[i]
        return changed

    return apply


def drop_block(place: float, other: float) -> Mutation:
    def apply(lines: list[str]) -> list[str]:
        first, last = sorted((at(lines, place), at(lines, other)))
        return lines[:first] + lines[last:]

    return apply


def change_character(place: float, column: float, character: str) -> Mutation:
    def apply(lines: list[str]) -> list[str]:
        changed = list(lines)
        if lines and lines[at(lines, place)]:
            line = lines[at(lines, place)]
            spot = min(int(column * len(line)), len(line) - 1)
            changed[at(lines, place)] = line[:spot] + character + line[spot + 1 :]
        return changed

    return apply


def swap_words(place: float, old: str, new: str) -> Mutation:
    def apply(lines: list[str]) -> list[str]:
        holding = [number for number, line in enumerate(lines) if old in line]
        changed = list(lines)
        if holding:
            number = holding[min(int(place * len(holding)), len(holding) - 1)]
            changed[number] = lines[number].replace(old, new)
        return changed

    return apply


PLACES = st.floats(0, 1, exclude_max=True)
CHARACTERS = st.characters(codec="utf-8", exclude_characters="\0\n\r")
LINES = st.one_of(
    st.sampled_from(HEADINGS),
    st.text(CHARACTERS, max_size=40),
    st.builds(
        lambda word: f"{word} " * 4000,
        st.sampled_from(["mot", "Prix", "(", "« ", "et", "12", "-", "–", "**"]),
    ),
)
MUTATIONS = st.one_of(
    st.builds(delete, PLACES),
    st.builds(duplicate, PLACES),
    st.builds(cut, PLACES),
    st.builds(insert, PLACES, LINES),
    st.builds(insert_apart, PLACES, LINES),
    st.builds(swap, PLACES, PLACES),
    st.builds(drop_block, PLACES, PLACES),
    st.builds(change_character, PLACES, PLACES, CHARACTERS),
    st.builds(lambda place, words: swap_words(place, *words), PLACES, st.sampled_from(SWAPPED_WORDS)),
)


def spans(record: object) -> Iterator[Span]:
    """Find every span in a record, however deep."""
    if isinstance(record, Span):
        yield record
    elif isinstance(record, tuple):
        for item in record:
            yield from spans(item)
    elif is_dataclass(record):
        for field in fields(record):
            yield from spans(getattr(record, field.name))


def printed(document: Document, lines: Lines) -> str:
    """Join the letters and digits of some lines: line ends, markup and hyphens do not count."""
    return "".join(words(" ".join(document.text(span) for span in lines)))


def assert_printed(document: Document, text: str, lines: Lines) -> None:
    assert words(text), f"nothing is said: {text!r}"
    assert lines, f"no line says {text!r}"
    assert "".join(words(text)) in printed(document, lines), (text, lines)


def bodies(extraction: Extraction) -> Iterator[BodyMention]:
    edition = extraction.edition
    yield from edition.organisers
    for category in edition.categories:
        yield from category.sponsors
        for distinction in category.distinctions:
            yield from distinction.laureates


def assert_sound(document: Document, extraction: Extraction, *, lenient: bool) -> None:
    """Assert that the records stand in the document and that no line of it is passed over in silence."""
    edition = extraction.edition
    for span in spans(edition):
        assert 1 <= span.start <= span.end <= len(document.lines), span
    for category in edition.categories:
        assert_printed(document, category.label, category.lines)
        assert category.distinctions or lenient, category.label
    for distinction in edition.distinctions():
        assert_printed(document, distinction.title, distinction.lines)
        assert distinction.laureates, distinction.title
    for body in bodies(extraction):
        assert_printed(document, body.mention, body.lines)
        assert all(word in printed(document, body.lines) for word in words(body.context or ""))
    used = [use.number for use in extraction.uses]
    assert sorted([*used, *extraction.unaccounted]) == [number for number, _ in document.numbered()]
    assert lenient or not extraction.unaccounted


def assert_records_or_refusal(family: Family, document: Document, *, lenient: bool) -> None:
    try:
        extraction = family.read(document, lenient=lenient)
    except SourceError as refusal:
        assert refusal.line is not None, refusal
        assert 1 <= refusal.line <= len(document.lines), refusal
        assert str(refusal).startswith(f"{document.name}:{refusal.line}: ")
    else:
        assert_sound(document, extraction, lenient=lenient)


def assert_survives(path: Path, mutations: list[Mutation], *, lenient: bool) -> None:
    """Mutate the document of ``path``, and assert that its family understands or refuses the result."""
    intact = read_document(path)
    lines = list(intact.lines)
    for mutate in mutations:
        lines = mutate(lines)
    try:
        document = parse_document("\n".join(lines).encode(), path.name)
    except SourceError as refusal:  # before any parser sees it
        assert refusal.line is not None or not "".join(lines).strip()
        return
    for family in FAMILIES:
        family.recognises(document)
    assert_records_or_refusal(family_of(intact), document, lenient=lenient)


def test_every_family_has_made_up_documents() -> None:
    assert {family_of(read_document(path)).FAMILY for path in MADE_UP} == {
        family.FAMILY for family in FAMILIES
    }


@pytest.mark.parametrize("path", MADE_UP, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_made_up_documents_are_sound(path: Path) -> None:
    document = read_document(path)
    assert_sound(document, family_of(document).read(document), lenient=False)


@pytest.mark.parametrize("path", MADE_UP, ids=lambda path: f"{path.parent.name}/{path.stem}")
@settings(max_examples=200, deadline=None, derandomize=True)
@given(mutations=st.lists(MUTATIONS, min_size=1, max_size=3), lenient=st.booleans())
def test_a_damaged_made_up_document(path: Path, mutations: list[Mutation], lenient: bool) -> None:
    assert_survives(path, mutations, lenient=lenient)


@pytest.mark.parametrize("name", REAL)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(mutations=st.lists(MUTATIONS, min_size=1, max_size=3), lenient=st.booleans())
def test_a_damaged_real_document(
    sources_dir: Path, name: str, mutations: list[Mutation], lenient: bool
) -> None:
    assert_survives(sources_dir / name, mutations, lenient=lenient)


@pytest.mark.parametrize("path", MADE_UP, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_made_up_document_cut_at_any_line(path: Path) -> None:
    lines = list(read_document(path).lines)
    for length in range(1, len(lines)):
        assert_survives(path, [cut(length / len(lines))], lenient=False)


@pytest.mark.parametrize("path", MADE_UP, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_line_that_says_nothing_known_is_never_passed_over(path: Path) -> None:
    intact = read_document(path)
    family = family_of(intact)
    for before in range(len(intact.lines) + 1):
        lines = [*intact.lines[:before], "", NONSENSE, "", *intact.lines[before:]]
        document = parse_document("\n".join(lines).encode(), path.name)
        try:
            extraction = family.read(document)
        except SourceError as refusal:
            assert refusal.line is not None
        else:
            uses = {use.number: use.use for use in extraction.uses}
            assert uses[before + 2] == "fact", f"{NONSENSE!r} in line {before + 2} is {uses[before + 2]}"


@pytest.mark.parametrize("path", MADE_UP, ids=lambda path: f"{path.parent.name}/{path.stem}")
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "latin-1", "mac-roman"])
def test_other_encodings(path: Path, encoding: str) -> None:
    text = "\r\n".join(read_document(path).lines)
    data = text.encode(encoding, errors="replace")
    intact = read_document(path)
    if encoding == "utf-8-sig":
        document = parse_document(data, path.name)
        assert family_of(intact).read(document).edition == family_of(intact).read(intact).edition
    else:
        with pytest.raises(SourceError, match=r"not UTF-8 text|NUL byte") as refusal:
            parse_document(data, path.name)
        assert refusal.value.line is not None
