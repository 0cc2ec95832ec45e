"""The Prix Territoriaux 2022, as a person reads their release.

Every value was typed from reading the document; the test is skipped where the document is absent.
"""

from pathlib import Path

from innograph.records import (
    BodyMention,
    Count,
    Edition,
    PersonMention,
    StatedOrdinal,
    StatedYear,
)
from innograph.sources import prix_territoriaux
from spans import at

from .prizes import RULE, named, prize, real


def test_the_palmares_of_2022(sources_dir: Path) -> None:
    extraction = prix_territoriaux.read(real(sources_dir, "prix-territoriaux-2022.txt"))
    assert (extraction.unaccounted, extraction.notes) == ((), ())
    school = "L'École Nationale du Génie de l'Eau et de l'Environnement de Strasbourg"
    assert extraction.edition == Edition(
        award="prix-territoriaux",
        label="Prix Territoriaux 2022",
        lines=at("3", "25"),
        year=StatedYear(2022, at("3")),
        ordinal=StatedOrdinal(23, at("5")),
        organisers=(
            named("GMF", "53"),
            BodyMention("La Gazette des Communes", at("3", "5"), basis="inferred", rule=RULE),
        ),
        spokespersons=(
            PersonMention(
                "Emmanuel Kestenare",
                at("53"),
                ("Directeur des partenariats et relations marque de GMF",),
                "GMF",
            ),
            PersonMention(
                "Romain Mazon",
                at("55"),
                ("Rédacteur en chef de La Gazette des communes",),
                "La Gazette des communes",
            ),
        ),
        counts=(Count("laureates", "bodies", 6, "six collectivités", at("5")),),
        categories=(
            prize(
                "Prix du jury",
                "11",
                ["Le Conseil départemental du Nord"],
                "L'Aide Sociale à l'Enfance simplifie le quotidien des enfants",
                "13",
                "15-17",
            ),
            prize("Prix coup de cœur", "19", ["La Ville d'Istres"], "La Conciergerie", "21", "23-25"),
            prize(
                "Prix La Gazette",
                "27",
                ["La Ville de Marseille"],
                "Une Assemblée pour faire avancer la municipalité",
                "29",
                "31",
            ),
            prize(
                "Prix GMF",
                "33",
                ["La Ville de Valenciennes"],
                "Une auto-école solidaire pour la mobilité des seniors",
                "35",
                "37",
            ),
            prize(
                "Prix des sociétaires GMF",
                "39",
                ["Le Centre Communal d'Action Social de Gannat"],
                "Un service d'aide à domicile optimisé",
                "41",
                "43-45",
            ),
            prize(
                "Prix spécial 2022 « Transition écologique »",
                "47",
                ["La Ville d'Issy-les-Moulineaux"],
                "Objectif zéro carbone",
                "49",
                "51",
                "special-prize",
                (BodyMention(school, at("51"), context="Engees"),),
            ),
        ),
    )
