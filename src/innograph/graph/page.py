"""Writing quads into one named graph: subject, then predicate and objects, as Turtle would be read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from innograph.namespaces import inno, term, thing
from innograph.records import Lines
from innograph.text import sort_key

Value = NamedNode | Literal | BlankNode | str | int | bool | date
Facts = Mapping[NamedNode, Value | Iterable[Value] | None]


def french(text: str) -> Literal:
    """Make a literal in French."""
    return Literal(text, language="fr")


def literal(value: str | int | bool | date) -> Literal:
    """Make a literal whose datatype is that of the Python value.

    >>> literal(date(2024, 4, 4)).datatype
    <NamedNode value=http://www.w3.org/2001/XMLSchema#date>
    """
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=term("xsd:date"))
    return Literal(value)


class Page:
    """The quads of one named graph, in the making."""

    def __init__(self, graph: NamedNode) -> None:
        self.graph = graph
        self.quads: set[Quad] = set()

    def say(self, subject: NamedNode, predicate: NamedNode, objects: Value | Iterable[Value] | None) -> None:
        """Add a quad for each object; nothing for None."""
        if objects is None:
            return
        if isinstance(objects, (NamedNode, Literal, BlankNode)):
            self.quads.add(Quad(subject, predicate, objects, self.graph))
        elif isinstance(objects, (str, int, date)):
            self.quads.add(Quad(subject, predicate, literal(objects), self.graph))
        else:
            for value in objects:
                self.say(subject, predicate, value)

    def describe(self, subject: NamedNode, kind: NamedNode, facts: Facts) -> NamedNode:
        """Give ``subject`` its class and its facts, and return it."""
        self.say(subject, term("rdf:type"), kind)
        for predicate, objects in facts.items():
            self.say(subject, predicate, objects)
        return subject

    def named(self, subject: NamedNode, kind: NamedNode, name: str, facts: Facts) -> NamedNode:
        """Do as :meth:`describe` for a thing with a name: French label, untagged name, sort key."""
        self.say(subject, term("skos:prefLabel"), french(name))
        self.say(subject, inno.name, name)
        self.say(subject, inno.sortKey, sort_key(name))
        return self.describe(subject, kind, facts)

    def add(self, triple: Triple) -> None:
        """Add one triple."""
        self.quads.add(Quad(triple.subject, triple.predicate, triple.object, self.graph))

    def titled(self, subject: NamedNode, titles: Sequence[str]) -> None:
        """Give ``subject`` its titles in French; the first makes its plain name and its sort key."""
        self.say(subject, term("dcterms:title"), [french(title) for title in titles])
        self.say(subject, inno.name, titles[0])
        self.say(subject, inno.sortKey, sort_key(titles[0]))


class Evidence:
    """Points at the lines of one document."""

    def __init__(self, document: str) -> None:
        self.document = document

    def __call__(self, *lines: Lines) -> list[NamedNode]:
        """List the passages for some lines."""
        return [thing("passage", self.document, f"L{span}") for spans in lines for span in spans]
