"""The Prix Territoriaux 2020, as a person reads their page.

Every value was typed from reading the document; the test is skipped where the document is absent.
"""

from pathlib import Path

from innograph.records import (
    BodyMention,
    Edition,
    StatedAddress,
    StatedOrdinal,
    StatedYear,
)
from innograph.sources import prix_territoriaux
from spans import at

from .prizes import RULE, prize, real


def test_the_palmares_of_2020(sources_dir: Path) -> None:
    extraction = prix_territoriaux.read(real(sources_dir, "prix-territoriaux-2020.txt"))
    assert (extraction.unaccounted, extraction.notes) == ((), ())
    assert extraction.edition == Edition(
        award="prix-territoriaux",
        label="Prix Territoriaux 2020",
        lines=at("1", "32"),
        year=StatedYear(2020, at("7")),
        ordinal=StatedOrdinal(21, at("1", "3")),
        founded=StatedYear(2000, at("3")),
        organisers=(
            BodyMention("La Gazette", at("1"), basis="inferred", rule=RULE),
            BodyMention("GMF", at("1"), basis="inferred", rule=RULE),
        ),
        categories=(
            prize(
                "Prix Coup de coeur",
                "9",
                ["Ville de Brest"],
                "Handibox facilite l’accès à la culture des personnes en situation de handicap",
                "11",
                "13-32",
            ),
            prize(
                "Prix du Jury",
                "34",
                ["CCAS de Montpellier"],
                "Le numérique au service de l’action sociale",
                "36",
                "38-55",
            ),
            prize(
                "Prix GMF",
                "57",
                ["Conseil régional d’Île-de-France"],
                "L’apprentissage des langues gratuit pour tous",
                "59",
                "61-76",
                website=StatedAddress("https://qioz.fr/", at("63")),
            ),
            prize(
                "Prix La Gazette",
                "78",
                ["Conseil départemental des Hauts-de-Seine"],
                "L’intelligence collective au service des communes",
                "80",
                "82-95",
            ),
            prize(
                "Prix spécial gestion de crise",
                "99",
                ["SDIS de l’Ariège"],
                # A no-break space before the question mark, as printed.
                "COVID-19 : comment optimiser la régulation médicale\N{NO-BREAK SPACE}?",
                "101",
                "103-120",
                "special-prize",
            ),
            prize(
                "Prix des sociétaires GMF",
                "123",
                ["Communauté d'agglomération Pau Béarn Pyrénées"],
                "Lutter contre le mal logement en un clic",
                "125",
                "127-142",
            ),
        ),
    )
