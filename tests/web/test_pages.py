"""The other pages: what they show, in which language, and as which data."""

import json
import re

import pytest
from pyoxigraph import RdfFormat, parse

from innograph.resources import queries, shape_files
from innograph.store.engine import InProcess
from innograph.store.evaluate import evaluate
from innograph.store.queries import read_queries
from innograph.store.snapshots import Home
from innograph.web.answers import table_of
from innograph.web.reader import Reader, Shown
from innograph.web.words import Language

from .site_client import SiteClient

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
PAGES = [
    "/", "/sparql", "/build", "/queries", "/queries/editions", "/queries/palmares-of-an-edition",
    "/search?q=puits", "/ontology", "/ontology/laureate", "/shapes", "/dataset", "/dumps/", "/about",
    "/legal", "/privacy", "/accessibility", "/report", "/report/ABCD-EFGH", "/reconcile",
]  # fmt: skip


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&#39;", "'").split())


@pytest.mark.parametrize("path", [*PAGES, "/doc/organization/orval", "/nowhere"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_whole(client: SiteClient, path: str, language: str) -> None:
    html = client.get(path, headers={**BROWSER, "Accept-Language": language}).text
    assert html.startswith(f'<!doctype html>\n<html lang="{language}">')
    assert re.search(r"<title>\S.* – innograph</title>", html)
    assert (
        html.count("<h1")
        == html.count("<main")
        == html.count("<footer")
        == html.count('class="site-nav"')
        == 1
    )
    assert html.count("<table") == len(
        re.findall(r'<thead>\n?<tr><th scope="col|<thead><tr>\n<th scope="col', html)
    )
    assert not re.findall(r'src="(?:https?:)?//', html)
    scripts = set(re.findall(r"<script([^>]*)>", html)) - {' type="application/ld+json"'}
    assert all(
        re.fullmatch(r' (type="module"|defer) src="/static/[a-z.]+\?v=[0-9a-f]{12}"', s) for s in scripts
    )
    assert "style=" not in html and not re.search(r"<[a-z][^>]* on[a-z]+=", html)
    assert "{{" not in html and "None" not in html
    for name in re.findall(r'<label for="([^"]+)"', html):
        assert f'id="{name}"' in html


def test_home_counts_by_edition(client: SiteClient) -> None:
    html = client.get("/", headers=BROWSER).text
    row = html.split('id="editions"')[1].split("<tbody>")[1].split("</tbody>")[0]
    assert text(row) == "Prix Boussole 2031 2031 4 2 2 2 Dossier du Prix Boussole 2031"
    assert all(
        f'href="{path}"' in html for path in ("/queries", "/sparql", "/ontology", "/shapes", "/dumps/")
    )


def test_every_question_has_a_page_in_both_languages(client: SiteClient) -> None:
    for name, query in read_queries(queries() / "examples").items():
        for language, question in (("fr", query.question_fr), ("en", query.question_en)):
            response = client.get(f"/queries/{name}?lang={language}", headers=BROWSER)
            assert response.status_code == 200
            title = re.search(r"<h1>(.*)</h1>", response.text)
            assert title is not None
            assert text(title[1]).replace("&amp;", "&") == " ".join(question.split())


def test_a_question_as_data_with_a_parameter(client: SiteClient) -> None:
    name = "titles-with-a-word"
    query = read_queries(queries() / "examples")[name]
    parameter = query.parameters[0].name
    by_suffix = client.get(f"/queries/{name}.json", query_string={parameter: "puits"})
    by_format = client.get(f"/queries/{name}", query_string={parameter: "puits", "format": "json"})
    assert by_suffix.data == by_format.data
    assert by_suffix.content_type == "application/sparql-results+json"
    assert len(json.loads(by_suffix.data)["results"]["bindings"]) == 1
    none = client.get(f"/queries/{name}.csv", query_string={parameter: '" } #'})
    assert (none.status_code, none.text.count("\n")) == (200, 1)


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/queries/nope", 404, "no question is called 'nope'; the list is at /queries\n"),
        ("/queries/editions.ttl", 404, "the answer to editions cannot be written as ttl\n"),
        ("/queries/editions?x=1", 400, "editions has no parameter 'x'; its parameters: it has none\n"),
        ("/dumps/nope.csv", 404, "this version publishes no file 'nope.csv'; the list is at /dumps/\n"),
        (
            "/dumps/..%2Fmanifest.json",
            404,
            "this version publishes no file '../manifest.json'; the list is at /dumps/\n",
        ),
    ],
)  # fmt: skip
def test_refusals(client: SiteClient, path: str, status: int, body: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.text) == (status, body)


def test_the_vocabulary_as_page_and_as_data(client: SiteClient) -> None:
    html = client.get("/ontology?lang=en", headers=BROWSER).text
    assert '<tr id="laureate">' in html
    assert "Who receives." in html and "Qui reçoit." not in html
    turtle = client.get("/ontology", headers={"Accept": "text/turtle"})
    assert len(list(parse(turtle.data, RdfFormat.TURTLE))) == 62


def test_the_rules_as_page_and_as_data(client: SiteClient) -> None:
    expected = sum(len(list(parse(path=path, format=RdfFormat.TURTLE))) for path in shape_files())
    turtle = client.get("/shapes?format=turtle")
    assert len(set(parse(turtle.data, RdfFormat.TURTLE))) == expected
    assert "<table>" in client.get("/shapes", headers=BROWSER).text


