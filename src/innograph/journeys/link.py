"""Which organization each mention means, and which entry of the registers each organization is, and why.

What is not certain is the worklist of the person who settles names, with the best candidates.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from innograph.curation.bodies import Bodies, OrganizationRow, read_bodies
from innograph.curation.editions import read_editions
from innograph.curation.facts import facts_of
from innograph.curation.tables import dump_table
from innograph.linking.bodies import Linker
from innograph.linking.gazetteer import Gazetteer
from innograph.linking.judgement import judge
from innograph.linking.registered import RegisterLink, register_candidates, register_links
from innograph.linking.weighing import Candidate
from innograph.records import BodyMention, Edition, Facts, Lines, Partner, PersonMention, parts
from innograph.registry.file import Registry
from innograph.resources import write_text
from innograph.text import slug


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One mention and the key of its organization, or None where a person must settle it."""

    edition: str
    lines: str
    mention: str
    organization: str | None
    why: str
    candidates: tuple[Candidate, ...] = ()
    """Of what is not linked: the best entries of the registers."""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One organization and the entry of the registers it is: ``none`` if judged so, None if unsettled."""

    organization: str
    name: str
    entry: str | None
    why: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """Every link, in the order of the documents and of the organizations."""

    mentions: Sequence[LinkLine]
    organizations: Sequence[RegisterLine]

    def worklist(self) -> "Survey":
        """Give what a person must still settle."""
        return Survey(
            [line for line in self.mentions if line.organization is None],
            [line for line in self.organizations if line.entry is None],
        )

    def __len__(self) -> int:
        return len(self.mentions) + len(self.organizations)


BEST = 3
"""Candidates that the worklist shows."""


def linker_of(
    bodies: Bodies, editions: Sequence[Edition], gazetteer: Gazetteer, links: Mapping[str, RegisterLink]
) -> Linker:
    """Make the linker for these editions: their names are used on the last day of their year.

    :param links: which entry of the registers each body is.
    """
    days = {edition.key: f"{edition.year.value}-12-31" for edition in editions}
    return Linker(bodies, gazetteer, links, days)


def survey(data: Path, registry: Registry) -> Survey:
    """Link every name of every edition, and every organization to the registers.

    :raises DataError: ``data/`` is not as it should be.
    """
    bodies, editions, gazetteer = read_bodies(data), read_editions(data), Gazetteer(registry)
    links = register_links(bodies, gazetteer)
    linker = linker_of(bodies, editions, gazetteer, links)
    return Survey(
        [
            _mention(name, edition, linker)
            for edition in editions
            for name in _names(edition, facts_of(data, edition.key))
        ],
        [_organization(row, links, bodies, gazetteer) for row in bodies.organizations.values()],
    )


def add_certain(data: Path, registry: Registry) -> list[OrganizationRow]:
    """Add to ``data/organizations.tsv`` the bodies of the registers that mentions certainly mean; give them.

    A key is made of the name once, here; a name whose key is taken stays on the worklist.

    :raises DataError: ``data/`` is not as it should be, or cannot be written.
    """
    rows = read_bodies(data).organizations
    added: dict[str, OrganizationRow] = {}
    for line in survey(data, registry).worklist().mentions:
        certain = judge(line.candidates)
        key = slug(certain.entry.name) if certain else ""
        if certain and key not in rows:
            added[key] = OrganizationRow(key, certain.entry.name, certain.entry.kind, "")
    if added:
        write_text(data / "organizations.tsv", dump_table(OrganizationRow, [*rows.values(), *added.values()]))
    return list(added.values())


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    lines: Lines
    context: str | None = None
    beside: tuple[str, ...] = ()


def _mention(name: _Name, edition: Edition, linker: Linker) -> LinkLine:
    link = linker.link(name.text, edition.key, context=name.context, beside=name.beside)
    spans = " ".join(str(span) for span in name.lines)
    if link:
        why = link.rule or f"{link.curator}, {link.when}: {link.why}"
        return LinkLine(edition.key, spans, name.text, link.organization, why)
    found = linker.candidates(name.text, edition.key, context=name.context, beside=name.beside)
    return LinkLine(edition.key, spans, name.text, None, "fits none, or several", tuple(found[:BEST]))


def _organization(
    row: OrganizationRow, links: dict[str, RegisterLink], bodies: Bodies, gazetteer: Gazetteer
) -> RegisterLine:
    link = links.get(row.key)
    if link is None:
        found = register_candidates(row, bodies, gazetteer)[:BEST]
        return RegisterLine(row.key, row.name, None, "in the registers none, or several", tuple(found))
    why = link.rule or f"{link.curator}, {link.when}: {link.why}"
    return RegisterLine(row.key, row.name, link.entry.id if link.entry else "none", why)


def _names(edition: Edition, facts: Facts | None) -> Iterator[_Name]:
    """List the names of bodies in an edition and among partners, with what stands beside them."""
    together = {
        id(laureate): laureate.others(each.laureates)
        for each in edition.distinctions()
        for laureate in each.laureates
    }
    for part in parts((edition, facts)):
        if isinstance(part, BodyMention):
            yield _Name(part.understood(), part.lines, part.context, together.get(id(part), ()))
            yield from (_Name(name, part.lines) for name in part.constituents)
        elif isinstance(part, Partner):
            yield _Name(part.understood(), part.lines)
        elif isinstance(part, PersonMention) and part.on_behalf_of:
            yield _Name(part.on_behalf_of, part.lines)
