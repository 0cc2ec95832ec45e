"""Every kind of page, as a reader meets it: on a phone and a desk, by day and night, in both languages.

A page must fit its screen, complain of nothing, ask no other host, and give axe-core nothing to say. That
axe-core finds nothing does not make a page accessible.
"""

import re

import pytest

from browser.conftest import ROOT, SCREENSHOTS, Open
from pages_of_the_site import SINGLE

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

KINDS = [
    "/",
    "/search?q=num%C3%A9rique",
    "/search?q=xyzzy",
    "/explore",
    "/explore?theme=digital&view=table",
    "/explore?theme=digital&view=map",
    "/explore?view=charts",
    "/explore?theme=ageing&kind=commune&size=2000&department=49",
    "/explore/like?theme=digital&body=Saint-Denis",
    "/queries",
    "/queries/palmares-of-an-edition",
    "/queries/laureates-by-kind-and-rank",
    *SINGLE,
    "/doc/edition/territoria-2019",
    "/doc/award/territoria",
    "/doc/organization/elancourt",
    "/doc/distinction/territoria-2019-cd-drome-maison-internes",
    "/doc/person/francoise-gatel",
    "/doc/document/territoria-2024",
    "/doc/territory/commune/78208",
    "/doc/theme/ageing",
    "/doc/theme/digital",
    "/doc/initiative/chambery-dynamo-tiers-lieux-municipal-service",
    "/doc/distinction/territoria-2019-paris-violentometre",
    "/doc/category/territoria-2024-unicef",
    "/doc/category-series/territoria-unicef",
    "/doc/passage/territoria-2019/L395-408",
]
READERS = {
    "phone": {"width": 390, "language": "fr-FR"},
    "desk-by-night": {"width": 1280, "language": "en-GB", "night": True},
}
DRAWN_BY = {"/sparql": ".yasqe", "/build": "spar-natural .StartClassGroup"}
"""What a script draws before the page is whole."""

LONG = ("/explore", "/ontology", "/shapes", "/queries/palmares-of-an-edition", "/doc/edition/territoria-2019")
"""Pages whose picture shows their beginning alone."""

OF_OTHERS = [[".workbench"], [".builder"]]
"""What Yasgui and Sparnatural draw is theirs; the page about accessibility says that it has obstacles."""


@pytest.mark.parametrize("reader", READERS)
def test_every_kind_of_page(visit: Open, reader: str) -> None:
    found = {}
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    axe = AXE.read_text(encoding="utf-8")
    view = visit(**READERS[reader])
    for path in KINDS:
        view.faults.clear()
        view.go(path)
        if path in DRAWN_BY:
            view.page.wait_for_selector(DRAWN_BY[path])
        overflow = view.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        view.page.evaluate(axe)
        answer = view.page.evaluate("others => axe.run({ exclude: others })", OF_OTHERS)
        faults = [fault for fault in view.faults if not (path == "/nowhere" and "404" in fault)]
        violations = [f"{each['id']}: {each['nodes'][0]['html'][:150]}" for each in answer["violations"]]
        if overflow > 0 or faults or violations:
            found[path] = [f"wider than the screen by {overflow}"] * (overflow > 0) + faults + violations
        name = re.sub(r"\W+", "-", path).strip("-") or "home"
        view.page.screenshot(path=SCREENSHOTS / f"{name}.{reader}.png", full_page=path not in LONG)
    report = [f"{path}: {fault}" for path, faults in found.items() for fault in faults]
    assert not report, "\n".join(report)


def test_heavy_files_are_loaded_only_where_they_are_used(visit: Open) -> None:
    heavy = {
        "/static/workbench.js",
        "/static/workbench.css",
        "/static/sparnatural.js",
        "/static/sparnatural.css",
    }
    view = visit()
    for path in ("/", "/queries", "/doc/organization/elancourt", "/ontology"):
        view.go(path)
    assert heavy.isdisjoint(view.loaded)
    view.go("/sparql")
    assert heavy & set(view.loaded) == {"/static/workbench.js", "/static/workbench.css"}


def test_a_page_on_paper_has_no_navigation(visit: Open) -> None:
    view = visit()
    view.go("/doc/organization/elancourt")
    view.page.emulate_media(media="print")
    assert (
        not view.page.locator(".site-nav").is_visible() and not view.page.locator(".site-search").is_visible()
    )
    assert view.page.locator("h1").is_visible()
