"""The command line: reads the words of a command, calls one function, writes the answer, exits.

Exit status: 0 fine, 1 does not conform or nothing found, 2 usage, 3 an error we report, 130 interrupted.
Commands import what they need when they run, so that ``innograph --help`` is quick.
"""

import io
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from importlib import import_module

import click

from innograph.errors import InnographError

_COMMANDS = {
    "extract": "read an award document and keep what it states",
    "link": "tell which organization each mention means, and why",
    "facts": "count what was read in descriptions; tell what was overlooked",
    "build": "make a validated snapshot of the graph from data/",
    "validate": "check a snapshot, or RDF files, against the shapes",
    "query": "ask a SPARQL query",
    "serve": "serve the graph over HTTP",
    "export": "write the dumps and tables of a snapshot to a folder",
    "publish": "bring a snapshot to a server elsewhere, from which sites can serve it",
    "snapshots": "list, activate, roll back or prune snapshots",
    "documents": "check documents against what the graph says of them",
    "reports": "read and settle what readers report as wrong",
    "reconcile": "find SIREN and INSEE codes for a table of names",
    "registry": "search the public registers, or fetch their current files",
}


class _LazyGroup(click.Group):
    """Commands found by name; the module of one is imported when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order of the journey of a fact."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"innograph.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 fine, 1 does not conform or nothing found, 2 usage, 3 error, 130 interrupted.",
)
@click.version_option(package_name="innograph", message="innograph %(version)s")
def commands() -> None:
    """French public-innovation awards as a validated knowledge graph that answers SPARQL."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit status; errors become one line on stderr.

    :raises KeyboardInterrupt: Ctrl-C.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks our letters shows others
    try:
        status = commands.main(arguments, prog_name="innograph", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except InnographError as error:
        click.echo(f"innograph: {error}", err=True)
        status = error.exit_status
    except OSError as error:
        status = _output_lost(error)
    except Exception as error:  # a door: a fault of ours is kept whole in a file
        with tempfile.NamedTemporaryFile("w", prefix="innograph-", suffix=".log", delete=False) as log:
            traceback.print_exc(file=log)
        click.echo(f"innograph: unexpected {type(error).__name__}; please report {log.name}", err=True)
        status = 3
    return status if isinstance(status, int) else 0


def _output_lost(error: OSError) -> int:
    """Say that our output cannot be written, unless whoever read it has gone; give the exit status."""
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # what is left in the buffer must not fail again at exit
    if isinstance(error, BrokenPipeError):
        return 0
    click.echo(f"innograph: the output cannot be written ({error.strerror})", err=True)
    return 3
