"""The press pack of 2019, where it is at hand. Every value below was typed from reading it."""

import re
from datetime import date
from pathlib import Path

import pytest

from innograph.records import (
    BodyMention,
    Count,
    Criterion,
    Event,
    Jury,
    Lines,
    PersonMention,
    RankName,
    StatedAddress,
    StatedYear,
)
from innograph.sources.document import Document, read_document
from innograph.sources.territoria_press_pack import read, recognises
from spans import at

REAL = """
Aménagement de l’espace public / Urbanisme
  PARIS : Création de bâtiments modulaires sur foncier provisoire : gold?
  CA LE GRAND CHALON : Réinventez la maison sur sous-sol : silver
  SAINT-PARGOIRE (34) : Développement des sports urbains sur un plateau sportif : bronze
Civisme Citoyenneté
  CD HAUTE-SAONE : Bientôt majeur ! : gold?
  SAINT-QUENTIN : Le mois du bénévolat : bronze?
  PARIS : Accessibilité : le vote, un droit pour tous : bronze?
Communication
  BEAUVAIS : Cafés des policiers et Cantines des policiers : gold
  CHALONS-EN-CHAMPAGNE : Application Jeunes Chalons, l’outil de communication Jeunes : gold
Culture
  CC MAD ET MOSELLE : La modélisation des villages détruits : gold?
  ORLY : Les habitants acteurs de la programmation culturelle : silver
Gouvernance
  MULHOUSE : La participation citoyenne dans une procédure de marché public : gold
  CC MAD ET MOSELLE : La concertation sur le devenir des églises : silver?
  CD ISERE : Quel collège pour notre quartier ? : bronze
Innovation managériale
  CR GRAND EST : La démarche agile qui améliore l’efficience des formations : gold
  CD HAUTS-DE-SEINE : Le Curious Lab’ des défis communaux : silver
Lien social
  BRUNOY : Le ZEF, café associatif : gold
  CHAMBERY : La Dynamo, tiers lieux municipal au service de l’innovation sociale : silver
  PARIS 5 : Les Estivales Seniors : bronze
Mobilité
  MARCQ-EN-BARŒUL : Le covoiturage urbain de proximité : gold
  CA PARIS-SACLAY : L’Observatoire des Mobilités Paris-Saclay : silver
  SAINT NAZAIRE : L’autopartage professionnel nouvelle génération : silver
Pilotage / évaluation des politiques publiques
  LYON : VLKO, le dispositif de cartographie interactive : gold
  VERTOU (44) : « Grandir ensemble », la concertation enfance-jeunesse : silver
  PARIS : La recherche action « Agir ensemble pour les enfants » : silver?
Prévention
  CCAS NANCY : Les Points Relais Sécurité : gold
  PARIS : Le « violentomètre » : silver?
  LE GOSIER : Tom et le trésor des Grands-Fonds, sensibilisation au risque d’inondation : bronze
Qualité de Vie
  CA SAINT-QUENTINOIS : Le Travail en Horaires Regroupés (THR) : gold
  SAINT-GREGOIRE (35) : Une ville plus intelligente au service des habitants : gold
  CHALON-SUR-SAONE : Deviens baby-sitter : silver
Ressources Humaines
  CD MEURTHE-ET-MOSELLE : Les postes REBOND : gold
  CD HAUTE-SAONE : L’entreprise routière territoriale, une réorganisation avec les agents : silver?
Revitalisation commerciale
  SAINT-QUENTIN : Le CommerceLab, incubateur du commerce de demain : gold?
  LAVONCOURT (71) + SIVOM du Val Fleuri : Une M S A P en pleine évolution : silver
  La COLLE-sur-LOUP : Les clips « RéSonance » : bronze
Services aux personnes
  COUZON (03) : Les Petites Unités de Vie : gold
  CD ESSONNE : Le Pack sortie RSA : silver
Territoires Innovants
  BETHUNE : Le réseau de chaleur éco vertueux dans le bassin minier : gold
  CD DRÔME + ROMANS : La Maison des Internes : silver
Transformation numérique
  CD HAUT-RHIN : Les archives valorisées dans un dôme numérique à 360° : gold?
  CD VOSGES : Un guichet citoyen multi collectivités : silver
Transition énergétique
  LA BAULE-ESCOUBLAC : La gestion durable d’une ville connectée : gold
  CCAS Montpellier : Les agents sociaux se mobilisent contre la précarité énergétique : silver
  CD HAUT-RHIN : Ça turbine : 5 jours pour parler d’énergies : bronze?
TERRITORIA /Ecomaires
  LANNION-TREGOR CA : Déchèterie de nouvelle génération et vente d’objets recyclés : gold
  SAINT-REMY-EN-COMTÉ (70) : Un parc naturel communal, vitrine de la biodiversité : silver
  CR BOURGOGNE-FRANCHE-COMTE : Politique de soutien à la biodiversité régionale : bronze
TERRITORIA / Unicef France
  MORIERES-LES-AVIGNON : La coopérative d’activité éphémère pour les 16 à 18 ans : gold
  ÉLANCOURT : La boxe éducative itinérante, sport et vecteur de lien social : silver
  ROMANS-SUR-ISERE : Un partenariat pour lutter contre les causes de la pauvreté : silver
"""
"""A category on each line, under it its distinctions: laureates, title, rank; « ? » where it is inferred."""


