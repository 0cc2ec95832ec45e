"""/search and /search.json: what is found, by kind, with the text in which it was found."""

import json
import re

import pytest

from .site_client import SiteClient
from .test_pages import BROWSER, text


def found(html: str) -> list[tuple[str, list[str]]]:
    """Give the groups of results: heading, and each result as text."""
    groups = re.findall(r'<h2 id="g-[A-Za-z]+">(.*?) <small>.*?<ul class="found">(.*?)</ul>', html, re.S)
    groups = [(title, re.sub("</?mark>", "", items)) for title, items in groups]
    return [
        (title, [text(item) for item in re.findall(r"<li>(.*?)</li>", items, re.S)])
        for title, items in groups
    ]


@pytest.mark.parametrize("words", ["ETANG", "étangs", "etnag"])
def test_a_body_is_found_with_what_it_received(client: SiteClient, words: str) -> None:
    groups = dict(found(client.get("/search", query_string={"q": words}, headers=BROWSER).text))
    assert groups["Organismes"] == ["Orval-l'Étang nom : Orval-l'Étang"]
    assert set(groups) >= {"Organismes", "Distinctions"}
    assert "Les « puits » partagés lauréat : Orval-l'Étang" in groups["Distinctions"]


def test_words_are_marked_where_they_were_found(client: SiteClient) -> None:
    html = client.get("/search?q=sept+monts", headers=BROWSER).text
    assert "Communauté de communes des <mark>Sept</mark>-<mark>Monts</mark>" in html


def test_words_of_a_document_lead_to_the_body(client: SiteClient) -> None:
    html = client.get("/search?q=cc+7+monts&lang=en", headers=BROWSER).text
    (group,) = [items for title, items in found(html) if title == "Bodies"]
    assert group == ["Communauté de communes des Sept-Monts named in a document: CC 7 MONTS"]


@pytest.mark.parametrize("words", ["zzz", "«»", '" } #', "<script>alert(1)</script>", "\u202e"])
def test_what_is_not_found_is_said(client: SiteClient, words: str) -> None:
    response = client.get("/search", query_string={"q": words}, headers=BROWSER)
    assert response.status_code == 200
    assert "Rien ne porte ces mots" in response.text and "<script>alert" not in response.text


def test_some_of_the_words_are_better_than_none(client: SiteClient) -> None:
    html = client.get("/search?q=puits+zzzzzz", headers=BROWSER).text
    assert "voici ce qui en porte une partie" in html and "partagés" in html


def test_a_search_without_words_asks_for_them(client: SiteClient) -> None:
    html = client.get("/search", headers=BROWSER).text
    assert "Rien ne porte" not in html and 'name="q"' in html


def test_the_same_as_json(client: SiteClient) -> None:
    response = client.get("/search.json?q=prix+boussole+2031&lang=en")
    assert response.content_type == "application/json; charset=utf-8"
    answer = json.loads(response.data)
    assert (answer["query"], answer["some"]) == ("prix boussole 2031", False)
    assert answer["results"][0] == {
        "name": "Prix Boussole 2031",
        "kind": "edition",
        "class": "https://w3id.org/innograph/ontology#Edition",
        "iri": "https://w3id.org/innograph/id/edition/boussole-2031",
        "path": "/doc/edition/boussole-2031?lang=en",
        "why": {"field": "name", "words": "Prix Boussole 2031"},
    }


def test_suggestions_complete_the_last_word(client: SiteClient) -> None:
    names = [each["name"] for each in json.loads(client.get("/search.json?q=orv&suggest=1").data)["results"]]
    assert names[0] == "Orval-l'Étang" and len(names) <= 8
    assert json.loads(client.get("/search.json?q=orv").data)["results"] == []


def test_a_long_search_is_cut(client: SiteClient) -> None:
    assert client.get("/search", query_string={"q": "eau " * 5000}, headers=BROWSER).status_code in (200, 414)
