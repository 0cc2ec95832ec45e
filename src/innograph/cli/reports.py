"""``innograph reports``: what readers report as wrong, and what became of it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from innograph.cli.options import home_option

if TYPE_CHECKING:
    from innograph.reports import Report, Reports


@click.group(name="reports", short_help="read and settle what readers report as wrong")
def command() -> None:
    """Look after the queue of readers' reports. A report changes nothing in the graph by itself."""


@command.command(name="list")
@home_option
@click.option("--all", "everything", is_flag=True, help="List the settled ones too.")
def list_reports(home: Path, everything: bool) -> None:
    """List the reports that wait, oldest first; exit status 1 if there is none."""
    found = _reports(home).list(None if everything else "open")
    for report in found:
        first = report.words.splitlines()[0]
        click.echo("\t".join((report.reference, report.received, report.status, report.about, first[:80])))
    if not found:
        raise click.exceptions.Exit(1)


@command.command()
@click.argument("reference")
@home_option
def show(reference: str, home: Path) -> None:
    """Show the report REFERENCE whole; exit status 1 if there is none."""
    report = _reports(home).get(reference)
    if report is None:
        click.echo(f"there is no report {reference!r}", err=True)
        raise click.exceptions.Exit(1)
    _write(report)


@command.command()
@click.argument("reference")
@click.option(
    "--as", "status", type=click.Choice(["corrected", "declined", "duplicate"]), required=True,
    help="What became of it.",
)  # fmt: skip
@click.option("--answer", default="", help="What whoever follows the report reads, with the reason.")
@home_option
def close(reference: str, status: str, answer: str, home: Path) -> None:
    """Settle the report REFERENCE."""
    from datetime import UTC, datetime

    from innograph.reports import STATUSES

    settled = next(known for known in STATUSES if known == status)
    _write(_reports(home).close(reference, settled, answer, datetime.now(UTC)))


@command.command()
@click.option("--days", default=365, show_default=True, type=click.IntRange(0), help="Settled how long ago.")
@home_option
def forget(days: int, home: Path) -> None:
    """Delete the reports that were settled long ago, as the page about personal data promises."""
    from datetime import UTC, datetime, timedelta

    before = (datetime.now(UTC) - timedelta(days=days)).date().isoformat()
    click.echo(f"deleted {_reports(home).forget(before)}")


def _reports(home: Path) -> "Reports":
    from innograph.reports import FILE, Reports

    return Reports(home / FILE)


def _write(report: "Report") -> None:
    click.echo(f"{report.reference}  {report.status}  received {report.received}, version {report.version}")
    click.echo(f"about   {report.about}")
    if report.fact:
        click.echo(f"fact    {report.fact}")
    click.echo(f"\n{report.words}\n")
    if report.closed:
        click.echo(f"{report.status} on {report.closed}: {report.answer or 'without an answer'}")
