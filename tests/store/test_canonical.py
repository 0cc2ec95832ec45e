"""One written form, whatever the order and the names of blank nodes; version names that follow from it."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    Triple,
)

from innograph.store.canonical import canonical, nquads_of, version_of

S, P, G = (NamedNode(f"http://example.org/{name}") for name in "spg")


def test_sorted_each_quad_once_with_its_graph() -> None:
    quads = [Quad(S, P, Literal("b"), G), Quad(S, P, Literal("a\né")), Quad(S, P, Literal("b"), G)]
    assert canonical(quads).decode() == (
        '<http://example.org/s> <http://example.org/p> "a\\né" .\n'
        '<http://example.org/s> <http://example.org/p> "b" <http://example.org/g> .\n'
    )


def test_an_empty_graph_is_no_bytes() -> None:
    assert canonical([]) == b""


TERMS = st.one_of(
    st.sampled_from([S, P, G]),
    st.integers(0, 2).map(lambda n: BlankNode(f"b{n}")),
    st.text(max_size=3).filter(lambda text: text.isprintable()).map(Literal),
)
QUADS = st.lists(
    st.builds(
        lambda s, o, g: Quad(s, P, o, g),
        TERMS.filter(lambda term: not isinstance(term, Literal)),
        TERMS,
        st.sampled_from([DefaultGraph(), G]),
    ),
    max_size=8,
)


def renamed(quad: Quad) -> Quad:
    def other(node: object) -> object:
        return BlankNode(f"other{node.value}") if isinstance(node, BlankNode) else node

    return Quad(other(quad.subject), quad.predicate, other(quad.object), quad.graph_name)  # type: ignore[arg-type]


@given(QUADS)
def test_order_and_names_of_blank_nodes_do_not_matter(quads: list[Quad]) -> None:
    assert canonical(quads) == canonical(renamed(quad) for quad in reversed(quads))


@given(QUADS)
def test_quads_without_blank_nodes_need_no_algorithm(quads: list[Quad]) -> None:
    """The bytes are those of RDFC-1.0 over the whole dataset, though only a part of it went through."""
    whole = Dataset(quads)
    whole.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert canonical(quads) == nquads_of(whole)


def test_a_blank_node_inside_a_triple_term_goes_through_the_algorithm() -> None:
    inner = Triple(BlankNode("inside"), P, Literal("x"))
    assert canonical([Quad(S, P, inner, G)]) == canonical(
        [Quad(S, P, Triple(BlankNode("y"), P, Literal("x")), G)]
    )


def test_the_version_of_a_graph_alone_is_the_start_of_its_hash() -> None:
    nquads = canonical([Quad(S, P, Literal("a"))])
    assert version_of(nquads) == hashlib.sha256(nquads).hexdigest()[:16]


def test_every_published_file_enters_the_version() -> None:
    versions = [
        version_of(b"", {}),
        version_of(b"", {"a.csv": b"1"}),
        version_of(b"", {"a.csv": b"2"}),
        version_of(b"", {"b.csv": b"1"}),
        version_of(b"", {"a.csv": b"1", "b.csv": b""}),
    ]
    assert len(set(versions)) == len(versions)
    assert version_of(b"", {"b": b"", "a": b""}) == version_of(b"", {"a": b"", "b": b""})
