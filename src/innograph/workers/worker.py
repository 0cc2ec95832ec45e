"""A query worker seen from its parent: starting it, asking it, stopping it."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from typing import Any, cast

from innograph.errors import FormatError, InnographError, Limit, QueryError, QueryStopped, SnapshotError
from innograph.workers import messages
from innograph.workers.messages import Frames, Heading
from innograph.workers.process import Settings

SECONDS_TO_START = 30.0

AHEAD = 1_000_000
"""Bytes of an answer that may wait here before the worker has to."""

_KEPT = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ")


class WorkerFault(InnographError):
    """Report that a worker failed in a way that is our fault and not the query's."""


class Reply:
    """The answer of a worker to one question, as it comes in: to be waited for with :meth:`begins`."""

    def __init__(self) -> None:
        self.heading: Heading | None = None
        self.body: bytes | None = None
        self.finished = False
        self.spent = False
        self.reasons: list[tuple[str, str]] = []
        self.error: Exception | None = None
        self._pieces: deque[bytes] = deque()
        self.ahead = 0
        """Bytes that have come and were not taken."""
        self.when_finished: Callable[[], object] = lambda: None
        """Called when the worker has said all, or will say no more."""
        self._waiter: asyncio.Future[None] | None = None

    async def begins(self, by: float) -> bool:
        """Wait until the answer is there, or its beginning; at most until ``by``, a time of the loop.

        :raises InnographError: there is no answer; says why.
        """
        while self.heading is None and not self.finished:
            if not await self._news(by):
                return False
        if self.error:
            raise self.error
        return True

    async def piece(self) -> bytes | None:
        """Give the next bytes of an answer that comes in pieces; None at its end.

        :raises InnographError: the answer breaks off; says why.
        """
        while not self._pieces:
            if self.error:
                raise self.error
            if self.finished:
                return None
            await self._news()
        piece = self._pieces.popleft()
        self.ahead -= len(piece)
        return piece

    def take(self, kind: int, content: bytes) -> None:
        """Take a frame of the worker."""
        if kind == messages.WHOLE:
            self.heading, self.body = messages.opened(content)
            self.spent, self.finished = self.heading.spent, True
        elif kind == messages.BEGIN:
            self.heading = Heading(**messages.values(content))
        elif kind == messages.PIECE:
            self._pieces.append(content)
            self.ahead += len(content)
        elif kind == messages.WEIGHED:
            self.reasons = [(kind, detail) for kind, detail in messages.values(content)["reasons"]]
            self.finished = True
        elif kind == messages.END:
            self.spent, self.finished = messages.values(content)["spent"], True
        else:
            self.fail(_error(messages.values(content)))
            return
        if self.finished:
            self.when_finished()
        self._wake()

    def fail(self, error: Exception) -> None:
        """Say that no more will come."""
        if not self.finished:
            self.error, self.finished = error, True
            self.when_finished()
        self._wake()

    async def _news(self, by: float | None = None) -> bool:
        """Wait for anything to happen; tell whether it did by that time."""
        loop = asyncio.get_running_loop()
        self._waiter = loop.create_future()
        timer = loop.call_at(by, self._wake) if by is not None else None
        try:
            await self._waiter
        finally:
            if timer:
                timer.cancel()
            self._waiter = None
        return by is None or loop.time() < by or self.finished

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)


def _error(values: dict[str, Any]) -> InnographError:
    why, message = values["why"], values["message"]
    if why == "query":
        return QueryError(message, line=values["line"])
    if why == "format":
        return FormatError(values["form"])
    if why == "fault":
        return WorkerFault(message)
    return QueryStopped(message, cast(Limit, why))


