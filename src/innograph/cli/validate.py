"""``innograph validate``: a snapshot, or RDF files, against the shapes."""

from pathlib import Path

import click

from innograph.cli.options import home_option


@click.command(name="validate", short_help="check a snapshot, or RDF files, against the shapes")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@home_option
@click.option("--snapshot", metavar="VERSION", help="Check this snapshot instead of the current one.")
@click.option("--lang", type=click.Choice(["fr", "en"]), default="en", show_default=True)
def command(files: tuple[Path, ...], home: Path, snapshot: str | None, lang: "str") -> None:
    """Check RDF FILES together, or a snapshot, against the shapes; exit status 1 if one is broken."""
    from innograph.journeys.check import check_files, check_snapshot
    from innograph.validation.report import report_text

    report = check_files(files) if files else check_snapshot(home, snapshot)
    click.echo(report_text(report, "fr" if lang == "fr" else "en"), nl=False)
    if not report.conforms:
        raise click.exceptions.Exit(1)
