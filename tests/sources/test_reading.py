"""What every family refuses alike: control characters, and ranks that rise where a heading is missing."""

import pytest

from innograph.errors import SourceError
from innograph.records import BodyMention, Distinction, RankName, RankStatement, Span
from innograph.sources.document import parse_document
from innograph.sources.reading import Listing, Reading

LINES = (Span(1, 1),)


def _distinction(title: str, rank: RankName) -> Distinction:
    return Distinction(title, LINES, (BodyMention("Épine", LINES),), RankStatement(rank, "rang", LINES))


def test_a_rank_that_rises_within_a_category_is_refused_and_noted_when_lenient() -> None:
    document = parse_document(b"un\ndeux\ntrois\n", "d.txt")
    for lenient in (False, True):
        reading = Reading(document, lenient)
        listing = Listing(reading)
        listing.open(reading.lines(1), "Culture")
        listing.add(1, _distinction("un", "silver"))
        listing.add(2, _distinction("deux", "silver"))
        if lenient:
            listing.add(3, _distinction("trois", "gold"))
            assert reading.notes == ["line 3: a rank above that of the line before: is a heading missing?"]
        else:
            with pytest.raises(SourceError, match=r"d\.txt:3: a rank above that of the line before"):
                listing.add(3, _distinction("trois", "gold"))


@pytest.mark.parametrize("character", ["\0", "\x01", "\x1b", "\x7f"])
def test_control_characters_are_refused_at_their_line(character: str) -> None:
    with pytest.raises(
        SourceError, match=rf"d\.txt:2: not text \(control character U\+{ord(character):04X}\)"
    ):
        parse_document(f"un\nde{character}ux\n".encode(), "d.txt")


def test_form_feeds_and_tabs_are_blanks() -> None:
    assert parse_document(b"\fun\tdeux\n", "d.txt").line(1) == "un\tdeux"


def test_a_line_that_stands_twice_is_refused_unless_it_is_an_address() -> None:
    document = parse_document(b"Or\n\nOr\nhttp://a.org/\nhttp://a.org/\nVal\nVal\n", "d.txt")
    reading = Reading(document, lenient=False)
    reading.lines(1, 4, 5, 6)
    reading.ledger.furniture(3, "page")
    reading.ledger.furniture(7, "page")
    reading.account()
    reading.lines(3)
    with pytest.raises(SourceError, match=r"d\.txt:3: says the same as the line before it"):
        reading.account()


def test_an_endless_line_is_refused() -> None:
    assert parse_document(b"un\n" + b"a" * 10_000, "d.txt").line(2) == "a" * 10_000
    with pytest.raises(SourceError, match=r"d\.txt:2: a line of over 10000 characters"):
        parse_document(b"un\n" + b"a" * 10_001, "d.txt")


def test_endless_laureates_are_refused() -> None:
    reading = Reading(parse_document(b"un\n", "d.txt"), lenient=False)
    with pytest.raises(SourceError, match=r"d\.txt:1: over 2000 characters are no names of bodies"):
        reading.bodies("A et " * 401, 1)


def test_characters_that_nobody_sees_are_dropped() -> None:
    text = (
        "Pal\N{SOFT HYPHEN}marès\N{ZERO WIDTH SPACE}\n\N{ZERO WIDTH NO-BREAK SPACE}du\N{WORD JOINER} jury\n"
    )
    assert parse_document(text.encode(), "d.txt").lines == ("Palmarès", "du jury")
