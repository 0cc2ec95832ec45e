"""What a graph holds, in two numbers and a few bytes of memory, to tell whether another place holds the same.

The hash of a graph is the sum of the SHA-256 of its triples, as canonical N-Triples: a sum needs no order,
so that a million triples pass by one after the other. It tells accidents apart, not forgeries. Triples with
blank nodes are few here; they are kept, and named by RDFC-1.0 before they are counted.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple, serialize

_MODULUS: Final = 1 << 256
_AT_ONCE: Final = 10_000
_XSD: Final = rb"http://www\.w3\.org/2001/XMLSchema#"
_NUMBER: Final = re.compile(
    rb'"([+-]?[0-9]+(?:\.[0-9]+)?|true|false)"\^\^<' + _XSD + rb"(?:integer|decimal|boolean|int|long)> \.$"
)
_LANGUAGE: Final = re.compile(rb'"@([A-Za-z0-9-]+) \.$')


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """How many triples a graph has, and the hash of them."""

    triples: int
    exact: str
    """Of what is written, 64 hexadecimal digits."""
    meant: str
    """The same, with numbers, truths and tags of languages by what they mean: some engines write them
    otherwise (Virtuoso ``1.5`` for ``1.50``)."""


def fingerprint(triples: Iterable[Triple]) -> Fingerprint:
    """Give the fingerprint of a graph, of whose triples each comes once.

    >>> from pyoxigraph import Literal, NamedNode
    >>> def of(*numbers: str) -> Fingerprint:
    ...     x = NamedNode("http://e/x")
    ...     kind = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    ...     return fingerprint(Triple(x, x, Literal(n, datatype=kind)) for n in numbers)
    >>> of("1.5", "2") == of("2", "1.5"), of("1.5") == of("1.50"), of("1.5").meant == of("1.50").meant
    (True, False, True)
    """
    number = exact = meant = 0
    blank: list[Triple] = []
    remaining = iter(triples)
    while some := list(islice(remaining, _AT_ONCE)):
        for line in _lines(some, blank):
            number += 1
            hashed = _hash(line)
            exact += hashed
            meaning = _meaning(line)
            meant += hashed if meaning == line else _hash(meaning)
    dataset = Dataset(Quad(*triple) for triple in blank)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    for line in _lines((quad.triple for quad in dataset), None):
        number += 1
        exact += _hash(line)
        meant += _hash(_meaning(line))
    return Fingerprint(number, f"{exact % _MODULUS:064x}", f"{meant % _MODULUS:064x}")


def has_blank(triple: Triple) -> bool:
    """Tell whether a triple holds a blank node."""
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)


def _lines(triples: Iterable[Triple], blank: list[Triple] | None) -> list[bytes]:
    """Write triples as lines; those with blank nodes go to ``blank``, where that is given."""
    if blank is not None:
        triples = list(triples)
        blank += filter(has_blank, triples)
        triples = [triple for triple in triples if not has_blank(triple)]
    written = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert written is not None  # because no output is given
    return written.splitlines()


def _hash(line: bytes) -> int:
    return int.from_bytes(hashlib.sha256(line).digest())


def _meaning(line: bytes) -> bytes:
    """Write the literal at the end of a line as what it means, where engines may write it in several ways.

    >>> _meaning(b'<http://e/x> <http://e/x> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .')
    b'<http://e/x> <http://e/x> 1 .'
    """
    if found := _NUMBER.search(line):
        number = {b"true": b"1", b"false": b"0"}.get(found[1], found[1]).decode()
        return line[: found.start()] + f"{Decimal(number).normalize():f} .".encode()
    if found := _LANGUAGE.search(line):
        return line[: found.start(1)] + found[1].lower() + b" ."
    return line
