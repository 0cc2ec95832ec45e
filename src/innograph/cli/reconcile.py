"""``innograph reconcile``: a table of names → the same table with SIREN, INSEE codes and addresses."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from innograph.cli.options import data_folder, data_option, open_registry, registry_option

if TYPE_CHECKING:
    from innograph.journeys.reconcile.sheet import Sheet

_DELIMITERS = {"tab": "\t", "\\t": "\t"}
_STEP = 1000
"""Rows after which progress is told where nobody watches."""


@click.command(name="reconcile", short_help="find SIREN and INSEE codes for a table of names")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--column", required=True, metavar="COLUMN", help="Column of the names.")
@click.option("--department", metavar="COLUMN", help="Column of the département: its code or its name.")
@click.option("--postcode", metavar="COLUMN", help="Column of the postal code.")
@click.option("--insee", metavar="COLUMN", help="Column of the INSEE code.")
@click.option("--siren", metavar="COLUMN", help="Column of the SIREN or SIRET.")
@click.option("--kind", metavar="KIND", help="What all of them are: commune, CC, EPCI, département, …")
@click.option("--kind-column", metavar="COLUMN", help="Column of what each of them is.")
@click.option("--date", metavar="YYYY-MM-DD", help="When the names were used.")
@click.option("--date-column", metavar="COLUMN", help="Column of when each name was used.")
@click.option(
    "--out", metavar="FILE", help="Where to write; - is standard output.  [default: FILE-innograph.csv]"
)
@click.option("--delimiter", metavar="SIGN", help="What parts cells: ; , | or tab.  [default: found out]")
@data_option
@registry_option
def command(
    file: Path,
    column: str,
    department: str | None,
    postcode: str | None,
    insee: str | None,
    siren: str | None,
    kind: str | None,
    kind_column: str | None,
    date: str | None,
    date_column: str | None,
    out: str | None,
    delimiter: str | None,
    data: Path | None,
    registry: Path | None,
) -> None:
    """Find for each row of the CSV table FILE the body that its name means.

    Every row and column stays; behind them come the body's address, SIREN, INSEE code, name, kind and
    département where it is certain, and why or why not, with the candidates, where it is not. Exit status 1
    if some rows need a person.
    """
    from innograph.journeys.reconcile.bodies import listed_in_data
    from innograph.journeys.reconcile.service import make_service
    from innograph.journeys.reconcile.sheet import read_sheet
    from innograph.journeys.reconcile.table import Wanted, reconcile_sheet
    from innograph.linking.gazetteer import Gazetteer

    constant = _constant(kind, date)
    sheet = read_sheet(file, _delimiter(delimiter))
    columns = {
        "department": department,
        "postcode": postcode,
        "inseeCode": insee,
        "siren": siren,
        "organizationKind": kind_column,
        "date": date_column,
    }
    beside = {id: sheet.column(name) for id, name in columns.items() if name}
    wanted = Wanted(sheet.column(column), beside, constant)
    target = _target(file, out)
    _tell(sheet)
    with open_registry(registry) as registers:
        gazetteer = Gazetteer(registers)
        service = make_service(gazetteer, listed_in_data(data_folder(data), gazetteer))
        with _output(target, sheet) as writing, _progress(sheet.rows) as progress:
            counts = reconcile_sheet(sheet, wanted, service, writing, progress)
    told = ", ".join(f"{number} {what}" for what, number in counts.items())
    click.echo(f"{sheet.rows} rows: {told}", err=True)
    if target:
        click.echo(f"written {target}", err=True)
    if counts["certain"] < sheet.rows:
        raise click.exceptions.Exit(1)


def _constant(kind: str | None, date: str | None) -> dict[str, str]:
    """Check what holds for every row, before anything is read."""
    from innograph.journeys.reconcile.asking import read_day
    from innograph.journeys.reconcile.types import read_kinds, types

    if kind and read_kinds(kind) is None:
        raise click.BadParameter(f"{kind!r} is none of {', '.join(types())}", param_hint="--kind")
    if date and not read_day(date):
        raise click.BadParameter(f"{date!r} is no day such as 2016-01-31", param_hint="--date")
    return {id: text for id, text in (("organizationKind", kind), ("date", date)) if text}


def _delimiter(sign: str | None) -> str | None:
    found = _DELIMITERS.get(sign, sign) if sign else None
    if found is not None and (len(found) != 1 or found in '"\r\n'):
        raise click.BadParameter(f"{sign!r} is not one sign", param_hint="--delimiter")
    return found


def _target(file: Path, out: str | None) -> Path | None:
    """Give the file to write, or None for standard output; nobody's work is written over unasked."""
    if out == "-":
        return None
    target = Path(out) if out else file.with_name(f"{file.stem}-innograph.csv")
    if target.exists() and target.samefile(file):
        raise click.BadParameter("that is the table that is read", param_hint="--out")
    if not out and target.exists():
        raise click.BadParameter(f"{target} is there already: name a file", param_hint="--out")
    return target


def _tell(sheet: "Sheet") -> None:
    """Say what was found out about the file where it is not plain."""
    if sheet.encoding == "cp1252":
        click.echo("note: not UTF-8; read as Windows-1252, written as UTF-8", err=True)
    number, line = sheet.short
    if number:
        click.echo(
            f"note: {number} rows are shorter than the header (the first at line {line}); filled up", err=True
        )


@contextmanager
def _output(target: Path | None, sheet: "Sheet") -> Iterator[TextIO]:
    from innograph.journeys.reconcile.table import written_aside

    if target is None:
        with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False) as out:
            yield out
    else:
        with written_aside(target, sheet.written_encoding) as out:
            yield out


@contextmanager
def _progress(rows: int) -> Iterator[Callable[[int], None]]:
    """Show how many rows are done: a bar on a terminal, a line now and then elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done: None if done % _STEP else click.echo(f"{done} of {rows} rows", err=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=rows)
        yield lambda done: bar.update(task, completed=done)
