"""The parts of places that are read once, held against the graph."""

from pyoxigraph import NamedNode, Store

from innograph.namespaces import inno
from innograph.store.engine import InProcess
from innograph.store.snapshots import Home
from innograph.web.app import page_queries
from innograph.web.layouts.parts import PartsOfKind, read_parts
from innograph.web.reader import Reader


def values(store: Store, property: NamedNode) -> dict[object, str]:
    return {
        quad.subject: getattr(quad.object, "value", "")
        for quad in store.quads_for_pattern(None, property, None, None)
    }


def test_each_part_stands_once_under_its_place_and_kind_in_the_order_of_names(whole_home: Home) -> None:
    store = whole_home.current().open()
    parts = Reader(InProcess(store), page_queries()).once(read_parts)
    kind_of, key_of = values(store, inno.territoryKind), values(store, inno.sortKey)
    listed = [
        (place, part)
        for place, of_place in parts.items()
        for each in of_place
        for part in each.nodes(0, each.total)
    ]
    within = {(quad.object, quad.subject) for quad in store.quads_for_pattern(None, inno.within, None, None)}
    assert set(listed) == within and len(listed) == len(within) > 40_000
    for of_place in parts.values():
        kinds = [each.kind.value for each in of_place]
        assert kinds == sorted(set(kinds))
        for each in of_place:
            nodes = each.nodes(0, each.total)
            keys = [(key_of[node], node.value) for node in nodes]
            assert keys == sorted(keys) and {kind_of[node] for node in nodes} == {each.kind.value}


def test_a_part_of_the_list_may_begin_before_it_and_end_behind_it() -> None:
    kind = NamedNode("http://example.org/kind")
    three = PartsOfKind(kind, 3, "urn:a\nurn:b\nurn:c")
    assert [node.value for node in three.nodes(-5, 2)] == ["urn:a", "urn:b"]
    assert [node.value for node in three.nodes(2, 100)] == ["urn:c"]
    assert three.nodes(3, 9) == three.nodes(-9, 0) == three.nodes(-9, -3) == []
