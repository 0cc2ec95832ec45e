"""One written form for a graph, and the version names that follow from it.

Two builds of the same graph give the same bytes, whatever the order of their quads and the names of their
blank nodes: RDF Dataset Canonicalization (RDFC-1.0, https://www.w3.org/TR/rdf-canon/), one quad per line,
sorted. No clock and no machine enters a version name.
"""

import hashlib
import io
from collections.abc import Iterable, Mapping

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, serialize

VERSION_LENGTH = 16


def canonical(quads: Iterable[Quad]) -> bytes:
    r"""Write ``quads`` as canonical N-Quads: UTF-8, sorted, each quad once.

    >>> from pyoxigraph import BlankNode, Literal, NamedNode
    >>> p = NamedNode("http://example.org/p")
    >>> canonical([Quad(BlankNode("x"), p, Literal("b")), Quad(BlankNode("y"), p, Literal("a"))])
    b'_:c14n0 <http://example.org/p> "a" .\n_:c14n1 <http://example.org/p> "b" .\n'
    """
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    written = io.BytesIO()
    serialize(dataset, written, format=RdfFormat.N_QUADS)
    lines = written.getvalue().split(b"\n")
    return b"".join(line + b"\n" for line in sorted(filter(None, lines)))


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
