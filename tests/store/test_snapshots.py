"""Whole versions only: written aside, verified, activated at once; what stops a writer changes nothing."""

import errno
import fcntl
import gzip
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from innograph.errors import NotConforming, SnapshotError
from innograph.store import snapshots
from innograph.store.canonical import canonical, version_of
from innograph.store.snapshot import Snapshot
from innograph.store.snapshots import Home

FILES = {"palmares.csv": b"prix\nBoussole\n", "editions/boussole.csv": b"x\n"}


def quads(number: int) -> list[Quad]:
    subject, predicate = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")
    graph = NamedNode("http://example.org/g")
    return [Quad(subject, predicate, Literal(n), graph) for n in range(number)]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def add(home: Home, number: int) -> Snapshot:
    """Write and activate a snapshot of ``number`` quads."""
    return home.activate(home.write(quads(number), FILES, counts={"quads": number}).version)


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


def test_a_broken_snapshot_of_the_same_version_is_replaced(home: Home) -> None:
    broken = add(home, 2)
    broken.dump("palmares.csv").write_bytes(b"prix\nBousSole\n")  # the same size
    with pytest.raises(SnapshotError, match=r"altered: dumps/palmares\.csv"):
        broken.verify()
    home.write(quads(2), FILES, counts={}).verify()
    assert sorted(path.name for path in home.path.iterdir()) == ["current", "lock", "snapshots"]


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


def damage_missing_file(snapshot: Snapshot) -> None:
    snapshot.dump("palmares.csv").unlink()


def damage_half_a_file(snapshot: Snapshot) -> None:
    path = snapshot.dump("innograph.nq.gz")
    os.truncate(path, path.stat().st_size // 2)


def damage_database(snapshot: Snapshot) -> None:
    os.truncate(next((snapshot.path / "store").glob("*.sst")), 10)


def damage_manifest(snapshot: Snapshot) -> None:
    path = snapshot.path / "manifest.json"
    path.write_bytes(path.read_bytes()[:40])


def damage_format(snapshot: Snapshot) -> None:
    path = snapshot.path / "manifest.json"
    path.write_text(path.read_text().replace('"format": 2', '"format": 99'))


def damage_database_at_the_same_size(snapshot: Snapshot) -> None:
    path = max((snapshot.path / "store").glob("*.sst"), key=lambda file: file.stat().st_size)
    content = path.read_bytes()
    path.write_bytes(content[:50] + bytes(255 - byte for byte in content[50:100]) + content[100:])


def damage_manifest_of_the_database(snapshot: Snapshot) -> None:
    path = next((snapshot.path / "store").glob("MANIFEST-*"))
    path.write_bytes(b"x" * path.stat().st_size)


DAMAGES = [
    damage_missing_file,
    damage_half_a_file,
    damage_database,
    damage_manifest,
    damage_format,
    damage_database_at_the_same_size,
    damage_manifest_of_the_database,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_broken_current_snapshot_is_stood_in_for_by_the_newest_whole_one(home: Home, damage) -> None:  # type: ignore[no-untyped-def]
    versions = [add(home, number).version for number in (1, 2, 3)]
    damage(home.current())
    stand_in = home.current()
    assert stand_in.version == versions[1]
    assert stand_in.notice is not None
    assert stand_in.notice.endswith(f"; {versions[1]}, the newest whole snapshot, is served")
    assert [snapshot.version for snapshot in home.list()] == [versions[1], versions[0]]
    with pytest.raises(SnapshotError):
        home.activate(versions[2])


def test_broken_snapshots_are_listed_with_the_reason(home: Home) -> None:
    versions = [add(home, number).version for number in (1, 2, 3)]
    assert home.broken() == []
    damage_missing_file(home.get(versions[2]))
    damage_database_at_the_same_size(home.get(versions[0]))
    broken = dict(home.broken())
    assert list(broken) == sorted([versions[0], versions[2]])
    assert broken[versions[2]] == "the snapshot is not whole: dumps/palmares.csv is missing"
    assert re.fullmatch(
        r"the snapshot was altered: store/\w+\.sst is not what was written", broken[versions[0]]
    )


def test_a_database_that_is_damaged_after_it_was_checked_is_one_clear_error(home: Home) -> None:
    snapshot = add(home, 2)
    damage_manifest_of_the_database(snapshot)
    with pytest.raises(SnapshotError, match="the database of this snapshot cannot be read"):
        snapshot.open()


NO_SIZES = "does not give the size and the SHA-256 of every file"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"files": {"a": 3}}, NO_SIZES),
        ({"files": {"a": {"size": "3", "sha256": ""}}}, NO_SIZES),
        ({"files": {"a": {"size": True, "sha256": ""}}}, NO_SIZES),
        ({"files": {"a": {"size": 3}}}, NO_SIZES),
        ({"files": []}, NO_SIZES),
        ({"files": {}}, "does not list dumps/innograph.nq.gz"),
        (
            {"files": {"dumps/innograph.nq.gz": {"size": 0, "sha256": ""}}},
            "lists no file of the database",
        ),
        ({"counts": None}, "does not give the counts as whole numbers"),
        ({"counts": {"quads": "3"}}, "does not give the counts as whole numbers"),
    ],
)
def test_a_manifest_that_is_not_one_is_refused(home: Home, changes: dict[str, object], fault: str) -> None:
    snapshot = add(home, 1)
    path = snapshot.path / "manifest.json"
    path.write_text(json.dumps({**snapshot.manifest, **changes}))
    with pytest.raises(SnapshotError) as raised:
        home.get(snapshot.version)
    assert str(raised.value) == f"{snapshot.path}: the snapshot is not whole: manifest.json {fault}"


