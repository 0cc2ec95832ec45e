"""The passages that a record cites, and their hashes: ``data/passages/<document>.tsv``."""

from collections.abc import Callable

from innograph.curation.sources import PassageRow
from innograph.curation.tables import dump_table
from innograph.records import Edition, Facts, Ignored, Span, parts


def cited(*records: object) -> set[Span]:
    """Give the spans that records and their parts cite; what readers ignored is no fact and cites none."""
    return {part for part in parts(records, leaving=(Ignored,)) if isinstance(part, Span)}


def dump_passages(edition: Edition, facts: Facts | None, digest: Callable[[Span], str]) -> str:
    """Write the table of the passages that ``edition``, and what was read in its descriptions, cite.

    :param digest: gives the SHA-256 (hexadecimal) of the text of a span.
    """
    return dump_table(PassageRow, [PassageRow(str(span), digest(span)) for span in cited(edition, facts)])
