"""Where the passages of all documents stand: read once for each version of the graph."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from innograph.web.reader import Node, Reader


@dataclass(frozen=True, slots=True)
class Lines:
    """A document, and the lines of a passage of it."""

    document: Node
    first: int
    last: int


def read_passages(reader: Reader) -> Mapping[Node, Lines]:
    """Read them (see :meth:`Reader.once`): 10 ms for 866."""
    return {
        row["passage"]: Lines(row["document"], int(row["start"].value), int(row["end"].value))
        for row in reader.every_row("all-passages")
    }


def in_order(reader: Reader, passages: Iterable[Node]) -> list[Node]:
    """Sort passages by their first lines."""
    return sorted(passages, key=first_line(reader))


def first_line(reader: Reader) -> Callable[[Node], int]:
    """Give a function that gives the first line of a passage, and 0 for whatever is none."""
    known = reader.once(read_passages)
    return lambda node: known[node].first if node in known else 0
