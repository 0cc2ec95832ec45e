"""The edition that the made-up press pack states, written by hand."""

from datetime import date

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
    RankName,
    RankStatement,
    StatedAddress,
    StatedYear,
)
from spans import at

LABELS: dict[RankName, str] = {
    "gold": "TERRITORIA OR",
    "silver": "TERRITORIA ARGENT",
    "bronze": "TERRITORIA BRONZE",
}


def stated(value: RankName, *lines: str) -> RankStatement:
    return RankStatement(value, LABELS[value], at(*lines))


def inferred(value: RankName, *lines: str) -> RankStatement:
    return RankStatement(value, LABELS[value], at(*lines), basis="inferred", rule="rank-join")


def thematic(label: str, lines: str, *distinctions: Distinction, subtitle: str | None = None) -> Category:
    return Category(label, at(lines), "thematic", distinctions, subtitle)


EXPECTED = Edition(
    award="territoria",
    label="Prix TERRITORIA 2021",
    lines=at("1"),
    year=StatedYear(2021, at("1")),
    founded=StatedYear(1999, at("83")),
    organisers=(BodyMention("L’Atelier National des Idées", at("83")),),
    spokespersons=(
        PersonMention(
            "Paul Tournié",
            at("15", "42", "44"),
            ("Président de l’Observatoire des Idées",),
            on_behalf_of="Observatoire des Idées",
        ),
    ),
    jury=Jury(PersonMention("Alma Verdier", at("57-58"), ("ministre des Rivières et des Chemins vicinaux",))),
    jury_meeting=Event(at("8", "57", "58"), start=date(2021, 11, 9)),
    ceremony=Event(
        at("6-7", "76"),
        start=date(2021, 12, 1),
        venue="Halle aux Grains du Palais des Voûtes",
        presenters=(
            PersonMention(
                "Alma Verdier", at("9", "11", "78"), ("ministre des Rivières et des Chemins vicinaux",)
            ),
            PersonMention(
                "Paul Tournié",
                at("11", "79"),
                (
                    "président de l’Observatoire des Idées",
                    "maire de Lunay",
                    "président de l’Atelier National des Idées",
                ),
            ),
        ),
    ),
    criteria=(
        Criterion("audace", at("60")),
        Criterion("sobriété des moyens et facilité de reprise", at("61-62")),
        Criterion("joie", at("63")),
    ),
    counts=(
        Count("laureates", "bodies", 14, "14 collectivités", at("7", "58")),
        Count("applications", "initiatives", 90, "90 projets", at("32")),
        Count("laureates", "distinctions", 15, "15 lauréats", at("36")),
        Count("laureates", "distinctions", 7, "7 Or", at("36"), rank="gold"),
        Count("laureates", "distinctions", 6, "6 Argent", at("36", "38"), rank="silver"),
        Count("laureates", "distinctions", 2, "2 Bronze", at("38"), rank="bronze"),
        Count("applications", "initiatives", 88, "88 candidatures", at("59")),
        Count("applications", "categories", 5, "5 domaines", at("59")),
        Count("to-date", "initiatives", 300, "quelques 300 initiatives", at("83-84"), qualifier="quelques"),
    ),
    categories=(
        thematic(
            "Action sociale / Santé",
            "94",
            Distinction(
                "Le banc qui « parle »",
                at("98"),
                (BodyMention("CCAS CLAIRVAL", at("97")),),
                stated("gold", "65", "68-69"),
                at("101-102"),
            ),
            Distinction(
                "Bientôt voisins !",
                at("106"),
                (BodyMention("TROIS-CLOCHERS CA", at("105")),),
                stated("gold", "65-66"),
                at("109", "115"),
            ),
            Distinction(
                "La maison des apprentis, un toit partagé pour apprendre les métiers du bois et de la pierre"
                " loin de chez soi",
                at("117-118"),
                (BodyMention("CD SORGUE", at("116")), BodyMention("LUNAY", at("116"))),
                stated("silver", "70"),
                at("120"),
            ),
            Distinction(
                "Les jardins suspendus",
                at("124"),
                (BodyMention("BELLEROCHE 3", at("123")),),
                stated("bronze", "72"),
                at("127"),
            ),
            Distinction(
                "Une épicerie qui roule",
                at("131"),
                (
                    BodyMention("MONTJOIE", at("130"), context="71"),
                    BodyMention("SIVOM du Val Rond", at("130")),
                ),
                stated("bronze", "72"),
                at("134"),
            ),
        ),
        thematic(
            "Culture",
            "135",
            Distinction(
                "« Grandir ici », la fanfare des quartiers",
                at("139"),
                (BodyMention("BELLEROCHE", at("138")),),
                inferred("gold", "65", "67"),
                at("142"),
            ),
            Distinction(
                "Le musée sans murs",
                at("146"),
                (BodyMention("CC BRUYERE ET VALLON", at("145")),),
                stated("silver", "70-71"),
                at("149-154"),
            ),
        ),
        thematic(
            "Mobilité",
            "157",
            Distinction(
                "La navette des vendanges",
                at("161"),
                (BodyMention("CD HAUTE-VERGNE", at("160")),),
                inferred("gold", "65"),
                at("164"),
            ),
            Distinction(
                "La rue aux enfants",
                at("168"),
                (BodyMention("BELLEROCHE", at("167")),),
                inferred("silver", "70", "71"),
                at("171"),
            ),
            Distinction(
                "Pédaler de nuit",
                at("173"),
                (BodyMention("SAINT AUBIN", at("172"), context="12"),),
                stated("silver", "70", "71"),
                at("176"),
            ),
        ),
        thematic(
            "TERRITORIA / Jeunesse",
            "179-180",
            Distinction(
                "L’école du dehors",
                at("183"),
                (BodyMention("CA SAINT-AUBINOIS", at("182")),),
                stated("gold", "65", "66-67"),
                at("186"),
            ),
            Distinction(
                "Le premier permis",
                at("190"),
                (BodyMention("CR MONTS-DE-LUNE", at("189")),),
                stated("gold", "65"),
                at("193"),
            ),
            Distinction(
                "Le carnet de bord",
                at("197"),
                (BodyMention("CD HAUTE-VERGNE", at("196")),),
                inferred("silver", "70"),
                at("200"),
            ),
            subtitle="Actions pour les moins de 18 ans",
        ),
        thematic(
            "Transition énergétique",
            "203",
            Distinction(
                "Cartoville, la carte des besoins",
                at("207"),
                (BodyMention("PORT-EN-BRUME", at("206")),),
                stated("gold", "65", "67-68"),
                at("210"),
                website=StatedAddress(
                    "http://www.cartoville.example/",
                    at("219", "220"),
                    basis="inferred",
                    rule="site-named-in-title",
                ),
            ),
            Distinction(
                "Le four commun",
                at("214"),
                (BodyMention("BELLEROCHE", at("213")),),
                inferred("silver", "70", "71"),
                at("217", "221"),
            ),
        ),
    ),
)