def test_dumps_are_the_files_of_the_snapshot(client: SiteClient, served_home: Home, palmares: bytes) -> None:
    with client.get("/dumps/palmares.csv") as table:
        assert (table.data, table.content_type) == (palmares, "text/csv; charset=utf-8")
    with client.get("/dumps/innograph.nq.gz") as dump:
        assert dump.data == served_home.current().dump("innograph.nq.gz").read_bytes()
        assert dump.content_type == "application/gzip"
    with client.get("/dumps/innograph.nq.gz", headers={"If-None-Match": dump.headers["ETag"]}) as again:
        assert again.status_code == 304


def test_health(client: SiteClient, served_home: Home) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, f"ok {served_home.current().version}\n")


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/ontology/", "/ontology"),
        ("/queries/", "/queries"),
        ("/queries/editions/?lang=en&x=%C3%A9", "/queries/editions?lang=en&x=%C3%A9"),
        ("/doc/organization/orval/", "/doc/organization/orval"),
        ("/%5Cevil.example/", "/%5Cevil.example"),
        ("/dumps", "/dumps/"),
    ],
)
def test_a_slash_too_many_is_put_right(client: SiteClient, path: str, location: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Location"].removeprefix("http://localhost")) == (
        308,
        location,
    )


def test_no_slash_leads_to_another_host(client: SiteClient) -> None:
    response = client.get("/", environ_overrides={"PATH_INFO": "//evil.example//"})
    assert (response.status_code, response.headers["Location"]) == (308, "/evil.example")


def test_the_icon_is_a_picture(client: SiteClient) -> None:
    response = client.get("/favicon.ico")
    assert (response.status_code, response.content_type) == (200, "image/png")
    assert response.data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("language", "path", "paragraphs"),
    [
        ("fr", "/nowhere", ["<p>Rien n’a cette adresse.</p>"]),
        ("en", "/nowhere", ["<p>Nothing has this address.</p>"]),
        (
            "fr",
            "/queries/nope",
            [
                "<p>Rien n’a cette adresse.</p>",
                '<p lang="en">no question is called &#39;nope&#39;; the list is at /queries</p>',
            ],
        ),
        ("en", "/queries/nope", ["<p>no question is called &#39;nope&#39;; the list is at /queries</p>"]),
    ],
)
def test_what_is_not_found_is_told_in_the_language_of_the_page(
    client: SiteClient, language: str, path: str, paragraphs: list[str]
) -> None:
    html = client.get(path, headers={**BROWSER, "Accept-Language": language}).text
    main = html.split("</h1>")[1].split('<p class="ways"')[0]
    assert re.findall(r"<p.*</p>", main) == paragraphs


@pytest.mark.parametrize(("language", "sign"), [("fr", "\N{NO-BREAK SPACE}:"), ("en", ":")])
def test_colons_stand_as_the_language_has_them(client: SiteClient, language: str, sign: str) -> None:
    html = client.get(f"/doc/organization/orval?lang={language}", headers=BROWSER).text
    permalink = {"fr": "Adresse permanente", "en": "Permanent address"}[language]
    assert f'<p>{permalink}{sign} <code id="iri">' in html


@pytest.mark.parametrize(
    ("language", "label"), [("fr", "rangs déduits des listes"), ("en", "ranks joined from lists")]
)
def test_pages_of_questions_name_things_once_and_in_the_language_of_the_reader(
    served_home: Home, language: Language, label: str
) -> None:
    store = served_home.current().open()
    reader = Reader(InProcess(store), read_queries(queries() / "pages"))
    query = """SELECT ?rule ?ruleLabel ?rank ?rankLabel {
        ?d inno:rank ?rank . ?rule skos:prefLabel ?ruleLabel
        FILTER(?rule = id:rule\\/rank-join && LANG(?ruleLabel) = "fr")
        BIND("Or"@fr AS ?rankLabel) } LIMIT 1"""
    brief = table_of(evaluate(store, query), reader, language, brief=True)
    assert brief.columns == ["rule", "rank", "rankLabel"]  # inno:rankLabel is printed: it stays
    rank = {"fr": "Or", "en": "Gold"}[language]
    assert [[cell.text for cell in row if cell] for row in brief.rows] == [[label, rank, "Or"]]
    as_asked = table_of(evaluate(store, query), reader, language)
    assert as_asked.columns == ["rule", "ruleLabel", "rank", "rankLabel"]
    assert as_asked.rows[0][1] == Shown("rangs déduits des listes", "fr")


@pytest.mark.parametrize(("language", "label"), [("fr", "jugé"), ("en", "curated")])
def test_the_page_of_a_question_has_its_labels_in_its_language(
    client: SiteClient, language: str, label: str
) -> None:
    path = "/queries/how-mentions-were-linked"
    html = client.get(f"{path}?lang={language}", headers=BROWSER).text
    row = html.split("<tbody>")[1].split("</tr>")[0]
    assert label in re.sub(r"<[^>]+>", " ", row).split()
    assert "jugé" in client.get(f"{path}.csv?lang={language}").text  # the data are what the query gives
