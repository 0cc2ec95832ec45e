"""Pages of editions, distinctions, initiatives, awards, categories, themes and documents: the real graph.

What is expected was typed from the documents (``tests/facts/``), or is counted by a query that no page asks.
"""

import csv
import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from pyoxigraph import Literal, QuerySolutions, Store

from innograph.namespaces import ID, PREFIXES, concept, thing
from innograph.store.snapshots import Home
from innograph.web.layouts import LAYOUTS
from innograph.web.layouts.initiative import Features, by_likeness
from innograph.web.naming import Node

from .site_client import SiteClient
from .test_pages import BROWSER

FACTS = Path(__file__).resolve().parents[1] / "facts"
KNOWN, NEAREST = "connue, non chargée", "la plus proche qui soit chargée"
NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def whole(whole_home: Home) -> Iterator[SiteClient]:
    client = SiteClient(whole_home)
    yield client
    client.close()


@pytest.fixture(scope="module")
def store(whole_home: Home) -> Store:
    return whole_home.current().open()


def page(client: SiteClient, path: str, language: str = "fr") -> str:
    answer = client.get(f"/doc/{path}", headers={**BROWSER, "Accept-Language": language})
    assert answer.status_code == 200, path
    return answer.text


def text(markup: str) -> str:
    """Give what a reader sees of some markup."""
    flowing = re.sub(r"</?(a|b|i|span|strong)\b[^>]*>", "", markup)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", flowing)).replace(NO_BREAK, " ").split())


def section(shown: str, heading: str) -> str:
    """Give the markup from the heading with an id to the next one of its level."""
    found = re.search(rf'<h2 id="{heading}">(.*?)(?=<h2|<details class="everything"|</main>)', shown, re.S)
    assert found, heading
    return found[1]


