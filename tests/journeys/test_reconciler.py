"""Names with what is known beside them, as ``reconciler-cases.tsv`` lists them, and what the answers hold."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from case_tables import read_tsv
from innograph import resources
from innograph.curation.bodies import Bodies, DecisionRow, OrganizationRow
from innograph.errors import ReconciliationError
from innograph.journeys.reconcile.bodies import listed
from innograph.journeys.reconcile.entities import Entity
from innograph.journeys.reconcile.evidence import Asked
from innograph.journeys.reconcile.explaining import REASONS
from innograph.journeys.reconcile.matching import MOST, Match
from innograph.journeys.reconcile.properties import PROPERTIES, Known
from innograph.journeys.reconcile.service import Service, make_service
from innograph.journeys.reconcile.types import Label, types
from innograph.linking import gazetteer, weighing
from innograph.linking.evaluate import read_cases
from innograph.linking.gazetteer import Gazetteer
from innograph.linking.judgement import judge
from innograph.linking.weighing import SCORES
from innograph.registry.file import Registry

LINKING = Path(__file__).parents[1] / "linking"
CASES = read_tsv(Path(__file__).with_name("reconciler-cases.tsv"))[1]

ROWS = (
    OrganizationRow("elancourt", "Élancourt", "commune", ""),
    OrganizationRow("ccas-de-nancy", "CCAS de Nancy", "social-action-centre", ""),
    OrganizationRow("gmf", "GMF", "insurer", ""),
    OrganizationRow("orange", "Orange", "unspecified", ""),
    OrganizationRow("le-grand-chalon", "Le Grand Chalon", "agglomeration-community", ""),
    OrganizationRow("communes-membres", "les communes membres", "group", "le-grand-chalon"),
)


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    registry = Registry(resources.registry_file())
    gazetteer = Gazetteer(registry)
    paris = DecisionRow("department", "orange", "*", "75", "same", "lectrice", "2026-01-01", "siège")
    yield make_service(gazetteer, listed(Bodies({row.key: row for row in ROWS}, {}, (paris,)), gazetteer))
    registry.close()


def ask(service: Service, case: dict[str, str], limit: int = MOST) -> list[Match]:
    pairs = (part.split("=") for part in case.get("known", "").split("; ") if part)
    known = {id: [value] for id, value in pairs}
    strict = case.get("strict") or "should"
    asked = service.asking.ask(case["name"], known, case.get("types", "").split(), strict)  # type: ignore[arg-type]
    return service.reconciler.answer(asked, limit)


def names(entity: Entity) -> set[str]:
    """Give the identifiers under which a case may name an entity: ours, or that of the registers."""
    return {entity.id} | ({entity.entry.id} if entity.entry else set())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['name']}|{case['known']}{case['types']}")
def test_names_are_certain_or_wait_for_a_person(service: Service, case: dict[str, str]) -> None:
    found = ask(service, case)
    certain = [match for match in found if match.certain]
    assert len(certain) == (case["certain"] == "yes")
    if case["first"] == "-":
        assert found
    elif case["first"]:
        assert case["first"] in names(found[0].entity)
    else:
        assert found == []
    assert certain in ([], found[:1])
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True) and all(0 <= score <= 100 for score in scores)


def test_the_service_is_certain_of_what_the_judge_is_certain_of(service: Service) -> None:
    own = {entity.name for entity in service.entities.own.values()}
    differing = []
    for case in read_cases(LINKING / "cases.tsv"):
        question = case.question()
        judged = judge(service.reconciler.gazetteer.candidates(question))
        certain = [match.entity for match in service.reconciler.answer(Asked(question)) if match.certain]
        given = certain[0].entry if certain else None
        if given != (judged.entry if judged else None) and case.mention not in own:
            differing.append(case.mention)
    assert differing == []


def test_every_way_of_finding_and_every_reason_can_be_told() -> None:
    code = map(inspect.getsource, (gazetteer, weighing))
    quoted = re.findall(r'"([a-z]+(?:-[a-z]+)+)"', "".join(code))
    kinds = set(types())
    assert set(SCORES) | set(quoted) - kinds <= set(REASONS)
    assert {"former-code", "former-name", "kind-differs", "not-yet"} <= set(quoted)


def test_a_former_commune_leads_to_its_successor_and_says_why(service: Service) -> None:
    successor, former = ask(service, {"name": "Marissel"})
    why = Label(
        "« Marissel » (60384) n’existe plus depuis le 19/02/1943 : aujourd’hui Beauvais (60057)",
        "“Marissel” (60384) exists no more since 1943-02-19: today Beauvais (60057)",
    )
    assert (successor.entity.name, former.entity.id, successor.explanation, former.explanation) == (
        "Beauvais",
        "organization/former-commune-60384-1943-02-19",
        why,
        why,
    )
    assert (successor.features["successor"], successor.features["in_force"]) == (True, True)
    assert (former.features, "successor" in former.features) == (
        {"name_likeness": 100.0, "in_force": False},
        False,
    )


def test_a_former_name_is_told(service: Service) -> None:
    (match,) = ask(service, {"name": "Châlons-sur-Marne"})
    assert match.explanation == Label("portait ce nom jusqu’au 04/01/1998", "bore this name until 1998-01-04")
    assert (match.entity.name, match.features["former_name"]) == ("Châlons-en-Champagne", True)


def test_features_tell_what_agrees_and_what_does_not(service: Service) -> None:
    case = {"name": "Elancour", "known": "department=92; siren=217802081; inseeCode=78208", "types": "region"}
    (match,) = (each for each in ask(service, case) if each.entity.id == "organization/elancourt")
    assert match.features == {
        "name_likeness": 94.1,
        "siren": True,
        "insee_code": True,
        "in_force": True,
        "population": 26365,
    }
    case = {"name": "Élancourt", "known": "department=92", "types": "region"}
    first = ask(service, case)[0]
    assert (first.entity.id, first.certain) == ("organization/elancourt", False)
    assert (first.features["kind"], first.features["department"]) == (False, False)


@pytest.mark.parametrize("limit", [1, 3, MOST, 10_000])
def test_a_limit_is_kept(service: Service, limit: int) -> None:
    found = ask(service, {"name": "Sainte-Colombe"}, limit)
    everything = ask(service, {"name": "Sainte-Colombe"})
    assert found == everything[:limit] and len(everything) > 3


@pytest.mark.parametrize("name", ["a" * 200, "a" * 201, "x" * 10_000, "Élancourt " * 1000, "\x00", "\ud800"])
def test_odd_names_are_answered(service: Service, name: str) -> None:
    assert [match for match in ask(service, {"name": name}) if match.certain] == []


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ({"types": "Q484170"}, "no type 'Q484170'; there are: organization, collectivity, epci"),
        ({"types": "x" * 1000}, f"no type '{'x' * 59}…'; there are"),
        ({"known": "P31=commune"}, "no property 'P31' can be asked for; there are: siren, inseeCode"),
        ({"known": "population=5"}, "no property 'population' can be asked for"),
    ],
)
def test_what_is_unknown_is_refused_with_what_there_is(
    service: Service, case: dict[str, str], says: str
) -> None:
    with pytest.raises(ReconciliationError) as refusal:
        ask(service, {"name": "Rennes", **case})
    assert str(refusal.value).startswith(says)


def test_several_values_are_alternatives_but_of_codes(service: Service) -> None:
    asked = service.asking.ask("Saint-Denis", {"department": ["75", "93"]})
    assert service.reconciler.answer(asked)[0].certain
    with pytest.raises(ReconciliationError, match="several values of siren"):
        service.asking.ask("Saint-Denis", {"siren": ["217802081", "213502388"]})


GMF = "organization/gmf"


def fetched(service: Service, id: str, language: str = "fr") -> dict[str, list[Any]]:
    entity = service.entities.get(id)
    assert entity
    known = Known(service.entities, lambda address: [address.rpartition("/")[2]] * (id == GMF), language)
    values = {each.id: each.values(known, entity) for each in PROPERTIES.values() if each.read}
    return {
        id: [value.id if isinstance(value, Entity) else value for value in found]
        for id, found in values.items()
        if found
    }


def test_the_values_of_a_commune(service: Service) -> None:
    assert fetched(service, "organization/elancourt") == {
        "name": ["Élancourt"],
        "siren": ["217802081"],
        "inseeCode": ["78208"],
        "organizationKind": ["commune"],
        "department": ["organization/siren-227806460"],
        "departmentCode": ["78"],
        "region": ["organization/siren-237500079"],
        "regionCode": ["11"],
        "epci": ["organization/siren-200058782"],
        "epciName": ["Communauté d'agglomération de Saint Quentin en Yvelines"],
        "epciSiren": ["200058782"],
        "population": [26365],
        "populationYear": [2023],
        "postcode": ["78990"],
        "page": ["https://w3id.org/innograph/id/organization/elancourt"],
    }


def test_the_values_of_a_body_of_the_graph(service: Service) -> None:
    assert fetched(service, GMF, "en") == {
        "name": ["GMF"],
        "organizationKind": ["insurer or mutual society"],
        "wikidata": ["gmf"],
        "page": ["https://w3id.org/innograph/id/organization/gmf"],
    }


def test_the_values_of_what_is_no_more(service: Service) -> None:
    found = fetched(service, "organization/former-commune-60384-1943-02-19", "en")
    assert found["successor"] == [service.entities.get("organization/siren-216000562").id]  # type: ignore[union-attr]
    assert found["history"] == ["“Marissel” (60384) exists no more since 1943-02-19: today Beauvais (60057)"]
    assert [day.isoformat() for day in found["validUntil"]] == ["1943-02-19"]


def test_every_entry_has_one_identifier_that_leads_back(service: Service) -> None:
    seen: dict[str, str] = {}
    for entry in service.entities.registry:
        entity = service.entities.of(entry)
        assert entity.id not in seen, (entry.id, seen[entity.id])
        seen[entity.id] = entry.id
        assert entity.kind in types() and all(type in types() for type in entity.types)
    for id in list(seen)[::37]:
        found = service.entities.get(id)
        assert found and found.entry and found.entry.id == seen[id]
    assert service.entities.get("organization/communes-membres") is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("chalons en champ", "Châlons-en-Champagne"),
        ("chamon champ", None),
        ("st denis", "Saint-Denis"),
        ("denis st", "Saint-Denis"),
        ("CD yvel", "Yvelines"),
        ("CC du pays de landerneau", None),
        ("44000", "Nantes"),
        ("213502388", "Rennes"),
        ("y", "Y"),
        ("gm", "GMF"),
        ("Elancourd", "Élancourt"),
        ("zzzzzz", ""),
        ("", ""),
        ("a" * 300, ""),
    ],
)
def test_beginnings_of_words_are_found(service: Service, text: str, first: str | None) -> None:
    found = service.finder.find(text, 5)
    if first is None:
        assert len(found) <= 5
    elif first:
        assert first in [entity.name for entity in found[:2]]
    else:
        assert found == []


def test_suggestions_go_on_where_they_stopped(service: Service) -> None:
    whole = service.finder.find("saint", 40)
    assert [*service.finder.find("saint", 15), *service.finder.find("saint", 25, skip=15)] == whole
    only = service.finder.find("saint", 10, suits=lambda entity: entity.kind == "agglomeration-community")
    assert {entity.kind for entity in only} == {"agglomeration-community"}
