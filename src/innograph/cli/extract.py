"""``innograph extract``: one award document → ``data/editions/<edition>.yaml``."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from innograph.cli.options import data_folder, data_option

if TYPE_CHECKING:
    from innograph.journeys.extract import Extracted


@click.command(name="extract", short_help="read an award document and keep what it states")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@data_option
@click.option("--family", metavar="NAME", help="Family of the document, if it is not recognised.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the edition; its passages go to passages/ inside.  [default: data/editions]",
)
@click.option("--print", "only_print", is_flag=True, help="Print the edition instead of writing it.")
@click.option("--lenient", is_flag=True, help="Report lines that nothing understands, and go on.")
@click.option("--explain", "only_explain", is_flag=True, help="Explain how ranks were joined; write nothing.")
def command(
    file: Path,
    data: Path | None,
    family: str | None,
    out: Path | None,
    only_print: bool,
    lenient: bool,
    only_explain: bool,
) -> None:
    """Read an award document (UTF-8 text or Markdown) and keep what it states.

    Addresses that data/ has are kept; every line is accounted for, or the document is refused.
    """
    from innograph.curation.editions import dump_edition
    from innograph.journeys.extract import explain, extract, keep

    if only_explain:
        for rules, assignments in explain(file):
            click.echo(f"{assignments:>8}  {' + '.join(rules) or 'no rule'}")
        return
    folder = data_folder(data)
    extracted = extract(file, folder, family=family, lenient=lenient)
    if only_print:
        click.echo(dump_edition(extracted.edition), nl=False)
    else:
        aside = out is not None and out.resolve() != (folder / "editions").resolve()
        passages = out / "passages" if out and aside else folder / "passages"
        click.echo(f"written {keep(extracted, out or folder / 'editions', passages)}")
    _report(extracted)


def _report(extracted: "Extracted") -> None:
    edition, extraction = extracted.edition, extracted.extraction
    laureates = sum(len(distinction.laureates) for distinction in edition.distinctions())
    click.echo(
        f"{edition.label}: {len(edition.categories)} categories, {len(edition.distinctions())} distinctions,"
        f" {laureates} laureates",
        err=True,
    )
    uses = Counter(use.use for use in extraction.uses)
    click.echo("lines: " + ", ".join(f"{number} {use}" for use, number in sorted(uses.items())), err=True)
    for note in extraction.notes:
        click.echo(f"note: {note}", err=True)
    for line in extraction.unaccounted:
        click.echo(f"not understood: line {line}", err=True)
    if not extracted.declared:
        click.echo("note: this document is not declared in data/documents.toml", err=True)
