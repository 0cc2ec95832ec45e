"""``innograph registry search``: bodies and places of the registers, by name or by code."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from innograph.cli.options import data_folder, data_option, open_registry, registry_option

if TYPE_CHECKING:
    from innograph.journeys.reconcile.entities import Entities, Entity

_COLUMNS = ("nom", "nature", "departement", "code_insee", "siren", "population", "devenir", "innograph_id")
_SHOWN = {
    "nature": "nature",
    "departement": "dép.",
    "code_insee": "code",
    "siren": "SIREN",
    "population": "hab.",
}
"""Columns of the table for people, behind the name; below it stand what became of it, and its address."""


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--format", "name", type=click.Choice(["table", "csv", "json"]), help="How to write the answer."
)
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many at most."
)
@data_option
@registry_option
def search(
    words: tuple[str, ...], name: str | None, limit: int, data: Path | None, registry: Path | None
) -> None:
    """Find bodies and places by WORDS: how the words of a name begin, a SIREN, an INSEE or postal code.

    A table on a terminal, CSV elsewhere. Exit status 1 if nothing is found.
    """
    from innograph.journeys.reconcile.bodies import listed_in_data
    from innograph.journeys.reconcile.service import make_service
    from innograph.linking.gazetteer import Gazetteer

    with open_registry(registry) as registers:
        gazetteer = Gazetteer(registers)
        service = make_service(gazetteer, listed_in_data(data_folder(data), gazetteer))
        text = " ".join(words)
        found = service.finder.find(text, limit + 1)
        if not found:
            click.echo(f"nothing is called « {text} », nor anything like it", err=True)
            raise click.exceptions.Exit(1)
        rows = [_row(entity, service.entities) for entity in found[:limit]]
    _write(rows, name or ("table" if sys.stdout.isatty() else "csv"))
    if len(found) > limit:
        click.echo(f"the first {limit}; more with --limit", err=True)


def _row(entity: "Entity", entities: "Entities") -> dict[str, str]:
    from innograph.journeys.reconcile.explaining import became
    from innograph.journeys.reconcile.types import types

    entry = entity.entry
    heirs = entities.heirs(entity)
    return {
        "nom": entity.name,
        "nature": types()[entity.kind].label.fr,
        "departement": entity.department,
        "code_insee": entry.code if entry else "",
        "siren": entry.siren if entry else "",
        "population": str(entry.population) if entry and entry.population is not None else "",
        "devenir": became(entity, heirs).fr if heirs else "",
        "innograph_id": entity.id,
    }


def _write(rows: list[dict[str, str]], form: str) -> None:
    if form == "json":
        import json

        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif form == "csv":
        import csv

        writer = csv.DictWriter(sys.stdout, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        _show(rows)


def _show(rows: list[dict[str, str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True)
    table.add_column("nom", overflow="fold")
    for column, title in _SHOWN.items():
        right = column == "population"
        table.add_column(title, justify="right" if right else "left", no_wrap=column != "nature")
    for row in rows:
        below = "".join(f"\n{row[column]}" for column in ("devenir", "innograph_id") if row[column])
        told = {**row, "code_insee": row["code_insee"] if row["code_insee"] != row["siren"] else ""}
        table.add_row(Text(row["nom"]).append(below, style="dim"), *(Text(told[column]) for column in _SHOWN))
    Console(width=max(Console().width, 80)).print(table)
