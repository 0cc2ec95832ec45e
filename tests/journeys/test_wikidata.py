"""Items of Wikidata, found over a real SPARQL endpoint on this machine that holds a made-up excerpt."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store

from innograph import resources
from innograph.curation.identifiers import IdentifierRow, read_identifiers
from innograph.errors import DataError, FetchError
from innograph.fetch.fetcher import Fetcher, Manners, user_agent
from innograph.journeys.wikidata import (
    Doubt,
    Found,
    find_items,
    merged,
    registered_bodies,
    write_identifiers,
)
from innograph.registry.entries import Entry
from innograph.registry.file import Registry
from innograph.registry.publishers import Years, entries_of
from publisher import Publisher, Reply, Request
from registry.small import package, reviewed, siren

TODAY = date(2026, 11, 24)
EXCERPT = Path(__file__).parent / "wikidata.ttl"
BODIES = {
    "ville-haute": "commune/01001",
    "val-neuf": "commune/01002",
    "saint-bourg": "commune/02002",
    "amont": "department/01",
    "aval": "former-department/02",
    "paris": "commune/75056",
    "cc-du-val": f"epci/{siren(20000001)}",
    "haute-agglo": f"epci/{siren(20000002)}",
}


@pytest.fixture
def endpoint(publisher: Publisher) -> str:
    store = Store()
    store.load(path=EXCERPT, format=RdfFormat.TURTLE)

    def reply(request: Request) -> Reply:
        solutions = store.query(request.form["query"][0])
        assert isinstance(solutions, QuerySolutions)
        content = solutions.serialize(format=QueryResultsFormat.JSON)
        assert content is not None
        return Reply(content, "application/sparql-results+json", tagged=False)

    publisher.replies["/sparql"] = reply
    return f"{publisher.address}/sparql"


@pytest.fixture(scope="module")
def bodies() -> dict[str, Entry]:
    entries = {entry.id: entry for entry in entries_of(package(), reviewed(), Years(2023, 2017))}
    return {key: entries[id] for key, id in BODIES.items()}


def _find(endpoint: str, bodies: dict[str, Entry], wait: Callable[[float], None] = lambda s: None) -> Found:
    fetcher = Fetcher(Manners(timeout=5.0, attempts=2, between=1.0), wait=wait)
    return find_items(bodies, endpoint, fetcher, TODAY, batch=2)


def test_items_that_are_certain_are_rows(endpoint: str, bodies: dict[str, Entry]) -> None:
    """The dissolved commune Q202 is none; Q101, found by both codes, is the place's alone."""

    def row(about: str, key: str, item: str, found: str) -> IdentifierRow:
        source, day = f"Wikidata, {found} ({endpoint})", "2026-11-24"
        return IdentifierRow(about, key, "wikidata", item, source, day, "innograph", day)

    assert _find(endpoint, bodies).rows == [
        row("territory", "commune/01001", "Q101", "P374 01001"),
        row("territory", "commune/01002", "Q201", "P374 01002"),
        row("organization", "val-neuf", "Q203", f"P1616 {siren(21001002)}"),
        row("territory", "department/01", "Q401", "P2586 01"),
        row("organization", "amont", "Q402", f"P1616 {siren(22000001)}"),
        row("organization", "cc-du-val", "Q601", f"P1616 {siren(20000001)}"),
    ]


def test_what_is_uncertain_is_a_worklist(endpoint: str, bodies: dict[str, Entry]) -> None:
    assert _find(endpoint, bodies).worklist == [
        Doubt("territory", "commune/02002", "Saint-Bourg", "several items with P374 02002: Q301 Q302"),
        Doubt("organization", "saint-bourg", "Saint-Bourg", f"no item with P1616 {siren(21002002)}"),
        Doubt("territory", "commune/75056", "Paris", "Q90 is found for department/75 too"),
        Doubt("territory", "department/75", "Paris", "Q90 is found for commune/75056 too"),
        Doubt("organization", "paris", "Paris", f"no item with P1616 {siren(21075056)}"),
        Doubt(
            "organization",
            "haute-agglo",
            "Communauté d'agglomération Haute Agglo",
            f"several items with P1616 {siren(20000002)}: Q701 Q702",
        ),
    ]


