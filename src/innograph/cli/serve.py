"""``innograph serve``: the graph over HTTP."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from innograph.cli.options import (
    data_folder,
    data_option,
    home_option,
    open_registry,
    progress,
    registry_option,
    store_credentials,
    store_option,
)

_MEGABYTE = 1_000_000

F = TypeVar("F", bound=Callable[..., Any])


def _number(name: str, help: str, *, least: int = 1) -> Callable[[F], F]:
    """Make an option that takes a whole number; without it the usual limit holds."""
    return click.option(name, type=click.IntRange(least), metavar="N", help=help)


@click.command(name="serve", short_help="serve the graph over HTTP")
@home_option
@data_option
@registry_option
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port to listen on."
)
@_number("--query-workers", "Queries at once.  [default: twice the processors, at least 4]")
@click.option(
    "--query-seconds",
    type=click.FloatRange(0.1),
    metavar="S",
    help="Time of a query, from its arrival to the end of its answer.  [default: 10]",
)
@_number("--query-memory", "Megabytes that a query may take.  [default: 512]", least=16)
@_number("--max-result-rows", "Rows of an answer.  [default: 1000000]")
@_number("--max-result-mb", "Megabytes of an answer, uncompressed.  [default: 256]")
@_number("--cache-mb", "Megabytes of answers kept in memory.  [default: 64]", least=0)
@click.option(
    "--proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="Address or network of a proxy whose X-Forwarded-For is believed; may be repeated.",
)
@click.option(
    "--allow-service",
    "endpoints",
    multiple=True,
    metavar="ADDRESS",
    help="Endpoint that queries may ask by SERVICE; may be repeated.  [default: none]",
)
@click.option("--public-address", metavar="URL", help="What the site gives as its own address.")
@click.option("--access-log", metavar="FILE", help="Write a line of JSON for each request; - for stdout.")
def command(
    home: Path,
    data: Path | None,
    registry: Path | None,
    store: str | None,
    host: str,
    port: int,
    query_workers: int | None,
    query_seconds: float | None,
    query_memory: int | None,
    max_result_rows: int | None,
    max_result_mb: int | None,
    cache_mb: int | None,
    proxies: tuple[str, ...],
    endpoints: tuple[str, ...],
    public_address: str | None,
    access_log: str | None,
) -> None:
    """Serve the current snapshot; build one first if there is none.

    Each query runs in a process of its own, without network, and is stopped when it goes over a limit. With
    --store another server answers queries, within the same limits; INNOGRAPH_STORE_AUTH is « name:password »
    for it.
    """
    from innograph.errors import SnapshotError
    from innograph.store.snapshots import Home
    from innograph.workers.limits import Limits

    given = {
        "workers": query_workers,
        "seconds": query_seconds,
        "memory": query_memory and query_memory * _MEGABYTE,
        "rows": max_result_rows,
        "bytes": max_result_mb and max_result_mb * _MEGABYTE,
    }
    limits = Limits(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    if store is None:
        try:
            Home(home).current()
        except SnapshotError as error:
            click.echo(f"{error.message}: building", err=True)
            from innograph.journeys.build import build

            with open_registry(registry) as registers:
                build(data_folder(data), registers, home, progress())
    from innograph.web.options import Options
    from innograph.web.server import serve

    cache_bytes = Options.cache_bytes if cache_mb is None else cache_mb * _MEGABYTE
    options = Options(
        cache_bytes, proxies, endpoints, store, store_credentials(), public_address, access_log, registry
    )
    serve(home, host, port, limits, options)
