"""The query worker itself: a process that answers the questions of its parent, one after the other.

    python -P -m innograph.workers.process DESCRIPTOR

:class:`innograph.workers.worker.Worker` starts it with one end of a socket (its file descriptor), over which
it sends the settings first: arguments can be read by everybody on the machine. It ends when the socket is
closed, when a query goes over a limit that the kernel keeps, or when it is killed, which is how a query is
stopped: it holds nothing that could be damaged.
"""

import contextlib
import gc
import os
import select
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial

from pyoxigraph import QueryBoolean, QuerySolutions, Store

from innograph.errors import InnographError, NeedsNetwork, QueryError, QueryStopped, StoreError
from innograph.store.engine import Engine, InProcess, RemoteStore
from innograph.store.evaluate import failure
from innograph.store.formats import SOLUTIONS, TRIPLES, write_into, write_triples_into
from innograph.store.heavy import reasons
from innograph.workers.limits import Limits
from innograph.workers.messages import (
    ASK,
    BROKEN,
    READY,
    REFUSED,
    RENEW,
    SETTINGS,
    WEIGHED,
    asked,
    note,
    receive,
    values,
)
from innograph.workers.outlet import Enough, Outlet
from innograph.workers.walls import address_space, bound_memory, leave_network, write_nothing

STACK = 256 * 1024 * 1024
"""Stack of the thread that answers: Oxigraph calls itself for each level of a query."""

GRACE = 1.0
"""Seconds after the time of a query at which the kernel ends a worker that its parent has forgotten."""

SECONDS_FOR_A_STACK = 1.0
"""How long the system may take to take back the stack of a thread that has ended."""

