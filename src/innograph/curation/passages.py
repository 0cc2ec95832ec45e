"""The passages that a record cites, and their hashes: ``data/passages/<document>.tsv``."""

from collections.abc import Callable

from innograph.curation.sources import PassageRow
from innograph.curation.tables import dump_table
from innograph.records import Edition, Span, parts


def cited(record: object) -> set[Span]:
    """Give the spans that a record and its parts cite."""
    return {part for part in parts(record) if isinstance(part, Span)}


def dump_passages(edition: Edition, digest: Callable[[Span], str]) -> str:
    """Write the table of the passages that ``edition`` cites.

    :param digest: gives the SHA-256 (hexadecimal) of the text of a span.
    """
    return dump_table(PassageRow, [PassageRow(str(span), digest(span)) for span in cited(edition)])
