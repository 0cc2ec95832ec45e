"""The version of the graph that is being served, and the move to a new one between two requests."""

import logging
import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

from innograph.errors import SnapshotError
from innograph.search.index import Index
from innograph.store.queries import NamedQuery
from innograph.store.snapshot import Snapshot
from innograph.store.snapshots import Home
from innograph.web.reader import Reader

SECONDS_BETWEEN_TRIES = 5
"""How long a version that could not be opened is left alone: it may still be on its way, in a copy."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Version:
    """A snapshot that has been opened. Whoever holds it can go on reading after a newer one is served."""

    snapshot: Snapshot
    reader: Reader
    index: Index | None
    """The index of search; None in a snapshot that was written without one."""


class Live:
    """Give the version to answer with: the current one, or the last good one while that is broken."""

    def __init__(self, home: Home, queries: Mapping[str, NamedQuery]) -> None:
        """Open the current snapshot.

        :raises SnapshotError: there is none that is whole.
        """
        self._home = home
        self._queries = queries
        self._lock = threading.Lock()
        self._seen = home.current_version()
        self._version = self._open(home.current())
        self._next_try = self._time_of_next_try(self._seen)

    def version(self) -> Version:
        """Give the version to read, after a look at the pointer of the home (one ``readlink``).

        A version that another one stands in for is tried again, at most every few seconds.
        """
        named = self._home.current_version()
        if self._should_move(named):
            with self._lock:
                if self._should_move(named):
                    self._move(named)
        return self._version

    def _should_move(self, named: str | None) -> bool:
        return named != self._seen or monotonic() >= self._next_try

    def _time_of_next_try(self, named: str | None) -> float:
        whole = named == self._version.snapshot.version
        return math.inf if whole else monotonic() + SECONDS_BETWEEN_TRIES

    def _move(self, named: str | None) -> None:
        try:
            snapshot = self._home.current()
            if snapshot.version != self._version.snapshot.version:
                self._version = self._open(snapshot)
        except SnapshotError as error:
            _log.error("%s; version %s is still served", error, self._version.snapshot.version)
        self._seen, self._next_try = named, self._time_of_next_try(named)

    def _open(self, snapshot: Snapshot) -> Version:
        if snapshot.notice:
            _log.warning("%s", snapshot.notice)
        index = snapshot.index()
        return Version(snapshot, Reader(snapshot.open(), self._queries), Index(index) if index else None)
