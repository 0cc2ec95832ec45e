"""Whatever refers to a thing is on one of the pages of its list, once, under its property and kind."""

import re
from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, Quad

from innograph.namespaces import concept, inno, named_graph, term, thing
from innograph.store.snapshots import Home
from innograph.web.backlinks import MOST_SORTED

from .conftest import Publish
from .site_client import SiteClient
from .test_things import page

MANY, VERY_MANY = 250, MOST_SORTED + 1
COMMUNE, GROUPING = concept("organization-kind", "commune"), concept("organization-kind", "metropolis")


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory, publish: Publish) -> Iterator[SiteClient]:
    """Give a client over a graph in which many bodies are communes, and very many metropolises."""
    graph, home = named_graph("registry"), Home(tmp_path_factory.mktemp("crowd"))
    said = [Quad(kind, term("rdf:type"), term("skos:Concept"), graph) for kind in (COMMUNE, GROUPING)]
    for number in range(MANY):
        body = thing("organization", f"siren-{number}")
        said.append(Quad(body, inno.organizationKind, COMMUNE, graph))
        said.append(Quad(body, inno.sortKey, Literal(f"{MANY - number:04}"), graph))
    said.append(Quad(thing("theme", "towns"), inno.theme, COMMUNE, graph))
    said.append(Quad(thing("participation", "x"), inno.participant, COMMUNE, graph))
    for number in range(VERY_MANY):
        said.append(Quad(thing("organization", f"m{number}"), inno.organizationKind, GROUPING, graph))
    publish(home, said)
    client = SiteClient(home)
    yield client
    client.close()


def referring(client: SiteClient, path: str) -> str:
    return page(client, path).split(">Ce qui renvoie ici</h2>")[1].split(">Données de cette page<")[0]


def bodies(part: str) -> list[str]:
    return re.findall(r'href="/doc/organization/([^"?]+)"', part)


def test_all_are_on_some_page_in_order(crowd: SiteClient) -> None:
    parts = [referring(crowd, f"/doc/organization-kind/commune?page={number}") for number in (1, 2, 3)]
    listed = [each for part in parts for each in bodies(part)]
    assert listed == [f"siren-{number}" for number in reversed(range(MANY))]
    assert [len(bodies(part)) for part in parts] == [100, 100, 50]
    assert [part.count('href="/doc/theme/towns"') for part in parts] == [0, 0, 1]
    assert not any("participation" in part for part in parts)
    assert [re.findall(r"<p>(\d.*)</p>", part) for part in parts] == [
        ["1–100 sur 251"],
        ["101–200 sur 251"],
        ["201–251 sur 251"],
    ]


def test_counts_lead_to_where_the_group_begins(crowd: SiteClient) -> None:
    (counts,) = re.findall(
        r'<ul class="inline">(.*?)</ul>', referring(crowd, "/doc/organization-kind/commune"), re.S
    )
    links = re.findall(r'href="([^"]+)">(\d+)<', counts)
    assert links == [
        ("/doc/organization-kind/commune?page=1#backlinks", "250"),
        ("/doc/organization-kind/commune?page=3#backlinks", "1"),
    ]


def test_very_many_are_not_sorted_and_none_is_lost(crowd: SiteClient) -> None:
    parts = [referring(crowd, f"/doc/organization-kind/metropolis?page={number}") for number in range(1, 14)]
    listed = [each for part in parts for each in bodies(part)]
    assert len(listed) == len(set(listed)) == VERY_MANY
    assert all("Trop nombreux pour être triés par nom" in part for part in parts)


@pytest.mark.parametrize(
    ("page", "status", "told"),
    [
        ("-1", 400, "page=-1 : les pages sont numérotées 1, 2, 3…"),
        ("x", 400, "page=x : les pages sont numérotées 1, 2, 3…"),
        ("4", 404, "page=4 : la dernière page de cette liste est la 3"),
        ("1000000000", 404, "page=1000000000 : la dernière page de cette liste est la 3"),
    ],
)
def test_a_page_that_there_is_not_is_refused_with_its_reason(
    crowd: SiteClient, page: str, status: int, told: str
) -> None:
    answer = crowd.get(f"/doc/organization-kind/commune?page={page}", headers={"Accept": "text/html"})
    assert (answer.status_code, told in answer.text.replace("\N{NO-BREAK SPACE}", " ")) == (status, True)
    in_english = crowd.get(
        f"/doc/organization-kind/commune?page={page}&lang=en", headers={"Accept": "text/html"}
    )
    assert f"page={page}: " in in_english.text


def test_a_page_without_a_list_has_one_page(client: SiteClient) -> None:
    for path in ("/doc/edition/boussole-2031", "/doc/organization/orval"):
        assert client.get(f"{path}?page=1", headers={"Accept": "text/html"}).status_code == 200
        assert client.get(f"{path}?page=2", headers={"Accept": "text/html"}).status_code == 404
