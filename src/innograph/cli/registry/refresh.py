"""``innograph registry refresh``: the publishers' current files, and a report of what changed."""

from datetime import UTC, datetime
from pathlib import Path

import click

from innograph.cli.options import data_folder, data_option, progress, registry_option
from innograph.registry.addresses import KEYS, NEWEST


def _addresses(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Read KEY=ADDRESS."""
    found = {}
    for text in given:
        key, equals, address = text.partition("=")
        if not equals or key not in KEYS:
            raise click.BadParameter(f"{text!r} is not KEY=ADDRESS with KEY one of {', '.join(KEYS)}")
        found[key] = address
    return found


@click.command()
@data_option
@registry_option
@click.option("--cog", default=NEWEST, show_default=True, help="Year of the Code officiel géographique.")
@click.option("--populations", type=int, help="Year of the populations.  [default: that known for the COG]")
@click.option(
    "--source",
    "addresses",
    multiple=True,
    metavar="KEY=ADDRESS",
    callback=_addresses,
    help=f"Address of a source: {', '.join(KEYS)}.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="INNOGRAPH_CACHE",
    default=lambda: Path(click.get_app_dir("innograph")) / "cache",
    show_default="in your application folder",
    show_envvar=True,
    help="Folder of what was fetched before.",
)
@click.option("--fewest", type=int, default=34_000, show_default=True, help="Communes that must be there.")
def refresh(
    data: Path | None,
    registry: Path | None,
    cog: str,
    populations: int | None,
    addresses: dict[str, str],
    cache: Path,
    fewest: int,
) -> None:
    """Fetch the publishers' current files, write the registers again, and report what changed.

    INSEE's Code officiel géographique and geo.api.gouv.fr make the file; SIRENE is asked whether the SIREN
    of départements and régions still hold. If anything is missing, cut, of another vintage or contradictory,
    it is named, and the old file stays. The report is kept beside the file.
    """
    from innograph import resources
    from innograph.fetch.fetcher import Fetcher, Manners
    from innograph.fetch.kept import Kept
    from innograph.journeys.refresh import Wanted, refresh

    target = registry or resources.registry_file()
    at_hand = target if target.exists() else resources.registry_file()
    tell = progress()
    wanted = Wanted(cog, addresses, data_folder(data) / "registers", at_hand, populations, fewest)
    fetcher = Fetcher(Manners(between=0.2), Kept(cache), tell=tell)
    done = refresh(wanted, target, fetcher, datetime.now(UTC).date(), tell)
    click.echo(done.report)
    if done.kept:
        click.echo(f"written {target}; this report is {done.kept}", err=True)
    else:
        click.echo(f"nothing has changed: {target} stays", err=True)
