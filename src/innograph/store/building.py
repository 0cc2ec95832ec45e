"""Writing one snapshot into a folder (see ``snapshot.py``): its files, and last the manifest of them."""

import gzip
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version as version_of_package
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from innograph.errors import SnapshotError
from innograph.store.canonical import merged, nquads_of, version_of
from innograph.store.kept import file_of, write_answers
from innograph.store.snapshot import DUMPS, FORMAT, INDEX, MANIFEST, STORE, Snapshot, inventory

_COMPRESSION = 6
"""Of the dump: the highest level, 9, takes four times as long and saves next to nothing."""


def version_and_dump(quads: Iterable[Quad], files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Name the version of a graph and of the files published with it; give its compressed dump too."""
    nquads = nquads_of(quads)
    return version_of(nquads, files), gzip.compress(nquads, _COMPRESSION, mtime=0)


def build(
    folder: Path,
    version: str,
    quads: Sequence[Quad],
    files: Mapping[str, bytes],
    *,
    counts: Mapping[str, int],
    created_from: str | None,
    guard: Callable[[Store], None] | None,
    index: Callable[[Store], bytes] | None,
    kept: Mapping[str, str],
) -> None:
    """Write a snapshot into ``folder``; the parameters are those of :meth:`Home.write`.

    :param files: contents by name, the dump of the graph among them.
    :raises SnapshotError: the database does not hold what was given.
    :raises OSError: the disk refuses.
    """
    for name, content in files.items():
        _write(folder / DUMPS / name, content)
    _write_database(folder, quads)
    if guard:
        guard(Store.read_only(str(folder / STORE)))
    if index:
        _write(folder / INDEX, index(Store.read_only(str(folder / STORE))))
    for name, answer in write_answers(Store.read_only(str(folder / STORE)), kept).items():
        _write(folder / name, answer)
    manifest = {
        "format": FORMAT,
        "version": version,
        "innograph": version_of_package("innograph"),
        "created_from": created_from,
        "counts": dict(counts),
        "files": inventory(folder),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    _write(folder / MANIFEST, text.encode())


def has_index(snapshot: Snapshot, index: Callable[[Store], bytes] | None) -> bool:
    """Tell whether the index of a snapshot is the one that would be written today."""
    path = snapshot.index()
    if index is None or path is None:
        return index is None and path is None
    return path.read_bytes() == index(snapshot.open())


def has_answers(snapshot: Snapshot, queries: Mapping[str, str]) -> bool:
    """Tell whether a snapshot keeps the answers to these queries as they are worded today."""
    kept = snapshot.manifest["files"].keys()
    return all(file_of(name, text) in kept for name, text in queries.items())


def _write_database(folder: Path, quads: Sequence[Quad]) -> None:
    """Write the graph and its merge, and count them again."""
    database = folder / STORE
    merge, expected = merged(quads)
    store = Store(str(database))
    store.bulk_extend(quads)  # in two parts: the database is half as large as with both mixed
    store.bulk_extend(parse(merge, RdfFormat.N_QUADS))
    store.optimize()
    store.flush()
    del store  # closes the database: nobody may read what somebody writes
    expected += sum(quad.graph_name != DefaultGraph() for quad in quads)
    written = len(Store.read_only(str(database)))
    if written != expected:
        raise SnapshotError(f"the database holds {written} quads instead of {expected}", folder.parent)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
