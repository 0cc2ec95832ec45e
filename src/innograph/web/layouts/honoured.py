"""Who was honoured, by grouping and by place: read once for each version of the graph.

They are few, as the documents are; the bodies around them are not, since the registers know all of France.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from innograph.namespaces import inno
from innograph.web.reader import Node, Reader, Row


@dataclass(frozen=True)
class AllHonoured:
    """The honoured bodies of one version; wherever several are listed, in the order of their names."""

    honours: Mapping[Node, list[Row]]
    """The rows of ``honoured-for.rq`` of each body, the newest distinction first."""
    near: Mapping[Node, list[Node]]
    """The bodies of each grouping, itself among them, and of each département."""
    inside: Mapping[Node, list[Node]]
    """The bodies of each place: those that ``honoured-in.rq`` finds."""

    def number_of(self, body: Node) -> int:
        """Give the number of distinctions of a body."""
        return len({row["distinction"] for row in self.honours[body]})


def read_honoured(reader: Reader) -> AllHonoured:
    """Read them (see :meth:`Reader.once`): two queries, 15 ms for 109 bodies."""
    honours: dict[Node, list[Row]] = {}
    for row in reader.every_row("honoured-for"):
        honours.setdefault(row["body"], []).append(row)
    near: dict[Node, set[Node]] = {body: {body} for body in honours}
    inside: dict[Node, set[Node]] = {}
    for row in reader.every_row("honoured-around"):
        if row["property"] in (inno.memberOf, inno.department):
            near.setdefault(row["around"], set()).add(row["body"])
        if row["property"] != inno.memberOf:
            inside.setdefault(row["around"], set()).add(row["body"])
    place = {body: number for number, body in enumerate(honours)}

    def ordered(sets: Mapping[Node, set[Node]]) -> dict[Node, list[Node]]:
        return {around: sorted(bodies, key=place.__getitem__) for around, bodies in sets.items()}

    return AllHonoured(honours, ordered(near), ordered(inside))
