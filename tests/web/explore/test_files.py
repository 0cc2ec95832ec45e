"""What is exported is what is shown, and what the query gives that is shown with it."""

import csv
import io
import json
import random
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from pyoxigraph import RdfFormat, Store, parse

from innograph.namespaces import ID, inno, term
from innograph.web.explore.choices import Choices
from innograph.web.explore.exports import query_of
from innograph.web.explore.facets import FACETS
from innograph.web.explore.table import Table
from innograph.web.reader import Reader

from ..site_client import SiteClient
from .exploring import choices, like, links, page, solutions


def some_choices(table: Table, seed: int) -> Choices:
    chance = random.Random(seed)
    chosen = Choices()
    for facet in chance.sample(list(FACETS), chance.choice([1, 1, 2, 3])):
        known = sorted({key for line in table.lines for key in line.values[facet]})
        chosen = chosen.having(facet, chance.sample(known, min(len(known), chance.choice([1, 1, 2, 4]))))
    return chosen


def some_laureate(table: Table, chosen: Choices, seed: int) -> str:
    """Choose a body among those that were found, so that leaving it out changes something."""
    found = sorted({line.row["laureate"].value.removeprefix(ID) for line in table.chosen(chosen)})
    return random.Random(seed).choice(found) if found else "organization/elancourt"


@pytest.mark.parametrize("seed", range(40))
def test_the_query_gives_the_rows_of_the_page(table: Table, reader: Reader, store: Store, seed: int) -> None:
    chosen = some_choices(table, seed)
    if seed % 2:
        chosen = like(chosen, some_laureate(table, chosen, seed))
    answer = solutions(store, query_of(reader, chosen))
    found = [{name.value: row[name] for name in answer.variables if row[name] is not None} for row in answer]
    assert found == [line.row for line in table.chosen(chosen)]


def test_random_choices_find_something_and_nothing(table: Table) -> None:
    counts = [table.count(some_choices(table, seed)) for seed in range(40)]
    assert counts.count(0) > 2 and sum(count > 0 for count in counts) > 15


@pytest.mark.parametrize(
    "asked",
    [
        "theme=solidarity&award=territoria",
        "kind=commune&size=2000",
        "year=2020&rank=gold",
        "",
        "like=organization/elancourt",
        "kind=commune&like=organization/chalons-en-champagne",
    ],
)
def test_files_hold_exactly_what_is_shown_on_all_pages(whole: SiteClient, table: Table, asked: str) -> None:
    given = dict(parse_qsl(asked))
    chosen = like(
        choices(**{name: key for name, key in given.items() if name != "like"}), given.get("like", "")
    )
    lines = table.chosen(chosen)
    pairs = [(line.row["distinction"].value, line.row["laureate"].value) for line in lines]
    told = csv.DictReader(io.StringIO(whole.get(f"/explore.csv?{asked}").text))
    assert [(row["distinction"], row["laureate"]) for row in told] == pairs
    bindings = json.loads(whole.get(f"/explore.json?{asked}").text)["results"]["bindings"]
    assert [(row["distinction"]["value"], row["laureate"]["value"]) for row in bindings] == pairs
    triples = list(parse(whole.get(f"/explore.ttl?{asked}").data, RdfFormat.TURTLE))
    described = {(t.subject.value, t.object.value) for t in triples if t.predicate == inno.laureate}
    assert described == set(pairs)
    assert {t.subject.value for t in triples if t.predicate == term("rdf:type")} == {
        pair[0] for pair in pairs
    }


def test_the_link_to_the_workbench_and_the_query_shown_are_the_exported_one(
    whole: SiteClient, reader: Reader
) -> None:
    text = page(whole, "/explore?theme=ageing&lang=fr")
    query = query_of(reader, choices(theme="ageing"))
    assert query in unescape(text)
    workbench = links(text)["Modifier cette requête"]
    asked = dict(parse_qsl(urlsplit(workbench).query))["query"]
    assert asked == query
    answer = whole.get("/sparql", query_string={"query": asked}, headers={"Accept": "text/csv"})
    assert answer.text == whole.get("/explore.csv?theme=ageing").text


def test_data_is_given_by_accept_too(whole: SiteClient) -> None:
    asked = "/explore?theme=ageing"
    assert (
        whole.get(asked, headers={"Accept": "text/csv"}).data == whole.get("/explore.csv?theme=ageing").data
    )
    assert whole.get(asked, headers={"Accept": "text/turtle"}).mimetype == "text/turtle"
    assert whole.get(asked, headers={"Accept": "image/*"}).status_code == 406


# the page
