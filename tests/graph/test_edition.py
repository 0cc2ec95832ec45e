"""The graph of an edition that has everything once: quad for quad what edition.trig, typed by hand, says."""

from datetime import date
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from graph.addresses import without_hashes
from innograph.curation.bodies import Bodies, DecisionRow, OrganizationRow, PersonRow
from innograph.graph.editions import write_edition
from innograph.graph.page import Page
from innograph.linking.bodies import Linker
from innograph.namespaces import named_graph
from innograph.records import (
    BodyMention,
    Category,
    Count,
    Criterion,
    Distinction,
    Edition,
    Event,
    Jury,
    PersonMention,
    RankStatement,
    StatedAddress,
    StatedOrdinal,
    StatedYear,
)
from innograph.store.canonical import canonical
from spans import at

EDITION = Edition(
    award="exemple",
    label="Prix Exemple 2023",
    lines=at("1"),
    year=StatedYear(2023, at("1")),
    ordinal=StatedOrdinal(4, at("2")),
    founded=StatedYear(2019, at("2")),
    organisers=(BodyMention("la Fabrique", at("3"), basis="inferred", rule="organiser-of-label"),),
    spokespersons=(PersonMention("Ada Lovelace", at("4"), ("présidente",), on_behalf_of="Fabrique"),),
    jury=Jury(
        PersonMention("Ada Lovelace", at("5")),
        (BodyMention("Fabrique", at("4"), unnamed_representative=True),),
    ),
    ceremony=Event(
        at("6-7"),
        name="Fête des Exemples",
        start=date(2023, 11, 13),
        end=date(2023, 11, 14),
        venue="Halle",
        location="Épinal",
        hosts=(BodyMention("Haute-Garde", at("6")),),
        counts=(Count("attendance", "people", 90, "près de 90 personnes", at("7"), qualifier="près de"),),
    ),
    criteria=(Criterion("l'utilité", at("9")),),
    counts=(Count("laureates", "distinctions", 1, "1 Or", at("8"), rank="gold"),),
    categories=(
        Category(
            "Culture",
            at("10"),
            "thematic",
            (
                Distinction(
                    "Le « livre » qui voyage",
                    at("11"),
                    (
                        BodyMention(
                            "Val et Garde",
                            at("11"),
                            name="Département de la Haute-Garde",
                            context="99",
                            constituents=("Fabrique",),
                        ),
                    ),
                    RankStatement("gold", "Or", at("12"), "inferred", "rank-join"),
                    description=at("13-15"),
                    website=StatedAddress("http://livre.example.org/", at("15")),
                    key="exemple-2023-livre",
                    initiative="livre",
                ),
            ),
            subtitle="lire",
            sponsors=(BodyMention("Fabrique", at("10")),),
            key="exemple-2023-culture",
            series="exemple-culture",
        ),
    ),
    document="d",
    key="exemple-2023",
)
BODIES = Bodies(
    {
        "fabrique": OrganizationRow("fabrique", "Fabrique", "unspecified", ""),
        "haute-garde": OrganizationRow("haute-garde", "Département de la Haute-Garde", "department", ""),
    },
    {"ada lovelace": PersonRow("ada", "Ada Lovelace")},
    (
        DecisionRow(
            "organization", "la Fabrique", "*", "fabrique", "same", "lectrice", "2026-01-02", "ligne 3"
        ),
    ),
)


def test_the_graph_of_an_edition_is_what_the_model_says() -> None:
    links = Page(named_graph("links"))
    page = write_edition(EDITION, BODIES, Linker(BODIES), links)
    written = canonical(without_hashes(quad) for quad in page.quads | links.quads)
    expected = parse(path=Path(__file__).with_name("edition.trig"), format=RdfFormat.TRIG)
    assert written.splitlines() == canonical(expected).splitlines()
