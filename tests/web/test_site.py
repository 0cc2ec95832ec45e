"""What every page has, what machines ask for, the grid of years, the vocabulary, the builder."""

import json
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from innograph.curation.known import KnownRow
from innograph.namespaces import PREFIXES, declared_terms, inno, term
from innograph.rdf import read_quads
from innograph.registry.file import Registry
from innograph.reports import FILE, Reports
from innograph.resources import ontology_files, queries, registry_file
from innograph.store.engine import InProcess
from innograph.store.queries import read_queries
from innograph.store.snapshots import Home
from innograph.web import diagram
from innograph.web.app import create_app, page_queries
from innograph.web.live import Live
from innograph.web.reader import Reader
from innograph.web.years import grid

from .site_client import SiteClient
from .test_pages import BROWSER


def test_a_page_names_itself_and_its_other_language(client: SiteClient) -> None:
    html = client.get(
        "/queries/palmares-of-an-edition?edition=id:edition/boussole-2031&lang=en", headers=BROWSER
    ).text
    here = "http://localhost/queries/palmares-of-an-edition?edition=id%3Aedition%2Fboussole-2031&amp;lang="
    assert f'<link rel="canonical" href="{here}en">' in html
    assert f'<link rel="alternate" hreflang="fr" href="{here}fr">' in html
    assert 'href="/queries?lang=en"' in html
    assert f'property="og:url" content="{here}en"' in html


def test_the_policy_allows_nothing_from_elsewhere_and_no_script_in_a_page(client: SiteClient) -> None:
    for path, styles in (
        ("/", "'self'"),
        ("/sparql", "'self' 'unsafe-inline'"),
        ("/build", "'self' 'unsafe-inline'"),
    ):
        policy = client.get(path, headers=BROWSER).headers["Content-Security-Policy"]
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        assert (rules["default-src"], rules["script-src"], rules["connect-src"]) == (
            "'none'",
            "'self'",
            "'self'",
        )
        assert rules["style-src"] == styles


@pytest.mark.parametrize("path", ["/doc/person/camille-zed", "/search?q=eau", "/report", "/nowhere"])
def test_some_pages_ask_not_to_be_indexed(client: SiteClient, path: str) -> None:
    assert '<meta name="robots" content="noindex">' in client.get(path, headers=BROWSER).text
    assert "noindex" not in client.get("/doc/organization/orval", headers=BROWSER).text


def test_files_of_pages_last_under_their_hash_and_are_compressed(client: SiteClient) -> None:
    html = client.get("/", headers=BROWSER).text
    (address,) = re.findall(r'rel="stylesheet" href="(/static/site\.css\?v=[0-9a-f]{12})"', html)
    lasting = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert lasting.headers["Content-Encoding"] == "gzip"
    assert "immutable" in lasting.headers["Cache-Control"]
    other = client.get("/static/site.css")
    assert "Content-Encoding" not in other.headers and "immutable" not in other.headers["Cache-Control"]
    again = client.get(address, headers={"If-None-Match": other.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/static/..%2Fregistry.sqlite").status_code == 404
    for response in (lasting, other, again):
        response.close()


def test_the_feed_is_atom(client: SiteClient) -> None:
    response = client.get("/feed.atom")
    feed = ElementTree.fromstring(response.text)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}title") for entry in entries] == [
        "Les « puits » partagés",
        "Café des âges",
    ]
    assert entries[0].findtext(f"{atom}id") == "https://w3id.org/innograph/id/distinction/puits-partages"
    assert response.content_type == "application/atom+xml; charset=utf-8"


def test_the_sitemap_lists_things_and_no_person(client: SiteClient) -> None:
    places = [e.text or "" for e in ElementTree.fromstring(client.get("/sitemap.xml").text).iter() if e.text]
    paths = {place.removeprefix("http://localhost") for place in places if place.strip()}
    assert {
        "/",
        "/queries",
        "/queries/editions",
        "/doc/edition/boussole-2031",
        "/doc/organization/orval",
    } <= paths
    assert not any("/person/" in path for path in paths)
    for path in sorted(paths):
        with client.get(path, headers=BROWSER) as response:
            assert response.status_code == 200, path


def test_robots_are_told_where_the_sitemap_is(client: SiteClient) -> None:
    text = client.get("/robots.txt").text
    assert "Sitemap: http://localhost/sitemap.xml" in text and "Disallow: /doc/person/" in text


def test_the_manifest_names_icons_that_are_there(client: SiteClient) -> None:
    for icon in json.loads(client.get("/site.webmanifest").data)["icons"]:
        with client.get(icon["src"]) as response:
            assert (response.status_code, response.mimetype) == (200, icon["type"])


def test_the_grid_says_what_is_loaded_known_and_unknown(served_home: Home) -> None:
    reader = Reader(InProcess(served_home.current().open()), page_queries())
    known = [
        KnownRow("boussole", "2020", "2029", "known", "parce que", "because", "boussole-2031:1"),
        KnownRow("boussole", "2030", "2030", "not-held", "annulée", "cancelled", "boussole-2031:2"),
    ]
    found = grid(reader, known, 2032, "en")
    (row,) = found.rows
    assert list(found.years) == [2029, 2030, 2031, 2032]
    assert [(cell.state, cell.ordinal, cell.why) for cell in row.cells] == [
        ("known", "", "because"),
        ("not-held", "", "cancelled"),
        ("loaded", "4", ""),
        ("unknown", "", ""),
    ]
    assert (row.award.text, row.earlier) == ("Prix Boussole", 9)


