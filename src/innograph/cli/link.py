"""``innograph link``: which organization each mention means, and why."""

from pathlib import Path

import click

from innograph.cli.options import data_folder, data_option


@click.command(name="link", short_help="tell which organization each mention means, and why")
@data_option
@click.option("--report", is_flag=True, help="Print every link, not only those that need a person.")
def command(data: Path | None, report: bool) -> None:
    """Print the mentions that fit no organization with certainty (exit status 1 if there are any)."""
    from innograph.journeys.link import survey

    lines = survey(data_folder(data))
    unlinked = [line for line in lines if line.organization is None]
    for line in lines if report else unlinked:
        click.echo("\t".join((line.edition, line.lines, line.mention, line.organization or "?", line.why)))
    click.echo(f"{len(lines)} mentions, {len(unlinked)} need a person", err=True)
    if unlinked:
        raise click.exceptions.Exit(1)
