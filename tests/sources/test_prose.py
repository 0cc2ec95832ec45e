"""What of a description no fact accounts for: numbers, and words that look like names of bodies."""

import pytest

from innograph.records import Lines, Span
from innograph.sources.document import parse_document
from innograph.sources.prose import Prose

TEXT = """\
Le verger de Haute-Garde

La commune a planté 1 200 arbres avec l’association Les Pom-
miers et l’ARS. Deux ans après, 35 % donnent des
fruits. Le Sénat a prêté le terrain.

En mai, la Région a suivi.
"""
WHOLE: Lines = (Span(1, 1), Span(3, 7))


def prose() -> Prose:
    return Prose(parse_document(TEXT.encode(), "verger.txt"), WHOLE)


def names(*known: str) -> list[str]:
    return [found.words for found in prose().names(known)]


def test_numbers_in_digits_and_words_are_left_until_a_fact_prints_them() -> None:
    one = prose()
    left = [(3, "1"), (3, "200"), (4, "Deux"), (4, "35")]
    assert [(found.line, found.words) for found in one.numbers()] == left
    assert one.prints("1 200  arbres", (Span(3, 3),))
    assert [found.words for found in one.numbers()] == ["Deux", "35"]
    assert one.prints("Deux ans après", (Span(4, 4),))
    assert one.prints("35 % donnent des fruits", (Span(4, 5),))
    assert list(one.numbers()) == []


def test_articles_and_new_things_are_no_numbers() -> None:
    said = "Un tiers lieu tout neuf accueille une centaine de gens, dont aucun ne paie."
    numbers = Prose(parse_document(said.encode(), "lieu.txt"), (Span(1, 1),)).numbers()
    assert [found.words for found in numbers] == ["centaine", "aucun"]


@pytest.mark.parametrize(
    ("printed", "lines", "there"),
    [
        ("Les Pommiers", (Span(3, 4),), False),
        ("Les Pom-miers", (Span(3, 4),), True),
        ("Les Pom-miers", (Span(3, 3),), False),
        ("35%", (Span(4, 4),), True),
        ("35%", (Span(5, 5),), False),
        ("1200 arbres donnent", (Span(3, 5),), False),
        ("", (Span(3, 5),), False),
    ],
)
def test_words_are_printed_by_their_lines_or_not(printed: str, lines: Lines, there: bool) -> None:
    assert prose().prints(printed, lines) is there


def test_names_are_acronyms_and_capitals_inside_a_sentence() -> None:
    assert names() == ["Haute-Garde", "Les", "Pom-miers", "ARS", "Sénat", "Région"]


def test_a_name_that_any_fact_speaks_of_is_known_wherever_it_stands() -> None:
    known = ("Le verger de Haute-Garde", "Les Pom-miers", "Agence (ARS)", "présidence du Sénat")
    assert names(*known) == ["Région"]


def test_what_is_left_says_where_it_stands() -> None:
    (found,) = [found for found in prose().names(()) if found.words == "ARS"]
    assert (found.line, found.around) == (
        4,
        "ssociation Les Pom-miers et l’ARS. Deux ans après, 35 % donnent",
    )
