"""« Signaler une erreur »: the form, the reference, the status; and what is refused."""

import re
from collections.abc import Iterator

import pytest

from innograph.reports import FILE, Reports
from innograph.store.snapshots import Home
from innograph.web.reporting import EACH

from .site_client import SiteClient
from .test_pages import BROWSER

GOOD = {"about": "/doc/organization/orval", "fact": "nom", "words": "C’est <b>Orval</b>."}


@pytest.fixture
def asker(served_home: Home) -> Iterator[SiteClient]:
    """Give a client of a site that has taken nothing yet."""
    (served_home.path / FILE).unlink(missing_ok=True)
    client = SiteClient(served_home)
    yield client
    client.close()


def test_every_page_leads_to_the_form_with_its_address(asker: SiteClient) -> None:
    html = asker.get("/doc/organization/orval", headers=BROWSER).text
    assert 'href="/report?about=/doc/organization/orval"' in html
    form = asker.get("/report?about=/doc/organization/orval", headers=BROWSER).text
    assert 'name="about" type="text" value="/doc/organization/orval"' in form


def test_a_report_gives_a_reference_whose_status_anyone_can_follow(
    asker: SiteClient, served_home: Home
) -> None:
    sent = asker.post("/report?lang=en", data=GOOD, headers=BROWSER)
    assert sent.status_code == 303
    found = re.fullmatch(r"/report/([0-9A-Z]{4}-[0-9A-Z]{4})\?new=1&lang=en", sent.headers["Location"])
    assert found is not None
    page = asker.get(sent.headers["Location"], headers=BROWSER).text
    assert found[1] in page and "to be read" in page
    (kept,) = Reports(served_home.path / FILE).list()
    assert (kept.words, kept.version) == (GOOD["words"], served_home.current().version)
    assert "Orval</b>" not in asker.get(f"/report/{found[1]}", headers=BROWSER).text
    asked = asker.get("/report/status", query_string={"reference": found[1].lower()})
    assert (asked.status_code, asked.headers["Location"]) == (303, f"/report/{found[1].lower()}")
    status = asker.get(f"/report/{found[1].lower()}")
    assert (status.status_code, status.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"words": ""}, "words are missing"),
        ({"about": "https://evil.example/"}, "about is no path"),
        ({"website": "http://spam.example/"}, "website is to be left empty"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    asker: SiteClient, served_home: Home, other: dict[str, str], says: str
) -> None:
    response = asker.post("/report", data={**GOOD, "fact": '"><i>', **other}, headers=BROWSER)
    assert response.status_code == 400
    assert says in response.text and 'value="&#34;&gt;&lt;i&gt;"' in response.text
    assert list(Reports(served_home.path / FILE).list()) == []


def test_one_client_may_send_so_many_in_an_hour(asker: SiteClient) -> None:
    statuses = [asker.post("/report", data=GOOD).status_code for _ in range(EACH + 1)]
    assert statuses == [303] * EACH + [429]
    assert asker.post("/report", data=GOOD).headers["Retry-After"] == "3600"


def test_an_unknown_reference_is_not_found(asker: SiteClient) -> None:
    assert asker.get("/report/AAAA-AAAA", headers=BROWSER).status_code == 404
