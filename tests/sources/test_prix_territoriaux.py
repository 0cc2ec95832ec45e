"""The parser of the Prix Territoriaux: made-up documents of both layouts, whole and damaged.

Every expected value was typed from reading the document.
"""

import pytest

from innograph.errors import SourceError
from innograph.records import (
    BodyMention,
    Count,
    Edition,
    LineUse,
    PersonMention,
    StatedOrdinal,
    StatedYear,
)
from innograph.sources import prix_territoriaux
from innograph.sources.document import parse_document, read_document
from spans import at

from . import made_up
from .made_up import changed
from .prizes import RULE, named, prize

CASES = made_up.CASES / "prix-territoriaux"


def case(name: str) -> str:
    return (CASES / name).read_text(encoding="utf-8")


def read(text: str, *, lenient: bool = False) -> Edition:
    return prix_territoriaux.read(parse_document(text.encode(), "palmares.txt"), lenient=lenient).edition


PAGE = Edition(
    award="prix-territoriaux",
    label="Prix Territoriaux 2030",
    lines=at("1", "21"),
    year=StatedYear(2030, at("7")),
    ordinal=StatedOrdinal(31, at("1", "3")),
    founded=StatedYear(2000, at("3")),
    organisers=(
        BodyMention("La Gazette", at("1"), basis="inferred", rule=RULE),
        BodyMention("GMF", at("1"), basis="inferred", rule=RULE),
    ),
    categories=(
        prize(
            "Prix du Jury",
            "9",
            ["Ville de Clairbourg"],
            "La bibliothèque qui se déplace : on l’attend au coin de la rue",
            "11",
            "13-21",
        ),
        prize(
            "Prix Coup de cœur",
            "23",
            ["CCAS de Montrieux", "Ville de Montrieux"],
            "Ma voisine",
            "25",
            "27-29",
        ),
        prize(
            "Prix spécial sobriété",
            "31",
            ["Communauté d'agglomération Val de Brune"],
            "Et si l'eau revenait ?",
            "33",
            "35-41",
            "special-prize",
            (BodyMention("l'Institut des Rivières", at("39"), context="IDR"),),
        ),
    ),
)

RELEASE = Edition(
    award="prix-territoriaux",
    label="Prix Territoriaux 2031",
    lines=at("2", "14"),
    year=StatedYear(2031, at("2")),
    ordinal=StatedOrdinal(32, at("4")),
    organisers=(
        named("MUTREX", "30"),
        BodyMention("Le Courrier des Communes", at("2", "4"), basis="inferred", rule=RULE),
    ),
    spokespersons=(
        PersonMention("Ada Exemple", at("30"), ("Directrice des partenariats de MUTREX",), "MUTREX"),
        PersonMention(
            "Jean-Paul Modèle",
            at("32"),
            ("Rédacteur en chef de Le Courrier des communes",),
            "Le Courrier des communes",
        ),
    ),
    counts=(Count("laureates", "bodies", 3, "trois collectivités", at("4")),),
    categories=(
        prize("Prix du jury", "8", ["La Ville de Clairbourg"], "Un vélo pour apprendre", "10", "12-14"),
        prize(
            "Prix MUTREX",
            "16",
            ["Le Conseil départemental de la Brune"],
            'L\'auto-école "au pas"',
            "18",
            "20-22",
        ),
        prize(
            "Prix spécial 2031 « Eau et rivières »",
            "24",
            ["La Communauté de communes des Trois Étangs"],
            "Des roseaux contre les crues",
            "26",
            "28",
            "special-prize",
            (BodyMention("L'École des Eaux de Montrieux", at("28"), context="EEM"),),
        ),
    ),
)


@pytest.mark.parametrize(("name", "expected"), [("page.txt", PAGE), ("release.txt", RELEASE)])
def test_both_layouts_give_the_whole_edition(name: str, expected: Edition) -> None:
    extraction = prix_territoriaux.read(read_document(CASES / name))
    assert extraction.edition == expected
    assert (extraction.family, extraction.unaccounted, extraction.notes) == ("prix-territoriaux", (), ())


def uses(name: str, facts: set[int], prose: set[int], furniture: dict[int, str]) -> None:
    """Assert what each line of a made-up document gave."""
    expected = {line: "fact" for line in facts} | {line: "description" for line in prose}
    expected |= {line: f"furniture:{rule}" for line, rule in furniture.items()}
    found = prix_territoriaux.read(read_document(CASES / name)).uses
    assert found == tuple(LineUse(line, expected[line]) for line in sorted(expected))


def test_every_line_of_the_page_is_accounted_for() -> None:
    former, related = "former-palmares", "related-articles"
    furniture = {5: "image-alternative", 43: "video-notice", 45: "cookie-notice", 47: former, 49: former}
    furniture |= {50: former, 51: "rating", 53: "sharing", 55: related, 57: related}
    facts = {1, 3, 7, 9, 11, 21, 23, 25, 31, 33, 39}
    uses("page.txt", facts, {13, 15, 17, 19, 27, 29, 35, 37, 41}, furniture)


