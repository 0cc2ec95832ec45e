"""Kinds and postal codes beside a name: whatever speaks against a candidate keeps it from a link."""

from collections.abc import Iterator

import pytest

from innograph import resources
from innograph.linking.gazetteer import Gazetteer
from innograph.linking.judgement import judge
from innograph.linking.weighing import Question
from innograph.registry.file import Registry

GROUPINGS = frozenset({"agglomeration-community", "community-of-communes", "urban-community", "metropolis"})


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    registry = Registry(resources.registry_file())
    yield Gazetteer(registry)
    registry.close()


def found(gazetteer: Gazetteer, question: Question) -> tuple[str | None, str | None]:
    candidates = gazetteer.candidates(question)
    certain = judge(candidates)
    return (certain.entry.id if certain else None, candidates[0].entry.name if candidates else None)


@pytest.mark.parametrize("name", ["CA de Quimper", "CC de Quimper", "CD Quimper"])
def test_a_kind_that_the_name_tells_is_not_overruled_by_the_kind_that_is_asked_for(
    gazetteer: Gazetteer, name: str
) -> None:
    question = Question(name, kinds=frozenset({"commune"}))
    assert found(gazetteer, question) == (None, "Quimper")


@pytest.mark.parametrize("kinds", [GROUPINGS, frozenset({"metropolis"}), frozenset({"metropolis", "region"})])
def test_one_of_several_kinds_is_enough(gazetteer: Gazetteer, kinds: frozenset[str]) -> None:
    best = gazetteer.candidates(Question("Rennes Métropole", kinds=kinds))[0]
    assert (best.entry.id, best.score, best.reasons) == ("epci/243500139", 100.0, ("kind-agrees",))


def test_a_postal_code_that_is_its_own_speaks_for_a_commune_even_across_the_border(
    gazetteer: Gazetteer,
) -> None:
    question = Question("Claret", postcodes=frozenset({"05110"}))  # in the département 04
    best = gazetteer.candidates(question)[0]
    assert (best.entry.id, best.reasons) == ("commune/04058", ("department-agrees", "postcode-agrees"))
    assert found(gazetteer, question)[0] == "commune/04058"
    elsewhere = Question("Claret", departments=frozenset({"34"}), postcodes=frozenset({"05110"}))
    assert found(gazetteer, elsewhere)[0] == "commune/34078"


def test_a_kind_that_is_said_apart_need_not_stand_in_the_name(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, Question("Rennes", kinds=frozenset({"metropolis"})))[0] == "epci/243500139"
    assert found(gazetteer, Question("Rennes", kinds=GROUPINGS | {"commune"}))[0] == "commune/35238"
    assert found(gazetteer, Question("Rennes"))[0] == "commune/35238"