_LONG_ENOUGH_TO_MEASURE = 0.02
_NO_TRIPLES = (QuerySolutions, QueryBoolean)
_FORMATS = {format.name: format for format in (*SOLUTIONS, *TRIPLES)}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a worker is told when it starts: where the database is, and the limits."""

    store: str | RemoteStore
    limits: Limits
    endpoints: tuple[str, ...] = ()
    """Addresses that ``SERVICE`` may name."""
    network: bool = False
    """Whether the worker stays in the network, to ask them."""

    def written(self) -> bytes:
        """Write the settings as a frame."""
        return note(SETTINGS, **asdict(self))


def read_settings(content: bytes) -> Settings:
    """Read what :meth:`Settings.written` wrote."""
    given = values(content)
    store = given["store"]
    if not isinstance(store, str):
        named = {name: tuple(store[name]) for name in ("default_graphs", "named_graphs")}
        store = RemoteStore(**{**store, **named})
    return Settings(store, Limits(**given["limits"]), tuple(given["endpoints"]), given["network"])


def main(descriptor: str) -> None:
    """Answer questions until the parent closes the socket, or is gone."""
    channel = socket.socket(fileno=int(descriptor))
    frames = receive(channel)
    settings = read_settings(next(frames)[1])
    walled = not settings.network and leave_network()
    write_nothing()
    engine, limits = _open(settings), settings.limits
    bound_memory(STACK + limits.memory)
    room = (address_space() or 0) + STACK + limits.memory // 4
    gc.freeze()
    threading.stack_size(STACK)
    ended, ends = os.pipe()
    news = select.poll()
    news.register(ended, select.POLLIN)
    news.register(channel, 0)  # hanging up is always told

    serve = partial(_serve, channel, frames, engine, limits, walled, room, ends)
    answers = _start(serve)
    while channel.fileno() not in dict(news.poll()):
        os.read(ended, 1)
        answers.join()
        answers = _start(serve)
    os._exit(0)  # at once: the thread may be in the midst of an answer


def _start(serve: Callable[[], None]) -> threading.Thread:
    """Start a thread that answers; there is room for one stack, which the thread before gives back."""
    end = time.monotonic() + SECONDS_FOR_A_STACK
    while True:
        thread = threading.Thread(target=serve, name="answers", daemon=True)
        try:
            thread.start()
        except RuntimeError:  # a thread that was joined is not quite gone
            if time.monotonic() > end:
                raise
            time.sleep(0.001)
        else:
            return thread


def _open(settings: Settings) -> Engine:
    if isinstance(settings.store, str):
        return InProcess(Store.read_only(settings.store), settings.endpoints, network=settings.network)
    from innograph.store.connection import Patience
    from innograph.store.remote import Remote  # an HTTP library, which other workers have no use for

    patience = Patience(settings.limits.seconds)
    return Remote(settings.store, patience, whole=False, size=1)


def _serve(
    channel: socket.socket,
    frames: Iterator[tuple[int, bytes]],
    engine: Engine,
    limits: Limits,
    walled: bool,
    room: int,
    ends: int,
) -> None:
    """Answer one question after the other.

    A thread that was told to give way cannot take that back, but a new one is as quick as ever: the parent
    asks for it (RENEW), and this one says so at ``ends`` and returns.
    """
    try:
        channel.sendall(note(READY, walled=walled, thread=threading.get_native_id()))
        _silence()
        for kind, content in frames:
            if kind == RENEW:
                os.write(ends, b"\n")
                return
            signal.setitimer(signal.ITIMER_REAL, limits.seconds + GRACE)
            if kind == ASK:
                _answer(channel, engine, content, limits, room)
            else:
                channel.sendall(note(WEIGHED, reasons=reasons(values(content)["text"])))
            signal.setitimer(signal.ITIMER_REAL, 0)
    except OSError:
        pass  # the parent has gone
    os._exit(0)


def _silence() -> None:
    """Write no more to the log of the parent: what a dying engine says there helps nobody."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _answer(channel: socket.socket, engine: Engine, content: bytes, limits: Limits, room: int) -> None:
    begun = False
    try:
        question, delivery = asked(content)
        started = time.monotonic()
        answer = engine.answer(question)
        triples = not isinstance(answer, _NO_TRIPLES)
        form = "triples" if triples else "boolean" if isinstance(answer, QueryBoolean) else "solutions"
        name = delivery.triples if triples else delivery.solutions
        format = _FORMATS.get(name) if name else None
        if format is None:
            channel.sendall(note(REFUSED, why="format", message="", form=form))
            return
        out = Outlet(channel.sendall, form, format, limits, delivery.coding, delivery.most_rows)
        try:
            if isinstance(answer, _NO_TRIPLES):
                with contextlib.suppress(Enough):
                    write_into(out, answer, format)
            else:
                write_triples_into(out, out.counted(answer), format)
        finally:
            begun = out.begun
        slow = time.monotonic() - started > _LONG_ENOUGH_TO_MEASURE
        out.finish(spent=slow and (address_space() or 0) > room)
    except InnographError as error:
        channel.sendall(note(BROKEN if begun else REFUSED, **_reason(error)))
    except MemoryError:
        os._exit(os.EX_OSERR)
    except OSError as error:  # an endpoint asked by SERVICE; or the parent has gone, which sending tells, too
        channel.sendall(note(BROKEN if begun else REFUSED, **_reason(failure(error))))
    except BaseException as error:  # a panic of the engine is none of Exception
        why = {"why": "fault", "message": "".join(traceback.format_exception(error))}
        channel.sendall(note(BROKEN if begun else REFUSED, **why))
        os._exit(os.EX_SOFTWARE)


def _reason(error: InnographError) -> dict[str, object]:
    if isinstance(error, QueryStopped):
        return {"why": error.limit, "message": error.message}
    if isinstance(error, StoreError):
        return {"why": error.fault, "message": error.message}
    if isinstance(error, NeedsNetwork):
        return {"why": "network", "message": error.message}
    if isinstance(error, QueryError):
        return {"why": "query", "message": error.message, "line": error.line, "french": error.french}
    return {"why": "fault", "message": str(error)}


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main(*sys.argv[1:])
