"""``innograph serve``: the graph over HTTP."""

from pathlib import Path

import click

from innograph.cli.options import (
    data_folder,
    data_option,
    home_option,
    open_registry,
    progress,
    registry_option,
)


@click.command(name="serve", short_help="serve the graph over HTTP")
@home_option
@data_option
@registry_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port to listen on."
)
def command(home: Path, data: Path | None, registry: Path | None, host: str, port: int) -> None:
    """Serve the current snapshot; build one first if there is none."""
    from innograph.errors import SnapshotError
    from innograph.store.snapshots import Home

    try:
        Home(home).current()
    except SnapshotError as error:
        click.echo(f"{error.message}: building", err=True)
        from innograph.journeys.build import build

        with open_registry(registry) as registers:
            build(data_folder(data), registers, home, progress())
    from innograph.web.server import serve

    serve(home, host, port, registry=registry)
