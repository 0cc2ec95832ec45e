"""The release on the label « Territoire Innovant » 2024, as a person reads it.

Every value was typed from reading the document; the test is skipped where the document is absent.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from case_tables import rows
from innograph.records import (
    BodyMention,
    Count,
    Criterion,
    Edition,
    Event,
    Extraction,
    Jury,
    LineUse,
    RankName,
    RankStatement,
    Span,
    StatedYear,
    parts,
)
from innograph.sources import interconnectes_label
from innograph.sources.document import read_document
from spans import at

from .made_up import CASES

DISTINCTIONS = CASES / "interconnectes-label" / "distinctions-2024.tsv"
"""Every distinction of the release, typed by hand; laureates are joined by « + »."""
LABELS: dict[str, tuple[RankName, str]] = {
    "gold": ("gold", "LABEL OR"),
    "silver": ("silver", "LABEL ARGENT"),
    "bronze": ("bronze", "LABEL BRONZE"),
}
CONTACTS = 155
"""The line of the heading over the press contacts, to the end of the release."""
NANCY = "Ville et Métropole du Grand Nancy"


CATEGORIES = {
    27: "INCLUSION NUMÉRIQUE",
    55: "PARTICIPATION CITOYENNE",
    73: "SERVICE USAGERS & ACCESSIBILITE",
    101: "MODERNISATION DU SERVICE PUBLIC",
    108: "GESTION DES DONNÉES",
    120: "TERRITOIRE INTELLIGENT ET RESPONSABLE",
}

NOT_PLAIN = {
    69: (
        BodyMention("Grenoble-Alpes Métropole", at(69)),
        BodyMention("les communes membres", at(69), group=True),
    ),
    97: (
        BodyMention(NANCY, at(97), name="Ville du Grand Nancy"),
        BodyMention(NANCY, at(97), name="Métropole du Grand Nancy"),
    ),
}
JURY = (
    "Intercommunalités de France",
    "DINUM",
    "Banque des Territoires",
    "Association des Départements de France",
    "AMF",
    "Toulouse Métropole",
    "Ekitia",
    "Déclic",
)
FURNITURE = {
    3: "press-release",
    23: "editorial",
    25: "section-heading",
    141: "separator",
    143: "section-heading",
    145: "motto",
    153: "hyperlink",
    155: "press-contact",
    157: "press-contact",
    159: "press-contact",
}


@pytest.fixture(scope="module")
def extraction(sources_dir: Path) -> Extraction:
    return interconnectes_label.read(read_document(sources_dir / "interconnectes-2024.txt"))


@pytest.fixture(scope="module")
def edition(extraction: Extraction) -> Edition:
    return extraction.edition


def test_the_edition_and_its_events(edition: Edition) -> None:
    assert (edition.award, edition.label) == ("territoire-innovant", "Label « Territoire Innovant » 2024")
    assert (edition.lines, edition.year) == (at(6), StatedYear(2024, at(6)))
    assert edition.organisers == (
        BodyMention("les interconnectés", at(147, 149), basis="inferred", rule="organiser-of-label"),
    )
    assert edition.announcement == Event(at(4), start=date(2024, 4, 4), location="Marseille")
    assert edition.ceremony == Event(
        at(6, 8),
        name="Forum des Interconnectés 2024",
        start=date(2024, 4, 3),
        end=date(2024, 4, 4),
        venue="Palais du Pharo",
        location="Marseille",
        hosts=(BodyMention("Métropole Aix-Marseille-Provence", at(8)),),
        counts=(Count("attendance", "people", 1130, "1130 participants", at(8)),),
    )
    assert edition.jury_meeting == Event(
        at(21),
        venue="visio-conférence",
        counts=(Count("hearings", "sessions", 4, "quatre sessions", at(21)),),
    )
    # 2009 is the year of the association, not of the label
    assert (edition.founded, edition.ordinal, edition.spokespersons) == (None, None, ())


def test_the_jury_the_criteria_and_the_counts(edition: Edition) -> None:
    assert edition.jury == Jury(
        members=tuple(BodyMention(name, at(21), unnamed_representative=True) for name in JURY)
    )
    assert edition.criteria == (
        Criterion("L'innovation", at(14)),
        Criterion("La prise en compte des usagers", at(15)),
        Criterion("La reproductibilité", at(16)),
        Criterion("La mutualisation / interopérabilité", at(17)),
        Criterion("L'utilité / efficacité", at(18)),
        Criterion("Sobriété numérique / impact climatique", at(19)),
    )
    assert edition.counts == (
        Count("laureates", "distinctions", 21, "21 territoires", at(8, 10)),
        Count("applications", "initiatives", 45, "45 projets présentés", at(10)),
        Count("auditioned", "initiatives", 28, "28 ont été auditionnés", at(10)),
    )


def test_every_category_and_distinction(edition: Edition) -> None:
    expected = []
    for rank, rank_line, laureates_line, laureates, title_line, title in rows(DISTINCTIONS):
        line = int(laureates_line)
        plain = tuple(BodyMention(mention, at(line)) for mention in laureates.split(" + "))
        statement = RankStatement(*LABELS[rank], at(int(rank_line)))
        category = max(heading for heading in CATEGORIES if heading < line)
        expected.append((category, title, at(int(title_line)), NOT_PLAIN.get(line, plain), statement))

    assert len(expected) == 21
    assert [
        (category.lines[0].start, each.title, each.lines, each.laureates, each.rank)
        for category in edition.categories
        for each in category.distinctions
    ] == expected
    assert [
        (each.lines, each.label, each.kind, each.subtitle, each.sponsors) for each in edition.categories
    ] == [(at(line), label, "thematic", None, ()) for line, label in CATEGORIES.items()]


def test_every_line_is_accounted_for(extraction: Extraction) -> None:
    assert (extraction.unaccounted, extraction.notes) == ((), ())
    assert [use for use in extraction.uses if use.use != "fact"] == [
        LineUse(line, f"furniture:{rule}") for line, rule in FURNITURE.items()
    ]


def test_contact_data_reaches_no_record(extraction: Extraction) -> None:
    printed = repr(extraction)
    assert "@" not in printed and "http" not in printed
    assert not re.search(r"\+\d\d|\b0\d(?:[ .]?\d\d){4}\b", printed)
    spans = [part for part in parts(extraction.edition) if isinstance(part, Span)]
    assert max(span.end for span in spans) < CONTACTS
