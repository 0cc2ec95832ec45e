"""The way out of a worker: an answer is gathered, and sent whole, or in pieces once it gets long."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import Protocol

import zstandard
from pyoxigraph import Triple

from innograph.errors import QueryStopped
from innograph.store.evaluate import failure
from innograph.store.formats import Format, finished
from innograph.workers.limits import Limits
from innograph.workers.messages import BEGIN, END, PIECE, Heading, frame, line, note, whole
from innograph.workers.rows import Counter, cut

PIECE_LENGTH = 64_000
SHORTEST_CODED = 1_000
"""Below this length, compressing costs more than it saves."""


class Enough(Exception):
    """The rows that were asked for are there."""


class _Coder(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


def coder(coding: str | None) -> _Coder | None:
    """Make what compresses for one answer; levels at which it is not slower than writing the answer."""
    if coding == "gzip":
        return zlib.compressobj(4, wbits=31)
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=3).compressobj()
    return None


class Outlet:
    """Take an answer as it is written (see :class:`innograph.store.formats.Output`) and send it.

    :raises QueryStopped: the answer has too many rows or bytes.
    :raises Enough: it has more rows than are wanted.
    """

    def __init__(
        self,
        send: Callable[[bytes], object],
        form: str,
        format: Format,
        limits: Limits,
        coding: str | None = None,
        most_rows: int | None = None,
    ) -> None:
        self.send = send
        self.form = form
        self.format = format
        self.limits = limits
        self.coding = coding
        self.most_rows = most_rows
        self.begun = False
        """Whether pieces of the answer have been sent."""
        self.cut = False
        """Whether there are more rows than were wanted."""
        self._gathered = bytearray()
        self._length = 0
        self._rows = 0
        self._counter = Counter(self.format.name) if self.form == "solutions" else None
        self._coder: _Coder | None = None
        self._before: tuple[int, Counter] | None = None  # an offset at which rows were lacking, and the count
        if most_rows is not None and self._counter:
            self._before = 0, copy(self._counter)

    def write(self, data: bytes) -> int:
        """Take the next bytes."""
        if self._counter and self._rows < (self.most_rows or 0):
            self._before = len(self._gathered), copy(self._counter)
        self._gathered += data
        self._length += len(data)
        if self._counter:
            self._rows = self._counter.feed(data)
        self._check()
        if self.most_rows is None:
            if not self.begun and self._length > self.limits.whole_bytes:
                self._begin()
            if self.begun and len(self._gathered) >= PIECE_LENGTH:
                self._send_gathered()
        return len(data)

    def flush(self) -> None:
        """Let what is gathered wait: it goes when there is enough of it."""

    def counted(self, triples: Iterable[Triple]) -> Iterator[Triple]:
        """Give the triples of an answer, counting them, up to the number that is wanted.

        :raises StoreError: an endpoint asked by ``SERVICE`` gives no answer.
        :raises SnapshotError: the files of the database are damaged.
        """
        try:
            for triple in triples:
                if self._rows == self.most_rows:
                    self.cut = True
                    return
                self._rows += 1
                yield triple
        except OSError as error:  # here it is the engine's; where triples are written, the format's
            raise failure(error) from error

    def finish(self, *, spent: bool = False) -> None:
        """Send the answer, or what is left of it."""
        if self.begun:
            self._send_gathered()
            if self._coder and (rest := self._coder.flush()):
                self.send(frame(PIECE, rest))
            self.send(note(END, spent=spent))
            return
        rows = self._rows
        if self._before and self.most_rows is not None and rows > self.most_rows:
            self.cut, rows = True, self.most_rows
            body = cut(self._gathered, self.most_rows, *self._before)
        else:
            body = bytes(self._gathered)
        body = finished(body, self.format)
        chosen = coder(self.coding) if len(body) >= SHORTEST_CODED else None
        if chosen:
            body = chosen.compress(body) + chosen.flush()
        counted = None if self.form == "boolean" else rows
        used = self.coding if chosen else None
        self.send(whole(Heading(self.form, self.format.name, used, counted, self.cut, spent), body))

    def _check(self) -> None:
        if self._rows > self.limits.rows and (self.most_rows is None or self.most_rows > self.limits.rows):
            raise QueryStopped(f"the answer has more than {self.limits.rows} rows", "rows")
        if self._length > self.limits.bytes:
            raise QueryStopped(f"the answer is longer than {self.limits.bytes} bytes", "bytes")
        if self.most_rows is not None and self._counter and self._rows > self.most_rows:
            raise Enough

    def _begin(self) -> None:
        self.begun = True
        self._coder = coder(self.coding)
        used = self.coding if self._coder else None
        self.send(frame(BEGIN, line(Heading(self.form, self.format.name, used))))

    def _send_gathered(self) -> None:
        data = bytes(self._gathered)
        self._gathered.clear()
        if self._coder:
            data = self._coder.compress(data)
        if data:
            self.send(frame(PIECE, data))
