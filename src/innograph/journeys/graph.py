"""``data/`` and the registers → linked → quads: every named graph there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from innograph import resources
from innograph.curation.bodies import Bodies, read_bodies
from innograph.curation.editions import read_editions
from innograph.curation.facts import read_facts
from innograph.curation.identifiers import IdentifierRow, read_identifiers
from innograph.curation.passages import cited
from innograph.curation.sources import (
    AwardEntry,
    DocumentEntry,
    read_awards,
    read_documents,
    read_passages,
)
from innograph.errors import DataError
from innograph.graph.bodies import write_bodies
from innograph.graph.dataset import write_dataset
from innograph.graph.documents import write_documents
from innograph.graph.editions import write_edition
from innograph.graph.facts import write_facts
from innograph.graph.initiatives import write_awards, write_initiatives
from innograph.graph.page import Page
from innograph.graph.registry import say_which
from innograph.graph.vocabulary import collectivity_kinds, scheme_members, write_vocabulary
from innograph.journeys.documents import documents_at_hand
from innograph.journeys.registers import Linked, Registers
from innograph.namespaces import named_graph
from innograph.records import Edition, Facts, Link, Span
from innograph.registry.file import Registry
from innograph.sources.document import Document

LONGEST_QUOTE = 200
"""Characters of a document that a passage may repeat, in a graph built with the documents at hand."""


@dataclass(frozen=True, slots=True)
class Curated:
    """Everything that ``data/`` holds, read and checked."""

    awards: Mapping[str, AwardEntry]
    documents: Mapping[str, DocumentEntry]
    editions: Sequence[Edition]
    facts: Mapping[str, Facts]
    """What was read in the descriptions, by edition; an edition need not have any."""
    bodies: Bodies
    identifiers: Sequence[IdentifierRow]
    hashes: Mapping[str, Mapping[Span, str]]
    vocabulary: Page


def read_curated(data: Path) -> Curated:
    """Read the folder ``data``, and the vocabulary that it uses.

    :raises DataError: a file is missing or wrong; names it and the line.
    """
    documents = read_documents(data)
    editions = read_editions(data)
    held = {edition.document: edition.key for edition in editions}
    for key, edition_key in held.items():
        if key not in documents:
            path = data / "editions" / f"{edition_key}.yaml"
            raise DataError(f"no document {key!r}: add it to data/documents.toml", path)
    for key, entry in documents.items():
        if held.get(key) != entry.edition:
            path = data / "editions" / f"{entry.edition}.yaml"
            raise DataError(f"missing, though data/documents.toml declares it for {key}", path)
    hashes = {edition.document: read_passages(data, edition.document) for edition in editions}
    vocabulary = write_vocabulary(resources.ontology_files())
    facts = {read.edition: read for read in read_facts(data, editions, scheme_members(vocabulary))}
    bodies = read_bodies(data)
    identifiers = read_identifiers(data, bodies.organizations)
    awards = read_awards(data)
    return Curated(awards, documents, editions, facts, bodies, identifiers, hashes, vocabulary)


@dataclass(frozen=True, slots=True)
class Graph:
    """Every named graph."""

    pages: Sequence[Page]
    """All but the registers."""
    registry: Page
    reached: Page
    """The part of the registers that the others name, and what that part names in turn."""


def graph_of(
    curated: Curated,
    registry: Registry,
    linked: Linked,
    words: Mapping[str, Mapping[Span, str]] | None = None,
) -> Graph:
    """Write every named graph.

    :param words: exact words of passages, by document and lines, for a graph that stays at home.
    :raises DataError: a mention is not linked, or parts of ``data/`` contradict one another.
    """
    linker = linked.mentions
    links = Page(named_graph("links"))
    editions = curated.editions
    pages = [write_edition(edition, curated.bodies, linker, links) for edition in editions]
    pages += [
        write_facts(curated.facts[edition.key], edition, curated.bodies, linker, links)
        for edition in editions
        if edition.key in curated.facts
    ]
    for key, found in linked.registered.items():
        if found.entry:
            how = Link(key, found.rule, found.curator, found.when, found.why)
            say_which(links, found.entry, how, found.confidence)
    kinds = collectivity_kinds(curated.vocabulary)
    keys = curated.bodies.organizations
    registers = Registers(registry, linked.entries(), keys, curated.identifiers, kinds)
    identifiers = registers.identifiers()
    pages += [
        write_awards(curated.awards, editions, curated.bodies, linker, links),
        write_bodies(curated.bodies, kinds),
        write_initiatives(editions, curated.bodies, links),
        write_documents(curated.documents, editions, curated.facts, curated.hashes, words or {}),
        curated.vocabulary,
        identifiers,
        write_dataset(curated.documents, editions, list(curated.facts.values()), identifiers),
        links,
    ]
    return Graph(pages, registers.written(registers.known.values()), registers.written(registers.near))


def words_of(curated: Curated, folder: Path) -> dict[str, dict[Span, str]]:
    """Read the words of every passage in the documents of ``folder``, found by their SHA-256.

    :raises DataError: none of the declared documents is there.
    """
    at_hand = documents_at_hand(curated.documents, folder)
    return {
        edition.document: _quotes(cited(edition, curated.facts.get(edition.key)), at_hand[edition.document])
        for edition in curated.editions
        if edition.document in at_hand
    }


def _quotes(spans: set[Span], document: Document) -> dict[Span, str]:
    return {span: _quote(document.text(span)) for span in spans if span.end <= len(document.lines)}


def _quote(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= LONGEST_QUOTE else f"{joined[: LONGEST_QUOTE - 1]}…"
