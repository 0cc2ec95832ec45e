"""/reconcile as the Reconciliation Service API 0.2 has it: its manifest, its queries and their candidates."""

import json
import re
from pathlib import Path
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
