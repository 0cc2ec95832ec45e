"""The parser of the label « Territoire Innovant »: a made-up release, and what it notes of altered ones.

Every expected value was typed from reading the document.
"""

from datetime import date
from functools import partial

import pytest

from innograph.records import (
    BodyMention,
    Category,
    Count,
    Criterion,
    Distinction,
    Edition,
    Event,
    Extraction,
    Jury,
    LineUse,
    RankName,
    RankStatement,
    StatedYear,
)
from innograph.sources import interconnectes_label
from innograph.sources.document import parse_document, read_document
from spans import at

from . import made_up
from .made_up import CASES

RELEASE = CASES / "interconnectes-label" / "release.txt"
changed = partial(made_up.changed, RELEASE)
LABELS: dict[RankName, str] = {"gold": "LABEL OR", "silver": "LABEL ARGENT", "bronze": "LABEL BRONZE"}


def named(line: int, *mentions: str) -> tuple[BodyMention, ...]:
    return tuple(BodyMention(mention, at(line)) for mention in mentions)


def honour(
    rank: RankName, rank_line: int, laureates: tuple[BodyMention, ...], title: str, title_line: int
) -> Distinction:
    statement = RankStatement(rank, LABELS[rank], at(rank_line))
    return Distinction(title, at(title_line), laureates, statement)


def read(text: str, *, lenient: bool = False) -> Extraction:
    return interconnectes_label.read(parse_document(text.encode(), "release.txt"), lenient=lenient)


VAL = "Ville et Agglomération du Val-Exemple"
MADE_UP = Edition(
    award="territoire-innovant",
    label="Label « Territoire Innovant » 2031",
    lines=at(5),
    year=StatedYear(2031, at(5)),
    organisers=(BodyMention("les interconnectés", at(60, 62), basis="inferred", rule="organiser-of-label"),),
    announcement=Event(at(3), start=date(2031, 5, 12), location="Port-Exemple"),
    ceremony=Event(
        at(5, 7),
        name="Forum des Interconnectés 2031",
        start=date(2031, 5, 11),
        end=date(2031, 5, 12),
        venue="Halle aux Grains",
        location="Port-Exemple",
        hosts=named(7, "Métropole du Banc"),
        counts=(Count("attendance", "people", 1640, "1 640 participants", at(7)),),
    ),
    jury_meeting=Event(
        at(16),
        venue="visio-conférence",
        counts=(Count("hearings", "sessions", 3, "trois sessions", at(16)),),
    ),
    jury=Jury(
        members=tuple(
            BodyMention(name, at(16), unnamed_representative=True)
            for name in ("Maison Alpha", "Fabrique Bêta", "Atelier des Rives", "Gamma")
        )
    ),
    criteria=(Criterion("L'écoute", at(13)), Criterion("L'entraide / le partage", at(14))),
    counts=(
        Count("laureates", "distinctions", 6, "6 territoires", at(7, 9)),
        Count("applications", "initiatives", 30, "30 projets présentés", at(9)),
        Count("auditioned", "initiatives", 12, "12 ont été auditionnés", at(9)),
    ),
    categories=(
        Category(
            "ÉCOLE & NUMÉRIQUE",
            at(22),
            "thematic",
            (
                honour("gold", 24, named(26, "Métropole du Banc", "Cercle du Nord"), "Le cahier partagé", 28),
                honour(
                    "silver",
                    30,
                    (
                        BodyMention(VAL, at(32), name="Ville du Val-Exemple"),
                        BodyMention(VAL, at(32), name="Agglomération du Val-Exemple"),
                    ),
                    'La cour "des idées" - Une place pour tous',
                    34,
                ),
                honour(
                    "silver",
                    30,
                    named(36, "Communauté de communes Mont et Plaine"),
                    "Un bus, « une tablette »",
                    38,
                ),
            ),
        ),
        Category(
            "DONNÉES",
            at(40),
            "thematic",
            (
                honour(
                    "silver",
                    42,
                    (
                        BodyMention("Essai-Nord Métropole", at(44)),
                        BodyMention("les communes membres", at(44), group=True),
                    ),
                    "Le plan ouvert",
                    45,
                ),
                honour(
                    "silver",
                    42,
                    named(46, "Syndicat Exemple", "Département des Rives"),
                    "La carte des sources",
                    47,
                ),
                honour("bronze", 49, named(51, "Ville d'Épreuve"), "12 capteurs pour l'eau", 52),
            ),
        ),
    ),
)
FURNITURE = {
    2: "press-release",
    18: "editorial",
    20: "section-heading",
    54: "separator",
    56: "section-heading",
    58: "motto",
    64: "hyperlink",
    66: "press-contact",
    68: "press-contact",
    70: "press-contact",
}


