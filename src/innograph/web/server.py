"""Running the application with granian, from a command."""

import signal
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import MPServer

from innograph import resources
from innograph.errors import InnographError
from innograph.registry.file import Registry
from innograph.store.queries import read_queries
from innograph.store.snapshots import Home
from innograph.web.app import create_app

THREADS = 8
"""Requests answered at once; Oxigraph works outside the interpreter's lock."""

SECONDS_TO_FINISH = 5
"""How long requests that are under way may go on after the server was told to stop."""


class _Server(MPServer):
    """Granian's server, which remembers whether Ctrl-C ended it."""

    ended_by: int | None = None

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """Note the signal, then stop as granian does."""
        self.ended_by = args[0] if args else None
        super().signal_handler_interrupt(*args, **kwargs)  # type: ignore[no-untyped-call]


def serve(
    home: Path,
    host: str,
    port: int,
    *,
    registry: Path | None = None,
    announce: Callable[[str], object] = click.echo,
) -> None:
    """Serve the snapshots of the folder ``home`` until the process is told to stop.

    :param port: 0 takes any that is free.
    :param registry: file of the public registers; those of this installation if there is none.
    :param announce: is given the address to open, once it can be opened.
    :raises SnapshotError: the home has no whole snapshot.
    :raises DataError: a file of ``queries/`` is wrong.
    :raises RegistryError: the registers are missing or not whole.
    :raises InnographError: the address cannot be taken, or the server gave up.
    :raises KeyboardInterrupt: Ctrl-C, after a clean stop.
    """
    registry = registry or resources.registry_file()
    _check(home, registry)
    port = _free_port(host, port)
    server = _Server(
        "innograph",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
    )
    shown = f"[{host}]" if ":" in host else host
    server.on_startup(lambda: announce(f"http://{shown}:{port}"))
    try:
        server.serve(target_loader=partial(load, home, registry), wrap_loader=False)
    except SystemExit as error:
        raise InnographError("the server stopped by itself; its log says why") from error
    if server.ended_by == signal.SIGINT:
        raise KeyboardInterrupt


def load(home: Path, registry: Path) -> Flask:
    """Make the application in a worker of granian.

    A terminal sends Ctrl-C to the worker as well as to its parent, which then stops the worker: granian's
    worker hangs now and then when told twice, so it is told by its parent alone.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    return create_app(Home(home), Registry(registry))


def _check(home: Path, registry: Path) -> None:
    """Fail here, once, at what a worker would fail at again and again.

    The database is closed at once: a process that holds one open must not be forked.
    """
    Home(home).current().open()
    Registry(registry).close()
    for folder in ("pages", "choices", "examples"):
        read_queries(resources.queries() / folder)


def _free_port(host: str, port: int) -> int:
    """Check that ``host`` and ``port`` can be listened at, and give the port.

    :raises InnographError: the name is unknown, or the port is taken or not allowed.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            number: int = probe.getsockname()[1]
            return number
    except (OSError, OverflowError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InnographError(
            f"cannot serve at {host}:{port} ({reason}): choose another --host or --port"
        ) from error