def test_it_asks_in_batches_and_politely(
    endpoint: str, bodies: dict[str, Entry], publisher: Publisher
) -> None:
    """Four communes, seven SIREN, two départements, two at a time: 2 + 4 + 1 queries, a second apart."""
    waited: list[float] = []
    _find(endpoint, bodies, waited.append)
    assert (len(publisher.asked), waited) == (7, [1.0] * 6)
    for request in publisher.asked:
        assert request.headers["User-Agent"] == user_agent()
        assert request.headers["Accept"] == "application/sparql-results+json"
        (query,) = request.form["query"]
        assert len(re.findall(r'\(<http://www\.wikidata\.org/prop/direct/P\d+> "\w+"\)', query)) <= 2
    values = [value for r in publisher.asked for value in re.findall(r'"(\w+)"', r.form["query"][0])]
    assert values[:4] + values[-2:] == ["01001", "01002", "02002", "75056", "01", "75"]
    assert len(values) == 13


def test_it_waits_when_told_to(bodies: dict[str, Entry], endpoint: str, publisher: Publisher) -> None:
    answer = publisher.replies["/sparql"]
    refusals = iter([Reply(status=429, headers={"Retry-After": "17"})])

    def reply(request: Request) -> Reply:
        refused = next(refusals, None)
        return refused or (answer if isinstance(answer, Reply) else answer(request))

    publisher.replies["/sparql"] = reply
    waited: list[float] = []
    assert len(_find(endpoint, bodies, waited.append).rows) == 6
    assert waited[0] == 17.0


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(b"<html>", "text/html"), "does not answer a query with solutions in JSON"),
        (Reply(b'{"head": {}, "boolean": true}'), "does not answer a query with solutions in JSON"),
        (
            Reply(b'{"head": {"vars": ["value", "item"]}, "results": {"bindings": [{'),
            "with solutions in JSON",
        ),
        (Reply(b'{"head": {"vars": ["x"]}, "results": {"bindings": [{}]}}'), "with solutions in JSON"),
        (Reply(b"", status=400), "answers 400 Bad Request"),
        (Reply(b"", status=500), "answers 500 Internal Server Error"),
    ],
)
def test_an_endpoint_that_does_not_answer_is_named(
    bodies: dict[str, Entry], publisher: Publisher, reply: Reply, message: str
) -> None:
    publisher.replies["/sparql"] = reply
    with pytest.raises(FetchError, match=f"^{publisher.address}/sparql: .*{message}"):
        _find(f"{publisher.address}/sparql", bodies)


def test_what_a_table_says_stays_and_what_differs_is_told(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(resources.data(), data)

    def row(about: str, key: str, scheme: str, value: str, source: str) -> IdentifierRow:
        return IdentifierRow(about, key, scheme, value, source, "2026-11", "innograph", "2026-11-24")

    noted = [
        row("organization", "elancourt", "website", "https://example.org/", "a reader"),
        row("organization", "elancourt", "wikidata", "Q499", "a reader"),
        row("territory", "commune/78208", "wikidata", "Q101", "a reader"),
    ]
    found = [
        row("organization", "antony", "wikidata", "Q1", "Wikidata"),
        row("organization", "elancourt", "wikidata", "Q402", "Wikidata"),
        row("territory", "commune/78208", "wikidata", "Q101", "Wikidata"),
        row("territory", "commune/92002", "wikidata", "Q2", "Wikidata"),
    ]
    write_identifiers(noted, data)
    rows, doubts = merged(Found(found, []), data)
    assert doubts == [Doubt("organization", "elancourt", "", "identifiers.tsv has Q499, Wikidata Q402")]
    assert rows == [found[0], *noted, found[3]]
    write_identifiers(rows, data)
    assert read_identifiers(data, {"antony", "elancourt"}) == rows
    (data / "identifiers.tsv").write_text("no\ttable\n", encoding="utf-8")
    with pytest.raises(DataError, match="the header must be about key scheme value source date who when"):
        merged(Found([], []), data)


def test_our_bodies_are_looked_for_by_what_the_registers_say() -> None:
    registry = Registry(resources.registry_file())
    found = registered_bodies(resources.data(), registry)
    registry.close()
    assert found["elancourt"].id == "commune/78208"
    assert found["departement-du-haut-rhin"].id == "former-department/68"
    assert "orange" not in found
