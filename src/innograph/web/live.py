"""The version of the graph that is being served, the move to a new one, and older ones while they last."""

import logging
import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol

from innograph.errors import Busy, SnapshotError, StoreError
from innograph.search.index import Index
from innograph.store.engine import Engine, InProcess
from innograph.store.queries import NamedQuery
from innograph.store.snapshot import Snapshot
from innograph.web.reader import Reader
from innograph.web.sizes import Sizes, count, loaded

SECONDS_BETWEEN_TRIES = 5
"""How long a version that could not be opened is left alone: it may still be on its way, in a copy."""

MOST_OLDER = 2
"""Versions other than the current one that can be asked at the same time."""

_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Version:
    """A snapshot that has been opened. Whoever holds it can go on reading after a newer one is served."""

    snapshot: Snapshot
    reader: Reader
    index: Index | None
    """The index of search; None in a snapshot that was written without one."""
    engine: Engine
    """What answers the questions of people: processes that can be stopped, where the site has them."""
    close: Callable[[], object]
    """Called once, when nobody holds this version any more and a newer one is served."""
    holders: int = 0
    retired: bool = False
    """Whether a newer one is served."""
    closed: bool = False
    _sizes: Sizes | None = None
    _counts: Mapping[str, int] = field(default_factory=dict)
    _counting: threading.Lock = field(default_factory=threading.Lock)

    def sizes(self) -> Sizes:
        """Count what the snapshot holds; once, because it takes seconds where no answers are kept."""
        with self._counting:
            self._sizes = self._sizes or count(self.reader)
            return self._sizes

    def counts(self) -> Mapping[str, int]:
        """Give the figures of the build; where they are not at hand, editions and distinctions alone."""
        with self._counting:
            self._counts = self._counts or self.snapshot.counts or loaded(self.reader)
            return self._counts


OpenEngine = Callable[[Snapshot, bool], tuple[Engine, Callable[[], object]]]
"""Opens what answers the questions of people over a snapshot, which may be the current one or not.

Gives the engine and what closes it. Called from any thread.
"""


def in_process(snapshot: Snapshot, current: bool) -> tuple[Engine, Callable[[], object]]:
    """Answer the questions of people in this process: where nobody else can ask."""
    return InProcess(snapshot.open()), lambda: None


def read_here(snapshot: Snapshot) -> Engine:
    """Answer the queries of pages in this process."""
    return InProcess(snapshot.open(), ours=True)


class Versions(Protocol):
    """Where versions come from: a home, or an endpoint elsewhere."""

    def current_version(self) -> str | None:
        """Name the version that should be served."""

    def current(self) -> Snapshot:
        """Give the version to serve, which may stand in for that one.

        :raises SnapshotError: there is none that is whole.
        :raises StoreError: there is none just now, or nobody says.
        """

    def get(self, version: str) -> Snapshot:
        """Give a version by its name.

        :raises SnapshotError: it is not kept.
        """


class Live:
    """Give the version to answer with: the current one, or the last good one while that is broken."""

    def __init__(
        self,
        home: Versions,
        queries: Mapping[str, NamedQuery],
        open_engine: OpenEngine = in_process,
        read: Callable[[Snapshot], Engine] = read_here,
    ) -> None:
        """Open the current snapshot.

        :param read: opens what answers the queries of pages.
        :raises SnapshotError: there is none that is whole.
        :raises StoreError: the endpoint that holds the graph does not answer.
        """
        self._home = home
        self._queries = queries
        self._open_engine = open_engine
        self._read = read
        self._withdrawn: StoreError | None = None
        self._moving = threading.Lock()
        self._holding = threading.Lock()
        self._older: OrderedDict[str, Version] = OrderedDict()
        self._seen = home.current_version()
        self._version = self._open(home.current())
        self._next_try = self._time_of_next_try(self._seen)

    @property
    def version(self) -> Version:
        """Give the version that is served."""
        return self._version

    def look(self) -> None:
        """Look at the pointer of the home (one ``readlink``), and move if it names another version.

        A version that another one stands in for is tried again, at most every few seconds. While one thread
        moves, the others go on with what they have.
        """
        named = self._home.current_version()
        if self._should_move(named) and self._moving.acquire(blocking=False):
            try:
                if self._should_move(named):
                    self._move(named)
            finally:
                self._moving.release()

    @contextmanager
    def held(self, version: Version | None = None) -> Iterator[Version]:
        """Hold a version, the current one by default: it stays open until it is let go.

        :raises Busy: it was closed just before.
        :raises StoreError: what it is read from is being replaced: half a version is none.
        """
        if self._withdrawn:
            raise self._withdrawn
        with self._holding:
            held = version or self._version
            if held.closed:
                raise Busy("this version was closed just now")
            held.holders += 1
        try:
            yield held
        finally:
            with self._holding:
                held.holders -= 1
            self._close_if_left(held)

    def open_now(self, name: str) -> Version | None:
        """Give a version by its name if it is open."""
        if name == self._version.snapshot.version:
            return self._version
        return self._older.get(name)

    def older(self, name: str) -> Version:
        """Open a version by its name; this takes a moment.

        :raises SnapshotError: it is not kept.
        :raises Busy: too many others are open and in use.
        """
        with self._moving:
            found = self.open_now(name)
            if found:
                return found
            if len(self._older) >= MOST_OLDER:
                idle = next((n for n, version in self._older.items() if not version.holders), None)
                if idle is None:
                    raise Busy("too many older versions are asked just now")
                self._retire(self._older.pop(idle))
            self._older[name] = version = self._open(self._home.get(name), current=False)
            return version

    def opened(self) -> list[Version]:
        """List the versions that are open, the current one last."""
        return [*self._older.values(), self._version]

    def _should_move(self, named: str | None) -> bool:
        return named != self._seen or monotonic() >= self._next_try

    def _time_of_next_try(self, named: str | None) -> float:
        whole = named == self._version.snapshot.version and not self._withdrawn
        return math.inf if whole else monotonic() + SECONDS_BETWEEN_TRIES

    def _move(self, named: str | None) -> None:
        try:
            snapshot = self._home.current()
            self._withdrawn = None
            if snapshot.version != self._version.snapshot.version:
                before = self._version
                self._version = self._open(snapshot)
                self._retire(before)
        except SnapshotError as error:
            _log.error("%s; version %s is still served", error, self._version.snapshot.version)
        except StoreError as error:
            if error.fault != "withdrawn":
                raise
            self._withdrawn = error
        self._seen, self._next_try = named, self._time_of_next_try(named)

    def _open(self, snapshot: Snapshot, current: bool = True) -> Version:
        if snapshot.notice:
            _log.warning("%s", snapshot.notice)
        index = snapshot.index()
        reader = Reader(self._read(snapshot), self._queries, snapshot.answers())
        engine, close = self._open_engine(snapshot, current)
        return Version(snapshot, reader, Index(index) if index else None, engine, close)

    def _retire(self, version: Version) -> None:
        version.retired = True
        self._close_if_left(version)

    def _close_if_left(self, version: Version) -> None:
        with self._holding:
            close = version.retired and not version.holders and not version.closed
            version.closed = version.closed or close
        if close:
            version.close()
