"""The palmarès of the Prix TERRITORIA 2024, as a person reads it.

Every value was typed from reading the document; the test is skipped where the document is absent.
"""

from pathlib import Path

import pytest

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

DISTINCTIONS: list[tuple[int, str, str, str]] = [
    (19, "Or", "Mornant", "l'Office du Pouvoir d'achat, nouvelle innovation mornantaise !"),
    (21, "Argent", "Dijon métropole", "COLLECTO pour organiser et booster l'aide alimentaire"),
    (23, "Bronze", "Hem", "Implantation de l'Institut d'Education Motrice « La Source » au sein d'une école"),
    (27, "Or", "CA du Grand Saint-Dizier", "La guinguette mobile de l'Agglo"),
    (
        29,
        "Argent",
        "CA Cergy-Pontoise",
        "« Concours Cosme Tech » pour faire rayonner une filière d'excellence",
    ),
    (31, "Argent", "CD Haute-Saône", "L'Ethnopôle « Réinventons les musées populaires »"),
    (35, "Or", "Tassin la Demi-Lune", "Tassin la Demi-Lune On Air"),
    (37, "Argent", "CD Lozère", "Les Rencontres Lozère Nouvelle Vie"),
    (39, "Bronze", "SYTRAL Mobilités", "FLAG pour la visibilité des points d'arrêts scolaires"),
    (43, "Or", "Talence", "Le Chemin du Temps"),
    (45, "Argent", "Le Lamentin", "Aux commandes d'un avion à 13 ans, rêve ou réalité ?"),
    (47, "Bronze", "Paris", "Les stages culture et sport"),
    (51, "Or", "CD Drôme", "Le Conseil des jeunes accompagnés en protection de l'enfance"),
    (53, "Argent", "Plessé", "PAAC : Politique Agricole et Alimentaire Communale de Plessé"),
    (55, "Bronze", "Élancourt", "Co-construction de l'école des Petits Prés"),
    (59, "Or", "Rennes Métropole", "Soutien à l'investissement communal pour la transition écologique"),
    (
        61,
        "Argent",
        "Paris",
        "Réparer les batteries électriques des véhicules pour augmenter leur durée de vie",
    ),
    (63, "Bronze", "Tassin la Demi-Lune", "Les potagers-composteurs"),
    (67, "Or", "CR Bourgogne-Franche-Comté", "Une Police de l'environnement dans les Réserves Naturelles"),
    (69, "Argent", "Le Pont de Claix", "Convention citoyenne des jeunes pontois pour le climat"),
    (73, "Or", "CR Occitanie", "L'équipomètre, un baromètre d'équipe pour « devenir ce que l'on mesure »"),
    (75, "Argent", "Caluire-et-Cuire", "Flash News pour le partage d'informations entre services"),
    (77, "Bronze", "Elancourt", "Aménagement du temps de travail pour réduire les coûts d'énergie"),
    (81, "Or", "CR Centre Val de Loire", "Climate Data Hub, la coopérative des données pour le climat"),
    (83, "Argent", "CD Yvelines", "Adapter le budget DD aux missions du département"),
    (85, "Bronze", "Paris", "La démarche Paris Recherche"),
    (89, "Or", "Agence AutonomY", "Osons parler de la maltraitance en EHPAD"),
    (91, "Argent", "Paris", "Paris à 50°C : préparer le territoire par un exercice de crise"),
    (
        93,
        "Bronze",
        "CA Cannes Pays de Lérins + Métropole Rouen Normandie",
        "« La cyber, c'est aussi mon affaire ! », un jeu apprenant pour les agents",
    ),
    (97, "Or", "Romans sur Isère", "Permanence de soins de premier recours"),
    (99, "Argent", "Talence", "Expérimentation Zéro-moustique 2023-2024"),
    (103, "Or", "CD Isère", "L'intelligence collective, ça se travaille"),
    (
        105,
        "Argent",
        "CA Cergy-Pontoise",
        "Le numérique responsable : des ateliers conçus par et pour les agents",
    ),
    (
        107,
        "Bronze",
        "Dijon métropole",
        "Embarquer les agents dans une démarche de responsabilité sociétale avec mét'ODD",
    ),
    (111, "Or", "CD Vosges", "Favoriser l'attractivité des métiers du domicile"),
    (113, "Argent", "Grand Besançon Métropole", "Le décathlon de la Boucle"),
    (115, "Bronze", "Paris", "Paris Domicile chez vous"),
    (119, "Or", "CA Paris-Saclay", "Le démonstrateur des mobilités"),
    (
        121,
        "Argent",
        "Syndicat Intercommunal d'Assainissement de Marne la Vallée",
        "Une station d'épuration vertueuse",
    ),
    (123, "Bronze", "Issy-les-Moulineaux", "IssyGPT, l'Intelligence Artificielle au service des citoyens"),
    (127, "Or", "La Colle-sur-Loup", "Le e-conseiller en Office de tourisme"),
    (129, "Argent", "CE Alsace", "Sensibiliser aux cybermenaces"),
    (131, "Bronze", "Antibes", "« Tiny LLM » pour verdir le budget"),
    (135, "Or", f"{CHALONS} + {CHALONS} + Saint Martin sur le Pré + Fagnières", "Connecte Châlons"),
    (137, "Argent", "Villeneuve lez Avignon", "Installation de bornes de recharge électrique intelligentes"),
    (139, "Bronze", "CR Occitanie", "Conversion d'autocars diesel à l'hydrogène"),
    (143, "Or", "Le Grand Chalon", "Incubateur de Maisons d'Assistants Maternels (MAM)"),
    (145, "Argent", "CR Bourgogne-Franche-Comté", "Le ramassage des rêves et des peurs de l'orientation"),
    (147, "Bronze", "Paris", "Académie des langues de Paris"),
    (151, "Or", "Mundolsheim", "Vivre l'intergénérationnel en cœur de ville"),
    (153, "Argent", "Saint-Leu-la-Forêt", "Le délaissé foncier devient coulée verte multifonctionnelle"),
    (155, "Bronze", "Paris", "Un rideau de bulles en milieu urbain"),
    (159, "", "CD Moselle", "RELAI : Remobilisation vers l'Emploi via les Associations Intermédiaires"),
]
"""Line, rank, laureates, title. More on some laureates stands in :data:`NOT_PLAIN`."""

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
    for line, rank, laureates, title in DISTINCTIONS:
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
