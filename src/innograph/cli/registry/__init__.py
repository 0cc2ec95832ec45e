"""``innograph registry``: the public registers of communes, groupings, départements and régions."""

import click

from innograph.cli.registry.refresh import refresh
from innograph.cli.registry.search import search


@click.group(name="registry", short_help="search the public registers, or fetch their current files")
def command() -> None:
    """Search the public registers of communes, groupings, départements and régions, and keep them current."""


command.add_command(search)
command.add_command(refresh)
