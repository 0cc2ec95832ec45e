"""Exploration of the real graph: facets counted from tables of people, exports, widening, bad input."""

import csv
import io
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store, parse

from innograph import resources
from innograph.namespaces import ID, inno, term
from innograph.registry.file import Registry
from innograph.store.evaluate import evaluate
from innograph.store.snapshots import Home
from innograph.web.explore.choices import VIEWS, Choices
from innograph.web.explore.exports import query_of
from innograph.web.explore.facets import FACETS, bracket
from innograph.web.explore.table import Table, read_table
from innograph.web.explore.widening import FEW, nearest, offers
from innograph.web.reader import Reader, Row

from .site_client import SiteClient
from .test_pages import BROWSER

TABLES = resources.house() / "tests" / "facts"
SMALL_TOWNS = {  # distinctions of communes of 2,000 to 9,999 people, read in the registers by hand
    "territoria-2024-ville-de-chalons-en-champagne-connecte-chalons",  # with Fagnières, 4,858
    "territoria-2024-la-colle-sur-loup-e-conseiller-office-tourisme",
    "territoria-2019-la-colle-sur-loup-clips-resonance",
    "territoria-2019-morieres-les-avignon-cooperative-activite-ephemere-16-18-ans",
    "territoria-2024-mornant-office-pouvoir-achat-nouvelle-innovation",
    "territoria-2024-mundolsheim-vivre-intergenerationnel-coeur-ville",
    "territoria-2024-plesse-paac-politique-agricole-alimentaire",
    "territoria-2019-saint-gregoire-ville-plus-intelligente-service-habitants",
    "territoria-2019-saint-pargoire-developpement-sports-urbains-plateau",
}


@pytest.fixture(scope="module")
def whole(whole_home: Home) -> Iterator[SiteClient]:
    client = SiteClient(whole_home)
    yield client
    client.close()


@pytest.fixture(scope="module")
def reader(whole: SiteClient) -> Reader:
    return whole.site.live.version.reader


@pytest.fixture(scope="module")
def table(reader: Reader) -> Table:
    return read_table(reader)


@pytest.fixture(scope="module")
def store(whole_home: Home) -> Store:
    return whole_home.current().open()


