"""One written form for a graph, and the version names that follow from it.

Two builds of the same graph give the same bytes, whatever the order of their quads and the names of their
blank nodes: RDF Dataset Canonicalization (RDFC-1.0, https://www.w3.org/TR/rdf-canon/), one quad per line,
sorted. No clock and no machine enters a version name.
"""

import hashlib
import io
from collections.abc import Iterable, Mapping

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    serialize,
)

from innograph.namespaces import CONTRIBUTIONS

VERSION_LENGTH = 16


def canonical(quads: Iterable[Quad]) -> bytes:
    r"""Write ``quads`` as canonical N-Quads: UTF-8, sorted, each quad once.

    >>> from pyoxigraph import BlankNode, Literal, NamedNode
    >>> p = NamedNode("http://example.org/p")
    >>> canonical([Quad(BlankNode("x"), p, Literal("b")), Quad(BlankNode("y"), p, Literal("a"))])
    b'_:c14n0 <http://example.org/p> "a" .\n_:c14n1 <http://example.org/p> "b" .\n'
    """
    return nquads_of(relabelled(quads))


def nquads_of(quads: Iterable[Quad]) -> bytes:
    """Write quads as N-Quads, sorted, under the labels that they have."""
    written = io.BytesIO()
    serialize(quads, written, format=RdfFormat.N_QUADS)
    lines = written.getvalue().split(b"\n")
    return b"".join(line + b"\n" for line in sorted(filter(None, lines)))


def relabelled(quads: Iterable[Quad]) -> list[Quad]:
    """Give each quad once, with its blank nodes under their canonical labels.

    Only quads with a blank node decide on labels (RDFC-1.0, section 4.4), so that only they go through the
    algorithm: for the million quads of the registers, which have none, it would take half a minute.
    """
    unlike = set(quads)
    blank = [quad for quad in unlike if _has_blank_node(quad)]
    unlike.difference_update(blank)
    dataset = Dataset(blank)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return [*unlike, *dataset]


def merged(quads: Iterable[Quad]) -> set[Triple]:
    """Give the triples of the default graph: those of all graphs but what users contribute, each once."""
    return {quad.triple for quad in quads if not _is_contributed(quad)}


def _is_contributed(quad: Quad) -> bool:
    graph = quad.graph_name
    return isinstance(graph, NamedNode) and graph.value.startswith(CONTRIBUTIONS)


def _has_blank_node(statement: Quad | Triple) -> bool:
    terms = (statement.subject, statement.object, getattr(statement, "graph_name", None))
    return any(
        isinstance(term, BlankNode) or (isinstance(term, Triple) and _has_blank_node(term)) for term in terms
    )


def version_of(nquads: bytes, files: Mapping[str, bytes] | None = None) -> str:
    """Name the version of a graph, and of the ``files`` published with it: 16 hexadecimal digits.

    Without files these are the first digits of the SHA-256 of ``nquads``.

    >>> version_of(b"")
    'e3b0c44298fc1c14'
    >>> version_of(b"", {"palmares.csv": b"a"}) == version_of(b"", {"palmares.csv": b"b"})
    False
    """
    digest = hashlib.sha256(nquads)
    for name, content in sorted((files or {}).items()):
        digest.update(f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode())
    return digest.hexdigest()[:VERSION_LENGTH]
