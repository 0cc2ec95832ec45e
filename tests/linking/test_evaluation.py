"""Linking is as good as it must be: over the written cases, and over distorted names of all the registers."""

import random
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA

from innograph.linking.distort import WAYS, distorted
from innograph.linking.evaluate import NONE, Case, Tally, evaluate, read_cases, total, worst
from innograph.linking.gazetteer import Gazetteer
from innograph.registry.entries import Entry

CASES = Path(__file__).with_name("cases.tsv")
WRONG_LINKS = 0.001


@pytest.fixture(scope="module")
def written(gazetteer: Gazetteer) -> dict[str, Tally]:
    return evaluate(read_cases(CASES), gazetteer)


@pytest.fixture(scope="module")
def names(gazetteer: Gazetteer) -> dict[str, Tally]:
    return evaluate(distorted(gazetteer.registry, 1000), gazetteer)


def test_the_written_cases_are_linked_or_left_as_a_person_would(written: dict[str, Tally]) -> None:
    whole = total(written.values())
    report = "\n".join(worst(written.values()))
    assert whole.cases == 500
    assert whole.wrong <= WRONG_LINKS * whole.cases, report
    assert whole.recall > 0.97, report


def test_distorted_names_are_linked_and_hardly_ever_wrongly(names: dict[str, Tally]) -> None:
    whole = total(names.values())
    report = "\n".join(worst(names.values()))
    assert whole.wrong <= WRONG_LINKS * whole.cases, report
    assert {way: tally.top_1 >= 0.99 for way, tally in names.items() if way != "one typo"} == dict.fromkeys(
        [*(way for way in WAYS if way != "one typo"), "homonym alone"], True
    ), report
    assert names["one typo"].top_1 >= 0.97, report


def test_homonyms_without_context_are_left_to_a_person(
    written: dict[str, Tally], names: dict[str, Tally]
) -> None:
    alone = names["homonym alone"]
    assert (alone.cases, alone.wrong) == (1000, 0)
    assert written["homonym-without-context"].wrong == 0


def test_every_way_of_distorting_changes_a_name(gazetteer: Gazetteer) -> None:
    saint = gazetteer.registry.get("commune/76575")
    assert isinstance(saint, Entry)
    chance = random.Random(1)
    assert saint.name == "Saint-Étienne-du-Rouvray"
    typo = WAYS["one typo"]
    assert {OSA.distance(saint.name, typo(saint.name, saint, chance)) for _ in range(50)} <= {0, 1}
    ways = {way: distort for way, distort in WAYS.items() if way != "one typo"}
    assert {way: distort(saint.name, saint, chance) for way, distort in ways.items()} == {
        "prefix": "Commune de Saint-Étienne-du-Rouvray",
        "capitals": "SAINT-ETIENNE-DU-ROUVRAY",
        "small letters": "saint-étienne-du-rouvray",
        "no accents": "Saint-Etienne-Du-Rouvray",
        "no hyphens": "Saint Étienne du Rouvray",
        "St and Ste": "St-Étienne-du-Rouvray",
    }


def test_a_tally_counts_what_it_is_told() -> None:
    tally = Tally()
    right, missed, held, wrong = (
        Case("c", "a", "", "", "", "commune/1", ""),
        Case("c", "b", "", "", "", "commune/2", ""),
        Case("c", "c", "", "", "", NONE, ""),
        Case("c", "d", "", "", "", NONE, ""),
    )
    tally.add(right, "commune/1", "commune/1")
    tally.add(missed, NONE, "commune/2")
    tally.add(held, NONE, "commune/9")
    tally.add(wrong, "commune/8", "commune/8")
    assert (tally.cases, tally.answerable, tally.right, tally.wrong, tally.first) == (4, 2, 1, 1, 2)
    assert (tally.precision, tally.recall, tally.top_1) == (0.5, 0.5, 1.0)
    assert list(worst([tally])) == ["WRONG\tc\td\t\tnone\tcommune/8", "missed\tc\tb\t\tcommune/2\tnone"]
