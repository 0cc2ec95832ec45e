"""``innograph link``: which organization each mention means, which entry of the registers it is, and why."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from innograph.cli.options import data_folder, data_option, open_registry, progress, registry_option

if TYPE_CHECKING:
    from innograph.journeys.evaluate import Evaluation
    from innograph.journeys.link import Survey
    from innograph.linking.weighing import Candidate
    from innograph.registry.file import Registry

_CASES = Path("tests/linking/cases.tsv")


@click.command(name="link", short_help="tell which organization each mention means, and why")
@data_option
@registry_option
@click.option("--report", is_flag=True, help="Print every link, not only those that need a person.")
@click.option("--add", is_flag=True, help="Add the bodies that mentions certainly mean to organizations.tsv.")
@click.option("--evaluate", is_flag=True, help="Print precision and recall instead, by kind of difficulty.")
@click.option(
    "--cases",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Table of cases for --evaluate.  [default: that of a checkout, if this is one]",
)
@click.option("--sample", default=2000, show_default=True, help="Bodies whose names --evaluate distorts.")
@click.option(
    "--wikidata",
    is_flag=True,
    help="Look for the items of Wikidata that bodies and their places are, instead.",
)
@click.option("--endpoint", help="SPARQL endpoint for --wikidata.  [default: that of Wikidata]")
@click.option("--write", is_flag=True, help="Add what --wikidata found to identifiers.tsv.")
def command(
    data: Path | None,
    registry: Path | None,
    report: bool,
    add: bool,
    evaluate: bool,
    cases: Path | None,
    sample: int,
    wikidata: bool,
    endpoint: str | None,
    write: bool,
) -> None:
    """Print what must be settled by a person (exit status 1 if there is anything), with the best candidates.

    First mentions that fit no organization with certainty: edition, lines, mention, organization, why. Then
    organizations that fit no entry of the registers: key, name, entry, why.

    With --wikidata: rows for identifiers.tsv, found by INSEE code and SIREN; on stderr what is uncertain.
    """
    from innograph.journeys.link import add_certain, survey

    with open_registry(registry) as registers:
        if wikidata:
            _wikidata(data_folder(data), registers, endpoint, write)
            return
        if evaluate:
            from innograph.journeys.evaluate import evaluate_linking

            _write_evaluation(evaluate_linking(registers, cases or _cases_of_checkout(), sample))
            return
        if add:
            for row in add_certain(data_folder(data), registers):
                click.echo(f"added {row.key}\t{row.name}\t{row.kind}", err=True)
        whole = survey(data_folder(data), registers)
    worklist = whole.worklist()
    _write(whole if report else worklist)
    click.echo(
        f"{len(whole.mentions)} mentions, {len(worklist.mentions)} need a person;"
        f" {len(whole.organizations)} organizations, {len(worklist.organizations)} need a person",
        err=True,
    )
    if len(worklist):
        raise click.exceptions.Exit(1)


def _wikidata(data: Path, registers: "Registry", endpoint: str | None, write: bool) -> None:
    from dataclasses import astuple
    from datetime import UTC, datetime

    from innograph.fetch.fetcher import Fetcher, Manners
    from innograph.journeys.wikidata import (
        ENDPOINT,
        find_items,
        merged,
        registered_bodies,
        write_identifiers,
    )

    tell = progress()
    fetcher = Fetcher(Manners(timeout=90.0, between=1.0), tell=tell)
    bodies = registered_bodies(data, registers)
    found = find_items(bodies, endpoint or ENDPOINT, fetcher, datetime.now(UTC).date(), tell)
    rows, differing = merged(found, data)
    for row in found.rows:
        click.echo("\t".join(astuple(row)))
    worklist = [*found.worklist, *differing]
    for doubt in worklist:
        click.echo(f"needs a person: {doubt.about} {doubt.key} {doubt.name}: {doubt.why}", err=True)
    click.echo(f"{len(found.rows)} items found, {len(worklist)} need a person", err=True)
    if write:
        write_identifiers(rows, data)
        click.echo(f"written {data / 'identifiers.tsv'}", err=True)
    if worklist:
        raise click.exceptions.Exit(1)


def _write(lines: "Survey") -> None:
    for line in lines.mentions:
        click.echo("\t".join((line.edition, line.lines, line.mention, line.organization or "?", line.why)))
        _write_candidates(line.candidates)
    for one in lines.organizations:
        click.echo("\t".join((one.organization, one.name, one.entry or "?", one.why)))
        _write_candidates(one.candidates)


def _write_candidates(candidates: "tuple[Candidate, ...]") -> None:
    for each in candidates:
        reasons = ", ".join(each.reasons)
        place = each.entry.department or each.entry.region
        click.echo(
            f"    {each.score:5.1f}  {each.entry.id}  {each.entry.name} ({place})  {each.found}  {reasons}"
        )


def _cases_of_checkout() -> Path | None:
    from innograph.resources import house

    path = house() / _CASES
    return path if path.is_file() else None


def _write_evaluation(evaluation: "Evaluation") -> None:
    click.echo(f"{'':28}{'cases':>7}{'top-1':>8}{'precision':>11}{'recall':>8}{'wrong':>7}")
    for name, tally in evaluation.rows():
        click.echo(
            f"{name:28}{tally.cases:>7}{tally.top_1:>8.3f}{tally.precision:>11.4f}{tally.recall:>8.3f}"
            f"{tally.wrong:>7}"
        )
    for miss in evaluation.misses():
        click.echo(miss, err=True)
