"""The version of the graph that is being served, and the move to a new one between two requests."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from innograph.errors import SnapshotError
from innograph.store.queries import NamedQuery
from innograph.store.snapshots import Home, Snapshot
from innograph.web.reader import Reader

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Version:
    """A snapshot that has been opened. Whoever holds it can go on reading after a newer one is served."""

    snapshot: Snapshot
    reader: Reader


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

    def version(self) -> Version:
        """Give the version to read, after a look at the pointer of the home (one ``readlink``)."""
        named = self._home.current_version()
        if named != self._seen:
            with self._lock:
                if named != self._seen:
                    self._move(named)
        return self._version

    def _move(self, named: str | None) -> None:
        try:
            snapshot = self._home.current()
            if snapshot.version != self._version.snapshot.version:
                self._version = self._open(snapshot)
        except SnapshotError as error:
            _log.error("%s; version %s is still served", error, self._version.snapshot.version)
        self._seen = named

    def _open(self, snapshot: Snapshot) -> Version:
        if snapshot.notice:
            _log.warning("%s", snapshot.notice)
        return Version(snapshot, Reader(snapshot.open(), self._queries))
