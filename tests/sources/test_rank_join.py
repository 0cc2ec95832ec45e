"""The join of dossiers and lists of ranks: what each rule leaves, and what it refuses."""

import re
from pathlib import Path

import pytest

from innograph.errors import SourceError
from innograph.records import BodyMention, Category, Distinction, RankName, RankStatement, Span
from innograph.sources.document import Document, parse_document, read_document
from innograph.sources.rank_join import explain, join_ranks
from innograph.sources.rank_lists import Listing, read_rank_lists
from innograph.sources.territoria_press_pack import explain_ranks

GOLD, SILVER, BRONZE = "TERRITORIA OR", "TERRITORIA ARGENT", "TERRITORIA BRONZE"


def pack(*lists: str) -> tuple[Document, tuple[Listing, ...]]:
    """Make a document of some lists, one on each line from the first, and read them."""
    document = parse_document("\n".join([*lists, ""]).encode(), "lists.txt")
    return document, read_rank_lists(document, len(lists) + 1)


def category(label: str, *names: str) -> Category:
    """Make a category of dossiers, each of the bodies that ``names`` joins by « + »."""
    distinctions = tuple(
        Distinction(
            f"{label} {order}",
            (Span(order, order),),
            tuple(BodyMention(name, (Span(order, order),)) for name in joint.split(" + ")),
        )
        for order, joint in enumerate(names, start=1)
    )
    return Category(label, (Span(1, 1),), "thematic", distinctions)


def ranks(categories: tuple[Category, ...]) -> list[list[RankStatement | None]]:
    return [[each.rank for each in category.distinctions] for category in categories]


def stated(value: RankName, label: str, line: int) -> RankStatement:
    return RankStatement(value, label, (Span(line, line),))


def inferred(value: RankName, label: str, line: int) -> RankStatement:
    return RankStatement(value, label, (Span(line, line),), basis="inferred", rule="rank-join")


def test_the_survivors_of_2019_are_those_worked_out_by_hand(sources_dir: Path) -> None:
    """Count the assignments on paper, and compare.

    In several lists stand Paris (P: gold, 2 silver, bronze), Haute-Saône (S) and Mad et Moselle (M: gold,
    silver each), Haut-Rhin (R) and Saint-Quentin (Q: gold, bronze each). Their places, o a b stated ranks:
    1 Aménagement: P a b; 2 Civisme: S Q P; 4 Culture: M a; 5 Gouvernance: o M b; 9 Pilotage: o a P;
    10 Prévention: o P b; 12 Ressources: o S; 13 Revitalisation: Q a b; 16 Numérique: R a; 17 Énergie: o a R.
    The other nine categories are stated, in order, with gold.

    - none: P 3^4, the eight others 2 each: 81 · 256 = 20736
    - count: P 4!/2! = 12, the four others 2 each: 12 · 16 = 192
    - order: R16 = o, R17 = b; M4 and M5 free, 4; category 2: S = o: (Q = o, P any) or (Q = b, P = b), 4;
      S = a: Q = b, P = b, 1; so 5; S12 free, 2; Q13 = o; P1 o or a, P9 a or b, P10 any, 12:
      4 · 5 · 2 · 12 = 480
    - gold: P1 = M4 = Q13 = R16 = o; category 2: 2·2·3 less 1·1·2 = 10; P9, P10 any, 9; M5, S12, R17 free,
      8: 720
    - count, order: R fixed; M 2; Q13 = o, so Q2 = b, so P2 = b; S 2; P1 P9 P10 share o a a, P9 = a, 2: 8
    - count, gold: R, M, Q fixed (Q2 = b); P1 = o, so in 2 only S can be gold: S fixed; P2 P9 P10 share
      a a b: 3
    - order, gold: P1 = M4 = Q13 = R16 = o, R17 = b; category 2: S = o, 4; M5 2; S12 2; P9 2; P10 3: 96
    - all: of the 3, P2 = b because Q2 = b: 1
    """
    assert explain_ranks(read_document(sources_dir / "territoria-2019.txt")) == [
        ((), 20736),
        (("count",), 192),
        (("order",), 480),
        (("gold",), 720),
        (("count", "order"), 8),
        (("count", "gold"), 3),
        (("order", "gold"), 96),
        (("count", "order", "gold"), 1),
    ]


def test_a_rank_of_one_list_is_stated_whatever_the_rules_say() -> None:
    document, listings = pack(
        "TERRITORIA OR : à la ville de Hauteroche.",
        "TERRITORIA BRONZE : au CCAS d’Hauteroche ; aux villes de Valmer (2 fois), Valmer 2e.",
    )
    categories = (
        category("A", "VALMER", "HAUTEROCHE"),
        category("B", "VALMER 2", "CCAS HAUTEROCHE", "VALMER"),
    )
    bronze = stated("bronze", BRONZE, 2)
    assert ranks(join_ranks(document, categories, listings)) == [
        [bronze, stated("gold", GOLD, 1)],
        [bronze, bronze, bronze],
    ]


