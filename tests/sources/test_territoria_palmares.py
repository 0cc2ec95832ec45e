"""The parser of the TERRITORIA palmarès: a made-up page, and what it notes of altered ones.

Every expected value was typed from reading the document.
"""

from functools import partial

import pytest

from innograph.records import (
    BodyMention,
    Category,
    Count,
    Counted,
    Criterion,
    Distinction,
    Edition,
    Extraction,
    Jury,
    LineUse,
    PersonMention,
    RankName,
    RankStatement,
    Stage,
    StatedYear,
)
from innograph.sources import territoria_palmares
from innograph.sources.document import parse_document, read_document
from spans import at

from . import made_up
from .made_up import CASES

PAGE = CASES / "territoria-palmares" / "page.txt"
changed = partial(made_up.changed, PAGE)
LABELS: dict[RankName, str] = {
    "gold": "TERRITORIA Or",
    "silver": "TERRITORIA Argent",
    "bronze": "TERRITORIA Bronze",
    "fraternity": "TERRITORIA Fraternité",
}


def named(line: int, *mentions: str) -> tuple[BodyMention, ...]:
    return tuple(BodyMention(mention, at(line)) for mention in mentions)


def honour(line: int, rank: RankName, laureates: tuple[BodyMention, ...], title: str) -> Distinction:
    return Distinction(title, at(line), laureates, RankStatement(rank, LABELS[rank], at(line)))


def count(
    line: int, stage: Stage, counted: Counted, value: int, printed: str, rank: RankName | None = None
) -> Count:
    return Count(stage, counted, value, printed, at(line), rank)


def read(text: str, *, lenient: bool = False) -> Extraction:
    return territoria_palmares.read(parse_document(text.encode(), "page.txt"), lenient=lenient)


MADE_UP = Edition(
    award="territoria",
    label="Prix TERRITORIA 2031",
    lines=at(2),
    year=StatedYear(2031, at(2)),
    jury=Jury(
        PersonMention(
            "Jean Exemple", at(4), ("ministre délégué chargé des Essais, des Rives et des Chemins",)
        )
    ),
    criteria=(Criterion("l'audace", at(10)), Criterion("la sobriété des moyens", at(11))),
    counts=(
        count(4, "laureates", "distinctions", 7, "7 lauréats"),
        count(4, "laureates", "distinctions", 2, "2 TERRITORIA Or", "gold"),
        count(4, "laureates", "distinctions", 2, "2 TERRITORIA Argent", "silver"),
        count(4, "laureates", "distinctions", 2, "2 TERRITORIA Bronze", "bronze"),
        count(4, "laureates", "distinctions", 1, "1 TERRITORIA Fraternité", "fraternity"),
        Count("applications", "initiatives", 40, "Plus de 40 candidatures", at(6), qualifier="Plus de"),
        count(6, "shortlisted", "initiatives", 9, "9 initiatives innovantes"),
        count(6, "shortlisted", "categories", 4, "4 domaines"),
    ),
    categories=(
        Category(
            "Voirie",
            at(15),
            "thematic",
            (
                honour(17, "gold", named(17, "Ville-Exemple"), "Le pont qui chante, 2030-2031"),
                honour(
                    19,
                    "silver",
                    (BodyMention("Val-Exemple", at(19), context="Guyane"),),
                    "« Marcher » pour réapprendre la rue",
                ),
            ),
            sponsors=named(15, "Fabrique des Ponts"),
        ),
        Category(
            "Culture",
            at(21),
            "thematic",
            (
                honour(
                    23,
                    "gold",
                    (
                        BodyMention(
                            "Épreuve-sur-Loire (Ville et CA)", at(23), name="Ville d'Épreuve-sur-Loire"
                        ),
                        BodyMention("Épreuve-sur-Loire (Ville et CA)", at(23), name="CA Épreuve-sur-Loire"),
                        *named(23, "Saint Essai", "Le Banc"),
                    ),
                    "Le musée d'un jour",
                ),
                honour(25, "silver", named(25, "CC Mont et Plaine"), "« Lire » pour tout le monde"),
                honour(27, "bronze", named(27, "Le Banc"), "L'heure du conte"),
            ),
        ),
        Category(
            "Jeunesse / Enfance",
            at(29),
            "thematic",
            (
                honour(
                    31,
                    "bronze",
                    (
                        BodyMention(
                            "Agence Exemple",
                            at(31),
                            context="GIP CD Essai et CD Épreuve",
                            constituents=("CD Essai", "CD Épreuve"),
                        ),
                    ),
                    "L'école « Les Tilleuls » dehors",
                ),
            ),
            subtitle="actions pour les moins de vingt ans",
        ),
        Category(
            "Prix spécial FRATERNITE",
            at(33),
            "special-prize",
            (
                Distinction(
                    "La table commune",
                    at(35),
                    named(35, "CD Essai"),
                    RankStatement("fraternity", "TERRITORIA Fraternité", at(4, 33)),
                ),
            ),
            sponsors=named(33, "Atelier du Pain"),
        ),
    ),
)


