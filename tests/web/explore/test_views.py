"""Cards, table, map and charts: links that keep what they say, gaps that are no zero."""

import random
import re
from html import unescape

import pytest

from innograph.namespaces import ID
from innograph.web.explore.table import Table

from ..site_client import SiteClient
from ..test_pages import BROWSER
from .exploring import choices, links, page, rows_of


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
