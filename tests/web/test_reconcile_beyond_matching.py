"""What /reconcile offers beyond matching: values, proposals, suggestions, previews, flyouts."""

import json
import re
from typing import Any
from urllib.parse import quote

from innograph.journeys.reconcile.properties import PROPERTIES
from innograph.journeys.reconcile.types import types
from innograph.namespaces import ID

from .reconciling import ELANCOURT, read
from .site_client import SiteClient

COMMUNES = ["commune", "associated-commune", "delegated-commune", "community-of-communes"]


def extend(asker: SiteClient, ids: list[str], *properties: str, lang: str = "fr") -> Any:
    asked = {"ids": ids, "properties": [{"id": id} for id in properties]}
    response = asker.post(f"/reconcile?lang={lang}", data={"extend": json.dumps(asked)})
    return read(response, "extension")


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
