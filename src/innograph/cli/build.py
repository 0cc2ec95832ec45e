"""``innograph build``: reviewed data and public registers → a validated snapshot."""

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


@click.command(name="build", short_help="make a validated snapshot of the graph from data/")
@home_option
@data_option
@registry_option
@click.option(
    "--documents",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder of the award documents: their exact words (200 characters at most) then stand in the graph.",
)
def command(home: Path, data: Path | None, registry: Path | None, documents: Path | None) -> None:
    """Make a snapshot of the graph from data/, validate it, and make it the current one.

    The same data give the same version. If the graph breaks a shape, the live version stays (exit status 1).
    """
    from innograph.journeys.build import build

    with open_registry(registry) as registers:
        built = build(data_folder(data), registers, home, progress(), documents)
    click.echo(f"snapshot {built.snapshot.version}")
    for what, number in built.snapshot.counts.items():
        click.echo(f"{number:>7}  {what}")
    for finding in built.report.warnings:
        click.echo(f"warning: {finding.message_en} ({finding.focus})", err=True)
