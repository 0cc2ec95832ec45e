"""Running the site with granian, from a command."""

import contextlib
import math
import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer

from innograph import resources
from innograph.errors import InnographError
from innograph.registry.file import Registry
from innograph.store.queries import read_queries
from innograph.store.snapshots import Home
from innograph.web.options import Options
from innograph.web.site import Site
from innograph.workers.limits import Limits

MOST_CONNECTIONS = 4096
SECONDS_FOR_HEADERS = 10
"""How long a client may take for the headers of a request, and stay silent between two requests."""

BUFFER = 131_072
"""Bytes that are kept for a connection, more or less; the limits proper are in ``exchange.py``."""


class _Server(MPServer):
    """Granian's server, which remembers whether Ctrl-C ended it and lets nobody replace its worker."""

    ended_by: int | None = None
    when_it_listens: Callable[[], object]

    def _spawn_workers(self, *args: Any, **kwargs: Any) -> None:
        super()._spawn_workers(*args, **kwargs)  # type: ignore[no-untyped-call]
        threading.Thread(target=self._watch, daemon=True).start()  # not before: the worker is forked

    def _watch(self) -> None:
        while True:
            try:
                socket.create_connection((self.bind_addr, self.bind_port)).close()
            except OSError:
                time.sleep(0.05)
            else:
                self.when_it_listens()
                return

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """Note the signal, then stop as granian does."""
        self.ended_by = args[0] if args else None
        super().signal_handler_interrupt(*args, **kwargs)  # type: ignore[no-untyped-call]

    def signal_handler_reload(self, *args: Any, **kwargs: Any) -> None:
        """Have the site look for another snapshot: granian would start another worker and lose requests."""
        for worker in self.wrks:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker.inner.pid, signal.SIGHUP)


def serve(
    home: Path,
    host: str,
    port: int,
    limits: Limits | None = None,
    options: Options | None = None,
    *,
    announce: Callable[[str], object] = click.echo,
) -> None:
    """Serve the snapshots of ``home``, or what an endpoint holds, until the process is told to stop.

    :param port: 0 takes any that is free.
    :raises SnapshotError: the home has no whole snapshot.
    :raises StoreError: the endpoint that holds the graph holds none, or cannot be asked.
    :raises DataError: a file of ``queries/`` is wrong.
    :raises RegistryError: the registers are missing or not whole.
    :raises InnographError: the address cannot be taken, an option makes no sense, or the server gave up.
    :raises KeyboardInterrupt: Ctrl-C, after a clean stop.
    """
    limits, options = limits or Limits(), options or Options()
    site = Site(Home(home), limits, options)
    _check(site, home, options.registry or resources.registry_file())
    port = _free_port(host, port)
    _allow_many_files()
    server = _Server(
        "innograph",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,  # a proxy in front speaks HTTP/2 with those who want it
        websockets=False,
        backlog=MOST_CONNECTIONS,
        backpressure=MOST_CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=SECONDS_FOR_HEADERS * 1000, max_buffer_size=BUFFER),
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=math.ceil(limits.seconds) + 5,
    )
    shown = f"[{host}]" if ":" in host else host
    server.when_it_listens = lambda: announce(f"http://{shown}:{port}")
    target = partial(load, home, limits, options)
    try:
        server.serve(target_loader=target, wrap_loader=False)
    except SystemExit as error:
        raise InnographError("the server stopped by itself; its log says why") from error
    if server.ended_by == signal.SIGINT:
        raise KeyboardInterrupt


def load(home: Path, limits: Limits, options: Options) -> Site:
    """Make the site in the worker of granian.

    A terminal sends Ctrl-C to the worker as well as to its parent, which then stops the worker: granian's
    worker hangs now and then when told twice, so it is told by its parent alone.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    return Site(Home(home), limits, options)


def _allow_many_files() -> None:
    """Let this process and its worker hold as many connections as the system allows."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _check(site: Site, home: Path, registry: Path) -> None:
    """Fail here, once, at what a worker would fail at again and again.

    The database is closed at once: a process that holds one open must not be forked.
    """
    if site.elsewhere:
        site.elsewhere.current()
    else:
        Home(home).current().open()
    Registry(registry).close()
    for folder in ("pages", "choices", "facets", "explore", "examples"):
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
