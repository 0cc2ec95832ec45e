"""An answer says what it is: whole or not, how many rows, of which snapshot, and when it need not be sent."""

import gzip
from pathlib import Path
from typing import Any

import pytest
import zstandard

from innograph.store.snapshots import Home
from innograph.workers.limits import Limits

from .conftest import Publish
from .graphs import numbers
from .site_client import BrokenOff, SiteClient

TITLES = "SELECT ?title { ?d a inno:Distinction ; dcterms:title ?title } ORDER BY ?title"
ALL = "SELECT * { ?s ?p ?o }"


def ask(client: SiteClient, query: str, headers: Any = None, **more: Any) -> Any:
    parameters = {name.replace("_", "-"): value for name, value in more.items()}
    return client.get("/sparql", query_string={"query": query, **parameters}, headers=headers)


def without_timing(headers: Any) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() != "server-timing"}


def test_an_answer_says_that_it_is_whole(client: SiteClient, served_home: Home) -> None:
    answer = ask(client, TITLES)
    assert answer.headers["Innograph-Complete"] == "yes"
    assert answer.headers["Innograph-Rows"] == "2"
    assert answer.headers["Innograph-Snapshot"] == served_home.current().version
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert "Innograph-Rows" not in ask(client, "ASK {}").headers


def test_rows_are_cut_when_asked_and_this_is_said(client: SiteClient) -> None:
    answer = ask(client, TITLES, format="csv", max_rows="1")
    assert answer.text == "title\r\nCafé des âges\r\n"
    assert (answer.headers["Innograph-Complete"], answer.headers["Innograph-Rows"]) == ("no; max-rows", "1")
    answer = ask(client, TITLES, format="csv", max_rows="2")
    assert (answer.headers["Innograph-Complete"], answer.headers["Innograph-Rows"]) == ("yes", "2")
    by_name = client.get("/queries/palmares-of-an-edition.csv?max-rows=0")
    assert by_name.headers["Innograph-Rows"] == "0"


