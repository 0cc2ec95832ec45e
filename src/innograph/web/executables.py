"""The ready-made questions as ``sh:SPARQLExecutable``, so that other tools can find, show and ask them.

The form is that of the SPARQL examples of the SIB (https://github.com/sib-swiss/sparql-examples).
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from innograph.namespaces import BASE, PREFIXES, term
from innograph.store.queries import NamedQuery
from innograph.store.tokens import tokens

QUERIES = f"{BASE}queries/"

_FORMS = {
    "select": ("sh:SPARQLSelectExecutable", "sh:select"),
    "ask": ("sh:SPARQLAskExecutable", "sh:ask"),
    "construct": ("sh:SPARQLConstructExecutable", "sh:construct"),
    "describe": ("sh:SPARQLDescribeExecutable", "sh:describe"),
}


def executables(questions: Iterable[NamedQuery], endpoint: str) -> list[Triple]:
    """Describe each question: its wording, its SPARQL with the default parameters bound, where it can be
    asked.

    :param endpoint: the address of the SPARQL endpoint.
    """
    prefixes = NamedNode(f"{QUERIES}prefixes")
    triples = [
        triple for prefix, namespace in PREFIXES.items() for triple in _prefix(prefixes, prefix, namespace)
    ]
    for question in questions:
        triples += _executable(question, NamedNode(endpoint), prefixes)
    return sorted(triples, key=str)


def _prefix(owner: NamedNode, prefix: str, namespace: str) -> Iterator[Triple]:
    node = NamedNode(f"{QUERIES}prefix/{prefix}")
    yield Triple(owner, term("sh:declare"), node)
    yield Triple(node, term("sh:prefix"), Literal(prefix))
    yield Triple(node, term("sh:namespace"), Literal(namespace, datatype=term("xsd:anyURI")))


def _executable(question: NamedQuery, endpoint: NamedNode, prefixes: NamedNode) -> Iterator[Triple]:
    node = NamedNode(QUERIES + question.name)
    text = question.bound({})
    form, property = _FORMS[next(token.text.lower() for token in tokens(text) if token.is_word(*_FORMS))]
    yield Triple(node, term("rdf:type"), term("sh:SPARQLExecutable"))
    yield Triple(node, term("rdf:type"), term(form))
    yield Triple(node, term("rdfs:comment"), Literal(question.question_fr, language="fr"))
    yield Triple(node, term("rdfs:comment"), Literal(question.question_en, language="en"))
    yield Triple(node, term("sh:prefixes"), prefixes)
    yield Triple(node, term(property), Literal(text))
    yield Triple(node, term("schema:target"), endpoint)
    if question.subject:
        yield Triple(node, term("schema:keywords"), Literal(question.subject))
