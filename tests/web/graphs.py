"""Graphs that tests make up as they need them."""

from pyoxigraph import Literal, NamedNode, Quad

from innograph.namespaces import inno


def numbers(number: int) -> list[Quad]:
    """Make a graph that states ``number`` and holds as many values."""
    thing = NamedNode("https://w3id.org/innograph/id/award/x")
    values = [Quad(thing, inno.order, Literal(n)) for n in range(number)]
    return [Quad(thing, inno.value, Literal(number)), *values]
