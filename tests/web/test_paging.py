"""Long lists are read page by page; a page that there is not is refused with its reason."""

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from innograph.store.queries import NamedQuery
from innograph.web.frame import address_with
from innograph.web.paging import Part, asked_part


def asked(query: str, total: int, name: str = "page") -> Part:
    with Flask("test").test_request_context(f"/doc/x?{query}"):
        return asked_part(total, name=name)


def test_an_address_asks_for_a_part() -> None:
    assert asked("", 0) == Part(1, 0)
    assert (asked("", 0).rows, asked("", 0).pages) == (range(0, 0), 1)
    assert asked("page=2", 101) == Part(2, 101)
    assert asked("page=2", 101).rows == range(100, 101)
    assert asked("page=2&refs=3", 300, "refs").rows == range(200, 300)


@pytest.mark.parametrize("value", ["-1", "0", "x", "", "1.5", "+1", "%D9%A3", "1e9", "01", "%00"])
def test_what_is_no_number_of_a_page_is_refused(value: str) -> None:
    with pytest.raises(HTTPException, match="pages are numbered 1, 2, 3") as refused:
        asked(f"page={value}", 1000)
    assert refused.value.code == 400


@pytest.mark.parametrize("value", ["11", "1000000000", "9" * 5000])
def test_a_page_after_the_last_is_not_found(value: str) -> None:
    with pytest.raises(HTTPException, match="the last page of this list is 10") as refused:
        asked(f"page={value}", 1000)
    assert refused.value.code == 404 and len(refused.value.description or "") < 100


def test_links_to_other_pages_keep_what_else_is_asked_for() -> None:
    with Flask("test").test_request_context("/doc/x.html?lang=en&page=2&refs=4"):
        assert address_with({"page": 3}, "list") == "/doc/x?lang=en&refs=4&page=3#list"


def test_a_part_of_the_rows_is_asked_for_at_the_end_of_the_query() -> None:
    query = NamedQuery("all", "?", "?", {}, (), "SELECT ?x WHERE { ?x ?y ?z } ORDER BY ?x\n")
    assert query.bound_part({}, range(200, 250)) == (
        "SELECT ?x WHERE { ?x ?y ?z } ORDER BY ?x\nLIMIT 50 OFFSET 200\n"
    )
