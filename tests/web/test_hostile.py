"""Whatever is sent, the answer is whole, of a known kind, no fault of ours, and silent about this machine.

Requests are mutated from valid ones; each run makes the same. ``INNOGRAPH_HOSTILE_REQUESTS`` makes more.
"""

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from innograph.store.snapshots import Home

from .hostile import any_json, forms, headers, mutated, odd_words, reconciliation, valid_queries
from .site_client import SiteClient

REQUESTS = int(os.environ.get("INNOGRAPH_HOSTILE_REQUESTS", "300"))
"""Of each test."""

many = settings(
    max_examples=REQUESTS,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,) if REQUESTS <= 300 else (Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)

FORM = b"application/x-www-form-urlencoded"
KNOWN = {200, 206, 303, 304, 308, 400, 404, 405, 406, 413, 415, 416, 429, 431, 503, 504}
ONCE = {b"content-type", b"content-length", b"cache-control", b"content-encoding", b"etag", b"location"}
HERE = [sys.prefix, str(Path(__file__).parents[2]), "Traceback", "site-packages"]

methods = st.sampled_from(("GET", "GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "get", "\u00e9"))
texts = mutated(valid_queries)
graphs = st.sampled_from(("https://w3id.org/innograph/graph/bodies", "http://[", "urn:x y", "")) | odd_words
parameters = forms(
    ("query", texts),
    ("query", valid_queries),
    ("format", st.sampled_from(("json", "csv", "ttl", "html", "rdf", "nq")) | odd_words),
    ("max-rows", st.sampled_from(("0", "5", "-1", "1e9")) | odd_words),
    ("default-graph-uri", graphs),
    ("named-graph-uri", graphs),
    ("snapshot", odd_words),
)


PAGES = (
    "/search.json", "/search", "/reconcile/suggest/entity", "/reconcile/flyout/entity", "/reconcile/preview",
    "/reconcile/properties", "/queries/editions", "/queries/editions.csv", "/report", "/report/status", "/",
    "/static/site.css", "/explore", "/explore.csv", "/explore/like",
)  # fmt: skip
NAMES = (
    "q", "suggest", "prefix", "cursor", "id", "type", "limit", "lang", "format", "max-rows", "snapshot",
    "reference", "about", "fact", "v", "award", "rank", "kind", "year", "size", "region",
    "department", "theme", "view", "body",
)  # fmt: skip
ADDRESSES = (
    "/doc/rank/gold", "/id/rank/gold", "/doc/organization/orval.ttl", "/ontology/laureate", "/dumps/",
    "/dumps/palmares.csv", "/queries/editions.csv", "/report/ABCD-EFGH", "/static/site.css",
    "/reconcile/suggest/type", "/sparql", "/.well-known/void",
)  # fmt: skip
words = mutated(st.sampled_from(("élancourt", "puits 2031", "commune", "2031", "organization/orval")))


@pytest.fixture(scope="module")
def target(served_home: Home) -> Iterator[SiteClient]:
    client = SiteClient(served_home)
    try:
        before = workers(client)
        yield client
        assert client.get("/healthz").status_code == 200
        assert workers(client) == before, "a worker was lost, or is still at work"
    finally:
        client.close()


def workers(client: SiteClient) -> list[str]:
    """Read how many workers run, work and were lost, and how many queries wait."""
    told = r"innograph_(?:workers|workers_busy|workers_lost_total|queries_waiting) .*"
    return re.findall(told, client.get("/metrics").text)


def sent(
    target: SiteClient,
    method: str,
    path: str,
    query: bytes,
    fields: list[tuple[bytes, bytes]],
    body: bytes = b"",
) -> tuple[int, dict[bytes, bytes], bytes]:
    """Send a request; look at what any answer must be."""
    status, answered, pieces = target.send(method, path, query, fields, body)
    names = Counter(name for name, _ in answered)
    kinds, content = dict(answered), b"".join(pieces)
    assert status in KNOWN, (status, content)
    assert not [name for name in ONCE if names[name] > 1]
    assert not [value for _, value in answered if set(value) & set(b"\r\n\0")]
    if method != "HEAD" and status not in (206, 304) and b"content-length" in kinds:
        assert int(kinds[b"content-length"]) == len(content)
    if content:
        assert b"content-type" in kinds
    assert kinds[b"x-content-type-options"] == b"nosniff"
    if status >= 400 and b"content-encoding" not in kinds:
        kind = kinds[b"content-type"].partition(b";")[0]
        assert kind in (b"text/plain", b"text/html", b"application/json")
        assert not [word for word in HERE if word.encode() in content]
    return status, kinds, content


@many
@given(methods, parameters, headers, st.sampled_from((FORM, b"application/sparql-query", b"text/plain", b"")))
def test_queries(
    target: SiteClient, method: str, query: bytes, fields: list[tuple[bytes, bytes]], kind: bytes
) -> None:
    body = query if method == "POST" and kind == FORM else b""
    status, kinds, content = sent(
        target, method, "/sparql", b"" if body else query, [*fields, (b"content-type", kind)], body
    )
    if (
        status == 200
        and kinds.get(b"content-type") == b"application/sparql-results+json"
        and b"content-encoding" not in kinds
        and method != "HEAD"
    ):
        assert {"head", "results"} >= json.loads(content).keys() - {"boolean"}


@many
@given(texts, headers)
def test_queries_as_bodies(target: SiteClient, text: str, fields: list[tuple[bytes, bytes]]) -> None:
    kind = (b"content-type", b"application/sparql-query")
    sent(target, "POST", "/sparql", b"", [kind, *fields], text.encode("utf-8", "surrogatepass"))


@many
@given(
    st.sampled_from(("GET", "POST")),
    forms(
        ("queries", reconciliation),
        ("query", reconciliation),
        ("extend", reconciliation),
        ("queries", mutated(reconciliation)),
        ("callback", odd_words),
        ("lang", odd_words),
    ),
    headers,
    st.sampled_from((FORM, FORM, b"multipart/form-data; boundary=x", b"application/json")),
)
def test_reconciliation(
    target: SiteClient, method: str, form: bytes, fields: list[tuple[bytes, bytes]], kind: bytes
) -> None:
    if b"multipart" in kind:
        name, _, value = form.partition(b"=")
        form = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n--x--\r\n' % (name, value)
    typed = [*fields, (b"content-type", kind)]
    if method == "POST":
        sent(target, method, "/reconcile", b"", typed, form)
    else:
        sent(target, method, "/reconcile", form, typed)


@many
@given(st.sampled_from(PAGES), forms(*((name, odd_words | words) for name in NAMES)), headers)
def test_parameters(target: SiteClient, path: str, form: bytes, fields: list[tuple[bytes, bytes]]) -> None:
    sent(target, "GET", path, form, fields)


@many
@given(methods, mutated(st.sampled_from(ADDRESSES)), headers)
def test_addresses(target: SiteClient, method: str, path: str, fields: list[tuple[bytes, bytes]]) -> None:
    sent(target, method, path.encode("utf-8", "replace").decode(), b"", fields)


@many
@given(st.binary(max_size=400), st.sampled_from(("/sparql", "/reconcile", "/report")), headers)
def test_bodies_of_no_kind(
    target: SiteClient, body: bytes, path: str, fields: list[tuple[bytes, bytes]]
) -> None:
    sent(target, "POST", path, body[:50], [*fields, (b"content-type", FORM)], body)


@many
@given(any_json.map(json.dumps))
def test_json_as_a_report(target: SiteClient, text: str) -> None:
    sent(target, "POST", "/report", b"", [(b"content-type", FORM)], b"words=" + text.encode() + b"&about=/")


def test_bytes_that_no_address_may_have(target: SiteClient) -> None:
    """Flask fell over the first, and put the second into a header."""
    status, _, content = sent(target, "GET", "/search.json", b"q=caf\xe9", [])
    assert (status, json.loads(content)["query"]) == (200, "caf%E9")
    status, kinds, _ = sent(target, "GET", "/about/", b"a=1\r\nSet-Cookie: x=1", [])
    assert (status, kinds[b"location"]) == (308, b"/about?a=1%0D%0ASet-Cookie:%20x=1")
