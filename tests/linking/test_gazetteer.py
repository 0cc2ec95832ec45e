"""Candidates: a name is read, found in the registers and weighed; judged only where no doubt is left."""

import pytest

from innograph.linking.gazetteer import Gazetteer
from innograph.linking.judgement import judge
from innograph.linking.weighing import Question


def _certain(gazetteer: Gazetteer, question: Question) -> str | None:
    candidate = judge(gazetteer.candidates(question))
    return candidate.entry.id if candidate else None


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("CD HAUTE-SAONE", "department/70"),
        ("Ville du Havre", "commune/76351"),
        ("Mairie des Ulis", "commune/91692"),
        ("Haÿ-les-Roses (L')", "commune/94038"),
        ("SAINT ETIENNE DU ROUVRAY", "commune/76575"),
        ("Chalon s/ Saône", "commune/71076"),
        ("Le Lamentin (Martinique)", "commune/97213"),
        ("44120 Vertou", "commune/44215"),
        ("Ville-d'Avray", "commune/92077"),
        ("Mairie du 5e arrondissement de Paris", "municipal-arrondissement/75105"),
        ("Paris 12", "municipal-arrondissement/75112"),
        ("Châlons-sur-Marne", "commune/51108"),
        ("CU du Grand Besançon", "epci/242500361"),
        ("CA Grand Besançon", "epci/242500361"),
        ("Agglo de Lorient", "epci/200042174"),
        ("Cambrai", "commune/59122"),
        ("CA de Cambrai", "epci/200068500"),
        ("Département de Paris", "commune/75056"),
        ("Département de la Martinique", "special-status/972R"),
        ("Grand Paris Seine Ouest", "ept/200057974"),
    ],
)
def test_a_name_that_leaves_no_doubt_is_linked(gazetteer: Gazetteer, name: str, entry: str) -> None:
    assert _certain(gazetteer, Question(name)) == entry


@pytest.mark.parametrize(
    "name",
    [
        "Le Lamentin",  # so is Lamentin, in Guadeloupe, called too
        "Saint-Denis",
        "Mayenne",  # a commune and a département
        "Bretagne",  # two communes and a région
        "Lavoncourt (71)",  # the only one lies in 70
        "CCAS de Nancy",
        "SDIS de l'Ariège",
        "Ville et Métropole du Grand Nancy",
        "CD Bas-Rhin",  # another body took its place in 2021
        "Cherbourg-Octeville",  # part of another commune since 2016
        "Chalon sur Saonne",  # misspelt, and nothing tells where
        "",
        "x",
        "y" * 10_000,
        "'; DROP TABLE entry; --",
        "<script>alert(1)</script>",
    ],
)
def test_a_name_that_leaves_a_doubt_is_not_linked(gazetteer: Gazetteer, name: str) -> None:
    assert _certain(gazetteer, Question(name)) is None


def test_what_stands_beside_a_name_decides(gazetteer: Gazetteer) -> None:
    somme = Question("Saint-Denis", departments=frozenset({"93"}))
    assert _certain(gazetteer, somme) == "commune/93066"
    assert _certain(gazetteer, Question("Mayenne", kinds=frozenset({"department"}))) == "department/53"
    assert _certain(gazetteer, Question("Sant-Etienne", departments=frozenset({"42"}))) == "commune/42218"


def test_the_day_decides_between_a_body_and_the_one_that_took_its_place(gazetteer: Gazetteer) -> None:
    assert _certain(gazetteer, Question("CD Haut-Rhin", on="2019-12-31")) == "former-department/68"
    assert _certain(gazetteer, Question("CD Haut-Rhin", on="2021-01-01")) is None
    former = Question("Cherbourg-Octeville", on="2015-12-31")
    assert _certain(gazetteer, former) == "former-commune/50129-2016-01-01"


def test_codes_identify(gazetteer: Gazetteer) -> None:
    assert _certain(gazetteer, Question("", siren="217802081")) == "commune/78208"
    assert _certain(gazetteer, Question("", code="78208")) == "commune/78208"
    assert _certain(gazetteer, Question("Élancourt", siren="000000000")) == "commune/78208"


def test_reasons_say_what_speaks_for_and_against(gazetteer: Gazetteer) -> None:
    first, second = gazetteer.candidates(Question("Ville du Lamentin (971)"))[:2]
    assert (first.entry.id, first.found, first.reasons) == (
        "commune/97115",
        "bare",
        ("kind-agrees", "department-agrees"),
    )
    assert (second.entry.id, second.found, second.reasons) == (
        "commune/97213",
        "plain",
        ("kind-agrees", "department-differs"),
    )
    assert second.conflicts
    assert not first.conflicts


def test_of_homonyms_the_larger_comes_first(gazetteer: Gazetteer) -> None:
    populations = [each.entry.population or 0 for each in gazetteer.candidates(Question("Saint-Denis"))]
    assert populations[:3] == sorted(populations[:3], reverse=True)
    assert populations[0] > 100_000
