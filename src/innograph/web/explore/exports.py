"""What is shown at /explore as one query: of ``queries/explore``, narrowed by those of ``queries/facets``.

Where the reader named a body, ``queries/explore/elsewhere.rq`` narrows it too.
"""

from typing import Final

from innograph.store.formats import SOLUTIONS, TRIPLES, Format
from innograph.store.joining import narrow
from innograph.web.explore.choices import Choices
from innograph.web.explore.facets import FACETS
from innograph.web.reader import Reader

FORMATS: Final = tuple(
    format for format in (*SOLUTIONS, *TRIPLES) if format.name in ("csv", "json", "turtle")
)
"""What distinctions can be taken away as."""


def query_of(reader: Reader, choices: Choices, name: str = "distinctions") -> str:
    """Write the query that finds what is shown, on all its pages.

    :param name: of the file of ``queries/explore``: ``distinctions``, or ``description`` for triples.
    """
    conditions = [
        reader.text_of_each(f"facets/{facet}", facet, [FACETS[facet].written(key) for key in keys])
        for facet, keys in choices.values.items()
    ]
    if choices.like:
        conditions.append(reader.text("explore/elsewhere", like=f"id:{choices.like}"))
    return narrow(reader.text(f"explore/{name}"), conditions)


def query_for(reader: Reader, choices: Choices, format: Format) -> str:
    """Write the query whose answer is a file of this format."""
    return query_of(reader, choices, "description" if format in TRIPLES else "distinctions")