def test_the_home_page_shows_the_grid_up_to_this_year(served_home: Home, tmp_path: Path) -> None:
    pages = page_queries()
    app = create_app(
        Live(served_home, pages),
        pages,
        read_queries(queries() / "examples"),
        Registry(registry_file()),
        Reports(tmp_path / FILE),
        today=lambda: date(2033, 1, 1),
    )
    client = app.test_client()
    table = client.get("/", headers=BROWSER).text.split('class="years"')[1].split("</table>")[0]
    assert re.findall(r'<td class="([a-z-]+)"', table) == [
        "unknown",
        "unknown",
        "unknown",
        "loaded",
        *["unknown"] * 2,
    ]
    name = '<span class="hidden-label"> Prix Boussole 2031</span>'
    assert f'<a href="/doc/edition/boussole-2031">4ᵉ{name}</a>' in table


def test_a_term_has_its_page(client: SiteClient) -> None:
    html = client.get("/ontology/laureate?lang=en", headers=BROWSER).text
    assert "<h1>laureate</h1>" in html and "Who receives." in html and "Qui reçoit." not in html
    assert "3 statements with this property" in html
    assert client.get("/ontology/nope").status_code == 404


def test_the_diagram_draws_what_the_vocabulary_says() -> None:
    said = {(q.subject, q.predicate, q.object) for path in ontology_files() for q in read_quads(path)}
    ranges = {s: o for s, p, o in said if p == term("rdfs:range")}
    for arrow in diagram.arrows():
        source, target = declared_terms()[arrow.source], declared_terms()[arrow.target]
        if arrow.name == "subClassOf":
            assert (source, term("rdfs:subClassOf"), target) in said
            continue
        node = declared_terms()[arrow.name]
        domains = {o for s, p, o in said if s == node and p == term("rdfs:domain")}
        assert all(source == domain for domain in domains if isinstance(domain, NamedNode)), arrow
        if isinstance(ranges.get(node), NamedNode):
            assert ranges[node] == target, arrow


def test_questions_are_executables(client: SiteClient) -> None:
    triples = {
        (t.subject, t.predicate, t.object) for t in parse(client.get("/queries.ttl").data, RdfFormat.TURTLE)
    }
    examples = read_queries(queries() / "examples")
    executables = {s for s, p, o in triples if (p, o) == (term("rdf:type"), term("sh:SPARQLExecutable"))}
    assert len(executables) == len(examples)
    node = NamedNode("https://w3id.org/innograph/queries/titles-with-a-word")
    (select,) = [o for s, p, o in triples if (s, p) == (node, term("sh:select"))]
    assert '"numérique"' in str(select.value if hasattr(select, "value") else select)
    declared = {o.value for s, p, o in triples if p == term("sh:namespace") and hasattr(o, "value")}
    assert declared == set(PREFIXES.values())


def test_every_question_has_a_subject_and_its_choices() -> None:
    pages = page_queries()
    for query in read_queries(queries() / "examples").values():
        assert query.subject, f"{query.name}: add « # subject: … »"
        for parameter in query.parameters:
            if parameter.type == "iri":
                assert f"choices/{parameter.choices}" in pages, (
                    f"{query.name}: add « # choices {parameter.name}: … »"
                )


def test_the_builder_offers_what_the_shapes_allow(client: SiteClient) -> None:
    graph = {
        (t.subject, t.predicate, t.object)
        for t in parse(client.get("/build/config.ttl").data, RdfFormat.TURTLE)
    }
    base = "https://w3id.org/innograph/builder#"
    rank = NamedNode(f"{base}Distinction_rank")
    assert (NamedNode(f"{base}Distinction"), term("sh:targetClass"), inno.Distinction) in graph
    assert (NamedNode(f"{base}Distinction"), term("sh:property"), rank) in graph
    assert (rank, term("sh:path"), inno.rank) in graph
    back = NamedNode(f"{base}Organization_of_Distinction_laureate")
    assert (NamedNode(f"{base}Organization"), term("sh:property"), back) in graph
    (path,) = [o for s, p, o in graph if (s, p) == (back, term("sh:path"))]
    assert (path, term("sh:inversePath"), inno.laureate) in graph
    names = {(s, getattr(o, "language", None)) for s, p, o in graph if p == term("sh:name")}
    shapes = {o for s, p, o in graph if p == term("sh:property")}
    assert names == {(shape, language) for shape in shapes for language in ("fr", "en")}
    assert not any(str(o).endswith("#MapProperty>") for _, _, o in graph)  # no server of maps is asked


def test_the_workbench_knows_our_terms_and_questions(client: SiteClient) -> None:
    response = client.get("/workbench.json?lang=en")
    known = json.loads(response.data)
    assert known["prefixes"] == PREFIXES
    assert {"iri": inno.laureate.value, "kind": "property"} in known["terms"]
    questions = [question for group in known["examples"] for question in group["questions"]]
    assert len(questions) == len(read_queries(queries() / "examples"))
    assert (
        client.get("/workbench.json?lang=en", headers={"If-None-Match": response.headers["ETag"]}).status_code
        == 304
    )


def test_the_licences_of_what_pages_load_are_served(client: SiteClient) -> None:
    text = client.get("/licences").text
    for package in (
        "@zazuko/yasgui 4",
        "sparnatural 11",
        "codemirror 5",
        "leaflet 1",
        "@fontsource-variable/source-sans-3 5",
    ):
        assert f"\n{package}" in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text and "SIL OPEN FONT LICENSE" in text
