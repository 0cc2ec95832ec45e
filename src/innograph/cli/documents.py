"""``innograph documents``: what the graph says of the documents, and what they say."""

from pathlib import Path

import click

from innograph.cli.options import data_folder, data_option


@click.group(name="documents", short_help="check documents against what the graph says of them")
def command() -> None:
    """Check award documents against what data/ says of them."""


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@data_option
def verify(file: Path, data: Path | None) -> None:
    """Show, for each passage that data/ cites in FILE, its lines; exit status 1 if one has other words."""
    from innograph.journeys.verify import verify as verify_document

    checks = verify_document(file, data_folder(data))
    for check in checks:
        click.echo(f"{'ok ' if check.same else 'DIFFERENT'} {check.span}\t{check.text}")
    different = sum(not check.same for check in checks)
    click.echo(f"{len(checks)} passages, {different} with other words than data/ knows", err=True)
    if different:
        raise click.exceptions.Exit(1)
