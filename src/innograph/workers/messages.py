"""What a worker and its parent say to each other over a socket: frames of length, kind and content.

::

    parent → worker   SETTINGS  once, before all else (JSON)
                      ASK       the question and how its answer is wanted (marshal)
                      WEIGH     the text of a query (JSON): what makes it heavy?
                      RENEW     nothing: go on as quickly as before somebody was told to give way
    worker → parent   READY     the worker can be asked (JSON)
                      WHOLE     heading (a line), the whole answer
                      BEGIN     heading of an answer that comes in pieces (a line); then
                      PIECE     some bytes of it, and at last
                      END       nothing: it is complete, or
                      BROKEN    why it is not (JSON)
                      REFUSED   why there is no answer (JSON)
                      WEIGHED   reasons (JSON)

The parent reads nothing from a worker but JSON, lines of words and bytes to be passed on: marshal, which is
five times as quick, is for what a worker reads from its parent.
"""

import json
import marshal
import socket
import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

from innograph.store.engine import Question

SETTINGS, ASK, WEIGH, RENEW, READY, WHOLE, BEGIN, PIECE, END, BROKEN, REFUSED, WEIGHED = b"SAHVRWBPEXND"

_HEAD = struct.Struct("!IB")


class Delivery(NamedTuple):
    """How an answer is wanted."""

    solutions: str | None = "json"
    """Name of the format for the answer to SELECT and ASK; None if the client takes none of them."""
    triples: str | None = "turtle"
    """The same for CONSTRUCT and DESCRIBE."""
    coding: str | None = None
    """``gzip`` or ``zstd``, or nothing."""
    most_rows: int | None = None
    """Cut the answer after so many rows."""


class Heading(NamedTuple):
    """What is known of an answer when it begins."""

    form: str
    """``solutions``, ``boolean`` or ``triples``."""
    format: str
    """Name of the format it is written in."""
    coding: str | None = None
    rows: int | None = None
    """How many solutions or triples, if the answer is whole; None for ``boolean`` too."""
    cut: bool = False
    """Whether there are more rows than were asked for."""
    spent: bool = False
    """Whether the worker should be replaced: it holds on to much memory."""


def frame(kind: int, content: bytes = b"") -> bytes:
    r"""Make a frame.

    >>> frame(END)
    b'\x00\x00\x00\x00E'
    """
    return _HEAD.pack(len(content), kind) + content


def note(kind: int, **values: object) -> bytes:
    """Make a frame of a few values."""
    return frame(kind, json.dumps(values).encode())


def ask(question: Question, delivery: Delivery) -> bytes:
    """Make the frame that asks a question."""
    return frame(ASK, marshal.dumps((tuple(question), tuple(delivery))))


def asked(content: bytes) -> tuple[Question, Delivery]:
    """Read what :func:`ask` wrote."""
    question, delivery = marshal.loads(content)  # the parent wrote it
    return Question(*question), Delivery(*delivery)


def whole(heading: Heading, body: bytes) -> bytes:
    """Make the frame of a whole answer."""
    return frame(WHOLE, line(heading) + body)


def opened(content: bytes) -> tuple[Heading, bytes]:
    """Read what :func:`whole` wrote, or a heading alone.

    >>> opened(line(Heading("solutions", "json", rows=3)) + b"{}")
    (Heading(form='solutions', format='json', coding=None, rows=3, cut=False, spent=False), b'{}')
    """
    head, _, body = content.partition(b"\n")
    form, format, coding, rows, cut, spent = head.decode().split(" ")
    counted = int(rows) if rows else None
    return Heading(form, format, coding or None, counted, cut == "1", spent == "1"), body


def line(heading: Heading) -> bytes:
    r"""Write a heading as a line.

    >>> line(Heading("triples", "turtle", "zstd"))
    b'triples turtle zstd  0 0\n'
    """
    form, format, coding, rows, cut, spent = heading
    return f"{form} {format} {coding or ''} {'' if rows is None else rows} {cut:d} {spent:d}\n".encode()


def receive(channel: socket.socket) -> Iterator[tuple[int, bytes]]:
    """Read frames until the other side closes; waits for each."""
    with channel.makefile("rb") as stream:
        while head := stream.read(_HEAD.size):
            length, kind = _HEAD.unpack(head)
            yield kind, stream.read(length)


class Frames:
    """Take bytes as they come, and give the frames that are complete."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._have = 0
        self._need = _HEAD.size

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Take some bytes; give each frame that they complete.

        >>> frames = Frames()
        >>> [*frames.feed(frame(END)[:3]), *frames.feed(frame(END)[3:] + frame(PIECE, b"x"))]
        [(69, b''), (80, b'x')]
        """
        if not self._have and len(data) >= _HEAD.size:
            length, kind = _HEAD.unpack_from(data)
            if len(data) == _HEAD.size + length:  # one frame and nothing else, as nearly always
                yield kind, data[_HEAD.size :]
                return
        self._parts.append(data)
        self._have += len(data)
        while self._have >= self._need:
            if len(self._parts) > 1:
                self._parts = [b"".join(self._parts)]
            data = self._parts[0]
            length, kind = _HEAD.unpack_from(data)
            end = _HEAD.size + length
            if self._have < end:
                self._need = end
                return
            yield kind, data[_HEAD.size : end]
            self._parts = [data[end:]]
            self._have -= end
            self._need = _HEAD.size


def values(content: bytes) -> Any:
    """Read what :func:`note` wrote."""
    return json.loads(content)
