"""The parts of every place, in the order of their names: read once for each version of the graph.

The Pas-de-Calais has 946. To sort them anew took most of the time of its page, and the names of all of them
are not kept: one text holds the addresses of one kind, 2 MB for all of France.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from innograph.web.reader import Node, Reader


@dataclass(frozen=True, slots=True)
class PartsOfKind:
    """The parts of one kind that a place has, at least one."""

    kind: Node
    total: int
    addresses: str
    """Their addresses, one in a line, in the order of their names."""

    def nodes(self, begin: int, end: int) -> list[NamedNode]:
        """Give those from one place in the list to before another; both may lie outside of it."""
        return [NamedNode(each) for each in self.addresses.split("\n")[max(begin, 0) : max(end, 0)]]


def read_parts(reader: Reader) -> Mapping[Node, list[PartsOfKind]]:
    """Give the parts of each place, kinds in the order of their addresses; 0.7 s over the whole graph."""
    found: dict[Node, list[PartsOfKind]] = {}
    for row in sorted(reader.every_row("parts"), key=lambda row: row["kind"].value):
        named = sorted(tuple(line.rsplit(" ", 1)) for line in row["lines"].value.split("\n"))
        addresses = "\n".join(address for _, address in named)
        found.setdefault(row["place"], []).append(PartsOfKind(row["kind"], len(named), addresses))
    return found
