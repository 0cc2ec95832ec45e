"""``innograph facts``: what was read in the descriptions, and what of them was not."""

from pathlib import Path

import click

from innograph.cli.options import data_folder, data_option


def _documents_beside_the_checkout() -> Path:
    from innograph import resources

    return resources.house().parent / "shared" / "sources"


@click.command(name="facts", short_help="count what was read in descriptions; tell what was overlooked")
@data_option
@click.option("--check", is_flag=True, help="Hold the facts against the documents.")
@click.option(
    "--documents",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="INNOGRAPH_SOURCES",
    default=_documents_beside_the_checkout,
    show_default="../shared/sources beside the checkout",
    show_envvar=True,
    help="Folder of the publishers' documents, for --check.",
)
def command(data: Path | None, check: bool, documents: Path) -> None:
    """Count what data/facts/ holds for each edition.

    With --check, report the numbers and the names of bodies in the descriptions that no fact covers and no
    exception of the file justifies (exit status 1 if there are any). The documents must be at hand.
    """
    from innograph.journeys.facts import count_facts, overlooked

    folder = data_folder(data)
    if not check:
        for line in count_facts(folder):
            numbers = ", ".join(f"{number} {what}" for what, number in line.counts.items())
            click.echo(f"{line.edition}: {numbers}" if line.counts else f"{line.edition}: no facts read")
        return
    survey = overlooked(folder, documents)
    for found in survey.overlooked:
        click.echo("\t".join((found.edition, str(found.line), found.what, found.words, found.around)))
    for edition in survey.without_document:
        click.echo(f"{edition}: its document is not in {documents}, nothing was checked", err=True)
    click.echo(f"{survey.checked} distinctions, {len(survey.overlooked)} things overlooked", err=True)
    if survey.overlooked or survey.without_document:
        raise click.exceptions.Exit(1)