def test_the_made_up_page() -> None:
    document = read_document(PAGE)
    facts = {2, 4, 6, 8, 10, 11, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35}
    uses = {line: "fact" for line in facts} | {13: "furniture:editorial"}

    assert territoria_palmares.recognises(document)
    assert territoria_palmares.read(document) == Extraction(
        MADE_UP, "territoria-palmares", tuple(LineUse(line, use) for line, use in sorted(uses.items()))
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "### Voirie (parrainé par la Fabrique des Ponts)",
            "**Voirie (parrainé par la Fabrique des Ponts)**",
        ),
        ("**Culture**", "### Culture"),
        ("**Culture**", "### **Culture**"),
        ("TERRITORIA Bronze : Le Banc", "- TERRITORIA Bronze : Le Banc"),
        ("TERRITORIA Bronze : Le Banc", "**TERRITORIA Bronze :** Le Banc"),
        ("pour *L'heure du conte*", "pour L'heure du conte"),
    ],
)
def test_markup_changes_nothing(old: str, new: str) -> None:
    assert read(changed(old, new)).edition == MADE_UP


def test_a_special_prize_whose_rank_is_printed_nowhere_else() -> None:
    text = changed(" et 1 TERRITORIA Fraternité", "").replace("7 lauréats", "sept lauréats")
    (special,) = read(text).edition.categories[-1].distinctions
    assert special.rank == RankStatement("fraternity", "Prix spécial FRATERNITE", at(33))


def test_a_special_prize_that_bears_no_rank() -> None:
    text = changed("Prix spécial FRATERNITE", "Prix spécial des rives").replace(
        " et 1 TERRITORIA Fraternité", ""
    )
    (special,) = read(text).edition.categories[-1].distinctions
    assert special.rank is None


def test_a_lenient_reading_notes_what_a_strict_one_refuses() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()[:32]
    extraction = read("\n".join([*lines, "Zone d'essai"]), lenient=True)

    assert extraction.unaccounted == (33,)
    assert extraction.notes == (
        "line 33: « 7 lauréats » (line 4) are announced, 6 are listed: the document seems cut",
        "line 33: « 1 TERRITORIA Fraternité » (line 4) are announced, 0 are listed: the document seems cut",
        "« 4 domaines » (line 6) are announced, 3 are listed",
    )
    assert extraction.edition.categories == MADE_UP.categories[:3]


def test_more_laureates_than_announced_are_noted() -> None:
    text = changed("7 lauréats", "5 lauréats").replace("2 TERRITORIA Or", "1 TERRITORIA Or")
    assert read(text).notes == (
        "« 5 lauréats » (line 4) are announced, 7 are listed",
        "« 1 TERRITORIA Or » (line 4) are announced, 2 are listed",
    )


def test_a_page_that_announces_no_number_is_noted() -> None:
    text = changed(
        " a distingué 7 lauréats en décernant 2 TERRITORIA Or, 2 TERRITORIA Argent, 2 TERRITORIA Bronze"
        " et 1 TERRITORIA Fraternité.",
        " a choisi.",
    )
    assert read(text).notes == ("no number of laureates is announced: a cut would not be seen",)
