"""The passages that a record cites, and their hashes: ``data/passages/<document>.tsv``."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from innograph.curation.sources import PassageRow
from innograph.curation.tables import dump_table
from innograph.records import Edition, Span


def cited(record: Any) -> Iterator[Span]:
    """List every span that a record, or a part of it, cites (several times if it is cited so)."""
    if isinstance(record, Span):
        yield record
    elif isinstance(record, tuple):
        for item in record:
            yield from cited(item)
    elif dataclasses.is_dataclass(record):
        for field in dataclasses.fields(record):
            yield from cited(getattr(record, field.name))


def dump_passages(edition: Edition, digest: Callable[[Span], str]) -> str:
    """Write the table of the passages that ``edition`` cites.

    :param digest: gives the SHA-256 (hexadecimal) of the text of a span.
    """
    return dump_table(PassageRow, [PassageRow(str(span), digest(span)) for span in set(cited(edition))])
