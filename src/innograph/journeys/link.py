"""Which organization each mention means, and why: the worklist of the person who settles names."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from innograph.curation.bodies import read_bodies
from innograph.curation.editions import read_editions
from innograph.curation.facts import facts_of
from innograph.linking.bodies import Linker
from innograph.records import BodyMention, Edition, Facts, Partner, PersonMention, Span, parts


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One mention and the key of its organization, or None where a person must settle it."""

    edition: str
    lines: str
    mention: str
    organization: str | None
    why: str


def survey(data: Path) -> list[LinkLine]:
    """Link every name of every edition and of its facts, in the order of the documents.

    :raises DataError: ``data/`` is not as it should be.
    """
    linker = Linker(read_bodies(data))
    found = []
    for edition in read_editions(data):
        for name, lines in _names(edition, facts_of(data, edition.key)):
            link = linker.link(name, edition.key)
            spans = " ".join(str(span) for span in lines)
            why = (
                (link.rule or f"{link.curator}, {link.when}: {link.why}") if link else "fits none, or several"
            )
            found.append(LinkLine(edition.key, spans, name, link.organization if link else None, why))
    return found


def _names(edition: Edition, facts: Facts | None) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """List the names of bodies in an edition and among the partners of its initiatives, with their lines."""
    for part in parts((edition, facts)):
        if isinstance(part, BodyMention):
            yield from ((name, part.lines) for name in (part.understood(), *part.constituents))
        elif isinstance(part, Partner):
            yield part.understood(), part.lines
        elif isinstance(part, PersonMention) and part.on_behalf_of:
            yield part.on_behalf_of, part.lines