def rows(markup: str) -> list[list[str]]:
    """Give the cells of the rows of a table."""
    return [
        [text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", markup, re.S)
    ]


@cache
def table(name: str) -> list[dict[str, str]]:
    with (FACTS / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def ask(store: Store, query: str) -> list[list[str]]:
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    found = cast(QuerySolutions, store.query(prefixes + query))
    return [[cast(Literal, value).value for value in row] for row in found]


# editions


@pytest.mark.parametrize("edition", [row["edition"] for row in table("editions")])
def test_the_palmares_stands_as_printed(whole: SiteClient, edition: str) -> None:
    shown = section(page(whole, f"edition/{edition}"), "palmares")
    found = []
    for part in re.findall(r"<section.*?</section>", shown, re.S):
        category = text(re.findall(r"<h3.*?</h3>", part, re.S)[0])
        for item in re.findall(r"<li>(.*?)</li>", part, re.S):
            rank = re.findall(r'<span class="rank rank-([a-z]+)">(.*?)</span>', item)
            what, whose = (
                re.findall(rf'<p class="{name}">(.*?)</p>', item, re.S)[0] for name in ("what", "whose")
            )
            found.append((category, *(rank[0] if rank else ("", "")), text(what), text(whose)))
    assert found == [
        (
            row["category"],
            row["rank"],
            row["rank_label"],
            text(row["title"]),
            row["laureates"].replace(" | ", ", "),
        )
        for row in table("distinctions")
        if row["edition"] == edition
    ]


def test_announced_counts_stand_beside_what_is_listed(whole: SiteClient) -> None:
    shown = page(whole, "edition/territoria-2019")
    found = {(row[1], row[2], row[3]) for row in rows(section(shown, "announced"))[1:]}
    assert found == {
        ("« 50 collectivités »", "50", "44 diffère"),
        ("« 50 lauréats »", "50", "50"),
        ("« 21 Or »", "21", "21"),
        ("« 20 Argent »", "20", "20"),
        ("« 9 Bronze »", "9", "9"),
        ("« 19 domaines »", "19", "19"),
        ("« 217 candidatures »", "217", "non énuméré"),
        ("« 220 projets »", "220", "non énuméré"),
    }
    assert "50 organismes lauréats annoncés, 44 au palmarès" in text(shown)  # the warning, openly


def test_an_edition_names_its_people_its_events_and_its_criteria(whole: SiteClient) -> None:
    shown = page(whole, "edition/territoria-2019")
    people = text(section(shown, "people"))
    assert re.search(r"présidence du jury Jacqueline Gourault, ministre .* lignes 142–143", people)
    assert "13 novembre 2019, Salons Boffrand de la Présidence du Sénat" in text(section(shown, "events"))
    criteria = [row["label"] for row in table("criteria") if row["edition"] == "territoria-2019"]
    found = [text(item) for item in re.findall(r"<li>(.*?)</li>", section(shown, "criteria"), re.S)]
    assert len(found) == 3 and all(
        each.startswith(label) for each, label in zip(found, criteria, strict=True)
    )
    assert "ligne 152" in found[0]


@pytest.mark.parametrize(
    ("edition", "before", "after"),
    [
        ("prix-territoriaux-2022", f"2021 : {KNOWN} · {NEAREST} : Prix Territoriaux 2020", "2023 : inconnue"),
        (
            "prix-territoriaux-2020",
            f"2019 : {KNOWN}",
            f"2021 : {KNOWN} · {NEAREST} : Prix Territoriaux 2022",
        ),
    ],
)
def test_an_edition_says_what_is_known_of_the_years_around_it(
    whole: SiteClient, edition: str, before: str, after: str
) -> None:
    shown = page(whole, f"edition/{edition}")
    sides = re.findall(r"<li>(.*?)</li>", shown.split('class="neighbours"')[1].split("</nav>")[0], re.S)
    assert [text(side) for side in sides] == [f"L’année d’avant {before}", f"L’année d’après {after}"]


# distinctions


def test_a_concluded_rank_says_by_which_rule(whole: SiteClient) -> None:
    shown = page(whole, "distinction/territoria-2019-paris-violentometre")
    note = text(shown.split('<p class="note">')[1].split("</p>")[0])
    assert note.startswith(
        "Rang conclu, non imprimé auprès de cette distinction. rang déduit des listes : Le document"
    )
    assert note.endswith("ligne 170, ligne 173")
    stated = page(whole, "distinction/territoria-2019-cd-drome-maison-internes")
    assert '<p class="note">' not in stated
    inferred = [row for row in table("distinctions") if row["basis"] == "inferred"]
    assert len(inferred) == 12


def test_a_distinction_leads_to_its_neighbours_in_the_palmares(whole: SiteClient, store: Store) -> None:
    order = [(row["edition"], text(row["title"])) for row in table("distinctions")]
    keys = dict(
        ((edition.rpartition("/")[2], text(title)), key.removeprefix(ID))
        for key, edition, title in ask(
            store, "SELECT ?d ?e ?t { ?d a inno:Distinction ; inno:edition ?e ; dcterms:title ?t }"
        )
    )
    for place in (
        0,
        1,
        52,
        len(order) - 1,
        *(n for n in range(1, len(order)) if order[n][0] != order[n - 1][0]),
    ):
        shown = page(whole, keys[order[place]])
        found = re.findall(
            r'<a rel="(prev|next)" href="/doc/([^"]*)"',
            shown.split('class="neighbours"')[1].split("</nav>")[0],
        )
        expected = [
            (rel, keys[order[other]])
            for rel, other in (("prev", place - 1), ("next", place + 1))
            if 0 <= other < len(order) and order[other][0] == order[place][0]
        ]
        assert found == expected


# initiatives


def test_likeness_prefers_narrow_themes_then_kind_then_audience() -> None:
    broad, narrow, second = (concept("theme", name) for name in ("digital", "open-data", "cybersecurity"))
    commune, residents = concept("organization-kind", "commune"), concept("audience", "residents")
    features: dict[str, dict[str, list[Node]]] = {
        "own": {
            "theme": [broad, narrow, second], "broad": [broad], "kind": [commune], "audience": [residents],
        },
        "a": {"theme": [broad], "broad": [broad], "audience": [residents]},
        "b": {"theme": [broad], "broad": [broad], "kind": [commune]},
        "c": {"theme": [broad, narrow], "broad": [broad]},
        "d": {"theme": [narrow, second]},
        "e": {"theme": [narrow], "kind": [commune]},
        "f": {"kind": [commune], "audience": [residents]},
    }  # fmt: skip
    every: dict[Node, Features] = {thing("initiative", name): said for name, said in features.items()}
    found = by_likeness(thing("initiative", "own"), every)
    assert [str(each).strip("<>").rpartition("/")[2] for each in found] == ["d", "e", "c", "b", "a"]


def test_similar_initiatives_say_why_and_the_why_is_true(whole: SiteClient, store: Store) -> None:
    own = "initiative/mulhouse-participation-citoyenne-procedure-marche"
    shown = section(page(whole, own), "similar")
    cards = re.findall(r"<li><h3>(.*?)</h3>(.*?)</ul></li>", shown, re.S)
    assert len(cards) == 6
    common = {
        word: f"""SELECT DISTINCT ?l {{
            <{ID}{own}> {path} ?x . <{{}}> {path} ?x . ?x skos:prefLabel ?l FILTER(LANG(?l) = 'fr')
        }}"""
        for word, path in (
            ("même thème", "inno:theme"),
            ("même type d’organisme", "^inno:initiative/inno:laureate/inno:organizationKind"),
            ("même public", "inno:audience"),
        )
    }
    for name, why in cards:
        other = ID + re.findall(r'href="/doc/([^"]*)"', name)[0]
        said = dict(text(item).split(" : ", 1) for item in re.findall(r"<li>(.*?)</li>", why, re.S))
        assert "même thème" in said
        for word, query in common.items():
            labels = {label for (label,) in ask(store, query.replace("{}", other))}
            assert {each.strip() for each in said.get(word, "").split(", ")} - {""} == labels, (other, word)
    sharing = f"<{ID}{own}> inno:theme ?t . ?o inno:theme ?t ; a inno:Initiative FILTER(?o != <{ID}{own}>)"
    ((others,),) = ask(store, f"SELECT (COUNT(DISTINCT ?o) AS ?n) {{ {sharing} }}")
    assert f"{int(others) - 6} autres ont un thème en commun" in text(shown)


def test_an_initiative_shows_whose_it_is_and_all_that_it_received(whole: SiteClient) -> None:
    shown = page(whole, "initiative/cd-hauts-de-seine-curious-lab-defis-communaux")
    received = [text(item) for item in re.findall(r"<li>(.*?)</li>", section(shown, "honours"), re.S)]
    assert [each.split(" – ")[0] for each in received] == [  # the one initiative that was honoured twice
        "TERRITORIA ARGENT Innovation managériale, Prix TERRITORIA 2019 Le Curious Lab’ des défis communaux",
        "Prix La Gazette, Prix Territoriaux 2020 L’intelligence collective au service des communes",
    ]
    assert "par Département des Hauts-de-Seine" in text(shown)


# awards, categories


def test_categories_of_an_award_stand_side_by_side(whole: SiteClient) -> None:
    labels: dict[str, set[str]] = defaultdict(set)
    for row in table("distinctions"):
        labels[row["edition"]].add(row["category"])
    found = rows(section(page(whole, "award/territoria"), "categories"))
    assert found[0] == ["Série de catégories", "Prix TERRITORIA 2019", "Prix TERRITORIA 2024"]
    for place, edition in ((1, "territoria-2019"), (2, "territoria-2024")):
        assert {row[place] for row in found[1:]} == labels[edition] | {"absente de cette édition"}
    assert [row for row in found if "renommée" in row[0]] == [
        ["Unicef renommée", "TERRITORIA / Unicef France", "Unicef"]
    ]
    counted = [text(cell) for cell in rows(section(page(whole, "award/territoria"), "editions"))[1]]
    assert counted == ["Prix TERRITORIA 2019", "non imprimé", "19", "50", "44"]


def test_a_category_is_followed_across_years(whole: SiteClient) -> None:
    expected = [
        ["Édition", "Intitulé imprimé", "Parrain"],
        ["Prix TERRITORIA 2019", "TERRITORIA / Unicef France", "aucun indiqué par le document"],
        ["Prix TERRITORIA 2024", "Unicef", "aucun indiqué par le document"],
    ]
    for path in ("category/territoria-2024-unicef", "category-series/territoria-unicef"):
        assert rows(section(page(whole, path), "across")) == expected
    absent = rows(section(page(whole, "category/territoria-2024-action-sociale"), "across"))
    assert absent[1:] == [
        ["Prix TERRITORIA 2019", "absente de cette édition"],
        ["Prix TERRITORIA 2024", "Action sociale", "CNAS"],
    ]
    honours = [row for row in table("distinctions") if row["category"].endswith(("Unicef", "Unicef France"))]
    series = section(page(whole, "category-series/territoria-unicef"), "honours")
    assert series.count('class="what"') == len(honours) == 6


# themes


@pytest.mark.parametrize("theme", ["digital", "ageing", "democracy"])
def test_a_theme_counts_the_initiatives_under_it(whole: SiteClient, store: Store, theme: str) -> None:
    address = f"<{ID}theme/{theme}>"
    about = f"{{ ?i inno:theme {address} }} UNION {{ ?t skos:broader {address} . ?i inno:theme ?t }}"
    named = f"SELECT DISTINCT ?i ?n {{ {about} ?i a inno:Initiative ; inno:name ?n }}"
    titles = [title for _, title in ask(store, named)]
    found: list[str] = []
    for number in range(1, -(-len(titles) // 30) + 1):
        shown = page(whole, f"theme/{theme}?initiatives={number}")
        assert f"{len(titles)} initiatives dans les 5 éditions chargées." in text(shown)
        found += re.findall(r"<li><h3>(.*?)</h3>", section(shown, "initiatives"), re.S)
    assert sorted(map(text, found)) == sorted(map(text, titles))
    assert whole.get(f"/doc/theme/{theme}?initiatives=9", headers=BROWSER).status_code == 404
    assert whole.get(f"/doc/theme/{theme}?initiatives=-1", headers=BROWSER).status_code == 400


# documents


@pytest.mark.parametrize("document", ["territoria-2019", "prix-territoriaux-2022"])
def test_the_line_map_of_a_document_leaves_no_line_out(
    whole: SiteClient, store: Store, document: str
) -> None:
    address = f"<{ID}document/{document}>"
    passages = {
        (int(first), int(last))
        for first, last in ask(
            store, f"SELECT ?f ?l {{ ?p inno:document {address} ; inno:startLine ?f ; inno:endLine ?l }}"
        )
    }
    ((count,),) = ask(store, f"SELECT ?n {{ {address} inno:lineCount ?n }}")
    used = {line for first, last in passages for line in range(first, last + 1)}
    given: set[tuple[int, int]] = set()
    nothing: set[tuple[int, int]] = set()
    number, last_page = 1, 1
    while number <= last_page:
        shown = page(whole, f"document/{document}?lines={number}")
        last_page = max([1, *map(int, re.findall(r"[?&;]lines=(\d+)", shown))])
        for kind, cell, gave in re.findall(
            r'<tr( class="nothing")?><th scope="row" class="number">(.*?)</th><td>(.*?)</td></tr>',
            shown,
            re.S,
        ):
            first, _, last = text(cell).partition("–")
            (nothing if kind else given).add((int(first), int(last or first)))
            assert kind or text(gave), cell  # a passage without anything would be a fault of the data
        number += 1
    assert given == passages
    unused = [line for first, last in nothing for line in range(first, last + 1)]
    assert len(unused) == len(set(unused)) and set(unused) == set(range(1, int(count) + 1)) - used
    assert f"{len(used)} des {count} lignes donnent quelque chose, en {len(passages)} passages." in text(
        shown
    )


# every page: citing, schema.org, breadcrumbs, the query to go on from

ONE_OF_EACH = {
    "award": "territoria",
    "category": "territoria-2024-unicef",
    "category-series": "territoria-unicef",
    "distinction": "territoria-2019-paris-violentometre",
    "document": "territoria-2019",
    "edition": "prix-territoriaux-2022",
    "initiative": "mulhouse-participation-citoyenne-procedure-marche",
    "passage": "territoria-2019/L164",
    "organization": "elancourt",
    "person": "francoise-gatel",
    "territory": "department/70",
    "theme": "ageing",
}
TYPES = {
    "award": "EventSeries",
    "distinction": "Thing",
    "document": "DigitalDocument",
    "edition": "Event",
    "initiative": "CreativeWork",
    "organization": "GovernmentOrganization",
    "passage": "Thing",
    "person": "Person",
    "territory": "AdministrativeArea",
}


def linked(shown: str) -> dict[str, Any]:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown, re.S)
    return cast(dict[str, Any], json.loads(found))


@pytest.mark.parametrize(("kind", "key"), ONE_OF_EACH.items())
def test_the_query_to_go_on_from_finds_something(
    whole: SiteClient, store: Store, kind: str, key: str
) -> None:
    reader = whole.site.live.version.reader
    assert LAYOUTS[kind].question != "thing"
    assert list(
        cast(QuerySolutions, store.query(reader.text_about(LAYOUTS[kind].question, thing(kind, key))))
    )
    assert page(whole, f"{kind}/{key}").count('href="/sparql?query=') == 2  # this one, and the triples


@pytest.mark.parametrize(("kind", "key"), ONE_OF_EACH.items())
def test_a_page_describes_its_thing_to_search_engines(whole: SiteClient, kind: str, key: str) -> None:
    shown = page(whole, f"{kind}/{key}")
    found = linked(shown)
    assert found["@context"] == "https://schema.org" and found["@type"] == "WebPage"
    assert found["@id"] == f"http://localhost/doc/{kind}/{key}"
    main = found["mainEntity"]
    assert main["@id"] == main["url"] == f"{ID}{kind}/{key}"
    assert main["@type"] == TYPES.get(kind, "DefinedTerm")
    crumbs = found["breadcrumb"]["itemListElement"]
    assert [each["position"] for each in crumbs] == list(range(1, len(crumbs) + 1))
    assert crumbs[-1] == {
        "@type": "ListItem",
        "position": len(crumbs),
        "name": main["name"],
        "item": found["@id"],
    }
    (told,) = re.findall(r'<meta property="og:description" content="([^"]*)">', shown)
    generic = "ce que disent les documents, ligne par ligne"
    assert (generic in told) == (kind == "person") and len(told) > 20


def test_breadcrumbs_lead_from_the_award_down(whole: SiteClient) -> None:
    shown = page(whole, "distinction/territoria-2019-paris-violentometre")
    crumbs = shown.split('class="crumbs"')[1].split("</nav>")[0]
    assert re.findall(r'href="(/doc/[^"]*)"', crumbs) == [
        "/doc/award/territoria",
        "/doc/edition/territoria-2019",
        "/doc/category/territoria-2019-prevention",
    ]
    place = page(whole, "territory/commune/78208").split('class="crumbs"')[1].split("</nav>")[0]
    assert re.findall(r'href="/doc/([^"]*)"', place) == ["territory/region/11", "territory/department/78"]
    theme = page(whole, "theme/ageing").split('class="crumbs"')[1].split("</nav>")[0]
    assert re.findall(r'href="/doc/([^"]*)"', theme) == ["theme", "theme/solidarity"]


def test_a_thing_is_cited_by_its_permanent_address(whole: SiteClient, whole_home: Home) -> None:
    path, snapshot = "distinction/territoria-2019-paris-violentometre", whole_home.current()
    address, day = f"{ID}{path}", snapshot.written.date()
    shown = text(page(whole, path, "en").split('<p id="citation">')[1].split("</p>")[0])
    assert shown.startswith(
        f"“Le « violentomètre »”, distinction, innograph, version {snapshot.version} of {day.day} "
    )
    assert shown.endswith(
        f"{address}. From: Dossier de presse du Prix TERRITORIA 2019, "
        "Observatoire national de l'innovation publique, 2019."
    )
    bibtex = whole.get(f"/doc/{path}.bib?lang=en")
    assert bibtex.content_type == "application/x-bibtex; charset=utf-8"
    assert bibtex.text.startswith("@misc{innograph-distinction-territoria-2019-paris-violentometre,\n")
    assert f"  year = {{{day.year}}},\n" in bibtex.text and f"\\url{{{address}}}" in bibtex.text
    csl = whole.get(f"/doc/{path}.csl.json")
    assert csl.content_type == "application/vnd.citationstyles.csl+json"
    (item,) = json.loads(csl.text)
    assert (item["id"], item["URL"], item["version"]) == (address, address, snapshot.version)
    assert item["issued"] == {"date-parts": [[day.year, day.month, day.day]]}
    assert "localhost" not in shown + bibtex.text + csl.text
    assert whole.get("/doc/distinction/nope.bib").status_code == 404
