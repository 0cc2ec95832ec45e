"""docs/http.md names every route and every format."""

from pathlib import Path

import pytest

from innograph.store.evaluate import MOST_TOKENS
from innograph.store.formats import SOLUTIONS, TRIPLES
from innograph.web.site import Site
from innograph.web.things import SUFFIXES

from .site_client import SiteClient

DOCS = Path(__file__).resolve().parents[2] / "docs" / "http.md"

ROUTES = {
    "/": "`/`",
    "/sparql": "`/sparql`",
    "/queries": "`/queries`",
    "/queries/<name>": "`/queries/<name>`",
    "/id/<path:path>": "`/id/<type>/<key>`",
    "/doc/<path:path>": "`/doc/<type>/<key>`",
    "/search": "`/search?q=`",
    "/ontology": "`/ontology`",
    "/shapes": "`/shapes`",
    "/dumps/": "`/dumps/`",
    "/dumps/<path:name>": "`/dumps/<file>`",
    "/healthz": "`/healthz`",
    "/metrics": "`/metrics`",
    "/openapi.json": "`/openapi.json`",
    "/dataset": "`/dataset`",
    "/.well-known/void": "`/.well-known/void`",
    "/favicon.ico": "`/favicon.ico`",
}


@pytest.fixture(scope="module")
def docs() -> str:
    return DOCS.read_text(encoding="utf-8")


def test_every_route_is_documented(client: SiteClient, docs: str) -> None:
    pages = {str(rule) for rule in client.site.flask.url_map.iter_rules()} - {"/static/<path:filename>"}
    assert pages | set(Site.PATHS) == set(ROUTES)
    table = docs.split("\n## ")[0]
    assert [name for name in ROUTES.values() if name not in table] == []


def test_every_format_is_documented(docs: str) -> None:
    rows = [line for line in docs.splitlines() if line.startswith("| `") and "` | `." in line]
    assert len(rows) == len(SOLUTIONS) + len(TRIPLES)
    for row, format in zip(rows, (*SOLUTIONS, *TRIPLES), strict=True):
        assert row.startswith(f"| `{format.name}` | `.{format.extension}` | `{format.media_type}`")
        assert all(f"`{other}`" in row for other in format.accepted)
    assert " ".join(f".{suffix}" for suffix in SUFFIXES) in docs


def test_the_limits_are_those_of_the_code(docs: str) -> None:
    assert f"more than {MOST_TOKENS} words and signs" in docs
