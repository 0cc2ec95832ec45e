"""/reconcile by every way of the Reconciliation Service API 0.2, and what its answers hold."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, Quad

from innograph.journeys.reconcile.properties import PROPERTIES
from innograph.journeys.reconcile.types import types
from innograph.namespaces import ID, inno, named_graph, term, thing
from innograph.store.snapshots import Home
from innograph.web.reconcile_requests import MOST_QUERIES

from .conftest import Publish
from .reconciling import ELANCOURT, check, post, read
from .site_client import SiteClient

COMMUNES = ["commune", "associated-commune", "delegated-commune", "community-of-communes"]


def extend(asker: SiteClient, ids: list[str], *properties: str, lang: str = "fr") -> Any:
    asked = {"ids": ids, "properties": [{"id": id} for id in properties]}
    response = asker.post(f"/reconcile?lang={lang}", data={"extend": json.dumps(asked)})
    return read(response, "extension")


def test_the_manifest_says_what_the_routes_do(asker: SiteClient) -> None:
    manifest = read(asker.get("/reconcile"), "manifest")
    assert manifest["identifierSpace"] == ID
    assert manifest["schemaSpace"] == "https://w3id.org/innograph/ontology#"
    assert manifest["view"] == {"url": "http://localhost/id/{{id}}"}
    assert manifest["batchSize"] == MOST_QUERIES
    assert [type["id"] for type in manifest["defaultTypes"]] == [
        "collectivity",
        "commune",
        "epci",
        "department",
        "region",
    ]
    for what in ("entity", "type", "property"):
        suggest = manifest["suggest"][what]
        path = suggest["service_path"] + "?prefix=si"
        read(asker.get(path), "suggestions")
        ids = {"entity": ELANCOURT, "type": "epci", "property": "siren"}
        flyout = suggest["flyout_service_path"].replace("${id}", quote(ids[what], safe=""))
        assert read(asker.get(flyout), "flyout")["id"] == ids[what]
    proposals = manifest["extend"]["propose_properties"]["service_path"]
    read(asker.get(f"{proposals}?type=commune"), "proposals")
    preview = manifest["preview"]["url"].replace("{{id}}", quote(ELANCOURT, safe=""))
    assert asker.get(preview).status_code == 200
    view = manifest["view"]["url"].replace("{{id}}", quote(ELANCOURT, safe=""))
    assert asker.get(view).headers["Location"] == f"/doc/{ELANCOURT}"
    page = asker.get(manifest["documentation"], headers={"Accept": "text/html"}).text
    feature = manifest["feature_view"]["url"].replace("{{id}}", "name_likeness")
    assert f'id="{feature.partition("#")[2]}"' in page


def test_the_manifest_comes_in_two_languages_and_stays_in_the_one_asked_for(asker: SiteClient) -> None:
    manifest = read(asker.get("/reconcile?lang=en"), "manifest")
    assert manifest["name"].startswith("innograph: French local authorities")
    assert manifest["defaultTypes"][3]["name"] == "department"
    assert manifest["suggest"]["type"]["service_path"] == "/reconcile/suggest/type?lang=en"
    assert manifest["preview"]["url"] == "http://localhost/reconcile/preview?lang=en&id={{id}}"
    assert manifest["extend"]["propose_properties"]["service_path"] == "/reconcile/properties"
    asked = asker.get("/reconcile", headers={"Accept-Language": "en"})
    assert read(asked, "manifest")["name"] == manifest["name"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_browser_gets_a_page_that_names_everything(asker: SiteClient, lang: str) -> None:
    page = asker.get(f"/reconcile?lang={lang}", headers={"Accept": "text/html"}).text
    assert "<code>http://localhost/reconcile" in page
    for id in (*types(), *PROPERTIES):
        assert f'<th scope="row"><code>{id}</code></th>' in page
    manifest = re.search(r'<a href="(/reconcile\?format=json[^"]*)">', page)
    assert manifest
    read(asker.get(manifest[1].replace("&amp;", "&"), headers={"Accept": "text/html"}), "manifest")


def test_a_batch_is_answered_by_post_and_by_get_under_its_keys(asker: SiteClient) -> None:
    queries = {
        "q0": {"query": "Saint-Denis", "properties": [{"pid": "department", "v": "93"}]},
        "é \ud800": {"query": "Saint-Denis", "type": ["commune", "epci"], "limit": 2},
        "": {"query": "Association Cap", "type": "", "type_strict": "should"},
    }
    posted = post(asker, queries)
    assert list(posted) == list(queries)
    got = read(asker.get("/reconcile", query_string={"queries": json.dumps(queries)}), "results")
    multipart = asker.post(
        "/reconcile", data={"queries": json.dumps(queries)}, content_type="multipart/form-data"
    )
    assert posted == got == read(multipart, "results")
    first = posted["q0"]["result"][0]
    assert (first["match"], first["description"].split(", SIREN")[0]) == (
        True,
        "commune, Seine-Saint-Denis (93), INSEE 93066",
    )
    assert [candidate["match"] for candidate in posted["é \ud800"]["result"]] == [False, False]
    assert posted[""]["result"][0] == {
        "id": "organization/cap",
        "name": "Association Cap",
        "description": "association",
        "type": [{"id": "association", "name": "association"}, {"id": "organization", "name": "organisme"}],
        "score": 100,
        "features": [{"id": "name_likeness", "value": 100}],
        "match": True,
    }


def test_a_single_query_is_an_object_or_a_name(asker: SiteClient) -> None:
    for query in ("Élancourt", '{"query": "Élancourt"}'):
        for response in (
            asker.get("/reconcile", query_string={"query": query}),
            asker.post("/reconcile", data={"query": query}),
        ):
            found = read(response, "single")
            assert (found["result"][0]["id"], found["result"][0]["match"]) == (ELANCOURT, True)


def test_candidates_have_the_language_that_is_asked_for(asker: SiteClient) -> None:
    queries = json.dumps({"q": {"query": "Marissel", "type": "commune", "type_strict": "any"}})
    english = read(asker.post("/reconcile?lang=en", data={"queries": queries}), "results")["q"]["result"]
    assert [candidate["match"] for candidate in english] == [False, False]
    assert english[0]["description"].endswith(
        ". “Marissel” (60384) exists no more since 1943-02-19: today Beauvais (60057)"
    )
    assert {"id": "successor", "value": True} in english[0]["features"]
    queries = json.dumps({"q": {"query": "Marissel", "properties": [{"pid": "date", "v": "1940-05-01"}]}})
    french = read(asker.post("/reconcile", data={"queries": queries}), "results")["q"]["result"]
    assert [(candidate["name"], candidate["match"]) for candidate in french] == [
        ("Marissel", True),
        ("Beauvais", False),
    ]


@pytest.mark.parametrize(
    "value",
    [
        "78",
        78,
        78.0,
        ["92", "78"],
        {"id": "organization/siren-227806460", "name": "Yvelines"},
        {"id": ELANCOURT},
        [None, "Yvelines"],
    ],
)
def test_the_values_of_properties_have_many_forms(asker: SiteClient, value: object) -> None:
    query = {"query": "Saint-Martin-de-Bréthencourt", "properties": [{"pid": "department", "v": value}]}
    first = post(asker, {"q": query})["q"]["result"][0]
    assert (first["match"], {"id": "department", "value": True} in first["features"]) == (True, True)


def test_properties_alone_are_a_query(asker: SiteClient) -> None:
    query = {"properties": [{"pid": "siren", "v": "217802081"}]}
    (only,) = post(asker, {"q": query})["q"]["result"]
    assert (only["id"], only["match"]) == (ELANCOURT, True)


def test_types_may_exclude(asker: SiteClient) -> None:
    def kinds(strict: str, wanted: object) -> list[str]:
        query = {"query": "Lyon", "type": wanted, "type_strict": strict}
        return [candidate["type"][0]["id"] for candidate in post(asker, {"q": query})["q"]["result"]]

    assert kinds("any", "region") == []
    assert kinds("should", "region")[0] == "commune"
    assert set(kinds("any", ["region", "commune"])) <= {"commune", "municipal-arrondissement"}
    assert kinds("all", ["collectivity", "commune"])[0] == "commune"
    assert kinds("all", ["region", "commune"]) == []


def test_values_are_fetched(asker: SiteClient) -> None:
    properties = [each.id for each in PROPERTIES.values() if each.read]
    gone = "organization/former-commune-60384-1943-02-19"
    found = extend(asker, [ELANCOURT, gone, "nope", ID + ELANCOURT], *properties)
    assert [meta["id"] for meta in found["meta"]] == properties
    rows = found["rows"]
    assert rows[ELANCOURT] == rows[ID + ELANCOURT]
    assert rows[ELANCOURT]["siren"] == [{"str": "217802081"}]
    assert rows[ELANCOURT]["population"] == [{"int": 26365}]
    assert rows[ELANCOURT]["department"] == [{"id": "organization/siren-227806460", "name": "Yvelines"}]
    assert rows[ELANCOURT]["wikidata"] == [{"str": "Q1"}]
    assert rows[gone]["validUntil"] == [{"date": "1943-02-19T00:00:00Z"}]
    assert rows[gone]["successor"] == [{"id": "organization/siren-216000562", "name": "Beauvais"}]
    assert rows[gone]["history"][0]["str"].startswith("« Marissel » (60384) n’existe plus depuis")
    assert rows["nope"] == {id: [] for id in properties}
    english = extend(asker, [ELANCOURT], "organizationKind", lang="en")
    assert english == {
        "meta": [{"id": "organizationKind", "name": "kind"}],
        "rows": {ELANCOURT: {"organizationKind": [{"str": "commune (municipality)"}]}},
    }
    asked = json.dumps({"ids": [ELANCOURT], "properties": [{"id": "name", "settings": {"any": 1}}]})
    got = read(asker.get("/reconcile", query_string={"extend": asked}), "extension")
    assert got["rows"] == {ELANCOURT: {"name": [{"str": "Élancourt"}]}}


def test_properties_are_proposed_by_type(asker: SiteClient) -> None:
    def proposed(query: str) -> list[str]:
        answer = read(asker.get(f"/reconcile/properties{query}"), "proposals")
        return [each["id"] for each in answer["properties"]]

    assert "postcode" in proposed("?type=commune") and "postcode" not in proposed("?type=epci")
    assert proposed("") == proposed("?type=") == proposed("?type=commune") == proposed("?type=unknown")
    assert proposed("?type=commune&limit=2") == ["name", "siren"]
    assert "date" not in proposed("")


def test_suggestions_begin_so_and_go_on(asker: SiteClient) -> None:
    def suggested(query: str, what: str = "entity") -> list[dict[str, Any]]:
        answer = read(asker.get(f"/reconcile/suggest/{what}?{query}"), "suggestions")
        return list(answer["result"])

    found = suggested("prefix=chalons+en+champ")
    assert found[1] | {"id": ""} == {
        "id": "",
        "name": "Châlons-en-Champagne",
        "description": "commune, Marne (51), INSEE 51108, SIREN 215101015",
        "notable": [{"id": "commune", "name": "commune"}],
    }
    assert suggested(f"prefix={ELANCOURT}")[0]["name"] == "Élancourt"
    first, more = suggested("prefix=saint"), suggested("prefix=saint&cursor=20")
    assert len(first) == len(more) == 20 and not {each["id"] for each in first} & {
        each["id"] for each in more
    }
    assert {each["notable"][0]["id"] for each in suggested("prefix=saint&type=commune")} == {"commune"}
    assert suggested("prefix=") == suggested("") == []
    assert [each["id"] for each in suggested("prefix=commune", "type")] == COMMUNES
    assert [each["id"] for each in suggested("prefix=nature", "property")] == ["organizationKind"]
    assert len(suggested("", "type")) == len(types())


def test_an_old_client_gets_a_call_of_its_function(asker: SiteClient) -> None:
    response = asker.get("/reconcile?callback=jQuery1_2.x&_=17")
    assert response.content_type == "application/javascript"
    call = re.fullmatch(r"/\*\*/jQuery1_2\.x\((.*)\);\n", response.text)
    assert call
    check("manifest", json.loads(call[1]))
    queries = json.dumps({"q": {"query": "a\u2028b"}})
    response = asker.get("/reconcile", query_string={"queries": queries, "callback": "f"})
    assert response.text == '/**/f({"q": {"result": []}});\n'


@pytest.mark.parametrize("callback", ["alert(1)", "", "1a", "a b", "a.", "x" * 101, "é", "a\nb", "</script>"])
def test_a_callback_is_the_name_of_a_function(asker: SiteClient, callback: str) -> None:
    response = asker.get("/reconcile", query_string={"callback": callback})
    assert read(response, "refusal", 400)["message"] == "callback is no name of a function"


def test_previews_are_escaped_and_may_be_framed(asker: SiteClient) -> None:
    preview = asker.get(f"/reconcile/preview?id={ELANCOURT}")
    assert (preview.status_code, preview.content_type) == (200, "text/html; charset=utf-8")
    assert f'<h1><a href="/doc/{ELANCOURT}" target="_blank" rel="noopener">Élancourt</a></h1>' in preview.text
    assert "<dt>SIREN</dt><dd>217802081</dd>" in preview.text
    assert re.search(r"<dt>population municipale</dt><dd>26365 \(20\d\d\)</dd>", preview.text)
    assert "X-Frame-Options" not in preview.headers
    assert "frame-ancestors" not in preview.headers["Content-Security-Policy"]
    missing = asker.get("/reconcile/preview?id=<script>alert(1)</script>&lang=en")
    assert (missing.status_code, "<script" in missing.text) == (404, False)
    assert "Not found" in missing.text


def test_flyouts_are_escaped(asker: SiteClient) -> None:
    for what, id in (("entity", "organization/cap"), ("type", "state-body"), ("property", "epciName")):
        html = read(asker.get(f"/reconcile/flyout/{what}?id={quote(id, safe='')}"), "flyout")["html"]
        assert re.fullmatch(r"<div><strong>[^<>]+</strong>(<br>[^<>]+)+</div>\n?", html), html
    for what in ("entity", "type", "property"):
        assert "no " in read(asker.get(f"/reconcile/flyout/{what}?id=x"), "refusal", 404)["message"]
    assert asker.get("/reconcile/flyout/other?id=x").status_code == 404


def test_pages_of_other_sites_may_ask(asker: SiteClient) -> None:
    response = asker.options("/reconcile", headers={"Origin": "https://example.org"})
    assert response.status_code == 200
    assert set(response.headers["Access-Control-Allow-Methods"].split(", ")) == {
        "GET",
        "HEAD",
        "OPTIONS",
        "POST",
    }
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_the_service_follows_the_version_that_is_served(
    tmp_path: Path, small_graph: list[Quad], publish: Publish, request: pytest.FixtureRequest
) -> None:
    home = Home(tmp_path)
    publish(home, small_graph)
    client = SiteClient(home)
    request.addfinalizer(client.close)
    before = post(client, {"q": {"query": "Cercle Sud"}})["q"]["result"]
    assert not any(candidate["match"] for candidate in before)
    body, bodies = thing("organization", "cercle-sud"), named_graph("bodies")
    name, kind = Literal("Cercle Sud"), inno.Organization
    said = [Quad(body, term("rdf:type"), kind, bodies), Quad(body, inno.name, name, bodies)]
    publish(home, [*small_graph, *said])
    client.site.live.look()
    found = post(client, {"q": {"query": "Cercle Sud"}})["q"]["result"][0]
    assert (found["id"], found["match"], found["type"][0]["id"]) == (
        "organization/cercle-sud",
        True,
        "unspecified",
    )
