"""A query worker seen from its parent: starting it, asking it, stopping it."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import cast

from innograph.errors import InnographError, QueryStopped, SnapshotError
from innograph.workers import messages
from innograph.workers.messages import Frames
from innograph.workers.process import Settings
from innograph.workers.reply import Reply, WorkerFault

SECONDS_TO_START = 30.0

AHEAD = 1_000_000
"""Bytes of an answer that may wait here before the worker has to."""

_KEPT = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ")


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
        self._renewed: Callable[[], object] = lambda: None
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
            process = await asyncio.to_thread(_spawn, theirs)
        loop = asyncio.get_running_loop()
        _, worker = await loop.create_unix_connection(lambda: Worker(process, lost), sock=ours)
        assert worker._transport
        worker._transport.write(settings.written())
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
        """Let everything else on this machine go first, until :meth:`renew`."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, self._thread, 19)

    def renew(self, then: Callable[[], object]) -> None:
        """Be as quick as before it gave way, and call ``then``; what it was asked must be finished."""
        assert self._transport
        self._renewed = then
        self._transport.write(messages.frame(messages.RENEW))

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
                if self._ready.done():
                    self._renewed()
                else:
                    self._ready.set_result(None)
            elif self._reply:
                self._reply.take(kind, content)
        reply = self._reply
        if reply and reply.ahead >= AHEAD and not reply.finished and self._transport:
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


def _spawn(theirs: socket.socket) -> subprocess.Popen[bytes]:
    descriptor = theirs.fileno()
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # the memory of a worker is counted: one arena for all threads, and no memory for a backtrace
    environment |= {"MALLOC_ARENA_MAX": "1", "RUST_BACKTRACE": "0"}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "innograph.workers.process", str(descriptor)],
        pass_fds=[descriptor],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=environment,
        process_group=0,  # Ctrl-C is for the parent alone; a session of its own would be scheduled apart
    )
