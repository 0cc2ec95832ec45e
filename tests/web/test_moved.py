"""Addresses that were given up lead to what took their place, or say that nothing did, and why."""

from collections.abc import Iterator

import pytest
from pyoxigraph import Quad

from innograph.store.snapshots import Home

from .site_client import SiteClient

TABLE = """\
address\tsuccessors\twhen\twhy_fr\twhy_en
organization/orval-etang\torganization/orval\t2031-05-02\tnom corrigé\tname corrected
theme/towns\trank/gold unit/euro\t2031-05-02\tpartagé en deux\tsplit in two
theme/void\t\t2031-05-03\tn’existait pas\tdid not exist
"""
BROWSER = {"Accept": "text/html,*/*;q=0.8"}


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory, small_graph: list[Quad]) -> Iterator[SiteClient]:
    home = Home(tmp_path_factory.mktemp("moved"))
    home.activate(home.write(small_graph, {"addresses.tsv": TABLE.encode()}, counts={}).version)
    client = SiteClient(home)
    yield client
    client.close()


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/id/organization/orval-etang", "/id/organization/orval"),
        ("/doc/organization/orval-etang", "/doc/organization/orval"),
        ("/doc/organization/orval-etang.ttl", "/doc/organization/orval.ttl"),
        ("/doc/organization/orval-etang.html?lang=en&page=1", "/doc/organization/orval.html?lang=en&page=1"),
        ("/id/organization/siren-999000017", "/id/organization/orval"),
        ("/doc/organization/siren-999000017.nt", "/doc/organization/orval.nt"),
    ],
)
def test_one_successor_is_led_to_for_good(moved: SiteClient, asked: str, led: str) -> None:
    answer = moved.get(asked, headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (301, led)


def test_a_siren_that_is_an_address_itself_leads_nowhere_else(moved: SiteClient) -> None:
    assert moved.get("/id/organization/siren-999000025").status_code == 303


@pytest.mark.parametrize("siren", ["999000018", "123", "999000017x", "", "%20", "217802081"])
def test_a_siren_that_nobody_has_is_not_found(moved: SiteClient, siren: str) -> None:
    assert moved.get(f"/id/organization/siren-{siren}").status_code == 404


def test_what_several_things_replaced_is_gone_and_names_them(moved: SiteClient) -> None:
    answer = moved.get("/id/theme/towns", headers=BROWSER)
    assert answer.status_code == 410
    assert "À sa place" in answer.text and "partagé en deux" in answer.text
    assert 'href="/doc/rank/gold"' in answer.text and 'href="/doc/unit/euro"' in answer.text
    english = moved.get("/doc/theme/towns?lang=en", headers=BROWSER)
    assert "was given up on 2031-05-02: split in two" in english.text and "In its place" in english.text


def test_what_nothing_replaced_is_gone_with_its_reason(moved: SiteClient) -> None:
    answer = moved.get("/doc/theme/void.ttl")
    assert (answer.status_code, answer.text) == (
        410,
        "https://w3id.org/innograph/id/theme/void was given up on 2031-05-03: did not exist\n"
        "https://w3id.org/innograph/id/theme/void n'existe plus depuis le 2031-05-03 : n’existait pas\n",
    )


def test_without_a_table_nothing_was_given_up(client: SiteClient) -> None:
    assert client.get("/id/theme/void").status_code == 404
    assert client.get("/id/organization/siren-999000017").status_code == 301
