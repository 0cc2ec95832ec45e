"""Odd requests get the right status, and a page takes a bounded number of queries."""

from collections import Counter

import pytest

from innograph.store.snapshots import Home
from innograph.web.reader import Reader, Row

from ..site_client import SiteClient
from ..test_pages import BROWSER
from .exploring import links, page

ODD = [
    ("page=-1", 400), ("page=0", 400), ("page=1.5", 400), ("page=%C2%B2", 400), ("page=x", 400),
    ("page=1000000000", 404), ("page=" + "9" * 5000, 404), ("page=7", 404), ("page=2&page=3", 400),
    ("theme=nope", 400), ("theme=ageing&theme=nope", 400), ("theme=" + "x" * 5000, 400),
    ("year=20x4", 400), ("year=1999", 400), ("size=3000", 400), ("department=999", 400),
    ("theme=%3Cscript%3Ealert(1)%3C/script%3E", 400), ("sponsor=%E2%80%AE%00", 400),
    ("theme=ageing%3E%20%7D%20UNION%20%7B", 400), ("colour=red", 400), ("%3Cscript%3E=1", 400),
    ("view=pie", 400), ("like=organization/nobody", 400), ("like=" + "%E2%80%AE" * 2000, 400),
    ("department=48", 200), ("lang=tlh", 301), ("format=docx", 406),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "status"), ODD)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_odd_requests_get_the_right_status_and_no_markup(
    whole: SiteClient, asked: str, status: int, language: str
) -> None:
    answer = whole.get(f"/explore?{asked}", headers={**BROWSER, "Accept-Language": language})
    assert answer.status_code == status
    assert "<script>" not in answer.text and (status == 200) == ('class="filters"' in answer.text)


def test_a_value_that_does_not_exist_is_named_and_can_be_left_out(whole: SiteClient) -> None:
    answer = whole.get("/explore?theme=ageing&theme=nope&lang=fr", headers=BROWSER)
    assert "« nope »" in answer.text
    assert links(answer.text)["Continuer sans elle"] == "/explore?theme=ageing&lang=fr"
    told = whole.get("/explore.csv?theme=nope")
    assert (told.status_code, told.text) == (400, "theme: there is no 'nope'\n")


# cost


def test_a_page_takes_a_bounded_number_of_queries(whole_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    solutions = Reader._solutions

    def counted(reader: Reader, query: str, text: str) -> list[Row]:
        asked.append(query)
        return solutions(reader, query, text)

    client = SiteClient(whole_home)
    monkeypatch.setattr(Reader, "_solutions", counted)
    try:
        page(client, "/explore")
        assert len(asked) <= 20, Counter(asked)
        for view in ("cards", "table", "map", "charts"):
            asked.clear()
            page(client, f"/explore?theme=digital{'' if view == 'cards' else f'&view={view}'}")
            assert len(asked) <= 4, (view, Counter(asked))
    finally:
        client.close()
