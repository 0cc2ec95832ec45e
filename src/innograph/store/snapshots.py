"""The home of the snapshots: writing one aside, activating it, going back, clearing up.

::

    home/
    ├── current -> snapshots/<version>    the live version, changed by one atomic rename
    ├── snapshots/<version>/              whole versions only (see ``snapshot.py``)
    ├── building/                         the one being written; of no value if its writer is gone
    ├── discarded/                        on its way out
    └── lock                              held by the one process that writes

Whatever stops a writer (a full disk, Ctrl-C, ``kill -9``), ``current`` goes on naming a whole version;
what was left behind is removed by the next writer, which knows by the lock that nobody is at work there.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Quad, Store

from innograph.errors import SnapshotError
from innograph.store.building import build, has_answers, has_index, version_and_dump
from innograph.store.canonical import VERSION_LENGTH, relabelled
from innograph.store.snapshot import (
    MANIFEST,
    NQUADS,
    Snapshot,
    read_snapshot,
)

_VERSION = re.compile(rf"[0-9a-f]{{{VERSION_LENGTH}}}")
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")


class Home:
    """A folder of snapshots, one of which is current. Nothing is read or made before a method is called."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._snapshots = self.path / "snapshots"
        self._current = self.path / "current"
        self._building = self.path / "building"
        self._discarded = self.path / "discarded"

    def write(
        self,
        quads: Iterable[Quad],
        files: Mapping[str, bytes],
        *,
        counts: Mapping[str, int],
        created_from: str | None = None,
        guard: Callable[[Store], None] | None = None,
        index: Callable[[Store], bytes] | None = None,
        kept: Mapping[str, str] | None = None,
    ) -> Snapshot:
        """Write a snapshot of ``quads`` and of the ``files`` to publish with them; do not activate it.

        The default graph becomes the merge of the named graphs. The snapshot is built aside, flushed, opened
        again, counted and guarded, then renamed into place. If the same version is there already and
        unaltered, that one is given back, now the newest.

        :param files: contents by name, such as ``palmares.csv``; they become ``dumps/<name>``.
        :param counts: figures about the graph for people and pages, kept in the manifest.
        :param index: makes the index of search from the graph; it is no part of what names the version.
        :param kept: queries by name whose answers are kept beside the graph; no part of that name either.
        :param created_from: hash of what the graph was built from, kept in the manifest.
        :param guard: looks at the whole graph before it is put in place, and refuses it by an error.
        :raises SnapshotError: another process is writing here, or the disk refuses; nothing has changed.
        """
        for name in files:
            if not _FILE.fullmatch(name) or name == NQUADS:
                raise ValueError(f"not a name for a published file: {name!r}")
        quads = relabelled(quads)
        version, dump = version_and_dump(quads, files)
        with self._writing():
            existing = self._intact(version)
            if existing and has_index(existing, index) and has_answers(existing, kept or {}):
                if guard:
                    guard(existing.open())
                os.utime(existing.path / MANIFEST)
                return existing
            try:
                build(
                    self._building,
                    version,
                    quads,
                    {NQUADS: dump, **files},
                    counts=counts,
                    created_from=created_from,
                    guard=guard,
                    index=index,
                    kept=kept or {},
                )
                self._put_in_place(version)
            finally:
                shutil.rmtree(self._building, ignore_errors=True)
        return read_snapshot(self._snapshots / version)

    def activate(self, version: str) -> Snapshot:
        """Make ``version`` the current one.

        :raises SnapshotError: there is no such snapshot, or it is not whole; the current one stays.
        """
        with self._writing():
            snapshot = self.get(version)
            self._point_to(version)
        return snapshot

    def get(self, version: str) -> Snapshot:
        """Read the snapshot ``version``.

        :raises SnapshotError: there is no such snapshot, or it is not whole.
        """
        path = self._snapshots / version
        if not _VERSION.fullmatch(version) or not path.is_dir():
            raise SnapshotError(f"there is no snapshot {version!r}", self.path)
        return read_snapshot(path)

    def current(self) -> Snapshot:
        """Read the current snapshot; if it is not whole, the newest whole one, whose ``notice`` says so.

        :raises SnapshotError: there is no whole snapshot.
        """
        version = self.current_version()
        try:
            if version is not None:
                return self.get(version)
            broken = "no snapshot is current"
        except SnapshotError as error:
            broken = error.message
        others = self.list()
        if not others:
            raise SnapshotError(f"{broken}, and there is no other: run « innograph build »", self.path)
        return replace(
            others[0], notice=f"{broken}; {others[0].version}, the newest whole snapshot, is served"
        )

    def current_version(self) -> str | None:
        """Name the version that the pointer names, whole or not; None where there is no pointer."""
        try:
            return os.readlink(self._current).rsplit("/", 1)[-1]
        except OSError:
            return None

    def choose(self, version: str | None) -> Snapshot:
        """Read the snapshot ``version``, or the current one (see :meth:`current`) if none is named.

        :raises SnapshotError: there is no such snapshot, or it is not whole.
        """
        return self.current() if version is None else self.get(version)

    def list(self) -> Sequence[Snapshot]:
        """List the whole snapshots, the one written last first."""
        whole = []
        for version in self._versions():
            try:
                snapshot = self.get(version)
                whole.append(((snapshot.path / MANIFEST).stat().st_mtime_ns, version, snapshot))
            except (SnapshotError, FileNotFoundError):
                continue  # not whole, or pruned meanwhile
        return [snapshot for _, _, snapshot in sorted(whole, key=lambda item: item[:2], reverse=True)]

    def broken(self) -> Sequence[tuple[str, str]]:
        """List the versions that are not whole, sorted, each with what is wrong with it."""
        found = []
        for version in self._versions():
            try:
                self.get(version)
            except SnapshotError as error:
                found.append((version, error.message))
        return found

    def rollback(self) -> Snapshot:
        """Activate the newest whole snapshot that was written before the current one.

        :raises SnapshotError: there is none.
        """
        with self._writing():
            whole = self.list()
            versions = [snapshot.version for snapshot in whole]
            current = self.current_version()
            older = whole[versions.index(current) + 1 :] if current in versions else whole
            if not older:
                raise SnapshotError("no snapshot is older than the current one", self.path)
            self._point_to(older[0].version)
        return older[0]

    def prune(self, keep: int) -> Sequence[str]:
        """Remove all but the current snapshot and the ``keep`` newest ones; broken ones go too.

        :returns: the versions that were removed, sorted.
        """
        if keep < 1:
            raise ValueError("at least one snapshot is kept")
        with self._writing():
            kept = {snapshot.version for snapshot in self.list()[:keep]} | {self.current_version()}
            removed = [version for version in self._versions() if version not in kept]
            for version in removed:
                self._discard(version)
        return removed

    def _versions(self) -> Sequence[str]:
        if not self._snapshots.is_dir():
            return []
        return sorted(path.name for path in self._snapshots.iterdir() if _VERSION.fullmatch(path.name))

    def _intact(self, version: str) -> Snapshot | None:
        try:
            snapshot = self.get(version)
            snapshot.verify()
        except SnapshotError:
            return None  # absent, or to be written again
        return snapshot

    def _put_in_place(self, version: str) -> None:
        self._snapshots.mkdir(exist_ok=True)
        if (self._snapshots / version).exists():
            self._discard(version)
        os.rename(self._building, self._snapshots / version)
        _sync_folder(self._snapshots)

    def _point_to(self, version: str) -> None:
        aside = self.path / "current.new"
        aside.unlink(missing_ok=True)
        aside.symlink_to(f"{self._snapshots.name}/{version}")
        os.replace(aside, self._current)
        _sync_folder(self.path)

    def _discard(self, version: str) -> None:
        os.rename(self._snapshots / version, self._discarded)
        shutil.rmtree(self._discarded)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Be the one writer, in a home without leftovers; report what the disk refuses."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with (self.path / "lock").open("ab") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError as error:
                    message = "another innograph is writing here: try again when it has finished"
                    raise SnapshotError(message, self.path) from error
                for leftover in (self._building, self._discarded):
                    if leftover.exists():
                        shutil.rmtree(leftover)
                yield
        except OSError as error:
            reason = error.strerror or str(error)
            raise SnapshotError(
                f"cannot write here ({reason}); the current version is unchanged", self.path
            ) from error


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
