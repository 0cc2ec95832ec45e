"""Copying the published files of a snapshot to a folder."""

import os
import shutil
from pathlib import Path

from innograph.errors import SnapshotError
from innograph.store.snapshots import Home


def export(home: Path, folder: Path, version: str | None = None) -> list[Path]:
    """Copy every published file of a snapshot of ``home`` into ``folder``; return the new paths.

    :raises SnapshotError: there is no such snapshot, or the folder cannot be written.
    """
    snapshot = Home(home).choose(version)
    written = []
    for name in snapshot.dumps():
        target = folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            aside = target.with_name(f".{target.name}.new")
            try:
                shutil.copyfile(snapshot.dump(name), aside)
                os.replace(aside, target)
            finally:
                aside.unlink(missing_ok=True)
        except OSError as error:
            raise SnapshotError(f"cannot be written ({error.strerror})", target) from error
        written.append(target)
    return written
