"""The facts about a thing, as the graph says them: values by property, each with the lines that say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from innograph.namespaces import ID, inno
from innograph.web.gathered import Said
from innograph.web.passages import first_line, in_order
from innograph.web.reader import Node, Reader

_EVIDENT: Final = ("announced-count", "criterion", "event", "figure", "reuse")
"""Kinds of values whose lines stand beside them; other values are things with lines of their own."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value, the document's words for it if any, and the passages that say it."""

    node: Node
    printed: str | None
    passages: list[Node]


def facts_about(reader: Reader, thing: NamedNode) -> Mapping[Node, list[Value]]:
    """Ask for the facts about a thing; values come in the order of the document, if they have one."""
    values: dict[Node, dict[Node, Said]] = {}
    for row in reader.unnamed_rows("facts", thing=thing.value):
        said = values.setdefault(row["property"], {}).setdefault(row["value"], Said())
        if "more" in row:
            said.add(row["more"], row["told"])
    line = first_line(reader)

    def place(of_value: tuple[Node, Said]) -> tuple[int, int, str]:
        node, said = of_value
        return said.number(inno.order), line(node), node.value

    found = {
        property: [
            Value(node, said.text(inno.printed), _passages(reader, node, said))
            for node, said in sorted(values[property].items(), key=place)
        ]
        for property in sorted(values, key=lambda property: property.value)
    }
    shown = (each for of_property in found.values() for each in of_property)
    reader.expect([*found, *(node for each in shown for node in (each.node, *each.passages))])
    return found


def _passages(reader: Reader, node: Node, said: Said) -> list[Node]:
    evident = node.value.startswith(tuple(f"{ID}{kind}/" for kind in _EVIDENT))
    return in_order(reader, said.all(inno.evidence)) if evident else []
