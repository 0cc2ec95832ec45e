"""What was honoured elsewhere, in a body like mine: found by name, without its own."""

import random
import re
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from innograph.namespaces import ID
from innograph.registry.file import Registry
from innograph.web.explore.choices import VIEWS, Choices
from innograph.web.explore.table import Table
from innograph.web.explore.widening import FEW, nearest

from ..site_client import SiteClient
from ..test_pages import BROWSER
from .exploring import choices, like, page, rows_of


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
