"""The press packs: a made-up one against records written by hand, and its damaged versions."""

import re
from collections.abc import Callable

import pytest

from innograph.errors import SourceError
from innograph.sources.document import Document, parse_document, read_document
from innograph.sources.territoria_press_pack import FAMILY, explain_ranks, read, recognises

from .made_up import CASES
from .press_pack import EXPECTED

PACK = CASES / "territoria-press-pack" / "pack.txt"


@pytest.fixture
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
