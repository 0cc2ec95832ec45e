"""What /reconcile does with wrong, odd or too large questions: an answer, or a refusal that says why."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innograph.journeys.reconcile.properties import PROPERTIES
from innograph.journeys.reconcile.types import types
from innograph.web.reconcile_requests import MOST_IDS, MOST_PROPERTIES, MOST_QUERIES

from .reconciling import ELANCOURT, post, read
from .site_client import SiteClient

DEEP = "[" * 100_000
WRONG = [
    ("queries", "{", "queries is not JSON: "),
    ("queries", "", "queries is not JSON: "),
    ("queries", "[]", "queries is no object"),
    ("queries", "null", "queries is no object"),
    ("queries", DEEP, "queries is nested too deeply"),
    ("queries", '{"q": ' + DEEP, "queries is nested too deeply"),
    ("queries", '{"q": NaN}', "queries is not JSON: NaN is no JSON"),
    ("queries", '{"q": {"query": NaN}}', "queries is not JSON: NaN is no JSON"),
    ("queries", '{"q": "Paris"}', "queries.q is no object"),
    ("queries", '{"q": {}}', "queries.q: give query, or properties"),
    ("queries", '{"q": {"properties": []}}', "queries.q: give query, or properties"),
    ("queries", '{"q": {"query": null}}', "queries.q.query is no text"),
    ("queries", '{"q": {"query": 5}}', "queries.q.query is no text"),
    ("queries", '{"q": {"query": ["Paris"]}}', "queries.q.query is no text"),
    ("queries", '{"q": {"query": "x", "limit": 0}}', "queries.q.limit is no positive whole number"),
    ("queries", '{"q": {"query": "x", "limit": -3}}', "queries.q.limit is no positive whole number"),
    ("queries", '{"q": {"query": "x", "limit": 1.5}}', "queries.q.limit is no positive whole number"),
    ("queries", '{"q": {"query": "x", "limit": 1e999}}', "queries.q.limit is no number"),
    ("queries", '{"q": {"query": "x", "limit": true}}', "queries.q.limit is no number"),
    ("queries", '{"q": {"query": "x", "limit": "5"}}', "queries.q.limit is no number"),
    ("queries", '{"q": {"query": "x", "type": 5}}', "queries.q.type is no list"),
    ("queries", '{"q": {"query": "x", "type": [5]}}', "queries.q.type is no text"),
    ("queries", '{"q": {"query": "x", "type": "Q5"}}', "no type 'Q5'; there are: organization, "),
    ("queries", '{"q": {"query": "x", "type_strict": "?"}}', "queries.q.type_strict is none of any"),
    ("queries", '{"q": {"query": "x", "type_strict": []}}', "queries.q.type_strict is none of any"),
    ("queries", '{"q": {"query": "x", "properties": {}}}', "queries.q.properties is no list"),
    ("queries", '{"q": {"query": "x", "properties": [5]}}', "queries.q.properties is no object"),
    ("queries", '{"q": {"query": "x", "properties": [{"v": "1"}]}}', "queries.q.properties.pid is no text"),
    ("queries", '{"q": {"query": "x", "properties": [{"pid": "P5", "v": "1"}]}}', "no property 'P5' can be"),
    ("queries", '{"q": {"query": "x", "properties": [{"pid": "siren", "v": {}}]}}', "queries.q.properties"),
    ("queries", '{"q": {"query": "x", "properties": [{"pid": "siren", "v": [[1]]}]}}', "queries.q.prop"),
    ("query", "{", "query is not JSON"),
    ("query", '{"query": 5}', "query.query is no text"),
    ("extend", "{", "extend is not JSON"),
    ("extend", "[]", "extend is no object"),
    ("extend", '{"ids": "x", "properties": []}', "extend.ids is no list"),
    ("extend", '{"ids": [5], "properties": []}', "extend.ids is no text"),
    ("extend", '{"ids": []}', "extend.properties is no list"),
    ("extend", '{"ids": [], "properties": ["siren"]}', "extend.properties is no object"),
    ("extend", '{"ids": [], "properties": [{"id": 5}]}', "extend.properties.id is no text"),
    ("extend", '{"ids": [], "properties": [{"id": "P5"}]}', "no property 'P5' can be fetched; there"),
    ("extend", '{"ids": [], "properties": [{"id": "date"}]}', "no property 'date' can be fetched"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "says"), WRONG, ids=[f"{n} {t[:60]}" for n, t, _ in WRONG])
def test_what_is_wrong_is_refused_and_named(asker: SiteClient, name: str, text: str, says: str) -> None:
    for response in (
        asker.post("/reconcile", data={name: text}),
        asker.get("/reconcile", query_string={name: text}),
    ):
        assert read(response, "refusal", 400)["message"].startswith(says)


def test_too_much_is_refused_with_the_limit(asker: SiteClient) -> None:
    one = {"query": "Paris"}
    response = asker.post("/reconcile", data={"queries": json.dumps({str(n): one for n in range(10_000)})})
    message = read(response, "refusal", 413)["message"]
    assert message == f"10000 queries: ask at most {MOST_QUERIES} in one batch"
    most = post(asker, {str(n): one for n in range(MOST_QUERIES)})
    assert len(most) == MOST_QUERIES
    ids = {"ids": [str(n) for n in range(MOST_IDS + 1)], "properties": []}
    response = asker.post("/reconcile", data={"extend": json.dumps(ids)})
    assert str(MOST_IDS) in read(response, "refusal", 413)["message"]
    many = {"ids": [], "properties": [{"id": "siren"}] * (MOST_PROPERTIES + 1)}
    response = asker.post("/reconcile", data={"extend": json.dumps(many)})
    assert str(MOST_PROPERTIES) in read(response, "refusal", 413)["message"]
    properties = [{"pid": "department", "v": "93"}] * (MOST_PROPERTIES + 1)
    response = asker.post(
        "/reconcile", data={"queries": json.dumps({"q": {**one, "properties": properties}})}
    )
    assert str(MOST_PROPERTIES) in read(response, "refusal", 413)["message"]
    response = asker.post("/reconcile", data={"queries": "x" * 1_000_001})
    read(response, "refusal", 413)
    for path in (
        "suggest/entity?cursor=-1",
        "suggest/type?cursor=x",
        "properties?limit=²",
        "properties?limit=1.5",
    ):
        read(asker.get(f"/reconcile/{path}"), "refusal", 400)


def test_what_is_asked_must_be_clear(asker: SiteClient) -> None:
    response = asker.post("/reconcile", data={"queries": "{}", "extend": "{}"})
    assert read(response, "refusal", 400)["message"] == "queries and extend: ask one at a time"
    response = asker.post("/reconcile", data={"other": "x"})
    assert read(response, "refusal", 400)["message"] == "nothing is asked: give queries=… or extend=…"
    response = asker.post("/reconcile", data=b'{"queries": {}}', content_type="application/json")
    assert "application/x-www-form-urlencoded" in read(response, "refusal", 415)["message"]
    assert asker.put("/reconcile").status_code == 405
    assert post(asker, {}) == {}


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "x",
        "x" * 10_000,
        "'; DROP TABLE entry; --",
        "<script>alert(1)</script>",
        "} DELETE WHERE { ?s ?p ?o } #",
        "\x00",
        "\ud800",
        "🏛" * 50,
        "%s %d {}",
        "((((((",
        "a\r\nX-Header: 1",
    ],
)
def test_odd_names_are_answered(asker: SiteClient, name: str) -> None:
    found = post(asker, {"q": {"query": name}})["q"]["result"]
    assert not any(candidate["match"] for candidate in found)
    read(
        asker.get("/reconcile/suggest/entity", query_string={"prefix": name.replace("\ud800", "")}),
        "suggestions",
    )


@pytest.mark.parametrize(
    "body",
    [b"queries=%FF%FE", b"queries=\xff\xfe", b"queries={\xc9}", b"\x00\x01", b"", b"queries=%7B%22q%22"],
)
def test_odd_bytes_are_refused(asker: SiteClient, body: bytes) -> None:
    response = asker.post("/reconcile", data=body, content_type="application/x-www-form-urlencoded")
    read(response, "refusal", 400)


def test_a_name_in_another_encoding_is_no_fault_of_ours(asker: SiteClient) -> None:
    body = b'queries={"q": {"query": "%C9lancourt"}}'  # Latin-1
    response = asker.post("/reconcile", data=body, content_type="application/x-www-form-urlencoded")
    assert read(response, "results")["q"]["result"][0]["match"] is False


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
shapes = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["query", "type", "type_strict", "limit", "properties", "pid", "v", "id", "ids"])
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
queries = st.fixed_dictionaries(
    {},
    optional={
        "query": st.text(max_size=20) | scalars,
        "type": st.sampled_from(list(types()))
        | st.lists(st.sampled_from(list(types())), max_size=3)
        | shapes,
        "type_strict": st.sampled_from(["any", "all", "should"]) | scalars,
        "limit": st.integers(1, 60) | scalars,
        "properties": st.lists(
            st.fixed_dictionaries(
                {"pid": st.sampled_from(list(PROPERTIES)) | st.text(max_size=5), "v": shapes}
            ),
            max_size=3,
        )
        | shapes,
    },
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.text(max_size=3), queries, max_size=3) | shapes, st.sampled_from(["queries", "query"])
)
def test_any_json_is_answered_or_refused(asker: SiteClient, value: object, name: str) -> None:
    response = asker.post("/reconcile", data={name: json.dumps(value)})
    shape = "results" if name == "queries" else "single"
    read(response, shape if response.status_code == 200 else "refusal", response.status_code)
    assert response.status_code in (200, 400)


@settings(max_examples=100, deadline=None)
@given(
    st.fixed_dictionaries(
        {"ids": st.lists(st.text(max_size=9) | st.just(ELANCOURT), max_size=3) | shapes},
        optional={
            "properties": st.lists(
                st.fixed_dictionaries({"id": st.sampled_from(list(PROPERTIES))}), max_size=3
            )
            | shapes
        },
    )
    | shapes
)
def test_any_json_extends_or_is_refused(asker: SiteClient, value: object) -> None:
    response = asker.post("/reconcile", data={"extend": json.dumps(value)})
    read(response, "extension" if response.status_code == 200 else "refusal", response.status_code)
    assert response.status_code in (200, 400)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["id", "prefix", "cursor", "type", "limit", "lang", "callback"]),
        st.text(max_size=9),
        max_size=3,
    )
)
def test_any_parameters_are_answered_or_refused(asker: SiteClient, parameters: dict[str, str]) -> None:
    clean = {name: text.encode("utf-8", "replace").decode() for name, text in parameters.items()}
    for path in (
        "suggest/entity",
        "suggest/type",
        "flyout/entity",
        "flyout/property",
        "properties",
        "preview",
    ):
        assert asker.get(f"/reconcile/{path}", query_string=clean).status_code in (200, 400, 404)
