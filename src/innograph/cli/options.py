"""Options that several commands share, and what they write while they work."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from innograph.registry.file import Registry

home_option = click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="INNOGRAPH_HOME",
    default=lambda: Path(click.get_app_dir("innograph")),
    show_default="your application folder",
    show_envvar=True,
    help="Folder of the snapshots.",
)

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    envvar="INNOGRAPH_DATA",
    default=None,
    show_default="the data of this installation",
    show_envvar=True,
    help="Folder of the reviewed data.",
)


registry_option = click.option(
    "--registry",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="INNOGRAPH_REGISTRY",
    default=None,
    show_default="the registers of this installation",
    show_envvar=True,
    help="File of the public registers.",
)

store_option = click.option(
    "--store",
    metavar="URL",
    envvar="INNOGRAPH_STORE",
    show_envvar=True,
    help="SPARQL endpoint that holds the graph, where « innograph publish » has brought it.",
)


def store_credentials() -> str:
    """Give ``name:password`` for the server that holds the graph; an option could be read by everybody."""
    return os.environ.get("INNOGRAPH_STORE_AUTH", "")


@contextmanager
def open_registry(chosen: Path | None) -> "Iterator[Registry]":
    """Open the registers: those chosen, or those of the installation.

    :raises RegistryError: they are missing, cut or damaged.
    """
    from innograph import resources
    from innograph.registry.file import Registry

    with closing(Registry(chosen or resources.registry_file())) as registry:
        yield registry


def data_folder(chosen: Path | None) -> Path:
    """Give the folder of reviewed data: the one chosen, or that of the installation."""
    from innograph import resources

    return chosen or resources.data()


def progress() -> Callable[[str], None]:
    """Give a function that tells of a step, on stderr: dimmed on a terminal, a plain line elsewhere."""
    if not sys.stderr.isatty():
        return lambda step: click.echo(step, err=True)
    from rich.console import Console

    console = Console(stderr=True)
    return lambda step: console.print(f"[dim]·[/dim] {step}", highlight=False)
