"""Checking what is already there: a snapshot, its files and its graph, or RDF files of somebody else."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

from innograph import resources
from innograph.errors import NotConforming
from innograph.store.evaluate import evaluate
from innograph.store.queries import NamedQuery, read_queries
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


def guard_registers(store: Store) -> None:
    """Check the registers as a whole by ``queries/checks/registry-*.rq``, each of which must find nothing.

    The shapes see the same faults, but take each of 85,000 things apart: minutes instead of seconds.

    :raises NotConforming: one of them finds something; names the first thing and the query.
    """
    checks = read_queries(resources.queries() / "checks").values()
    guards = [query for query in checks if query.name.startswith("registry-")]
    with ThreadPoolExecutor() as threads:
        for query, first in zip(guards, threads.map(lambda each: _first(store, each), guards), strict=True):
            if first:
                where = f"queries/checks/{query.name}.rq"
                raise NotConforming(f"{first}: {query.question_en} ({where}); the live version is unchanged")


def _first(store: Store, query: NamedQuery) -> str | None:
    """Give the first thing that a check finds, if any."""
    found = evaluate(store, query.bound({}))
    if not isinstance(found, QuerySolutions):
        raise TypeError(f"queries/checks/{query.name}.rq is no SELECT")
    return next((str(solution[0]) for solution in found), None)