def rows_of(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def choices(**values: str) -> Choices:
    chosen = Choices()
    for facet, keys in values.items():
        chosen = chosen.having(facet, keys.split())
    return chosen


def solutions(store: Store, text: str) -> QuerySolutions:
    answer = evaluate(store, text)
    assert isinstance(answer, QuerySolutions)
    return answer


def keys(table: Table, chosen: Choices) -> set[str]:
    return {line.row["distinction"].value.removeprefix(f"{ID}distinction/") for line in table.chosen(chosen)}


def page(client: SiteClient, path: str, **headers: str) -> str:
    answer = client.get(path, headers={**BROWSER, **headers})
    assert answer.status_code == 200, answer.text
    return answer.text


def links(text: str) -> dict[str, str]:
    """Give the address of each link by its text; the first of those that read alike."""
    found: dict[str, str] = {}
    for href, inner in re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', text, re.DOTALL):
        found.setdefault(" ".join(unescape(re.sub(r"<[^>]*>", "", inner)).split()), unescape(href))
    return found


# counts


def test_there_is_a_file_for_each_facet_and_a_facet_for_each_file() -> None:
    assert {path.stem for path in (resources.queries() / "facets").glob("*.rq")} == set(FACETS)


def test_editions_awards_and_ranks_are_counted_as_people_counted_them(table: Table) -> None:
    by_hand = rows_of("distinctions")
    editions = {row["edition"]: row for row in rows_of("editions")}
    counts = table.counts(Choices())
    assert counts["year"] == Counter(editions[row["edition"]]["year"] for row in by_hand)
    assert counts["award"] == Counter(editions[row["edition"]]["award"] for row in by_hand)
    assert counts["rank"] == Counter(row["rank"] for row in by_hand if row["rank"])
    gold_in_2024 = table.counts(choices(rank="gold", award="territoria"))["year"]
    wanted = [row for row in by_hand if row["rank"] == "gold" and row["edition"].startswith("territoria-")]
    assert gold_in_2024 == Counter(editions[row["edition"]]["year"] for row in wanted)


def test_kinds_of_laureates_are_counted_as_people_read_them(table: Table) -> None:
    kind = {row["name"]: row["kind"] for row in rows_of("bodies")}
    counted: Counter[str] = Counter()
    for row in rows_of("distinctions"):
        counted.update({kind[name] for name in re.split(r" *[|;] *", row["laureates"]) if kind.get(name)})
    counts = table.counts(Choices())["kind"]
    assert {name: counts[name] for name in ("region", "department", "commune", "metropolis")} == {
        name: counted[name] for name in ("region", "department", "commune", "metropolis")
    }


def test_a_facet_counts_given_the_others_and_not_itself(table: Table) -> None:
    alone, with_year = table.counts(Choices()), table.counts(choices(year="2019"))
    assert with_year["year"] == alone["year"]
    assert with_year["award"] == {"territoria": 50}
    assert table.counts(choices(year="2019", award="prix-territoriaux"))["award"] == {"territoria": 50}


def test_a_broad_theme_holds_its_narrower_ones(table: Table, store: Store) -> None:
    asked = """
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE {
          { ?i inno:theme id:theme\\/solidarity }
          UNION { ?i inno:theme ?t . ?t skos:broader id:theme\\/solidarity }
          ?d inno:initiative ?i }"""
    (row,) = solutions(store, asked)
    assert table.count(choices(theme="solidarity")) == int(row["n"].value) > 20
    assert keys(table, choices(theme="ageing")) < keys(table, choices(theme="solidarity"))


def test_small_towns_are_those_of_the_registers(table: Table) -> None:
    assert keys(table, choices(kind="commune", size="2000")) == SMALL_TOWNS


def test_kind_and_size_are_those_of_one_body(table: Table) -> None:
    """Châlons was honoured with Fagnières, a small town, and its agglomeration, which is none."""
    both = choices(kind="agglomeration-community", size="2000")
    assert table.chosen(both) == [] and table.count(choices(size="2000")) == len(SMALL_TOWNS)


def test_brackets_are_cut_alike_in_the_query_and_in_the_code(table: Table, store: Store) -> None:
    asked = "SELECT ?d ?b ?p { ?d inno:laureate ?b . ?b inno:administers ?place . ?place inno:population ?p }"
    expected: dict[tuple[Any, Any], set[str]] = {}
    for row in solutions(store, asked):
        expected.setdefault((row["d"], row["b"]), set()).add(bracket(int(row["p"].value)))
    found = {
        (line.row["distinction"], line.row["laureate"]): set(line.values["size"]) for line in table.lines
    }
    assert {owner: sizes for owner, sizes in found.items() if sizes} == expected


def test_a_region_is_where_the_seat_is_or_the_body_itself(table: Table) -> None:
    found = table.chosen(choices(region="27"))
    names = ("Région Bourgogne-Franche-Comté", "Département de la Haute-Saône")
    by_hand = [[row["laureates"] for row in rows_of("distinctions")].count(name) for name in names]
    bodies = ("region-bourgogne-franche-comte", "departement-de-la-haute-saone")
    laureates = [line.row["laureate"].value.removeprefix(f"{ID}organization/") for line in found]
    assert [laureates.count(body) for body in bodies] == by_hand == [3, 3]
    assert {key for line in found for key in line.values["department"]} <= {
        "21",
        "25",
        "39",
        "58",
        "70",
        "71",
        "89",
        "90",
    }


def test_a_group_of_unnamed_members_is_no_body(table: Table) -> None:
    names = {row["name"] for row in rows_of("bodies")}
    assert len(table.bodies(table.lines)) == len({line.row["laureate"] for line in table.lines}) - 1
    assert len(table.bodies(table.lines)) <= len(names)


# one query


def some_choices(table: Table, seed: int) -> Choices:
    chance = random.Random(seed)
    chosen = Choices()
    for facet in chance.sample(list(FACETS), chance.choice([1, 1, 2, 3])):
        known = sorted({key for line in table.lines for key in line.values[facet]})
        chosen = chosen.having(facet, chance.sample(known, min(len(known), chance.choice([1, 1, 2, 4]))))
    return chosen


def like(chosen: Choices, body: str) -> Choices:
    return replace(chosen, like=body)


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


def test_every_value_leads_to_as_many_distinctions_as_it_says(whole: SiteClient) -> None:
    text = page(whole, "/explore?award=territoria&lang=en")
    offered = re.findall(
        r'<li><a href="([^"]*)" rel="nofollow">(?:(?!</a>).)*<span class="count">(\d+)</span>', text
    )
    assert len(offered) > 100
    for href, count in random.Random(1).sample(offered, 12):
        found = re.search(r'class="counted"><strong>(\d+)</strong>', page(whole, unescape(href)))
        assert found and found[1] == count, href


def test_chosen_values_are_removed_one_by_one(whole: SiteClient) -> None:
    text = page(whole, "/explore?theme=ageing&theme=digital&award=territoria&lang=en")
    chips = re.search(r'<ul class="chips".*?</ul>', text, re.DOTALL)
    assert chips
    assert sorted(unescape(href) for href in re.findall(r'href="([^"]*)"', chips[0])) == [
        "/explore?lang=en",
        "/explore?theme=ageing&award=territoria&lang=en",
        "/explore?theme=ageing&theme=digital&lang=en",
        "/explore?theme=digital&award=territoria&lang=en",
    ]


@pytest.mark.parametrize(
    ("asked", "proper"),
    [
        ("award=territoria&theme=ageing", "theme=ageing&award=territoria"),
        ("theme=digital&theme=ageing&theme=digital", "theme=ageing&theme=digital"),
        ("theme=&kind=commune&year=&page=1&view=cards", "kind=commune"),
        ("lang=en&theme=ageing", "theme=ageing&lang=en"),
        ("view=&page=", ""),
    ],
)
def test_one_state_has_one_address(whole: SiteClient, asked: str, proper: str) -> None:
    answer = whole.get(f"/explore?{asked}", headers=BROWSER)
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/explore?{proper}".rstrip("?")
    assert whole.get(answer.headers["Location"], headers=BROWSER).status_code == 200


def test_pages_show_every_initiative_once(whole: SiteClient, table: Table) -> None:
    path, seen = "/explore?lang=fr", list[str]()
    while path:
        text = page(whole, path)
        seen += re.findall(r'<h3><a href="/doc/(initiative/[^"?]*)', text)
        path = links(text).get("Suivante", "")
    assert sorted(seen) == sorted({line.row["initiative"].value.removeprefix(ID) for line in table.lines})


def test_what_several_bodies_did_together_is_one_card_and_as_many_rows(whole: SiteClient) -> None:
    """Found by one of its four laureates, the one that is a small town, it is shown with all of them."""
    name = "Châlons-en-Champagne | Communauté d'agglomération de Châlons-en-Champagne"
    (by_hand,) = [row for row in rows_of("distinctions") if row["laureates"].startswith(name)]
    shared = len(re.split(r" *[|;] *", by_hand["laureates"]))
    text = page(whole, "/explore?year=2024&size=2000&department=51&lang=fr")
    assert "<strong>1</strong> distinction, <strong>1</strong> initiative, <strong>1</strong> lauréat" in text
    deck = text.split('<ul class="cards wide-cards">')[1].split('class="more"')[0]
    assert (
        deck.count("<h3>") == 1 and deck.split('class="bodies"')[1].split("</p>")[0].count("/doc/") == shared
    )
    assert "1 fiche : une par initiative" in text.replace("\N{NO-BREAK SPACE}", " ")
    rows = whole.get("/explore.csv?year=2024").text.splitlines()
    assert (
        sum(
            row.endswith("distinction/territoria-2024-ville-de-chalons-en-champagne-connecte-chalons")
            for row in rows
        )
        == shared
    )


def test_an_initiative_honoured_twice_is_one_card_with_both(whole: SiteClient, table: Table) -> None:
    text = page(whole, "/explore?kind=department&region=11&lang=en")
    cards = [
        card for card in text.split("<li><h3>")[1:] if "initiative/cd-hauts-de-seine-curious-lab" in card
    ]
    assert [card.split("</li>\n</ul>")[0].count("distinction/") for card in cards] == [2]


def test_every_count_says_of_which_editions(whole: SiteClient) -> None:
    assert "lauréats dans les 5 éditions chargées" in page(whole, "/explore?lang=fr")
    assert "laureates in the 5 editions loaded" in page(whole, "/explore?view=charts&lang=en")


def test_years_that_are_not_loaded_are_gaps_and_not_zero(whole: SiteClient) -> None:
    text = page(whole, "/explore?award=territoria&view=charts&lang=en")
    rows = re.findall(r'<tr><th scope="row">(?:(?!</th>).)*award/territoria\?.*?</tr>', text, re.DOTALL)
    cells = re.findall(r'<td class="([a-z-]+)">(.*?)</td>', rows[0], re.DOTALL)
    assert [re.sub("<[^>]*>", "", told) for state, told in cells if state == "counted"] == ["50", "53"]
    assert all(told != "0" for state, told in cells if state != "counted")
    gaps = [
        state
        for state in re.findall(r'<td class="([a-z-]+)"', text)
        if state in ("known", "not-held", "unknown")
    ]
    assert (
        text.count('fill="url(#gap)"')
        == len(gaps)
        == 3 * len(re.findall(r'<th scope="col">\d{4}</th>', text)) - 5
    )


def test_the_map_and_its_table_name_the_same_laureates(whole: SiteClient, table: Table) -> None:
    text = page(whole, "/explore?theme=digital&view=map&lang=fr")
    before, after = text.split('<div id="after-map"')
    bodies = {line.row["laureate"].value.removeprefix(ID) for line in table.chosen(choices(theme="digital"))}
    figure = before.split('id="map"')[1]
    assert set(re.findall(r'href="/doc/(organization/[^"?]*)', figure)) == bodies
    listed = after.split("</table>")[0]
    assert set(re.findall(r'href="/doc/(organization/[^"?]*)', listed)) == bodies


def test_only_what_nothing_places_stands_beside_the_map(table: Table) -> None:
    """If this fails: read in docs/decisions.md why these have no département, and settle the new ones."""
    beside = {
        line.row["laureate"].value.removeprefix(f"{ID}organization/")
        for line in table.lines
        if not line.values["department"] and "region" not in line.values["kind"]
    }
    assert beside == {
        "agence-autonomy",
        "communes-membres-de-grenoble-alpes-metropole",
        "hub-du-sud",
        "megalis-bretagne",
        "syndicat-anjou-numerique",
        "syndicat-intercommunal-d-assainissement-de-marne-la-vallee",
        "sytral-mobilites",
    }


def test_where_to_apply_is_told_where_the_graph_knows_it(whole: SiteClient) -> None:
    text = page(whole, "/explore?theme=digital&lang=en").split("Where to apply")[1].split("</ul>")[0]
    assert text.count("<li>") == 3 and text.count("the graph does not know its website") == 2
    assert 'href="http://www.territoria.asso.fr/"' in text


# a body like mine


def journey(client: SiteClient, theme: str, body: str) -> tuple[str, str]:
    """Fill in the form of the first page as people do; give the address and the page that it leads to."""
    form = re.search(
        r'<form class="like" action="([^"]*)">(.*?)</form>', page(client, "/?lang=en"), re.DOTALL
    )
    assert form and f'<option value="{theme}">' in form[2]
    fields = re.findall(r'<(?:select|input)[^>]* name="([^"]*)"', form[2])
    assert fields == ["theme", "body", "lang"]
    asked = urlencode({"theme": theme, "body": body, "lang": "en"})
    answer = client.get(f"{unescape(form[1]).split('?')[0]}?{asked}", headers=BROWSER)
    assert answer.status_code == 303, answer.text
    address = answer.headers["Location"]
    return address, page(client, address)


def never_honoured(registry: Registry, table: Table) -> list[tuple[str, str, str]]:
    """Give communes of some 9,000 people of which there is one by that name: name, code, département."""
    places = {line.row["laureate"].value for line in table.lines}
    found = []
    for entry in registry.of_kind("commune"):
        if entry.in_force and entry.population and 8_950 <= entry.population <= 9_050:
            alone = len([each for each, _ in registry.named("bare", entry.name.lower()) if each.kind]) <= 1
            if alone and f"{ID}organization/siren-{entry.siren}" not in places:
                found.append((entry.name, entry.code, entry.department))
    return found


@pytest.mark.parametrize("theme", ["digital", "ageing", "biodiversity"])
def test_a_commune_that_was_never_honoured_finds_what_its_like_did(
    whole: SiteClient, registry: Registry, table: Table, theme: str
) -> None:
    """Three clicks: the theme, the button, and at most one that widens; what this gives is shown before."""
    some = random.Random(9).sample(never_honoured(registry, table), 6)
    for _, code, department in some:
        address, text = journey(whole, theme, code)
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["kind"] == "commune" and asked["size"] == "2000" and asked["department"] == department
        chosen = choices(theme=theme, kind="commune", size="2000", department=department)
        wider = nearest(table, chosen)
        assert table.count(chosen) < FEW and wider and wider.count >= FEW
        near = text.split('class="note widen"')[1].split("</section>")[0]
        assert f'<span class="count">{wider.count}</span>' in near
        following = unescape(re.findall(r'href="([^"]*)"', near)[0])
        found = re.search(r'class="counted"><strong>(\d+)</strong>', page(whole, following))
        assert found and int(found[1]) == wider.count
        assert text.split('id="more"')[1].count("<h3>") >= min(wider.count, 6) - table.count(chosen)


def test_a_commune_is_found_by_its_name(whole: SiteClient) -> None:
    address, text = journey(whole, "digital", "morieres les avignon")
    assert "like=organization%2Fmorieres-les-avignon" in address.replace("/morieres", "%2Fmorieres")
    assert "Morières-lès-Avignon" in text and "9,019 inhabitants in 2023" in text


def test_elsewhere_leaves_out_what_the_body_itself_received(whole: SiteClient, table: Table) -> None:
    """In the tables of people, Élancourt received some distinctions alone, Châlons one with two others."""
    for name, body in (
        ("Élancourt", "elancourt"),
        ("Châlons-en-Champagne", "chalons-en-champagne"),
    ):
        by_hand = [row for row in rows_of("distinctions") if name in re.split(r" *[|;] *", row["laureates"])]
        own = table.honours_of(f"organization/{body}")
        assert len(own) == len(by_hand) > 0, (name, own)
        for chosen in (Choices(), choices(kind="commune")):
            elsewhere = like(chosen, f"organization/{body}")
            mine = {line.row["distinction"] for line in table.chosen(chosen)} & own
            assert table.count(elsewhere) == table.count(chosen) - len(mine) < table.count(chosen)
            assert not {line.row["distinction"] for line in table.chosen(elsewhere)} & own


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_leaves_it_out_and_says_so(whole: SiteClient, table: Table, view: str) -> None:
    body, asked = "organization/elancourt", "kind=commune&region=11"
    as_view = "" if view == "cards" else f"&view={view}"
    everything = page(whole, f"/explore?{asked}{as_view}&lang=en")
    elsewhere = page(whole, f"/explore?{asked}{as_view}&like={body}&lang=en")
    told, shown = elsewhere.split('<div class="explore">')
    assert f"Its own {len(table.honours_of(body))} distinctions in the 5 editions loaded are left out" in told
    assert f"/doc/{body}" in told and f"/doc/{body}" not in shown
    assert view == "charts" or f"/doc/{body}" in everything
    counts = [re.search(r'class="counted"><strong>(\d+)</strong>', text) for text in (everything, elsewhere)]
    numbers = [int(found[1]) for found in counts if found]
    assert numbers[0] - numbers[1] == len(table.honours_of(body))


def test_a_body_without_distinctions_is_told_to_have_none_in_what_is_loaded(
    whole: SiteClient, registry: Registry, table: Table
) -> None:
    _, code, _ = never_honoured(registry, table)[0]
    _, text = journey(whole, "digital", code)
    assert "This body has no distinction in the 5 editions loaded" in text


def test_a_body_has_one_spelling_in_an_address(whole: SiteClient) -> None:
    answer = whole.get("/explore?like=organization/siren-217802081&lang=fr", headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        "/explore?like=organization/elancourt&lang=fr",
    )
    same = [
        whole.get(f"/explore.csv?like=organization/{key}").text for key in ("siren-217802081", "elancourt")
    ]
    assert same[0] == same[1] and "organization/elancourt" not in same[0]


def test_namesakes_are_offered_and_lead_on(whole: SiteClient) -> None:
    text = page(whole, "/explore/like?theme=digital&body=Saint-Denis&lang=en")
    listed = re.findall(r'<li><a href="([^"]*)" lang="fr">Saint-Denis</a>\s*<p><small>([^<]*)', text)
    assert [told.split(",")[1].strip() for _, told in listed][:2] == [
        "La Réunion (974)",
        "Seine-Saint-Denis (93)",
    ]
    assert "size=100000&department=974" in unescape(listed[0][0])
    page(whole, unescape(listed[0][0]))


@pytest.mark.parametrize(
    "body", ["Xyzzyk", "x" * 5000, "<b>", "\N{RIGHT-TO-LEFT OVERRIDE}ville", "999999999"]
)
def test_a_name_that_nothing_bears_is_told(whole: SiteClient, body: str) -> None:
    text = page(whole, "/explore/like?" + urlencode({"theme": "digital", "body": body, "lang": "en"}))
    assert "<b>" not in text and ("The registers know no body" in text or "Several bodies" in text)


@pytest.mark.parametrize("body", ["Alsace", "Île-de-France", "Paris", "Lyon 3e", "SDIS de l’Ariège"])
def test_unusual_bodies_lead_to_choices_that_exist(whole: SiteClient, body: str) -> None:
    answer = whole.get("/explore/like", query_string={"body": body, "theme": "digital"}, headers=BROWSER)
    if answer.status_code == 200:
        found = unescape(re.findall(r'<li><a href="([^"]*)" lang="fr">', answer.text)[0])
    else:
        found = answer.headers["Location"]
    page(whole, found)


@pytest.mark.parametrize("place", ["Polynésie française", "988"])
def test_a_place_without_a_body_is_told(whole: SiteClient, place: str) -> None:
    assert "The registers know no body" in page(whole, f"/explore/like?body={place}&lang=en")


def test_a_commune_that_is_no_more_leads_to_its_heir(whole: SiteClient) -> None:
    answer = whole.get("/explore/like?body=Champtoceaux&lang=fr", headers=BROWSER)
    assert answer.status_code == 303
    assert "Orée d'Anjou" in unescape(page(whole, answer.headers["Location"]))


def test_without_a_name_the_theme_alone_is_shown(whole: SiteClient) -> None:
    answer = whole.get("/explore/like?theme=digital&body=%20", headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/explore?theme=digital")


# widening


def test_each_way_to_widen_is_offered_with_what_it_gives(table: Table) -> None:
    chosen = choices(theme="ageing", kind="commune", size="2000", department="49")
    told = {offer.changes[0]: offer for offer in offers(table, chosen)}
    assert set(told) == {
        "broader theme",
        "any theme",
        "any kind",
        "next size",
        "any size",
        "whole region",
        "all of France",
    }
    assert told["broader theme"].choices.of("theme") == ("solidarity",)
    assert told["next size"].choices.of("size") == ("0", "10000", "2000")
    assert told["whole region"].choices.values == {
        "theme": ("ageing",),
        "kind": ("commune",),
        "size": ("2000",),
        "region": ("52",),
    }
    assert all(offer.count == len(keys(table, offer.choices)) for offer in told.values())


def test_the_nearest_takes_the_fewest_steps(table: Table) -> None:
    chosen = choices(kind="commune", size="2000", department="49")
    found = nearest(table, chosen)
    assert found and found.changes == ("all of France",) and found.count == len(SMALL_TOWNS)
    assert nearest(table, choices(rank="fraternity", year="2020")) is not None


def test_nothing_is_widened_where_enough_is_found(whole: SiteClient) -> None:
    assert "note widen" not in page(whole, "/explore?theme=ageing")
    assert "note widen" not in page(whole, "/explore")


# bad input


ODD = [
    ("page=-1", 400), ("page=0", 400), ("page=1.5", 400), ("page=%C2%B2", 400), ("page=x", 400),
    ("page=1000000000", 404), ("page=" + "9" * 5000, 404), ("page=7", 404), ("page=2&page=3", 400),
    ("theme=nope", 400), ("theme=ageing&theme=nope", 400), ("theme=" + "x" * 5000, 400),
    ("year=20x4", 400), ("year=1999", 400), ("size=3000", 400), ("department=999", 400),
    ("theme=%3Cscript%3Ealert(1)%3C/script%3E", 400), ("sponsor=%E2%80%AE%00", 400),
    ("theme=ageing%3E%20%7D%20UNION%20%7B", 400), ("colour=red", 400), ("%3Cscript%3E=1", 400),
    ("view=pie", 400), ("like=organization/nobody", 400), ("like=" + "%E2%80%AE" * 2000, 400),
    ("department=48", 200), ("lang=tlh", 301), ("format=docx", 406),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "status"), ODD)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_odd_requests_get_the_right_status_and_no_markup(
    whole: SiteClient, asked: str, status: int, language: str
) -> None:
    answer = whole.get(f"/explore?{asked}", headers={**BROWSER, "Accept-Language": language})
    assert answer.status_code == status
    assert "<script>" not in answer.text and (status == 200) == ('class="filters"' in answer.text)


def test_a_value_that_does_not_exist_is_named_and_can_be_left_out(whole: SiteClient) -> None:
    answer = whole.get("/explore?theme=ageing&theme=nope&lang=fr", headers=BROWSER)
    assert "« nope »" in answer.text
    assert links(answer.text)["Continuer sans elle"] == "/explore?theme=ageing&lang=fr"
    told = whole.get("/explore.csv?theme=nope")
    assert (told.status_code, told.text) == (400, "theme: there is no 'nope'\n")


# cost


def test_a_page_takes_a_bounded_number_of_queries(whole_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    solutions = Reader._solutions

    def counted(reader: Reader, query: str, text: str) -> list[Row]:
        asked.append(query)
        return solutions(reader, query, text)

    client = SiteClient(whole_home)
    monkeypatch.setattr(Reader, "_solutions", counted)
    try:
        page(client, "/explore")
        assert len(asked) <= 20, Counter(asked)
        for view in ("cards", "table", "map", "charts"):
            asked.clear()
            page(client, f"/explore?theme=digital{'' if view == 'cards' else f'&view={view}'}")
            assert len(asked) <= 4, (view, Counter(asked))
    finally:
        client.close()
