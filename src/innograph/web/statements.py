"""Writing the statements that the site makes about itself: a few words, and what gathers them."""

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from innograph.namespaces import BASE, GRAPH, inno, term

Value = NamedNode | Literal

DATASET = NamedNode(f"{BASE}dataset")
FORMATS = "http://www.w3.org/ns/formats/"
LICENCE = NamedNode("https://www.etalab.gouv.fr/licence-ouverte-open-licence")
TITLES = {
    "fr": "innograph : les prix de l’innovation publique territoriale",
    "en": "innograph: the innovation awards of French local government",
}

FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}
"""Names of our formats in http://www.w3.org/ns/formats/."""


class Statements:
    """Gather triples about nodes; a property may have one value or many."""

    def __init__(self) -> None:
        self.triples: list[Triple] = []

    def say(self, node: NamedNode, kind: str, values: Mapping[str, Value | Sequence[Value]]) -> None:
        """Say that ``node`` is of a kind, and its values by property, both as prefixed names."""
        self.triples.append(Triple(node, term("rdf:type"), term(kind)))
        for property, value in values.items():
            prefix, _, name = property.partition(":")
            predicate = getattr(inno, name) if prefix == "inno" else term(property)
            for one in value if isinstance(value, Sequence) else [value]:
                self.triples.append(Triple(node, predicate, one))


def in_both(texts: Mapping[str, str]) -> list[Literal]:
    """Give a text in each language."""
    return [Literal(text, language=language) for language, text in texts.items()]


def number(value: int) -> Literal:
    """Give a whole number."""
    return Literal(str(value), datatype=term("xsd:integer"))


def slug(iri: str) -> str:
    """Make a fragment of an address out of an IRI.

    >>> slug("http://www.w3.org/2004/02/skos/core#Concept")
    'www.w3.org-2004-02-skos-core-Concept'
    """
    kept = iri.removeprefix(GRAPH).partition("://")[2] or iri.removeprefix(GRAPH)
    return "".join(letter if letter.isalnum() or letter in "._~" else "-" for letter in kept)
