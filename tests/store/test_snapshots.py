"""Whole versions only: written aside, verified, activated at once, rolled back, pruned."""

import gzip
import os

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from innograph.errors import NotConforming, SnapshotError
from innograph.store.canonical import canonical, version_of
from innograph.store.snapshots import Home

from .homes import FILES, add, leftovers, quads


def test_a_snapshot_holds_the_graph_its_dump_and_the_files(home: Home) -> None:
    written = home.write(quads(3), FILES, counts={"quads": 3}, created_from="abc")
    assert written.version == version_of(canonical(quads(3)), FILES)
    merge = {Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads(3)}
    assert set(written.open()) == {*quads(3), *merge}
    assert written.dumps() == ["editions/boussole.csv", "innograph.nq.gz", "palmares.csv"]
    assert gzip.decompress(written.dump("innograph.nq.gz").read_bytes()) == canonical(quads(3))
    assert {name: written.dump(name).read_bytes() for name in FILES} == FILES
    assert written.counts == {"quads": 3}
    assert (written.manifest["format"], written.manifest["created_from"]) == (2, "abc")
    written.verify()
    with pytest.raises(KeyError):
        written.dump("../manifest.json")


def test_what_users_contribute_is_in_no_merge(home: Home) -> None:
    """A blank node that two graphs name alike is one in both, and in the merge."""
    subject, predicate = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")
    theirs = NamedNode("https://w3id.org/innograph/graph/contribution/x")
    ours, other = (NamedNode(f"http://example.org/{name}") for name in ("g", "h"))
    given = [
        Quad(subject, predicate, Literal("theirs"), theirs),
        Quad(subject, predicate, BlankNode("b"), ours),
        Quad(BlankNode("b"), predicate, Literal("twice"), ours),
        Quad(BlankNode("b"), predicate, Literal("twice"), other),
    ]
    store = home.write(given, {}, counts={}).open()
    blank = BlankNode("c14n0")
    assert {quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())} == {
        Triple(subject, predicate, blank),
        Triple(blank, predicate, Literal("twice")),
    }
    assert len(store) == 6


def test_a_graph_that_its_guard_refuses_is_not_put_in_place(home: Home) -> None:
    current = add(home, 1)

    def refuse(store: Store) -> None:
        raise NotConforming(f"{len(store)} quads are too many")

    for _ in range(2):
        with pytest.raises(NotConforming, match="4 quads are too many"):
            home.write(quads(2), FILES, counts={}, guard=refuse)
    assert home.list() == [current] and leftovers(home) == []
    with pytest.raises(NotConforming, match="2 quads"):  # one that is there already is guarded as well
        home.write(quads(1), FILES, counts={}, guard=refuse)


def test_the_index_goes_with_the_snapshot_and_does_not_name_it(home: Home) -> None:
    plain = home.write(quads(2), FILES, counts={})
    assert plain.index() is None
    indexed = home.write(quads(2), FILES, counts={}, index=lambda store: f"{len(store)}".encode())
    found = indexed.index()
    assert indexed.version == plain.version
    assert found is not None and found.read_bytes() == b"4"  # two quads, and their merge
    newer = home.write(quads(2), FILES, counts={}, index=lambda store: b"another form")
    assert (newer.version, found.read_bytes()) == (plain.version, b"another form")
    newer.verify()
    found.write_bytes(b"another fork")
    with pytest.raises(SnapshotError, match=r"search\.sqlite is not what was written"):
        home.get(newer.version)


def test_reading_changes_no_file(home: Home) -> None:
    snapshot = add(home, 3)
    assert len(list(snapshot.open().query("SELECT * { GRAPH ?g { ?s ?p ?o } }"))) == 3  # type: ignore[arg-type]
    snapshot.verify()


def test_writing_does_not_activate(home: Home) -> None:
    first = add(home, 1)
    second = home.write(quads(2), FILES, counts={})
    assert home.current().version == first.version
    home.activate(second.version)
    assert home.current() == second
    assert os.readlink(home.path / "current") == f"snapshots/{second.version}"


def test_the_same_version_is_written_once(home: Home) -> None:
    first = add(home, 2)
    before = (first.path / "manifest.json").stat().st_ino
    add(home, 1)
    assert home.write(reversed(quads(2)), FILES, counts={}).version == first.version
    assert (first.path / "manifest.json").stat().st_ino == before
    assert home.list()[0].version == first.version  # now the newest


@pytest.mark.parametrize("name", ["innograph.nq.gz", "../x", "/x", "a/../b", ".hidden", ""])
def test_names_that_would_leave_the_folder_are_refused(home: Home, name: str) -> None:
    with pytest.raises(ValueError, match="not a name for a published file"):
        home.write(quads(1), {name: b""}, counts={})
    assert not home.path.exists()


def test_without_a_snapshot_the_error_says_what_to_do(home: Home) -> None:
    with pytest.raises(SnapshotError) as raised:
        home.current()
    assert str(raised.value) == (
        f"{home.path}: no snapshot is current, and there is no other: run « innograph build »"
    )


def test_a_snapshot_is_chosen_by_its_version_or_is_the_current_one(home: Home) -> None:
    first, second = add(home, 1), add(home, 2)
    assert (home.choose(None), home.choose(first.version)) == (second, first)
    with pytest.raises(SnapshotError, match="there is no snapshot ''"):
        home.choose("")


@pytest.mark.parametrize("version", ["0123456789abcdef", "..", "../..", ""])
def test_activating_what_is_not_there_leaves_the_current_one(home: Home, version: str) -> None:
    current = add(home, 1)
    with pytest.raises(SnapshotError, match="there is no snapshot"):
        home.activate(version)
    assert home.current() == current


def test_rollback_goes_back_one_by_one(home: Home) -> None:
    versions = [add(home, number).version for number in (1, 2, 3)]
    assert home.rollback().version == versions[1]
    assert home.rollback().version == versions[0] == home.current().version
    with pytest.raises(SnapshotError, match="no snapshot is older"):
        home.rollback()
    assert home.current().version == versions[0]


def test_prune_keeps_the_newest_and_the_current_one(home: Home) -> None:
    versions = [add(home, number).version for number in (1, 2, 3, 4)]
    home.activate(versions[0])
    assert home.prune(1) == sorted([versions[1], versions[2]])
    assert [snapshot.version for snapshot in home.list()] == [versions[3], versions[0]]
    with pytest.raises(ValueError, match="at least one"):
        home.prune(0)