def test_the_rules_decide_between_lists() -> None:
    document, listings = pack(
        "TERRITORIA OR : aux villes de Hauteroche, Valmer.",
        "TERRITORIA ARGENT : aux départements du Lin, du Val et à la ville de Roc ; aux villes de Valmer.",
    )
    categories = (category("A", "VALMER", "CD LIN"), category("B", "HAUTEROCHE", "VALMER", "ROC + CD VAL"))
    assert ranks(join_ranks(document, categories, listings)) == [
        [inferred("gold", GOLD, 1), stated("silver", SILVER, 2)],
        [stated("gold", GOLD, 1), inferred("silver", SILVER, 2), stated("silver", SILVER, 2)],
    ]
    assert explain(document, categories, listings)[0] == ((), 4)


def test_a_joint_dossier_takes_the_joint_entry_before_an_entry_of_one_of_its_bodies() -> None:
    document, listings = pack(
        "TERRITORIA OR : au département du Val et à la ville de Roc ; aux villes de Roc-sur-Val, Bise.",
        "TERRITORIA ARGENT : à la ville de Roc.",
    )
    categories = (category("A", "CD VAL + ROC", "ROC-SUR-VAL", "BISE + SIVOM de la Bise", "ROC"),)
    gold = stated("gold", GOLD, 1)
    assert ranks(join_ranks(document, categories, listings)) == [
        [gold, gold, gold, stated("silver", SILVER, 2)]
    ]


@pytest.mark.parametrize(
    ("lists", "categories", "line", "says"),
    [
        pytest.param(
            ("TERRITORIA OR : aux villes de Bise, Roc, Cap.", "TERRITORIA ARGENT : à la ville de Bise."),
            (category("A", "ROC", "BISE"), category("B", "CAP", "BISE")),
            1,
            "rules count, order, gold leave 2 solutions for the ranks of 'BISE' (line 2), 'BISE' (line 2)",
            id="two solutions",
        ),
        pytest.param(
            ("TERRITORIA OR : à la ville de Bise.", "TERRITORIA ARGENT : aux villes de Bise, Roc, Cap."),
            (category("A", "ROC", "BISE"), category("B", "CAP", "BISE")),
            1,
            "leave no solutions for the ranks of 'BISE' (line 2), 'BISE' (line 2)",
            id="no solution",
        ),
        pytest.param(
            ("TERRITORIA OR : aux villes de Bise, Roc.", "TERRITORIA ARGENT : aux villes de Bise, Cap."),
            (category("A", "BISE"), category("B", "ROC", "BISE"), category("C", "CAP")),
            2,
            "leave no solutions for the ranks of 'CAP' (line 1)",
            id="a stated category that breaks the rule",
        ),
        pytest.param(
            ("TERRITORIA OR : aux villes de Bise, Roc.",),
            (category("A", "BISE", "CA ROC"),),
            1,
            "no entry in the lists for 'CA ROC' (line 2); 1 in the lists but 0 among the dossiers for 'Roc'",
            id="a town is not its agglomeration",
        ),
        pytest.param(
            ("TERRITORIA OR : à la ville de Bise.", "TERRITORIA ARGENT : à la ville de Bise (2 fois)."),
            (category("A", "BISE", "BISE"),),
            1,
            "3 in the lists but 2 among the dossiers for 'Bise' (lines 1, 2)",
            id="a dossier is missing",
        ),
        pytest.param(
            ("TERRITORIA OR : aux villes de Bise, Roc.",),
            (category("A", "BISE + ROC"),),
            1,
            "several entries in the lists for 'BISE et ROC' (line 1)",
            id="a joint dossier of two entries",
        ),
        pytest.param(
            (
                "TERRITORIA OR : à la ville de Bise (9 fois).",
                "TERRITORIA ARGENT : à la ville de Bise (9 fois).",
            ),
            (category("A", *["BISE"] * 18),),
            1,
            "too many bodies stand in several lists: over 250000 combinations",
            id="too many combinations",
        ),
    ],
)
def test_lists_and_dossiers_that_do_not_join_are_refused(
    lists: tuple[str, ...], categories: tuple[Category, ...], line: int, says: str
) -> None:
    document, listings = pack(*lists)
    with pytest.raises(SourceError, match=re.escape(says)) as refused:
        join_ranks(document, categories, listings)
    assert refused.value.line == line
