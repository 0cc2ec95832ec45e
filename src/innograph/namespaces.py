"""Every IRI that the code needs: our own terms, read from the ontology; foreign terms; addresses of things.

A name that the ontology does not declare is an :class:`AttributeError`: a misspelt property cannot reach the
graph in silence. Nothing is read before the first term is asked for.
"""

import re
from functools import cache
from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode

from innograph.errors import DataError
from innograph.rdf import read_quads
from innograph.resources import house, ontology_files

BASE: Final = "https://w3id.org/innograph/"
ID: Final = f"{BASE}id/"
GRAPH: Final = f"{BASE}graph/"
CONTRIBUTIONS: Final = f"{GRAPH}contribution/"
"""Where the named graphs begin that users write: they are no part of the merge of all others."""

ONTOLOGY: Final = f"{BASE}ontology#"
SHAPES: Final = f"{BASE}shapes#"

PREFIXES: Final = {
    "inno": ONTOLOGY,
    "id": ID,
    "graph": GRAPH,
    "insh": SHAPES,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sh": "http://www.w3.org/ns/shacl#",
    "adms": "http://www.w3.org/ns/adms#",
    "vann": "http://purl.org/vocab/vann/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "cpov": "http://data.europa.eu/m8g/",
    "igeo": "http://rdf.insee.fr/def/geo#",
    "vivo": "http://vivoweb.org/ontology/core#",
    "unit": "http://qudt.org/vocab/unit/",
    "eurovoc": "http://eurovoc.europa.eu/",
    "cofog": "http://linked.data.gov.au/def/cofog/",
    "sdg": "http://metadata.un.org/sdg/",
}
"""The one list of prefixes: files, queries, pages and results all use these."""

_NAMED_KINDS = (
    "audience", "award", "basis", "category-kind", "counted", "organization-kind", "rank", "role", "stage",
    "territory-kind", "theme",
)  # fmt: skip

QUERY_PREFIXES: Final = {**PREFIXES, **{kind: f"{ID}{kind}/" for kind in _NAMED_KINDS}}
"""Those that a query need not declare: these, and one for each kind of things that queries name one by one
(``rank:gold``). Files and results have ``id:`` for all of them."""


class OntologyTerms:
    """Give our own terms as attributes: ``inno.Distinction``, ``inno.rankLabel``.

    >>> inno.Distinction
    <NamedNode value=https://w3id.org/innograph/ontology#Distinction>
    >>> inno.Distinktion
    Traceback (most recent call last):
    AttributeError: the ontology declares no term inno:Distinktion
    """

    def __getattr__(self, name: str) -> NamedNode:
        """Give the term ``name``.

        :raises AttributeError: no file of ``ontology/`` declares it.
        :raises DataError: a file of ``ontology/`` is not Turtle.
        """
        if name.startswith("__"):  # Python's own questions (copy, inspect, doctest) must not read files
            raise AttributeError(name)
        try:
            return declared_terms()[name]
        except KeyError:
            raise AttributeError(f"the ontology declares no term inno:{name}") from None

    def __dir__(self) -> list[str]:
        return sorted(declared_terms())


inno: Final = OntologyTerms()


@cache
def declared_terms() -> MappingProxyType[str, NamedNode]:
    """Map the name of each term that ``ontology/`` declares (gives an ``rdf:type``) to its IRI; read once.

    :raises DataError: a file is not Turtle; says where.
    """
    rdf_type = term("rdf:type")
    terms: dict[str, NamedNode] = {}
    for path in ontology_files():
        for quad in read_quads(path):
            subject = quad.subject
            if (
                quad.predicate == rdf_type
                and isinstance(subject, NamedNode)
                and subject.value.startswith(ONTOLOGY)
            ):
                terms[subject.value.removeprefix(ONTOLOGY)] = subject
    if not terms:
        raise DataError("the vocabulary declares no term of ours", house() / "ontology")
    return MappingProxyType(terms)


def term(curie: str) -> NamedNode:
    """Give a term of another vocabulary by its prefixed name.

    :raises ValueError: the prefix is not in :data:`PREFIXES`, or nothing follows it.

    >>> term("dcterms:title")
    <NamedNode value=http://purl.org/dc/terms/title>
    >>> term("dc:title")
    Traceback (most recent call last):
    ValueError: unknown prefix in 'dc:title'; add it to innograph.namespaces.PREFIXES
    """
    prefix, _, name = curie.partition(":")
    if prefix not in PREFIXES:
        raise ValueError(f"unknown prefix in {curie!r}; add it to innograph.namespaces.PREFIXES")
    if not name:
        raise ValueError(f"no name in {curie!r}")
    return NamedNode(PREFIXES[prefix] + name)


def shorten(iri: str) -> str:
    """Write an IRI as a prefixed name for people to read, or leave it as it is.

    >>> shorten("http://purl.org/dc/terms/title"), shorten("http://example.org/x")
    ('dcterms:title', 'http://example.org/x')
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def thing(kind: str, *parts: str | int) -> NamedNode:
    """Give the address of a thing (docs/model.md, “Addresses”). A part may be a path: a key and what follows.

    :raises DataError: a part has no place in an address as it stands.

    >>> thing("passage", "territoria-2019", "L19").value
    'https://w3id.org/innograph/id/passage/territoria-2019/L19'
    >>> thing("criterion", "territoria-2019", 1).value
    'https://w3id.org/innograph/id/criterion/territoria-2019/1'
    """
    return NamedNode(ID + _path(kind, *parts))


def concept(scheme: str, name: str) -> NamedNode:
    """Give the address of a concept of one of our schemes.

    :raises DataError: the name has no place in an address.

    >>> concept("rank", "gold").value
    'https://w3id.org/innograph/id/rank/gold'
    """
    return thing(scheme, name)


def named_graph(*parts: str | int) -> NamedNode:
    """Give the address of a named graph.

    :raises DataError: a part has no place in an address.

    >>> named_graph("edition", "territoria-2019").value
    'https://w3id.org/innograph/graph/edition/territoria-2019'
    """
    return NamedNode(GRAPH + _path(*parts))


_SEGMENTS = re.compile(r"[A-Za-z0-9]+(?:[-._~][A-Za-z0-9]+)*(?:/[A-Za-z0-9]+(?:[-._~][A-Za-z0-9]+)*)*")


def _path(*parts: str | int) -> str:
    texts = [str(part) for part in parts]
    for text in texts:
        if not _SEGMENTS.fullmatch(text):
            raise DataError(f"{text!r} cannot stand in an address; use plain letters, digits and hyphens")
    return "/".join(texts)
