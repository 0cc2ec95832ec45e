"""Names with markup, right-to-left or endless, and addresses with odd characters, do no harm."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, Quad, parse

from innograph.namespaces import ID, concept, inno, named_graph, term, thing
from innograph.store.snapshots import Home
from innograph.web.things import SUFFIXES

from .conftest import Publish
from .site_client import SiteClient


class Elements(HTMLParser):
    """The elements of a page, as a browser sees them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def scripts(found: list[tuple[str, dict[str, str | None]]]) -> list[dict[str, str | None]]:
    """List the scripts that stand in a page; JSON-LD is data."""
    written = [attributes for tag, attributes in found if tag == "script" and "src" not in attributes]
    return [attributes for attributes in written if attributes.get("type") != "application/ld+json"]


BROWSER = {"Accept": "text/html,*/*;q=0.8"}
MARKUP = "<script>alert('1')</script> & \"co\" <img src=x onerror=alert(1)>"
ARABIC = "مبادرة \N{RIGHT-TO-LEFT OVERRIDE}cba"
LONG = "Une très longue initiative, " * 180
BODY, PLACE = thing("organization", "orval"), thing("territory", "commune/70001")
THEME = NamedNode(f"{ID}theme/a%20b%22c%25'd")
DISTINCTION, INITIATIVE = thing("distinction", "longue"), thing("initiative", "longue")
PERSON = thing("person", "camille-zed")


@pytest.fixture(scope="module")
def hostile(
    tmp_path_factory: pytest.TempPathFactory, small_graph: list[Quad], publish: Publish
) -> Iterator[SiteClient]:
    """Give a client over the made-up graph, with awful names and addresses."""
    graph, labels = named_graph("bodies"), (term("skos:prefLabel"), inno.name)
    kept = [
        quad
        for quad in small_graph
        if not (quad.subject in (BODY, PLACE, PERSON) and quad.predicate in labels)
    ]
    part = thing("participation", "longue/laureate/1")
    said: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (BODY, labels[0], Literal(MARKUP, language="fr")),
        (BODY, inno.name, Literal(MARKUP)),
        (BODY, inno.website, NamedNode("javascript:alert(1)")),
        (PLACE, labels[0], Literal(ARABIC, language="fr")),
        (PERSON, labels[0], Literal(MARKUP, language="fr")),
        (THEME, term("rdf:type"), term("skos:Concept")),
        (THEME, labels[0], Literal(ARABIC, language="ar")),
        (INITIATIVE, term("rdf:type"), inno.Initiative),
        (INITIATIVE, labels[0], Literal(LONG, language="fr")),
        (INITIATIVE, term("dcterms:abstract"), Literal(MARKUP, language="fr")),
        (INITIATIVE, inno.theme, THEME),
        (DISTINCTION, term("rdf:type"), inno.Distinction),
        (DISTINCTION, term("dcterms:title"), Literal(LONG, language="fr")),
        (DISTINCTION, inno.edition, thing("edition", "boussole-2031")),
        (DISTINCTION, inno.category, thing("category", "boussole-2031-eau")),
        (DISTINCTION, inno.order, Literal(2)),
        (DISTINCTION, inno.rankLabel, Literal(MARKUP, language="fr")),
        (DISTINCTION, inno.initiative, INITIATIVE),
        (DISTINCTION, inno.laureate, BODY),
        (DISTINCTION, inno.participation, part),
        (part, term("rdf:type"), inno.Participation),
        (part, inno.role, concept("role", "laureate")),
        (part, inno.participant, BODY),
        (part, inno.order, Literal(1)),
        (part, inno.mention, Literal(MARKUP)),
        (part, inno.basis, concept("basis", "stated")),
    ]
    home = Home(tmp_path_factory.mktemp("hostile"))
    publish(home, [*kept, *(Quad(*triple, graph) for triple in said)])
    client = SiteClient(home)
    yield client
    client.close()


PATHS = [
    "/doc/organization/orval",
    "/doc/organization/orval?lang=en",
    "/doc/territory/commune/70001",
    "/doc/person/camille-zed",
    "/doc/distinction/longue",
    "/doc/initiative/longue",
    "/doc/edition/boussole-2031",
    f"/doc/theme/{quote(THEME.value.removeprefix(f'{ID}theme/'))}",
    "/search?q=" + quote(MARKUP),
    "/search?q=tr%C3%A8s+longue",
    "/",
    "/feed.atom",
]


@pytest.mark.parametrize("path", PATHS)
def test_names_are_written_as_text(hostile: SiteClient, path: str) -> None:
    answer = hostile.get(path, headers=BROWSER)
    assert answer.status_code == 200
    found = Elements(answer.text).found
    assert len(found) > 20 or path == "/feed.atom"
    assert scripts(found) == []
    assert not any(name.startswith("on") for _, attributes in found for name in attributes)
    assert not any((attributes.get("href") or "").startswith("javascript") for _, attributes in found)


def test_the_page_of_a_body_shows_its_name_and_leads_to_what_it_did(hostile: SiteClient) -> None:
    html = hostile.get("/doc/organization/orval", headers=BROWSER).text
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", html)
    assert unescape(heading) == MARKUP
    links = dict(re.findall(r'href="([^"]*)"[^>]*>([^<]*)<', html))
    assert unescape(links["/doc/distinction/longue"]).strip() == LONG.strip()
    (theme,) = [link for link in links if "/theme/" in link]
    assert hostile.get(unescape(theme), headers=BROWSER).status_code == 200
    assert "javascript:alert(1)" in unescape(html)  # what the graph says is shown, and leads nowhere


def test_a_description_with_odd_characters_is_data_in_every_format(hostile: SiteClient) -> None:
    path = quote(THEME.value.removeprefix(ID))
    for suffix, format in SUFFIXES.items():
        answer = hostile.get(f"/doc/{path}.{suffix}")
        assert answer.status_code == 200
        assert THEME in {quad.subject for quad in parse(answer.data, format.syntax)}  # type: ignore[arg-type]
    led = hostile.get(f"/id/{path}")
    assert (led.status_code, hostile.get(led.headers["Location"], headers=BROWSER).status_code) == (303, 200)


@pytest.mark.parametrize(
    "path",
    [
        "/doc/organization/a%20b",
        "/doc/organization/%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/doc/organization/100%25",
        "/doc/theme/a b\"c%'d",
        "/id/organization/" + "x" * 4000,
        "/doc/%E2%80%AE",
    ],
)
def test_addresses_that_nothing_has_are_not_found(hostile: SiteClient, path: str) -> None:
    for accept in ("text/html", "text/turtle", "image/*"):
        answer = hostile.get(path, headers={"Accept": accept})
        assert (answer.status_code, answer.mimetype) == (
            404,
            accept if accept == "text/html" else "text/plain",
        )
        if accept == "text/html":
            assert all(
                "src" in attributes for tag, attributes in Elements(answer.text).found if tag == "script"
            )
