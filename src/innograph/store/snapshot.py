"""One snapshot: a folder that holds one whole version of the graph and is never changed again.

::

    <version>/
    ├── manifest.json    what belongs to the snapshot: every file with its size and SHA-256, and the counts
    ├── store/           the Oxigraph database: the named graphs, and their merge as the default graph
    ├── search.sqlite    the index of search, where there is one
    ├── answers/         answers to queries that look at all of it (``kept.py``), where there are some
    └── dumps/           innograph.nq.gz (canonical N-Quads, compressed) and the files published beside it

The dump holds the named graphs alone: the default graph is their merge by definition (``merged``), and would
make it twice as long.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from innograph.errors import SnapshotError
from innograph.store.kept import ANSWERS, Kept

FORMAT = 2
"""Number of the layout above; a snapshot of another number is not read."""

MANIFEST = "manifest.json"
STORE = "store"
DUMPS = "dumps"
NQUADS = "innograph.nq.gz"
INDEX = "search.sqlite"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One whole version of the graph: its name, its folder, its manifest.

    ``notice`` is one sentence for the person in charge, where this snapshot stands in for a broken one.
    """

    version: str
    path: Path
    manifest: Mapping[str, Any]
    notice: str | None = None

    @property
    def written(self) -> datetime:
        """Tell when the snapshot was written, in UTC."""
        return datetime.fromtimestamp((self.path / MANIFEST).stat().st_mtime, UTC)

    @property
    def counts(self) -> Mapping[str, int]:
        """Give the figures that the build counted."""
        return dict(self.manifest["counts"])

    @property
    def here(self) -> bool:
        """Tell whether its files are on this machine."""
        return True

    def open(self) -> Store:
        """Open the graph for reading; nothing that is done with it changes a file.

        :raises SnapshotError: the database cannot be read.
        """
        try:
            return Store.read_only(str(self.path / STORE))
        except (OSError, RuntimeError) as error:  # the second is how RocksDB reports a damaged file
            raise SnapshotError(
                f"the database of this snapshot cannot be read ({error})", self.path
            ) from error

    def dumps(self) -> list[str]:
        """List the published files by name, sorted, ``innograph.nq.gz`` among them."""
        folder = f"{DUMPS}/"
        return sorted(name.removeprefix(folder) for name in self.manifest["files"] if name.startswith(folder))

    def dump(self, name: str) -> Path:
        """Give the path of a published file.

        :raises KeyError: the snapshot publishes no such file.
        """
        if f"{DUMPS}/{name}" not in self.manifest["files"]:
            raise KeyError(name)
        return self.path / DUMPS / name

    def index(self) -> Path | None:
        """Give the path of the index of search; None where the snapshot was written without one."""
        return self.path / INDEX if INDEX in self.manifest["files"] else None

    def answers(self) -> Kept:
        """Give the answers that are kept beside the graph; none where it was written without."""
        return Kept(self.path, self.manifest["files"])

    def check(self) -> None:
        """Check that every file is there with its size, and that what pages are made from is unaltered.

        The database is compared byte by byte because Oxigraph reads a damaged one without a check of its own:
        at best it stops, at worst it takes all the memory there is.

        :raises SnapshotError: names the first file that is missing, has another size, or is damaged.
        """
        for name, expected in self.manifest["files"].items():
            file = self.path / name
            size = file.stat().st_size if file.is_file() else None
            if size != expected["size"]:
                found = "is missing" if size is None else f"has {size} bytes instead of {expected['size']}"
                raise SnapshotError(f"the snapshot is not whole: {name} {found}", self.path)
        files = self.manifest["files"]
        read = (f"{STORE}/", f"{ANSWERS}/")
        self._compare(name for name in files if name.startswith(read) or name == INDEX)

    def verify(self) -> None:
        """Check every file against its SHA-256, and that nothing was added.

        :raises SnapshotError: names the first file that is missing, altered or added.
        """
        self.check()
        self._compare(self.manifest["files"])
        added = sorted(set(_files(self.path)) - set(self.manifest["files"]))
        if added:
            raise SnapshotError(f"the snapshot was altered: {added[0]} was added", self.path)

    def _compare(self, names: Iterable[str]) -> None:
        for name in names:
            try:
                found = _sha256(self.path / name)
            except OSError as error:
                raise SnapshotError(f"{name} cannot be read ({error.strerror})", self.path) from error
            if found != self.manifest["files"][name]["sha256"]:
                raise SnapshotError(f"the snapshot was altered: {name} is not what was written", self.path)


def read_snapshot(path: Path) -> Snapshot:
    """Read the snapshot of a folder and check that it is whole.

    :raises SnapshotError: there is none, it is of another format, or it is not whole.
    """
    file = path / MANIFEST
    try:
        manifest = json.loads(file.read_bytes())
    except OSError as error:
        raise SnapshotError(f"the snapshot is not whole: {MANIFEST} cannot be read", path) from error
    except (ValueError, RecursionError) as error:
        raise SnapshotError(f"the snapshot is not whole: {MANIFEST} is not JSON", path) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise SnapshotError(f"not a snapshot of format {FORMAT}: build it again", path)
    if manifest.get("version") != path.name:
        raise SnapshotError(f"{MANIFEST} describes another snapshot", path)
    wrong = _fault(manifest)
    if wrong:
        raise SnapshotError(f"the snapshot is not whole: {MANIFEST} {wrong}", path)
    snapshot = Snapshot(path.name, path, manifest)
    snapshot.check()
    return snapshot


def _fault(manifest: Mapping[str, Any]) -> str | None:
    """Say what a manifest lacks; None if it lists the files and the counts as they must be."""
    files, counts = manifest.get("files"), manifest.get("counts")
    if not isinstance(files, dict) or not all(map(_is_entry, files.values())):
        return "does not give the size and the SHA-256 of every file"
    if not isinstance(counts, dict) or any(type(number) is not int for number in counts.values()):
        return "does not give the counts as whole numbers"
    if f"{DUMPS}/{NQUADS}" not in files:
        return f"does not list {DUMPS}/{NQUADS}"
    if not any(name.startswith(f"{STORE}/") for name in files):
        return "lists no file of the database"
    return None


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and type(entry.get("size")) is int and isinstance(entry.get("sha256"), str)


def inventory(path: Path) -> dict[str, dict[str, str | int]]:
    """List every file under ``path`` but the manifest, with its size and SHA-256, sorted by name."""
    return {
        name: {"sha256": _sha256(path / name), "size": (path / name).stat().st_size}
        for name in sorted(_files(path))
    }


def _files(path: Path) -> Iterator[str]:
    for file in path.rglob("*"):
        name = file.relative_to(path).as_posix()
        if file.is_file() and name != MANIFEST:
            yield name


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
