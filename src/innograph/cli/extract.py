"""``innograph extract``: one award document → ``data/editions/<edition>.yaml``."""

from collections import Counter
from pathlib import Path

import click

from innograph.cli.options import data_folder, data_option


@click.command(name="extract", short_help="read an award document and keep what it states")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@data_option
@click.option("--family", metavar="NAME", help="Family of the document, if it is not recognised.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the edition.  [default: data/editions]",
)
@click.option("--print", "only_print", is_flag=True, help="Print the edition instead of writing it.")
@click.option("--lenient", is_flag=True, help="Report lines that nothing understands, and go on.")
@click.option("--explain", is_flag=True, help="Explain how ranks were joined (press packs); write nothing.")
def command(
    file: Path,
    data: Path | None,
    family: str | None,
    out: Path | None,
    only_print: bool,
    lenient: bool,
    explain: bool,
) -> None:
    """Read an award document (UTF-8 text or Markdown) and keep what it states.

    Addresses that data/ has are kept; every line is accounted for, or the document is refused.
    """
    from innograph.curation.editions import dump_edition
    from innograph.journeys.extract import extract, keep

    folder = data_folder(data)
    if explain:
        _explain(file)
        return
    extracted = extract(file, folder, family=family, lenient=lenient, kept_in=out)
    if only_print:
        click.echo(dump_edition(extracted.edition), nl=False)
    else:
        click.echo(f"written {keep(extracted, out or folder / 'editions')}")
    _report(extracted.extraction, extracted.declared)


def _report(extraction: "object", declared: bool) -> None:
    from innograph.records import Extraction

    assert isinstance(extraction, Extraction)
    edition = extraction.edition
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
    if not declared:
        click.echo("note: this document is not declared in data/documents.toml", err=True)


def _explain(file: Path) -> None:
    from innograph.sources.document import read_document
    from innograph.sources.territoria_press_pack import explain_ranks

    for rules, assignments in explain_ranks(read_document(file)):
        click.echo(f"{assignments:>8}  {' + '.join(rules) or 'no rule'}")