def test_the_tag_of_an_answer_spares_sending_it_again(client: SiteClient) -> None:
    first = ask(client, TITLES)
    tag = first.headers["ETag"]
    again = ask(client, TITLES, {"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert ask(client, TITLES, {"If-None-Match": tag, "Accept": "text/csv"}).status_code == 200
    assert ask(client, TITLES, {"If-None-Match": tag}, max_rows="1").status_code == 200
    assert ask(client, TITLES + " ", {"If-None-Match": tag}).status_code == 200
    by_name = client.get("/queries/editions.csv")
    tagged = {"If-None-Match": by_name.headers["ETag"]}
    assert client.get("/queries/editions.csv", headers=tagged).status_code == 304


def test_a_tag_is_a_tag_and_no_part_of_one(client: SiteClient) -> None:
    tag = ask(client, TITLES).headers["ETag"].removeprefix("W/").strip('"')
    for other in (tag, f'"x{tag}"', f'"{tag}x"', ""):
        assert ask(client, TITLES, {"If-None-Match": other}).status_code == 200, other
    for same in (f'"{tag}"', f'W/"{tag}"', f'W/"x","{tag}"', f'"x" , W/"{tag}"'):
        assert ask(client, TITLES, {"If-None-Match": same}).status_code == 304, same


@pytest.mark.parametrize("query", [TITLES, f"{TITLES} # not asked before"])
def test_a_star_stands_for_any_answer_and_for_no_refusal(client: SiteClient, query: str) -> None:
    star = {"If-None-Match": "*"}
    for _ in range(2):
        assert (ask(client, query, star).status_code, ask(client, query, star).data) == (304, b"")
    assert ask(client, "SELECT", star).status_code == 400
    assert ask(client, "SELECT (NOW() AS ?n) {}", star).status_code == 200
    assert client.post("/sparql", data={"query": query}, headers=star).status_code == 200


@pytest.mark.parametrize("function", ["NOW()", "rand ( )", "STRUUID()", "UUID()"])
def test_answers_that_change_by_themselves_are_not_kept(client: SiteClient, function: str) -> None:
    answers = [ask(client, f"SELECT ({function} AS ?x) {{}}") for _ in range(2)]
    assert answers[0].data != answers[1].data
    assert answers[0].headers["Cache-Control"] == "no-store"
    assert "ETag" not in answers[0].headers


def test_an_answer_that_was_given_before_is_given_from_memory(client: SiteClient) -> None:
    query = f"{ALL} LIMIT 3"
    first, second = ask(client, query), ask(client, query)
    assert first.data == second.data
    assert first.headers["Server-Timing"].startswith("wait;dur=")
    assert second.headers["Server-Timing"] == "cache"
    assert without_timing(first.headers) == without_timing(second.headers)


@pytest.mark.parametrize(
    "path", ["/sparql?snapshot=&query=ASK%7B%7D", "/queries/editions.csv?lang=fr&snapshot="]
)
def test_a_permanent_address_names_one_snapshot(client: SiteClient, served_home: Home, path: str) -> None:
    link = client.get(path).headers["Link"].partition(">")[0].strip("<")
    assert link.count("snapshot=") == 1
    assert link.endswith(f"snapshot={served_home.current().version}")
    assert client.get(link).headers["Cache-Control"] == "public, max-age=31536000"


def test_head_is_answered_from_the_same_memory(client: SiteClient) -> None:
    whole = ask(client, f"{ALL} LIMIT 4")
    head = client.head("/sparql", query_string={"query": f"{ALL} LIMIT 4"})
    assert (head.status_code, head.data) == (200, b"")
    assert without_timing(head.headers) == without_timing(whole.headers)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("zstd, gzip", "zstd"),
        ("gzip;q=1, zstd;q=0.5", "gzip"),
        ("br", None),
        ("identity", None),
    ],
)
def test_long_answers_are_compressed_for_who_takes_that(
    client: SiteClient, accepted: str, coding: str | None
) -> None:
    answer = ask(client, ALL, {"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == coding
    assert "Accept-Encoding" in answer.headers["Vary"]
    decoded = answer.data
    if coding == "gzip":
        decoded = gzip.decompress(decoded)
    elif coding == "zstd":
        decoded = zstandard.ZstdDecompressor().decompressobj().decompress(decoded)
    assert decoded == ask(client, ALL).data


def test_pages_are_compressed_too(client: SiteClient) -> None:
    page = client.get("/queries", headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(page.data).startswith(b"<!doctype html>")
    again = client.get("/queries", headers={"Accept": "text/html", "If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path", ["/openapi.json", "/workbench.json", "/sitemap.xml", "/feed.atom", "/explore.json", "/reconcile"]
)
def test_data_of_every_kind_are_compressed(client: SiteClient, path: str) -> None:
    plain, short = (client.get(path, headers={"Accept-Encoding": coding}) for coding in ("identity", "gzip"))
    assert "Content-Encoding" not in plain.headers
    assert short.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(short.data) == plain.data
    assert len(short.data) < len(plain.data)


def test_every_response_says_what_browsers_must_not_do(client: SiteClient) -> None:
    for path in ("/", "/sparql?query=ASK+{}", "/sparql?query=", "/nowhere", "/healthz", "/static/site.css"):
        with client.get(path) as response:
            assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"], path
            rules = response.headers["Content-Security-Policy"].split("; ")
            assert "default-src 'none'" in rules, path
            assert [rule for rule in rules if rule.startswith("script-src")] in ([], ["script-src 'self'"])
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Referrer-Policy"] == "same-origin"
            assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_long_answer_says_that_it_streams_and_breaks_off_when_it_must(
    tmp_path: Path, publish: Publish
) -> None:
    home = Home(tmp_path)
    publish(home, numbers(3000))
    client = SiteClient(home, Limits(workers=2, whole_bytes=20_000, rows=100_000))
    try:
        answer = ask(client, ALL, format="csv")
        assert answer.headers["Innograph-Complete"] == "streaming"
        assert "Innograph-Rows" not in answer.headers and "Content-Length" not in answer.headers
        assert answer.text.count("\n") == 3002
        head = client.head("/sparql", query_string={"query": ALL, "format": "csv"})
        assert (head.status_code, head.data) == (200, b"")
        with pytest.raises(BrokenOff):
            ask(client, "SELECT * { ?s ?p ?o . ?a ?b ?c }", format="csv")
        refused = ask(client, "SELECT * { ?s ?p ?o . ?a ?b ?c }", max_rows="100001")
        assert refused.status_code == 503
        assert refused.text.startswith("The query was stopped: it went over the limit of 100000 rows.")
    finally:
        client.close()


def test_the_memory_for_answers_is_bounded(
    tmp_path_factory: pytest.TempPathFactory, publish: Publish
) -> None:
    home = Home(tmp_path_factory.mktemp("cached"))
    publish(home, numbers(100))
    client = SiteClient(home, cache_bytes=40_000)
    try:
        for number in range(60):
            ask(client, f"SELECT * {{ ?s ?p ?o }} LIMIT {number}")
        cache = client.site._cache
        assert 20_000 < cache.bytes <= 40_000
        assert cache.bytes == sum(size for _, size in cache._kept.values())
    finally:
        client.close()
