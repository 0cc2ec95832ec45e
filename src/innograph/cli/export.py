"""``innograph export``: the published files of a snapshot."""

from pathlib import Path

import click

from innograph.cli.options import home_option


@click.command(name="export", short_help="write the dumps and tables of a snapshot to a folder")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@home_option
@click.option("--snapshot", metavar="VERSION", help="Export this snapshot instead of the current one.")
def command(folder: Path, home: Path, snapshot: str | None) -> None:
    """Write the published files of a snapshot (N-Quads, palmarès as CSV with its schema …) to FOLDER."""
    from innograph.journeys.export import export

    for path in export(home, folder, snapshot):
        click.echo(str(path))
