"""Checking what is already there: a snapshot, its files and its graph, or RDF files of somebody else."""

from collections.abc import Sequence
from pathlib import Path

from innograph.store.snapshots import Home
from innograph.validation.validate import Report, validate, validate_files


def check_snapshot(home: Path, version: str | None = None) -> Report:
    """Check that a snapshot of ``home`` is unaltered, and validate its graph.

    :raises SnapshotError: there is no such snapshot, or a file of it was changed.
    """
    snapshot = Home(home).choose(version)
    snapshot.verify()
    return validate(snapshot.open())


def check_files(files: Sequence[Path]) -> Report:
    """Validate RDF files together.

    :raises DataError: a file cannot be read, or is malformed; names the line.
    """
    return validate_files(files)