@pytest.fixture(scope="module")
def real(sources_dir: Path) -> Document:
    return read_document(sources_dir / "territoria-2019.txt")


def test_the_fifty_distinctions_of_2019(real: Document) -> None:
    table = [""]
    for category in read(real).edition.categories:
        table.append(category.label)
        for each in category.distinctions:
            assert each.rank is not None
            names = " + ".join(
                f"{body.mention} ({body.context})" if body.context else body.mention
                for body in each.laureates
            )
            doubt = {"stated": "", "inferred": "?"}[each.rank.basis]
            table.append(f"  {names} : {each.title} : {each.rank.value}{doubt}")
    assert "\n".join([*table, ""]) == REAL


WHERE_LISTED: dict[tuple[str, RankName], tuple[str, Lines, str | None]] = {
    ("CR GRAND EST", "gold"): ("TERRITORIA OR", at("164"), None),
    ("CD HAUTE-SAONE", "gold"): ("TERRITORIA OR", at("164"), "rank-join"),
    ("CD HAUTE-SAONE", "silver"): ("TERRITORIA ARGENT", at("170"), "rank-join"),
    ("CD MEURTHE-ET-MOSELLE", "gold"): ("TERRITORIA OR", at("164", "165"), None),
    ("CA SAINT-QUENTINOIS", "gold"): ("TERRITORIA OR", at("164", "165-166"), None),
    ("MARCQ-EN-BARŒUL", "gold"): ("TERRITORIA OR", at("164", "167-168"), None),
    ("CCAS NANCY", "gold"): ("TERRITORIA OR", at("164", "168-169"), None),
    ("CD DRÔME", "silver"): ("TERRITORIA ARGENT", at("170", "171"), None),
    ("CA LE GRAND CHALON", "silver"): ("TERRITORIA ARGENT", at("170", "171-172"), None),
    ("ROMANS-SUR-ISERE", "silver"): ("TERRITORIA ARGENT", at("170", "173-174"), None),
    ("PARIS", "silver"): ("TERRITORIA ARGENT", at("170", "173"), "rank-join"),
    ("PARIS", "bronze"): ("TERRITORIA BRONZE", at("175", "176"), "rank-join"),
    ("PARIS 5", "bronze"): ("TERRITORIA BRONZE", at("175", "176"), None),
    ("SAINT-QUENTIN", "gold"): ("TERRITORIA OR", at("164", "168"), "rank-join"),
    ("SAINT-QUENTIN", "bronze"): ("TERRITORIA BRONZE", at("175", "176-177"), "rank-join"),
}


def test_the_rank_of_a_distinction_has_the_lines_that_list_its_body(real: Document) -> None:
    found = {
        (each.laureates[0].mention, each.rank.value): (each.rank.label, each.rank.lines, each.rank.rule)
        for each in read(real).edition.distinctions()
        if each.rank
    }
    assert len(found) == 49  # Paris has silver twice
    assert {names: found[names] for names in WHERE_LISTED} == WHERE_LISTED


