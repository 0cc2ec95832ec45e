"""``innograph query``: ask a snapshot a SPARQL query."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from innograph.cli.options import home_option

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions

    from innograph.journeys.ask import Result


@click.command(name="query", short_help="ask a SPARQL query")
@click.argument("file")
@home_option
@click.option("--param", "given", multiple=True, metavar="NAME=VALUE", help="Value of a parameter.")
@click.option("--format", "name", metavar="NAME", help="table, csv, tsv, json, xml; turtle, jsonld, …")
@click.option("--snapshot", metavar="VERSION", help="Ask this snapshot instead of the current one.")
def command(file: str, home: Path, given: tuple[str, ...], name: str | None, snapshot: str | None) -> None:
    """Ask the SPARQL query in FILE: a path, "-" for standard input, or the name of an example query.

    Solutions are shown as a table on a terminal and as CSV elsewhere, triples as Turtle. The parameters of a
    query are named in its header; of a query without header every variable is one. Exit status 1 if nothing
    is found.
    """
    from innograph.journeys.ask import ask, read_question

    parameters = dict(_pair(parameter) for parameter in given)
    question = _typed() if file == "-" else read_question(file)
    asked = ask(home, question, parameters, snapshot)
    if asked.notice:
        click.echo(f"innograph: {asked.notice}", err=True)
    _write(asked.answer, name)
    if not asked.number:
        raise click.exceptions.Exit(1)


def _typed() -> str:
    from innograph.errors import QueryError

    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError("the query on standard input is not UTF-8 text") from error


def _pair(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals:
        raise click.BadParameter(f"{parameter!r} is not NAME=VALUE", param_hint="--param")
    return name.removeprefix("?"), value


def _write(answer: "Result", name: str | None) -> None:
    from pyoxigraph import QuerySolutions

    from innograph.store.formats import SOLUTIONS, TRIPLES, Format, find_format, write_answer, write_triples

    usual = "json"
    formats: tuple[Format, ...] = SOLUTIONS
    if isinstance(answer, QuerySolutions):
        usual = "table" if sys.stdout.isatty() else "csv"
        if (name or usual) == "table":
            _show_table(answer)
            return
    elif isinstance(answer, list):
        usual, formats = "turtle", TRIPLES
    chosen = find_format(name or usual, formats)
    if chosen is None:
        known = ", ".join(["table"] * (usual == "csv") + [format.name for format in formats])
        raise click.BadParameter(
            f"{name!r} does not suit this answer; known are {known}", param_hint="--format"
        )
    written = write_triples(answer, chosen) if isinstance(answer, list) else write_answer(answer, chosen)
    sys.stdout.buffer.write(written)
    sys.stdout.buffer.flush()


def _show_table(solutions: "QuerySolutions") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    variables = [variable.value for variable in solutions.variables]
    for variable in variables:
        table.add_column(variable, overflow="fold")
    for solution in solutions:
        terms = [solution[variable] for variable in variables]
        table.add_row(*(Text(getattr(term, "value", "") if term is not None else "") for term in terms))
    narrowest = 12 * len(variables)  # below that, cells would be empty
    Console(width=max(Console().width, narrowest)).print(table)
