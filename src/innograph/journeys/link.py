"""Which organization each mention means, and why: the worklist of the person who settles names."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from innograph.curation.bodies import read_bodies
from innograph.curation.editions import read_editions
from innograph.linking.bodies import Linker
from innograph.records import BodyMention, PersonMention, Span


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One mention and the key of its organization, or None where a person must settle it."""

    edition: str
    lines: str
    mention: str
    organization: str | None
    why: str


def survey(data: Path) -> list[LinkLine]:
    """Link every name of every edition, in the order of the documents.

    :raises DataError: ``data/`` is not as it should be.
    """
    linker = Linker(read_bodies(data))
    found = []
    for edition in read_editions(data):
        for name, lines in _names(edition):
            link = linker.link(name, edition.key)
            spans = " ".join(str(span) for span in lines)
            why = (
                (link.rule or f"{link.curator}, {link.when}: {link.why}") if link else "fits none, or several"
            )
            found.append(LinkLine(edition.key, spans, name, link.organization if link else None, why))
    return found


def _names(record: Any) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """List the names of bodies in a record, with their lines."""
    if isinstance(record, BodyMention):
        yield record.understood(), record.lines
        yield from ((name, record.lines) for name in record.constituents)
    elif isinstance(record, PersonMention):
        if record.on_behalf_of:
            yield record.on_behalf_of, record.lines
    elif isinstance(record, tuple):
        for item in record:
            yield from _names(item)
    elif dataclasses.is_dataclass(record):
        for field in dataclasses.fields(record):
            yield from _names(getattr(record, field.name))