def test_what_2019_says_before_its_dossiers(real: Document) -> None:
    minister = "ministre de la Cohésion des territoires et des Relations avec les collectivités territoriales"
    extraction = read(real)
    edition = extraction.edition
    assert (edition.award, edition.label, edition.year) == (
        "territoria",
        "Prix TERRITORIA 2019",
        StatedYear(2019, at("1")),
    )
    assert edition.founded == StatedYear(1986, at("188"))
    assert edition.organisers == (BodyMention("L’Observatoire National de l’Innovation Publique", at("188")),)
    assert edition.jury == Jury(PersonMention("Jacqueline Gourault", at("142-143"), (minister,)))
    assert edition.jury_meeting == Event(at("12", "142", "144"), start=date(2019, 10, 8))
    assert edition.spokespersons == (
        PersonMention(
            "Catherine Troendlé",
            at("25", "116", "118", "120"),
            ("Vice-Présidente du Sénat", "Présidente de l’Observatoire TERRITORIA"),
            on_behalf_of="Observatoire TERRITORIA",
        ),
    )
    assert edition.ceremony == Event(
        at("8-9", "180-181"),
        start=date(2019, 11, 13),
        venue="Salons Boffrand de la Présidence du Sénat",
        presenters=(
            PersonMention("Jacqueline Gourault", at("15", "17", "183"), (minister,)),
            PersonMention(
                "Catherine Troendlé",
                at("17-18", "184"),
                (
                    "présidente de l’Observatoire TERRITORIA",
                    "vice-présidente du Sénat",
                    "présidente de l’Observatoire National de l’Innovation Publique",
                ),
            ),
        ),
    )
    assert edition.criteria == (
        Criterion("innovation", at("152")),
        Criterion("aptitude à être reprises par d’autres collectivités", at("153")),
        Criterion("bonne utilisation des deniers publics", at("154")),
    )
    assert edition.counts == (
        Count("laureates", "bodies", 50, "50 collectivités", at("12", "144")),
        Count("applications", "initiatives", 220, "220 projets", at("77")),
        Count("laureates", "distinctions", 50, "50 lauréats", at("104")),
        Count("laureates", "distinctions", 21, "21 Or", at("104", "144"), rank="gold"),
        Count("laureates", "distinctions", 20, "20 Argent", at("104", "106", "144-145"), rank="silver"),
        Count("laureates", "distinctions", 9, "9 Bronze", at("106", "145"), rank="bronze"),
        Count("applications", "initiatives", 217, "217 candidatures", at("148")),
        Count("applications", "categories", 19, "19 domaines", at("148")),
        Count("to-date", "initiatives", 700, "quelques 700 initiatives", at("190"), qualifier="quelques"),
    )
    assert extraction.notes == (
        "several spellings of the place of the ceremony: 'Salons Boffrand de la Présidence du Sénat',"
        " 'Salons de Boffrand de la Présidence du Sénat'",
        "two numbers for one thing: « 220 projets » (line 77) and « 217 candidatures » (line 148)",
    )


def test_the_tricky_lines_of_2019(real: Document) -> None:
    extraction = read(real)
    edition = extraction.edition
    descriptions = {str(each.lines[0]): each.description for each in edition.distinctions()}
    assert {
        title: descriptions[title] for title in ("217", "250", "412", "604", "639", "734", "749", "1060")
    } == {
        "217": at("220-230"),
        "250": at("253-261"),  # a heading follows on the next line
        "412": at("415-420", "428-431"),  # a page number between
        "604": at("607-618"),
        "639": at("642-644", "648-657"),  # the hyperlink of another dossier between
        "734": at("737-747"),  # the next dossier follows on the next line
        "749": at("752-762"),
        "1060": at("1063-1074"),  # lines set apart by blanks
    }
    websites = {each.title: each.website for each in edition.distinctions() if each.website}
    assert websites == {
        "VLKO, le dispositif de cartographie interactive": StatedAddress(
            "http://www.vlko.org/", at("646", "647"), basis="inferred", rule="site-named-in-title"
        )
    }
    last = edition.categories[-1]
    assert (last.subtitle, last.lines) == ("Actions en faveur des enfants et adolescents", at("1077-1078"))
    assert all(category.kind == "thematic" and not category.sponsors for category in edition.categories)
    assert extraction.unaccounted == ()
    assert "@" not in repr(edition)
    for each in edition.distinctions():
        for text in (each.title, *(body.mention for body in each.laureates)):
            assert not re.search(r"http|www|^\d+$", text)


def test_no_other_document_is_recognised(sources_dir: Path) -> None:
    recognised = {path.name for path in sources_dir.glob("*.txt") if recognises(read_document(path))}
    assert recognised == {"territoria-2019.txt"}
