"""The palmarès of the Prix TERRITORIA 2024, as a person reads it.

Every value was typed from reading the document; the test is skipped where the document is absent.
"""

from pathlib import Path

import pytest

from case_tables import rows
from innograph.records import (
    BodyMention,
    CategoryKind,
    Count,
    Counted,
    Criterion,
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
from innograph.sources.document import read_document
from spans import at

from .made_up import CASES

DISTINCTIONS = CASES / "territoria-palmares" / "distinctions-2024.tsv"
"""Every distinction of the page, typed by hand; laureates are joined by « + »."""
CHALONS = "Châlons-en-Champagne (Ville et CA)"
GIP = "GIP CD 78 et CD 92"
SENATE = "Délégation sénatoriale aux collectivités territoriales et à la décentralisation"
CHILDREN = "actions en faveur des enfants et adolescents"
RANKS: dict[str, tuple[RankName, str]] = {
    "Or": ("gold", "TERRITORIA Or"),
    "Argent": ("silver", "TERRITORIA Argent"),
    "Bronze": ("bronze", "TERRITORIA Bronze"),
}


CATEGORIES: list[tuple[int, str, CategoryKind, str | None, str | None]] = [
    (17, "Action sociale", "thematic", None, "CNAS"),
    (25, "Attractivité territoriale", "thematic", None, "FDJ"),
    (33, "Communication", "thematic", None, "Image In France"),
    (41, "Culture", "thematic", None, None),
    (49, "Démocratie implicative", "thematic", None, SENATE),
    (57, "Enjeux environnementaux", "thematic", None, "Macif"),
    (65, "Gouvernance", "thematic", None, "AMF"),
    (71, "Innovation managériale", "thematic", None, "CNFPT"),
    (79, "Pilotage / Evaluation des politiques publiques", "thematic", None, "Grant Thornton"),
    (87, "Prévention", "thematic", None, "MNFCT"),
    (95, "Qualité de vie", "thematic", None, "Sodexo"),
    (101, "Ressources Humaines", "thematic", None, "Editions WEKA"),
    (109, "Services aux personnes", "thematic", None, "FESP"),
    (117, "Territoires innovants", "thematic", None, "Bouygues ES"),
    (125, "Transformation numérique", "thematic", None, "Orange"),
    (133, "Transition énergétique", "thematic", None, "Engie"),
    (141, "Unicef", "thematic", CHILDREN, None),
    (149, "Ville durable", "thematic", None, "Nexity"),
    (157, "Prix spécial FRATERNITE", "special-prize", None, "Bleu Blanc Zèbre"),
]
"""Line, label, kind, subtitle, sponsor."""

NOT_PLAIN = {
    45: (BodyMention("Le Lamentin", at(45), context="Martinique"),),
    89: (BodyMention("Agence AutonomY", at(89), context=GIP, constituents=("CD 78", "CD 92")),),
    135: (
        BodyMention(CHALONS, at(135), name="Ville de Châlons-en-Champagne"),
        BodyMention(CHALONS, at(135), name="CA Châlons-en-Champagne"),
        BodyMention("Saint Martin sur le Pré", at(135)),
        BodyMention("Fagnières", at(135)),
    ),
}
OFFICE = (
    "Ministre déléguée auprès de la ministre du Partenariat avec les territoires et de la Décentralisation, "
    "chargée de la Ruralité, du Commerce et de l'Artisanat"
)


@pytest.fixture(scope="module")
def extraction(sources_dir: Path) -> Extraction:
    return territoria_palmares.read(read_document(sources_dir / "territoria-2024.txt"))


@pytest.fixture(scope="module")
def edition(extraction: Extraction) -> Edition:
    return extraction.edition


def test_the_edition(edition: Edition) -> None:
    assert (edition.award, edition.label, edition.lines) == ("territoria", "Prix TERRITORIA 2024", at(3))
    assert edition.year == StatedYear(2024, at(3))
    assert edition.jury == Jury(PersonMention("Françoise Gatel", at(5), (OFFICE,)))
    assert edition.criteria == (
        Criterion("l'innovation", at(11)),
        Criterion("l'aptitude à être reprises par d'autres collectivités", at(12)),
        Criterion("la bonne utilisation des deniers publics", at(13)),
    )
    # what the page does not say
    assert (edition.ordinal, edition.founded, edition.organisers, edition.spokespersons) == (
        None,
        None,
        (),
        (),
    )
    assert (edition.jury_meeting, edition.ceremony, edition.announcement) == (None, None, None)


def test_the_announced_counts(edition: Edition) -> None:
    def count(line: int, stage: Stage, of: Counted, value: int, words: str, rank: RankName | None) -> Count:
        return Count(stage, of, value, words, at(line), rank)

    assert edition.counts == (
        count(5, "laureates", "distinctions", 53, "53 lauréats", None),
        count(5, "laureates", "distinctions", 18, "18 TERRITORIA Or", "gold"),
        count(5, "laureates", "distinctions", 19, "19 TERRITORIA Argent", "silver"),
        count(5, "laureates", "distinctions", 15, "15 TERRITORIA Bronze", "bronze"),
        count(5, "laureates", "distinctions", 1, "1 TERRITORIA Fraternité", "fraternity"),
        count(7, "applications", "initiatives", 180, "180 candidatures", None),
        count(7, "shortlisted", "initiatives", 56, "56 initiatives innovantes", None),
        count(7, "shortlisted", "categories", 19, "19 domaines", None),
    )


def test_the_categories_and_their_sponsors(edition: Edition) -> None:
    found = [(each.lines, each.label, each.kind, each.subtitle, each.sponsors) for each in edition.categories]
    assert found == [
        (at(line), label, kind, subtitle, (BodyMention(sponsor, at(line)),) if sponsor else ())
        for line, label, kind, subtitle, sponsor in CATEGORIES
    ]


def test_every_distinction(edition: Edition) -> None:
    expected = []
    for number, rank, laureates, title in rows(DISTINCTIONS):
        line = int(number)
        plain = tuple(BodyMention(mention, at(line)) for mention in laureates.split(" + "))
        special = RankStatement("fraternity", "TERRITORIA Fraternité", at(5, 157))
        statement = RankStatement(*RANKS[rank], at(line)) if rank else special
        category = [label for heading, label, *_ in CATEGORIES if heading < line][-1]
        expected.append((category, title, at(line), NOT_PLAIN.get(line, plain), statement))

    assert len(expected) == 53
    assert [
        (category.label, each.title, each.lines, each.laureates, each.rank)
        for category in edition.categories
        for each in category.distinctions
    ] == expected


def test_every_line_is_accounted_for(extraction: Extraction) -> None:
    assert (extraction.unaccounted, extraction.notes) == ((), ())
    assert [use for use in extraction.uses if use.use != "fact"] == [LineUse(15, "furniture:editorial")]