def test_every_line_of_the_release_is_accounted_for() -> None:
    furniture = dict.fromkeys((34, 35, 36), "more") | dict.fromkeys((38, 40, 42, 44, 46, 48), "about")
    furniture |= {6: "hashtag"} | dict.fromkeys((50, 52, 54), "press-contact")
    uses("release.txt", {2, 4, 8, 10, 14, 16, 18, 24, 26, 28, 30, 32}, {12, 20, 22}, furniture)


@pytest.mark.parametrize(("name", "whole_from"), [("page.txt", 47), ("release.txt", 50)])
def test_a_document_cut_before_its_last_section_is_refused(name: str, whole_from: int) -> None:
    lines = case(name).splitlines(keepends=True)
    for length in range(2, len(lines)):
        text = "".join(lines[:length])
        if length < whole_from:
            with pytest.raises(SourceError) as refusal:
                read(text)
            assert refusal.value.line is not None and refusal.value.line <= length
        else:
            assert read(text) == (PAGE if name == "page.txt" else RELEASE)


def test_a_lenient_reader_notes_what_is_cut_and_what_nothing_understands() -> None:
    lines = case("release.txt").splitlines(keepends=True)
    document = parse_document("".join([*lines[:23], "Le palmarès en images\n"]).encode(), "cut.txt")
    extraction = prix_territoriaux.read(document, lenient=True)
    assert [category.label for category in extraction.edition.categories] == ["Prix du jury", "Prix MUTREX"]
    assert extraction.unaccounted == (24,)
    assert extraction.notes == (
        "line 24: « trois collectivités » (line 4) are announced, 2 are listed: the document seems cut",
        "line 24: the document seems cut: « Contacts Presse » should end it",
    )


def test_more_laureates_than_announced_are_a_note() -> None:
    text = changed(CASES / "release.txt", "trois collectivités", "deux collectivités")
    extraction = prix_territoriaux.read(parse_document(text.encode(), "p.txt"))
    assert extraction.notes == ("« deux collectivités » (line 4) are announced, 3 are listed",)


LAST_SENTENCES = [
    "    Le camion de Clairbourg a reçu le Prix du jury des Prix Territoriaux 2030.\n",
    "    Le CCAS et la ville de Montrieux ont obtenu le Prix coup de coeur.\n",
    "    Le Val de Brune a remporté le Prix spécial sobriété des Prix Territoriaux 2030.\n",
]


def test_a_dossier_without_the_last_sentence_that_others_have_is_refused() -> None:
    with pytest.raises(
        SourceError, match="« Prix spécial sobriété » ends its dossier: it seems cut"
    ) as refusal:
        read(changed(CASES / "page.txt", LAST_SENTENCES[2], ""))
    assert refusal.value.line == 39


def test_a_page_without_any_last_sentence_has_a_note() -> None:
    text = case("page.txt")
    for sentence in LAST_SENTENCES:
        assert sentence in text
        text = text.replace(sentence, "")
    extraction = prix_territoriaux.read(parse_document(text.encode(), "p.txt"))
    assert extraction.notes == (
        "no dossier ends with a sentence that names its prize: compare with the document",
    )


def test_an_edition_whose_sentences_do_not_name_it_bears_the_name_of_the_award() -> None:
    edition = read(case("page.txt").replace("Prix Territoriaux 2030", "Prix Territoriaux"))
    assert (edition.label, edition.lines) == ("Prix Territoriaux La Gazette - GMF", at("1"))


def test_a_release_that_does_not_name_its_edition_is_refused_at_its_title() -> None:
    with pytest.raises(SourceError, match="no line prints « Prix Territoriaux 2031 »") as refusal:
        read(changed(CASES / "release.txt", "Prix Territoriaux 2031.", "prix."))
    assert refusal.value.line == 2


def test_a_dash_without_blanks_in_the_name_of_the_award_is_refused() -> None:
    headline = "Prix Territoriaux La Gazette - GMF : les"
    with pytest.raises(SourceError, match="« La Gazette-GMF » may name one body or two") as refusal:
        read(changed(CASES / "page.txt", headline, "Prix Territoriaux La Gazette-GMF : les"))
    assert refusal.value.line == 1


def test_no_contact_reaches_a_record() -> None:
    assert "@" in case("release.txt") and "01 23" in case("release.txt")
    printed = repr(read(case("release.txt")))
    assert "@" not in printed and "01 23" not in printed and "http" not in printed


@pytest.mark.parametrize("name", ["page.txt", "release.txt"])
def test_a_damaged_document_is_still_recognised(name: str) -> None:
    lines = case(name).splitlines()
    for missing in range(len(lines)):
        left = "\n".join(lines[:missing] + lines[missing + 1 :])
        assert prix_territoriaux.recognises(parse_document(left.encode(), name)), missing + 1


def test_a_document_that_has_neither_layout_is_refused_at_its_last_line() -> None:
    with pytest.raises(SourceError, match="seems cut") as refusal:
        read("Les Prix Territoriaux\n\nUne phrase.\n")
    assert refusal.value.line == 3


def test_other_documents_are_not_recognised() -> None:
    others = [path for path in CASES.parent.glob("*/*.txt") if path.parent != CASES]
    for path in others:
        assert not prix_territoriaux.recognises(read_document(path)), path.name
