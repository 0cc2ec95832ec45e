"""Maps of questions over the real graph: every laureate of the answer is on the map or named beside it."""

import re
from html import unescape

import pytest

from innograph import resources
from innograph.namespaces import ID
from innograph.store.queries import NamedQuery, read_queries

from .site_client import SiteClient
from .test_pages import BROWSER

QUESTIONS = {
    name: query for name, query in read_queries(resources.queries() / "examples").items() if query.map
}
OF_LAUREATES = ["body", "laureate", "department", "grouping", "commune"]
"""Variables that are laureates themselves: the column is then what the map must show."""


def asked(whole: SiteClient, path: str) -> str:
    response = whole.get(path, headers=BROWSER)
    assert response.status_code == 200
    return response.text


def dots(page: str) -> list[str]:
    """List the paths of the dots of the map."""
    return [unescape(path) for path in re.findall(r'<a class="dot" href="([^"]+)"', page)]


def beside(page: str) -> list[str]:
    """List the paths of those whom the map does not show."""
    figure = page.split('<figure class="map"')[1].split("</figure>")[0].split("</svg>")[1]
    return [unescape(path) for path in re.findall(r'href="([^"]+)"', figure)]


def column(page: str, query: NamedQuery, variable: str) -> set[str]:
    """Give the paths in a column of the table that follows the map."""
    names = re.findall(r"\?(\w+)", query.text.split("SELECT")[1].split("WHERE")[0])
    columns = [name for name in names if not (name.endswith("Label") and name.removesuffix("Label") in names)]
    table = page.split('id="after-map"')[1].split("<tbody>")[1].split("</tbody>")[0]
    cells = [re.findall(r"<td.*?</td>", row, re.S) for row in re.findall(r"<tr>.*?</tr>", table, re.S)]
    found = [re.search(r'href="([^"]+)"', row[columns.index(variable)]) for row in cells]
    return {unescape(link[1]) for link in found if link}


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_with_a_map_shows_one(whole: SiteClient, name: str) -> None:
    page = asked(whole, f"/queries/{name}")
    drawn = dots(page)
    assert drawn and len(drawn) == len(set(drawn))
    assert page.index('<figure class="map"') < page.index("<table>")


@pytest.mark.parametrize(
    "name", ["gold-in-each-category", "palmares-of-an-edition", "laureates-by-region", "departments-honoured"]
)
def test_the_map_shows_whom_the_table_lists_and_nobody_else(whole: SiteClient, name: str) -> None:
    query = QUESTIONS[name]
    assert query.map in OF_LAUREATES
    page = asked(whole, f"/queries/{name}")
    shown = [*dots(page), *beside(page)]
    assert len(shown) == len(set(shown)) and set(shown) == column(page, query, query.map)


def test_distinctions_lead_to_their_laureates(whole: SiteClient) -> None:
    """Those of tests/queries/expected/initiatives-on-a-theme.tsv; nothing tells the département of one."""
    page = asked(whole, "/queries/initiatives-on-a-theme?theme=id:theme/ageing")
    assert {path.rpartition("/")[2] for path in dots(page)} == {
        "paris-5e-arrondissement",
        "couzon",
        "lavoncourt",
        "sivom-du-val-fleuri",
        "valenciennes",
    }
    assert {path.rpartition("/")[2] for path in beside(page)} == {"agence-autonomy"}


def test_a_region_has_no_place_of_its_own_and_is_named_beside(whole: SiteClient) -> None:
    page = asked(whole, "/queries/laureates-by-region?region=id:territory/region/27")
    assert beside(page) == ["/doc/organization/region-bourgogne-franche-comte"]
    assert "/doc/organization/lavoncourt" in dots(page)


MAPS = [
    "/explore?view=map",
    "/explore?theme=ageing&view=map",
    "/doc/territory/region/11",
    "/doc/territory/department/78",
    *(f"/queries/{name}" for name in QUESTIONS),
]


def test_what_follows_a_map_leads_to_all_that_its_dots_lead_to(whole: SiteClient) -> None:
    """Dots are small on a phone: the list after the map is the way for who cannot touch them."""
    counted = 0
    for path in MAPS:
        page = asked(whole, path)
        if 'id="after-map"' in page:
            after = page.split('id="after-map"')[1]
            listed = {unescape(href) for href in re.findall(r'<a href="(/doc/[^"]*)"', after)}
            assert set(dots(page)) <= listed, path
            counted += 1
    assert counted > 20


def test_links_of_the_map_keep_the_language(whole: SiteClient) -> None:
    drawn = dots(asked(whole, "/queries/palmares-of-an-edition?lang=en"))
    assert drawn and all(path.endswith("?lang=en") for path in drawn)


def test_where_nothing_is_found_there_is_no_map(whole: SiteClient) -> None:
    page = asked(whole, "/queries/titles-with-a-word?word=xyzzy")
    assert '<figure class="map"' not in page


def test_the_workbench_is_given_a_map_of_the_laureates_of_a_result(whole: SiteClient) -> None:
    things = [
        f"{ID}{path}"
        for path in ("organization/elancourt", "distinction/territoria-2024-talence-chemin-temps")
    ]
    answer = whole.post("/workbench/map?lang=fr", data="\n".join(things), content_type="text/plain")
    assert answer.status_code == 200
    assert sorted(dots(answer.text)) == [
        "/doc/organization/elancourt?lang=fr",
        "/doc/organization/talence?lang=fr",
    ]
    nobody = whole.post("/workbench/map", data=f"{ID}theme/ageing\nhttp://example.org/a")
    assert (nobody.status_code, nobody.data) == (204, b"")


@pytest.mark.parametrize(
    "things", [f"{ID}a<b", f"{ID}\x00", "\xff", f"{ID}{'x' * 100_000}", "", f"{ID}x}} # "]
)
def test_the_workbench_may_ask_nonsense(whole: SiteClient, things: str) -> None:
    answer = whole.post("/workbench/map", data=things.encode("latin-1"))
    assert answer.status_code in (204, 400)
