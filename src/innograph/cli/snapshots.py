"""``innograph snapshots``: the versions of the graph that are kept."""

from pathlib import Path

import click

from innograph.cli.options import home_option


@click.group(name="snapshots", short_help="list, activate, roll back or prune snapshots")
def command() -> None:
    """Look after the versions of the graph that are kept."""


@command.command(name="list")
@home_option
def list_snapshots(home: Path) -> None:
    """List the snapshots, newest first; a star marks the current one, an exclamation mark broken ones."""
    from innograph.store.snapshots import Home

    snapshots = Home(home)
    current = snapshots.current_version()
    for snapshot in snapshots.list():
        mark = "*" if snapshot.version == current else " "
        counts = ", ".join(f"{number} {what}" for what, number in snapshot.counts.items())
        click.echo(f"{mark} {snapshot.version}  {counts}")
    for version, reason in snapshots.broken():
        click.echo(f"! {version}  {reason}")


@command.command()
@click.argument("version")
@home_option
def activate(version: str, home: Path) -> None:
    """Make VERSION the current snapshot."""
    from innograph.store.snapshots import Home

    click.echo(f"current: {Home(home).activate(version).version}")


@command.command()
@home_option
def rollback(home: Path) -> None:
    """Go back to the snapshot before the current one."""
    from innograph.store.snapshots import Home

    click.echo(f"current: {Home(home).rollback().version}")


@command.command()
@click.option("--keep", default=5, show_default=True, type=click.IntRange(1), help="How many to keep.")
@home_option
def prune(keep: int, home: Path) -> None:
    """Remove old snapshots; the current one always stays."""
    from innograph.store.snapshots import Home

    for version in Home(home).prune(keep):
        click.echo(f"removed {version}")