def test_the_made_up_release() -> None:
    document = read_document(RELEASE)
    extraction = interconnectes_label.read(document)

    assert interconnectes_label.recognises(document)
    # the heading « À propos » is no evidence: a line below prints the association's name whole
    assert extraction == Extraction(
        MADE_UP,
        "interconnectes-label",
        tuple(
            LineUse(line, f"furniture:{FURNITURE[line]}" if line in FURNITURE else "fact")
            for line, _ in document.numbered()
        ),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("### ÉCOLE & NUMÉRIQUE", "## **ÉCOLE & NUMÉRIQUE**"),
        ("### ÉCOLE & NUMÉRIQUE", "**ÉCOLE & NUMÉRIQUE**"),
        ("## **DONNÉES**", "### DONNÉES"),
        ("#### LABEL OR :", "### **LABEL OR**"),
        ("### **LABEL BRONZE :**", "#### LABEL BRONZE"),
        ("- **Ville d'Épreuve**  ", "- Ville d'Épreuve"),
    ],
)
def test_markup_changes_nothing(old: str, new: str) -> None:
    assert read(changed(old, new)).edition == MADE_UP


def test_a_lenient_reading_notes_what_a_strict_one_refuses() -> None:
    lines = RELEASE.read_text(encoding="utf-8").splitlines()[:48]
    extraction = read("\n".join([*lines, "Zone d'essai"]), lenient=True)

    assert extraction.unaccounted == (49,)
    assert extraction.notes == (
        "line 49: « 6 territoires » (line 7, 9) are announced, 5 are listed: the document seems cut",
        "line 49: no section « À propos »: the document seems cut",
    )
    assert extraction.edition.organisers == ()


def test_two_numbers_for_one_thing_are_both_kept() -> None:
    extraction = read(changed("6 territoires retenus", "5 territoires retenus"))
    assert extraction.edition.counts[:2] == (
        Count("laureates", "distinctions", 6, "6 territoires", at(7)),
        Count("applications", "initiatives", 30, "30 projets présentés", at(9)),
    )
    assert extraction.edition.counts[3] == Count("laureates", "distinctions", 5, "5 territoires", at(9))
    assert extraction.notes == (
        "« 5 territoires » (line 9) are announced, 6 are listed",
        "two numbers for one thing: « 6 territoires » (line 7) and « 5 territoires » (line 9)",
    )


def test_a_forum_that_the_title_does_not_name_has_no_name() -> None:
    ceremony = read(changed("Le Forum des Interconnectés, organisé", "Le Forum, organisé")).edition.ceremony
    assert ceremony is not None
    assert (ceremony.name, ceremony.lines) == (None, at(7))


def test_no_organiser_where_the_label_is_nobodys() -> None:
    extraction = read(changed("Le réseau remet ses Labels", "Les interconnectés portent les Labels"))
    assert extraction.edition.organisers == ()
    assert extraction.notes == ("nothing says whose the label is: no organiser",)


def test_contact_data_reaches_no_record() -> None:
    printed = repr(read(RELEASE.read_text(encoding="utf-8")))
    assert [word for word in ("@", "+33", "Camille", "invalid") if word in printed] == []
