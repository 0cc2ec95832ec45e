"""The press packs: a made-up one against records written by hand, and its damaged versions."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from innograph.errors import SourceError
from innograph.records import (
    BodyMention,
    Category,
    Count,
    Criterion,
    Distinction,
    Edition,
    Event,
    Jury,
    Lines,
    PersonMention,
    RankName,
    RankStatement,
    Span,
    StatedAddress,
    StatedYear,
)
from innograph.sources.document import Document, parse_document, read_document
from innograph.sources.territoria_press_pack import FAMILY, explain_ranks, read, recognises

PACK = Path(__file__).parent / "cases" / "territoria-press-pack" / "pack.txt"

LABELS: dict[RankName, str] = {
    "gold": "TERRITORIA OR",
    "silver": "TERRITORIA ARGENT",
    "bronze": "TERRITORIA BRONZE",
}


def at(*spans: str) -> Lines:
    return tuple(Span.parse(span) for span in spans)


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


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return PACK.read_text(encoding="utf-8").split("\n")


def document(lines: list[str]) -> Document:
    return parse_document("\n".join(lines).encode(), "pack.txt")


def test_the_made_up_pack_gives_the_records_written_by_hand() -> None:
    extraction = read(read_document(PACK))
    assert extraction.edition == EXPECTED
    assert extraction.family == FAMILY
    assert extraction.unaccounted == ()
    assert extraction.notes == (
        "two numbers for one thing: « 90 projets » (line 32) and « 88 candidatures » (line 59)",
    )


def test_every_line_of_the_made_up_pack_is_accounted_for() -> None:
    extraction = read(read_document(PACK))
    furniture = {use.number: use.use for use in extraction.uses if use.use.startswith("furniture:")}
    assert furniture == {
        3: "furniture:part-heading",
        18: "furniture:table-of-contents",
        21: "furniture:table-of-contents",
        24: "furniture:press-contact",
        27: "furniture:publisher-address",
        28: "furniture:part-heading",
        34: "furniture:editorial",
        48: "furniture:part-heading",
        52: "furniture:headline",
        53: "furniture:headline",
        87: "furniture:hyperlink-footer",
        89: "furniture:page-number",
        91: "furniture:part-heading",
        112: "furniture:page-number",
    }
    assert "@" not in repr(extraction)


def test_the_survivors_of_each_subset_of_rules_are_those_worked_out_by_hand() -> None:
    """Belleroche has gold once and silver twice for B1 B2 B3, Haute-Vergne gold and silver for H1 H2.

    Culture: B1 S; Mobilité: H1 B2 S; Jeunesse: G G H2; Transition: G B3 (G and S are stated ranks).
    None: 2^5. Count: 3·2. Order asks only H1 ≥ B2: 2·3·2·2. Gold asks B1 = G, and H1 or B2 = G: 3·2·2.
    Count and order: B2 = G takes H1 = G, 1; B1 = G or B3 = G leaves H1 free, 2·2.
    Count and gold: B1 = G, so H1 = G: 1. Order and gold: B1 = G, H1 = G: 2·2·2. All: 1.
    """
    assert explain_ranks(read_document(PACK)) == [
        ((), 32),
        (("count",), 6),
        (("order",), 24),
        (("gold",), 12),
        (("count", "order"), 5),
        (("count", "gold"), 1),
        (("order", "gold"), 8),
        (("count", "order", "gold"), 1),
    ]


def insert(after: int, *new: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [*lines[:after], *new, *lines[after:]]


def replace(line: int, new: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [*lines[: line - 1], new, *lines[line:]]


def without(first: int, last: int) -> Callable[[list[str]], list[str]]:
    return lambda lines: [*lines[: first - 1], *lines[last:]]


@pytest.mark.parametrize(
    ("damage", "line", "says"),
    [
        pytest.param(
            insert(163, "Nouvelle rubrique", ""), 164, "neither the heading", id="heading before prose"
        ),
        pytest.param(insert(150, "Nouvelle rubrique", ""), 151, "neither the heading", id="heading in prose"),
        pytest.param(
            insert(150, "### Rubrique", ""), 151, "neither the heading", id="marked heading in prose"
        ),
        pytest.param(insert(33, "RUBRIQUE", ""), 34, "'RUBRIQUE'", id="heading before the dossiers"),
        pytest.param(insert(10, "Rubrique", ""), 11, "nothing understands", id="heading within a sentence"),
        pytest.param(
            insert(34, "Il y eut 7 séances de travail, toutes longues et toutes passionnantes pour le jury."),
            35,
            "nothing understands this line",
            id="editorial line with an unused number",
        ),
        pytest.param(
            replace(72, "TERRITORIA PLATINE : aux villes de Belleroche 3e, Montjoie."),
            72,
            "unknown rank 'TERRITORIA PLATINE'",
            id="rank of a list",
        ),
        pytest.param(
            replace(58, "vicinaux, le jury du Prix TERRITORIA 2021 a donné 3 TERRITORIA Platine."),
            58,
            "unknown rank 'Platine'",
            id="rank of a count",
        ),
        pytest.param(
            replace(72, "TERRITORIA OR : aux villes de Belleroche 3e, Montjoie."),
            72,
            "a second list",
            id="two lists",
        ),
        pytest.param(
            replace(72, "TERRITORIA BRONZE : au zoo de Montjoie."), 72, "what kind of body", id="kind"
        ),
        pytest.param(
            replace(72, "TERRITORIA BRONZE : aux villes de Belleroche 3e,"), 72, "final stop", id="cut list"
        ),
        pytest.param(without(65, 72), 83, "no list of ranks", id="no lists"),
        pytest.param(without(91, 91), 222, "no heading", id="no heading of the dossiers"),
        pytest.param(without(94, 94), 96, "before the first category", id="dossier before a category"),
        pytest.param(without(92, 223), 91, "no category", id="cut at the dossiers"),
        pytest.param(without(164, 223), 160, "neither the heading", id="cut after a head"),
        pytest.param(without(110, 223), 109, "in the middle of a sentence", id="cut in a sentence"),
        pytest.param(without(177, 223), 65, "do not agree", id="cut between dossiers"),
        pytest.param(
            replace(214, "La rue aux enfants"),
            214,
            "the same laureates and title stand at line 168 already",
            id="equal dossiers",
        ),
        pytest.param(
            replace(157, "Culture"), 157, "'Culture' stands at line 135 already", id="equal categories"
        ),
        pytest.param(
            replace(206, "PORT-EN-PLUIE"),
            67,
            "no entry in the lists for 'PORT-EN-PLUIE' (line 207); 1 in the lists but 0 among the dossiers"
            " for 'Port-en-Brume' (lines 65, 67-68)",
            id="a listing and a dossier that do not meet",
        ),
        pytest.param(
            replace(36, "Le jury a sélectionné 16 lauréats du Prix TERRITORIA (7 Or, 6 "),
            221,
            "« 16 lauréats » (line 36) are announced, 15 are listed: the document seems cut",
            id="more announced than listed",
        ),
        pytest.param(replace(97, "CCAS de la @ Clairval"), 94, "neither the heading", id="no name"),
        pytest.param(
            replace(
                58, "vicinaux, a réuni le jury du Prix TERRITORIA 2021 ; il a distingué 14 collectivités."
            ),
            57,
            "who presided over the jury cannot be read here",
            id="no president",
        ),
        pytest.param(
            replace(58, "vicinaux, le jury du Prix TERRITORIA 2018 a distingué 14 collectivités."),
            58,
            "speaks of the Prix TERRITORIA 2018, not 2021",
            id="another year",
        ),
        pytest.param(
            replace(
                59, "88 candidatures sont arrivées, réparties en 5 domaines, et jugées sur deux critères :"
            ),
            59,
            "announces 2 criteria, 3 are listed",
            id="fewer criteria announced",
        ),
        pytest.param(without(60, 63), 59, "speaks of criteria, and none", id="no criteria"),
        pytest.param(
            replace(76, "Les trophées seront remis le 2 décembre dans la Halle, "),
            76,
            "another day",
            id="day",
        ),
        pytest.param(
            replace(57, "Réuni le 31 novembre sous la présidence d’Alma VERDIER, ministre des R"),
            57,
            "another day",
            id="no day",
        ),
    ],
)
def test_a_damaged_pack_is_refused_at_its_line(
    lines: list[str], damage: Callable[[list[str]], list[str]], line: int, says: str
) -> None:
    damaged = document(damage(lines))
    with pytest.raises(SourceError, match=re.escape(says)) as refused:
        read(damaged)
    assert refused.value.line == line
    assert recognises(damaged)


def test_a_president_may_have_a_civility(lines: list[str]) -> None:
    lines[56] = lines[56].replace("d’Alma", "de madame Alma")
    assert read(document(lines)).edition == EXPECTED


def test_a_pack_that_does_not_say_who_organises_has_a_note(lines: list[str]) -> None:
    lines[82] = lines[82].replace("organise depuis 1999", "aime")
    extraction = read(document(lines))
    assert (extraction.edition.organisers, extraction.edition.founded) == ((), None)
    assert extraction.notes[-1] == "nothing says who organises the prize: no organiser"


def test_an_address_without_its_scheme_is_noted_and_not_taken_for_a_website(
    lines: list[str],
) -> None:
    lines[218], lines[219] = "www.cartoville.example", ""
    extraction = read(document(lines))
    assert [each.website for each in extraction.edition.distinctions() if each.website] == []
    assert extraction.notes[0] == "line 219: not a whole address: www.cartoville.example"