@pytest.mark.parametrize("text", ["[" * 100_000, "3", "", "\ud800"])
def test_a_manifest_that_is_no_object_is_refused(home: Home, text: str) -> None:
    snapshot = add(home, 1)
    (snapshot.path / "manifest.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(SnapshotError, match=r"is not JSON|not a snapshot of format 2"):
        home.get(snapshot.version)


def test_a_snapshot_is_chosen_by_its_version_or_is_the_current_one(home: Home) -> None:
    first, second = add(home, 1), add(home, 2)
    assert (home.choose(None), home.choose(first.version)) == (second, first)
    with pytest.raises(SnapshotError, match="there is no snapshot ''"):
        home.choose("")


def test_a_pointer_to_nothing_is_stood_in_for(home: Home) -> None:
    kept = add(home, 1)
    (home.path / "current").unlink()
    (home.path / "current").symlink_to("snapshots/0123456789abcdef")
    assert home.current().version == kept.version
    assert home.current().notice is not None


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


def leftovers(home: Home) -> list[str]:
    return sorted(
        path.name for path in home.path.iterdir() if path.name not in ("lock", "snapshots", "current")
    )


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
@pytest.mark.parametrize("step", ["_write", "inventory", "_sync_folder"])
def test_a_stopped_writer_leaves_nothing_half_done(
    home: Home, monkeypatch: pytest.MonkeyPatch, stop: BaseException, step: str
) -> None:
    current = add(home, 1)

    def stopped(*_: object) -> None:
        raise stop

    with monkeypatch.context() as patched:
        patched.setattr(snapshots, step, stopped)
        with pytest.raises((KeyboardInterrupt, SnapshotError)) as raised:
            home.write(quads(2), FILES, counts={"quads": 2})
    if isinstance(stop, OSError):
        assert str(raised.value) == (
            f"{home.path}: cannot write here (No space left on device); the current version is unchanged"
        )
    assert leftovers(home) == []
    assert home.current() == current
    for snapshot in home.list():
        snapshot.verify()
    assert add(home, 2).counts == {"quads": 2}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of a few hundred kilobytes, where that is permitted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", folder], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this process may not mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_one_clear_error(small_disk: Path) -> None:
    home = Home(small_disk / "home")
    current = add(home, 10)
    with pytest.raises(SnapshotError) as raised:
        home.write(quads(10), {"large.bin": b"x" * 3_000_000}, counts={})
    assert str(raised.value).endswith("(No space left on device); the current version is unchanged")
    assert leftovers(home) == []
    assert home.current() == current
    with pytest.raises(SnapshotError, match="the current version is unchanged"):
        home.write(quads(20_000), {}, counts={})
    assert leftovers(home) == []
    home.current().verify()


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SnapshotError, match="Not a directory"):
        Home(tmp_path / "file" / "home").write(quads(1), {}, counts={})


def test_there_is_one_writer_at_a_time(home: Home) -> None:
    current = add(home, 1)
    with (home.path / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(SnapshotError, match="another innograph is writing here"):
            home.write(quads(2), FILES, counts={})
        assert home.current() == current
    assert add(home, 2).counts == {"quads": 2}


KILLED_WRITER = """
import os, signal, sys
from innograph.store import snapshots
from tests_quads import quads

def killed(path):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(snapshots, sys.argv[2], killed)
snapshots.Home(sys.argv[1]).write(quads(2), {}, counts={})
"""


@pytest.mark.parametrize("step", ["inventory", "_sync_folder"])
def test_a_killed_writer_leaves_the_last_good_version(home: Home, tmp_path: Path, step: str) -> None:
    current = add(home, 1)
    (tmp_path / "tests_quads.py").write_text(
        "from pyoxigraph import Literal, NamedNode, Quad\n"
        "def quads(n):\n"
        "    s = NamedNode('http://example.org/s')\n"
        "    return [Quad(s, s, Literal(i)) for i in range(n)]\n"
    )
    command = [sys.executable, "-c", KILLED_WRITER, str(home.path), step]
    ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True)
    assert ended.returncode == -signal.SIGKILL
    assert leftovers(home) == (["building"] if step == "inventory" else [])
    assert home.current() == current
    for snapshot in home.list():
        snapshot.verify()
    assert add(home, 3).counts == {"quads": 3}
    assert leftovers(home) == []
