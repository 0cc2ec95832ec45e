"""What is read once of all who were honoured, held against what is asked about one place or one body."""

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Store

from innograph.namespaces import inno
from innograph.store.engine import InProcess
from innograph.store.snapshots import Home
from innograph.web.app import page_queries
from innograph.web.layouts.honoured import AllHonoured, read_honoured
from innograph.web.reader import Reader


@pytest.fixture(scope="module")
def store(whole_home: Home) -> Store:
    return whole_home.current().open()


@pytest.fixture(scope="module")
def reader(store: Store) -> Reader:
    return Reader(InProcess(store), page_queries())


@pytest.fixture(scope="module")
def honoured(reader: Reader) -> AllHonoured:
    return reader.once(read_honoured)


def test_each_place_has_the_honours_that_the_query_finds_there(
    reader: Reader, store: Store, honoured: AllHonoured
) -> None:
    wide = {
        quad.subject
        for kind in ("department", "region", "ept", "overseas-collectivity")
        for quad in store.quads_for_pattern(
            None, inno.territoryKind, NamedNode(f"https://w3id.org/innograph/id/territory-kind/{kind}"), None
        )
        if isinstance(quad.subject, NamedNode)
    }
    assert len(wide) > 130 and len(honoured.inside) > 150
    for place in {*wide, *honoured.inside}:
        rows = [row for body in honoured.inside.get(place, []) for row in honoured.honours[body]]
        assert rows == reader.rows("honoured-in", place=place.value), place


def test_the_neighbours_are_the_members_and_the_bodies_with_the_code(
    store: Store, honoured: AllHonoured
) -> None:
    def pairs(property: NamedNode) -> Iterator[tuple[object, object]]:
        return ((quad.subject, quad.object) for quad in store.quads_for_pattern(None, property, None, None))

    kind = NamedNode("https://w3id.org/innograph/id/territory-kind/department")
    departments = {place for place, its in pairs(inno.territoryKind) if its == kind}
    place_of = {code: place for place, code in pairs(inno.inseeCode) if place in departments}
    bodies = {body for _, body in pairs(inno.laureate)}
    expected = {(body, body) for body in bodies}
    expected |= {(group, body) for body, group in pairs(inno.memberOf) if body in bodies}
    expected |= {(place_of[code], body) for body, code in pairs(inno.department) if body in bodies}
    assert {(around, body) for around, near in honoured.near.items() for body in near} == expected
    assert sum(map(len, honoured.near.values())) == len(expected)


def test_distinctions_are_counted_once_however_many_received_them(honoured: AllHonoured) -> None:
    """Lines 1096 and 1097 of the press pack of 2019, lines 55 and 77 of the palmarès of 2024."""
    assert honoured.number_of(NamedNode("https://w3id.org/innograph/id/organization/elancourt")) == 3
