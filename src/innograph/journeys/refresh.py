"""The publishers' current files → a new file of the registers, and a report of what changed.

Whatever is wrong is refused by name before anything is written, and the old file stays.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from innograph.errors import RegistryError
from innograph.fetch.fetcher import Fetcher
from innograph.fetch.kept import Answer
from innograph.registry.addresses import Source, sources_of
from innograph.registry.changes import changes_of
from innograph.registry.cog import read_cog
from innograph.registry.compact import Vintage, checked_entries, write_aside
from innograph.registry.comparison import HEADINGS, differences, populations
from innograph.registry.current import (
    COMMUNES,
    COMMUNES_MAY,
    EPCIS,
    OVERSEAS,
    ept_of,
    package_of,
    read_rows,
)
from innograph.registry.entries import Entry
from innograph.registry.file import Registry
from innograph.registry.reviewed import Reviewed, hash_of, read_reviewed
from innograph.registry.sirene import siren_remarks
from innograph.registry.years import years_of
from innograph.resources import write_text

FEWEST: Final = 34_000
"""Communes in force, under which a list of them is not believed."""

_POPULATIONS: Final = {"2026": 2023}
"""The year of the populations that geo.api.gouv.fr gives with a Code officiel géographique."""

_RECORDS: Final[Mapping[str, tuple[Mapping[str, type], Mapping[str, type]]]] = {
    "communes": (COMMUNES, COMMUNES_MAY),
    "epcis": (EPCIS, {}),
    "overseas": (OVERSEAS, {}),
}
"""By key of the source: the fields that its records must have, and those that they may have."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to refresh from: the vintage, the addresses, the reviewed tables, and the registers at hand."""

    cog: str
    addresses: Mapping[str, str]
    """Those that stand in for the known ones, by key."""
    reviewed: Path
    at_hand: Path
    populations: int | None = None
    """The year of the populations, where it is not the one known for the vintage."""
    fewest: int = FEWEST


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of it: the report, where it is kept, None if nothing changed and nothing was written."""

    report: str
    kept: Path | None


def refresh(
    wanted: Wanted, target: Path, fetcher: Fetcher, today: date, tell: Callable[[str], None]
) -> Refreshed:
    """Fetch the current files, check them, and write the registers to ``target`` if anything changed.

    :raises FetchError: a publisher did not give its file, whole.
    :raises RegistryError: a file is cut, of another vintage, or contradicts what must hold; names it.
    :raises DataError: a reviewed table is malformed.
    """
    sources = sources_of(wanted.cog, wanted.addresses)
    with closing(Registry(wanted.at_hand)) as registry:
        before, old = list(registry), registry.meta
    answers = {}
    for key in ("cog", "communes", "epcis", "overseas"):
        tell(f"fetching {key} from {sources[key].publisher}")
        answers[key] = _fetched(sources[key], fetcher)
    tell("reading and checking")
    entries, facts, vintage = _read(wanted, answers, before)
    remarks = [
        *(f"data/registers/{remark}, which is not there any more" for remark in facts.left_over(entries)),
        *siren_remarks(facts.authorities, sources["authorities"].address, fetcher, tell),
    ]
    report = "\n".join(_report(wanted.cog, answers, today, before, entries, remarks))
    if entries == before and old.get("cog") == vintage.cog:
        return Refreshed(report, None)
    origin = {"fetched": today.isoformat(), "reviewed": hash_of(wanted.reviewed)}
    origin |= {f"source {key}": f"{answer.address} {answer.sha256}" for key, answer in answers.items()}
    write_aside(target, entries, facts, origin, vintage)
    kept = target.with_name(f"{target.stem}-{today.isoformat()}.md")
    write_text(kept, f"{report}\n")
    return Refreshed(report, kept)


def _fetched(source: Source, fetcher: Fetcher) -> Answer:
    answer = fetcher.get(source.address, source.accept or "*/*")
    if source.accept and answer.media != source.accept:
        raise RegistryError(f"is {answer.media or 'of no type'} instead of {source.accept}", source.address)
    return answer


def _read(
    wanted: Wanted, answers: Mapping[str, Answer], before: Sequence[Entry]
) -> tuple[list[Entry], Reviewed, Vintage]:
    """Make entries of what was fetched, and check them."""
    place = {key: answer.address for key, answer in answers.items()}
    cog = read_cog(answers["cog"].content, wanted.cog, place["cog"])
    rows = {
        key: read_rows(answers[key].content, must, may, place[key]) for key, (must, may) in _RECORDS.items()
    }
    codes = [row["COM"] for row in cog.communes if row["TYPECOM"] == "COM"]
    if len(codes) < wanted.fewest:
        raise RegistryError(f"{len(codes)} communes are fewer than is plausible", place["cog"])
    facts = replace(read_reviewed(wanted.reviewed), changes=changes_of(cog.movements))
    try:
        files = package_of(cog, **rows, ept=ept_of(before, facts.changes, codes))
    except KeyError as error:
        raise RegistryError(f"points at {error}, which is not there", place["epcis"]) from error
    claimed = wanted.populations or _POPULATIONS.get(wanted.cog)
    if claimed is None:
        raise RegistryError(f"of which year are populations of {wanted.cog}? give it as --populations")
    vintage = Vintage(wanted.cog, years_of(claimed, before, rows["communes"], place["communes"]))
    return checked_entries(files, facts, vintage, "the publishers' current files"), facts, vintage


def _report(
    cog: str,
    answers: Mapping[str, Answer],
    today: date,
    before: Sequence[Entry],
    after: Sequence[Entry],
    remarks: Sequence[str],
) -> Iterator[str]:
    """Write the report in Markdown, line by line."""
    found = differences(before, after)
    yield f"# Registers, {today.isoformat()}"
    yield ""
    yield f"Code officiel géographique {cog}: {len(after)} entries, {len(found)} facts changed."
    yield f"Populations: {populations(before)}; now {populations(after)}."
    for what, heading in HEADINGS.items():
        lines = [str(difference) for difference in found if difference.what == what]
        yield from _section(f"{heading}: {len(lines)}", lines)
    yield from _section("To be looked at", remarks)
    states = {True: "unchanged", False: "new"}
    sources = [
        f"{key}: {answer.address} ({states[answer.unchanged]}"
        f"{f', of {answer.modified}' if answer.modified else ''}, SHA-256 {answer.sha256})"
        for key, answer in answers.items()
    ]
    yield from _section("Sources", sources)


def _section(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield from ("", f"## {heading}", "")
        yield from (f"- {line}" for line in lines)
