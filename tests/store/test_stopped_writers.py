"""Writers that are stopped, killed, or find no room: the current version stays, nothing lies about."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from innograph.errors import SnapshotError
from innograph.store import building, snapshots
from innograph.store.snapshots import Home

from .homes import FILES, add, leftovers, quads


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
@pytest.mark.parametrize(
    ("module", "step"), [(building, "_write"), (building, "inventory"), (snapshots, "_sync_folder")]
)
def test_a_stopped_writer_leaves_nothing_half_done(
    home: Home, monkeypatch: pytest.MonkeyPatch, stop: BaseException, module: ModuleType, step: str
) -> None:
    current = add(home, 1)

    def stopped(*_: object) -> None:
        raise stop

    with monkeypatch.context() as patched:
        patched.setattr(module, step, stopped)
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


TESTS = Path(__file__).parents[1]
KILLED_WRITER = """
import importlib, os, signal, sys
from innograph.store import snapshots
from store.homes import quads

def killed(path):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(importlib.import_module(sys.argv[2]), sys.argv[3], killed)
snapshots.Home(sys.argv[1]).write(quads(2), {}, counts={})
"""


@pytest.mark.parametrize(
    ("module", "step"),
    [("innograph.store.building", "inventory"), ("innograph.store.snapshots", "_sync_folder")],
)
def test_a_killed_writer_leaves_the_last_good_version(home: Home, module: str, step: str) -> None:
    current = add(home, 1)
    command = [sys.executable, "-c", KILLED_WRITER, str(home.path), module, step]
    ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(TESTS)}, capture_output=True)
    assert ended.returncode == -signal.SIGKILL
    assert leftovers(home) == (["building"] if step == "inventory" else [])
    assert home.current() == current
    for snapshot in home.list():
        snapshot.verify()
    assert add(home, 3).counts == {"quads": 3}
    assert leftovers(home) == []
