"""Snapshots that are not what was written: each damage is seen, told, and stood in for."""

import json
import os
import re
from collections.abc import Callable

import pytest

from innograph.errors import SnapshotError
from innograph.store.snapshot import Snapshot
from innograph.store.snapshots import Home

from .homes import FILES, add, quads


def test_a_broken_snapshot_of_the_same_version_is_replaced(home: Home) -> None:
    broken = add(home, 2)
    broken.dump("palmares.csv").write_bytes(b"prix\nBousSole\n")  # the same size
    with pytest.raises(SnapshotError, match=r"altered: dumps/palmares\.csv"):
        broken.verify()
    home.write(quads(2), FILES, counts={}).verify()
    assert sorted(path.name for path in home.path.iterdir()) == ["current", "lock", "snapshots"]


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
def test_a_broken_current_snapshot_is_stood_in_for_by_the_newest_whole_one(
    home: Home, damage: Callable[[Snapshot], None]
) -> None:
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


def test_a_pointer_to_nothing_is_stood_in_for(home: Home) -> None:
    kept = add(home, 1)
    (home.path / "current").unlink()
    (home.path / "current").symlink_to("snapshots/0123456789abcdef")
    assert home.current().version == kept.version
    assert home.current().notice is not None
