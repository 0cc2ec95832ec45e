"""The graph that an endpoint elsewhere holds, as versions to be served: as a home gives them.

The endpoint says which version stands there (see ``publication.py``). What is no triple (the index of search,
the published files) comes from the home here, if that has a snapshot of the same version; else it is missing,
and :attr:`Distant.here` says so.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from innograph.errors import SnapshotError, StoreError
from innograph.store.connection import USUAL, Patience
from innograph.store.engine import Engine, RemoteStore
from innograph.store.publication import Publication, read_publication
from innograph.store.remote import Remote
from innograph.store.snapshot import Snapshot
from innograph.store.snapshots import Home

SECONDS_BETWEEN_LOOKS: Final = 2.0
"""How often the endpoint is asked which version it holds: more often than whoever publishes waits."""

_NOT_THERE = (
    "holds no whole graph of innograph just now: it is being published, or « innograph publish » must be run"
)


@dataclass(frozen=True, slots=True)
class Distant(Snapshot):
    """A version of which nothing is kept here."""

    issued: datetime | None = None

    @property
    def here(self) -> bool:
        """Tell that no file of it is here."""
        return False

    @property
    def written(self) -> datetime:
        """Give the time at which it was written, as its publisher says; that of now if nobody does."""
        return self.issued or datetime.now(UTC)


class Elsewhere:
    """The versions at one endpoint: there is one at a time."""

    def __init__(
        self,
        store: RemoteStore,
        home: Home,
        patience: Patience = USUAL,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; nothing is asked yet.

        :raises StoreError: the address or the credentials are none.
        """
        self._store = store
        self._home = home
        self._patience = patience
        self._clock = clock
        self._engine = Remote(store, patience, size=1)
        self._asking = threading.Lock()
        self._known: Publication | None = None
        self._asked = -SECONDS_BETWEEN_LOOKS

    @property
    def address(self) -> str:
        """Give the address of the endpoint."""
        return self._store.address

    def current_version(self) -> str | None:
        """Name the version that stands there, as it was known at most a few seconds ago; None if none does.

        :raises StoreError: the endpoint does not say.
        """
        with self._asking:
            if self._known is None or self._clock() - self._asked >= SECONDS_BETWEEN_LOOKS:
                self._asked = self._clock()
                self._known = read_publication(self._engine)
            return self._known.version

    def current(self) -> Snapshot:
        """Give the version that stands there.

        :raises StoreError: there is none, or the endpoint does not say.
        """
        version = self.current_version()
        if version is None:
            raise StoreError(f"{self._store.address} {_NOT_THERE}", "withdrawn")
        try:
            return self._home.get(version)
        except SnapshotError:
            issued = self._known.issued if self._known else None
            return Distant(version, Path(), {"version": version, "counts": {}, "files": {}}, None, issued)

    def get(self, version: str) -> Snapshot:
        """Give the version of this name.

        :raises SnapshotError: another one stands there.
        :raises StoreError: the endpoint does not say.
        """
        current = self.current()
        if current.version != version:
            raise SnapshotError(f"the version {version!r} is not kept: {current.version} has taken its place")
        return current

    def store(self) -> RemoteStore:
        """Say where the graph is, so that others can ask for it.

        :raises StoreError: there is none.
        """
        if self._known is None or self._known.version is None:
            raise StoreError(f"{self._store.address} {_NOT_THERE}", "withdrawn")
        return self._known.at(self._store.address, self._store.credentials)

    def read(self, snapshot: Snapshot) -> Engine:
        """Open what answers the queries of pages."""
        return Remote(self.store(), self._patience)
