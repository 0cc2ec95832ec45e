"""Values of parameters as people write them, read as RDF terms."""

import re
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode

from innograph.errors import QueryError
from innograph.namespaces import PREFIXES, term
from innograph.store.binding import Term

ValueType = OneOf["iri", "string", "integer"]

_INTEGER = re.compile(r"[+-]?[0-9]+")


def read_value(text: str, type: ValueType) -> Term:
    """Read a value of a known type. An IRI may be a prefixed name of ours, or stand in angle brackets.

    :raises QueryError: the text is no value of this type.

    >>> read_value("id:organization/elancourt", "iri")
    <NamedNode value=https://w3id.org/innograph/id/organization/elancourt>
    >>> read_value("20x4", "integer")
    Traceback (most recent call last):
    innograph.errors.QueryError: '20x4' is not an integer
    """
    if type == "string":
        return Literal(text)
    if type == "integer":
        if not _INTEGER.fullmatch(text):
            raise QueryError(f"{text!r} is not an integer")
        return Literal(text, datatype=term("xsd:integer"))
    prefix, _, local = text.partition(":")
    try:
        if _has_prefix(text):
            return NamedNode(PREFIXES[prefix] + local)
        return NamedNode(text.removeprefix("<").removesuffix(">"))
    except ValueError as error:
        raise QueryError(f"{text!r} is not an IRI ({error})") from error


def guess_type(text: str) -> ValueType:
    """Tell how to read a value of no declared type: as an IRI or an integer if it is written as one.

    >>> [guess_type(text) for text in ("<http://example.org/>", "id:rank/gold", "2024", "http://example.org/")]
    ['iri', 'iri', 'integer', 'string']
    """
    if (text.startswith("<") and text.endswith(">")) or _has_prefix(text):
        return "iri"
    return "integer" if _INTEGER.fullmatch(text) else "string"


def _has_prefix(text: str) -> bool:
    prefix, colon, local = text.partition(":")
    return bool(colon) and prefix in PREFIXES and not local.startswith("//")
