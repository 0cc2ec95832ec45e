"""docs/http.md names every route and every format."""

from pathlib import Path

import pytest

from innograph.journeys.reconcile.matching import FEATURES
from innograph.journeys.reconcile.properties import PROPERTIES
from innograph.journeys.reconcile.types import Label, types
from innograph.linking.mentions import LONGEST
from innograph.store.evaluate import MOST_TOKENS
from innograph.store.formats import SOLUTIONS, TRIPLES
from innograph.web.reconcile_requests import MOST_IDS, MOST_PROPERTIES, MOST_QUERIES
from innograph.web.site import Site
from innograph.web.things import SUFFIXES

from .site_client import SiteClient

DOCS = Path(__file__).resolve().parents[2] / "docs" / "http.md"

ROUTES = {
    "/": "`/`",
    "/sparql": "`/sparql`",
    "/workbench.json": "`/workbench.json`",
    "/workbench/map": "`/workbench/map`",
    "/build": "`/build`",
    "/build/config.ttl": "`/build/config.ttl`",
    "/queries": "`/queries`",
    "/queries.ttl": "`/queries.ttl`",
    "/queries/<name>": "`/queries/<name>`",
    "/id/<path:path>": "`/id/<type>/<key>`",
    "/doc/<path:path>": "`/doc/<type>/<key>`",
    "/search": "`/search?q=`",
    "/search.json": "`/search.json?q=`",
    "/explore": "`/explore`",
    "/explore.<any(csv, json, ttl):suffix>": "`/explore.csv`, `/explore.json`, `/explore.ttl`",
    "/explore/like": "`/explore/like?theme=&body=`",
    "/ontology": "`/ontology`",
    "/ontology/<name>": "`/ontology/<name>`",
    "/shapes": "`/shapes`",
    "/dataset": "`/dataset`",
    "/dumps/": "`/dumps/`",
    "/dumps/<path:name>": "`/dumps/<file>`",
    "/.well-known/void": "`/.well-known/void`",
    "/report": "`/report`",
    "/report/status": "`/report/status?reference=`",
    "/report/<reference>": "`/report/<reference>`",
    "/about": "`/about`",
    "/legal": "`/legal`",
    "/privacy": "`/privacy`",
    "/accessibility": "`/accessibility`",
    "/licences": "`/licences`",
    "/feed.atom": "`/feed.atom`",
    "/sitemap.xml": "`/sitemap.xml`",
    "/robots.txt": "`/robots.txt`",
    "/site.webmanifest": "`/site.webmanifest`",
    "/reconcile": "`/reconcile`",
    "/reconcile/suggest/<any(entity, type, property):what>": "`/reconcile/suggest/<what>?prefix=`",
    "/reconcile/flyout/<any(entity, type, property):what>": "`/reconcile/flyout/<what>?id=`",
    "/reconcile/properties": "`/reconcile/properties?type=`",
    "/reconcile/preview": "`/reconcile/preview?id=`",
    "/favicon.ico": "`/favicon.ico`",
    "/static/<name>": "`/static/<name>`",
    "/healthz": "`/healthz`",
    "/metrics": "`/metrics`",
    "/openapi.json": "`/openapi.json`",
}


@pytest.fixture(scope="module")
def docs() -> str:
    return DOCS.read_text(encoding="utf-8")


def test_every_route_is_documented(client: SiteClient, docs: str) -> None:
    pages = {str(rule) for rule in client.site.flask.url_map.iter_rules()}
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
    assert f"{MOST_QUERIES} queries in a batch, {MOST_IDS} entities or {MOST_PROPERTIES} properties" in docs
    assert f"more than {LONGEST} characters is no name" in docs


def test_types_properties_and_features_are_documented() -> None:
    guide = (DOCS.parent / "reconciliation.md").read_text(encoding="utf-8")

    def table(of: str) -> list[str]:
        _, found, rest = guide.partition(f"| {of} | ")
        assert found
        return [line for line in rest.split("\n\n")[0].splitlines() if line.startswith("| `")]

    def words(id: str, label: Label) -> str:
        return f"| `{id}` | {label.fr} | {label.en} |"

    wider = [type for type in types().values() if type.kinds != {type.id}]  # the others: the vocabulary's
    assert table("type") == [f"{words(each.id, each.label)} {each.broader}".strip() + " |" for each in wider]
    assert table("property") == [
        f"{words(each.id, each.label)} {', '.join(['asked'] * each.asked + ['fetched'] * bool(each.read))} |"
        for each in PROPERTIES.values()
    ]
    assert table("feature") == [f"| `{id}` | {label.en} |" for id, label in FEATURES.items()]


def test_the_manifest_and_the_docs_agree(asker: SiteClient) -> None:
    manifest = asker.get("/reconcile").json
    assert manifest
    guide = (DOCS.parent / "reconciliation.md").read_text(encoding="utf-8")
    assert f"API {manifest['versions'][0]}" in guide
    assert f"`{manifest['identifierSpace']}`" in guide and f"`{manifest['schemaSpace']}`" in guide
    assert f"in batches of at most {manifest['batchSize']}" in guide
    assert [f"`{each['id']}`" in guide for each in manifest["defaultTypes"]] == [True] * 5