class Worker(asyncio.Protocol):
    """A running worker. It answers one question at a time."""

    def __init__(self, process: subprocess.Popen[bytes], lost: Callable[["Worker"], object]) -> None:
        self.walled = False
        self._process = process
        self._lost = lost
        self._frames = Frames()
        self._reply: Reply | None = None
        self._transport: asyncio.Transport | None = None
        loop = asyncio.get_running_loop()
        self._ready: asyncio.Future[None] = loop.create_future()
        self._thread = 0
        self.gone = False
        self.buried: asyncio.Future[None] = loop.create_future()
        """Done when nothing is left of the process."""

    @staticmethod
    async def start(settings: Settings, lost: Callable[["Worker"], object]) -> "Worker":
        """Start a worker, and give it when it can be asked.

        :param lost: is called with the worker when it ends, for whatever reason.
        :raises SnapshotError: it ends or says nothing; its own words are on stderr.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            process = await asyncio.to_thread(_spawn, settings, theirs)
        loop = asyncio.get_running_loop()
        _, worker = await loop.create_unix_connection(lambda: Worker(process, lost), sock=ours)
        try:
            await asyncio.wait_for(worker._ready, SECONDS_TO_START)
        except (TimeoutError, ConnectionError) as error:
            worker.kill()
            await worker.buried
            raise SnapshotError("a query worker does not start: the log says why") from error
        except asyncio.CancelledError:
            worker.kill()
            raise
        return worker

    def ask(self, question: bytes) -> Reply:
        """Ask a question (see :func:`innograph.workers.messages.ask`)."""
        assert self._transport and (self._reply is None or self._reply.finished)
        self._reply = Reply()
        self._transport.write(question)
        return self._reply

    def weigh(self, text: str) -> Reply:
        """Ask what makes a query heavy."""
        return self.ask(messages.note(messages.WEIGH, text=text))

    def give_way(self) -> None:
        """Let everything else on this machine go first, from now on: nobody but root can undo it."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, self._thread, 19)

    def go_on(self) -> None:
        """Read more of an answer, after as much of it was taken as had to wait."""
        if self._transport and self._reply and self._reply.ahead < AHEAD and not self.gone:
            self._transport.resume_reading()

    def kill(self) -> None:
        """End the process, whatever it does; what it still says is lost."""
        self._process.kill()
        if self._transport:
            self._transport.abort()

    @property
    def pid(self) -> int:
        """Give the number of the process."""
        return self._process.pid

    # what the loop calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to the worker."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Take what the worker says."""
        for kind, content in self._frames.feed(data):
            if kind == messages.READY:
                values = messages.values(content)
                self.walled, self._thread = values["walled"], values["thread"]
                self._ready.set_result(None)
            elif self._reply:
                self._reply.take(kind, content)
        if self._reply and self._reply.ahead >= AHEAD and self._transport:
            self._transport.pause_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the worker has ended, and learn how."""
        self.gone = True
        self._lost(self)
        if not self._ready.done():
            self._ready.set_exception(ConnectionError())
        self._burial = asyncio.get_running_loop().create_task(self._bury())

    async def _bury(self) -> None:
        status = await asyncio.to_thread(self._process.wait)
        if self._reply:
            self._reply.fail(_cause(status))
        self.buried.set_result(None)


def _cause(status: int) -> InnographError:
    """Tell from its exit status why a worker ended in the midst of an answer."""
    if status in (-signal.SIGABRT, -signal.SIGKILL, os.EX_OSERR):  # thus end Rust, C++ and the kernel
        return QueryStopped("the query needed more memory than it may take", "memory")
    if status in (-signal.SIGSEGV, -signal.SIGBUS):
        return QueryStopped("the query is nested too deeply", "depth")
    if status == -signal.SIGALRM:
        return QueryStopped("the query took too long", "time")
    return WorkerFault(f"a query worker ended with status {status}")


def _spawn(settings: Settings, theirs: socket.socket) -> subprocess.Popen[bytes]:
    descriptor = theirs.fileno()
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # the memory of a worker is counted: one arena for all threads, and no memory for a backtrace
    environment |= {"MALLOC_ARENA_MAX": "1", "RUST_BACKTRACE": "0"}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "innograph.workers.process", str(descriptor), settings.written()],
        pass_fds=[descriptor],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,  # Ctrl-C is for the parent alone
    )
