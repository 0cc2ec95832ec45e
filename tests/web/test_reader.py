"""What a term is called is kept for the terms that the graph or the interface knows, and for no other."""

from pyoxigraph import NamedNode, Store

from innograph.namespaces import inno, term
from innograph.resources import queries
from innograph.store.engine import InProcess
from innograph.store.queries import read_queries
from innograph.web.reader import Reader, Shown


def test_terms_that_a_query_invents_are_not_kept() -> None:
    store = Store()
    gold = NamedNode("https://w3id.org/innograph/id/rank/gold")
    store.update('INSERT DATA { <https://w3id.org/innograph/id/rank/gold> skos:prefLabel "Or"@fr }',
                 prefixes={"skos": "http://www.w3.org/2004/02/skos/core#"})  # fmt: skip
    reader = Reader(InProcess(store), read_queries(queries() / "pages"))
    invented = [NamedNode(f"http://example.org/{number}") for number in range(20)]
    shown = [reader.show(node, "fr") for node in (gold, term("rdf:type"), inno.name, *invented)]
    assert shown[:4] == [
        Shown("Or", "fr", gold.value),
        Shown("nature", None, term("rdf:type").value),
        Shown("inno:name", None, inno.name.value),
        Shown("http://example.org/0", None, "http://example.org/0"),
    ]
    kept = reader._labels
    assert set(kept) == {(gold, "fr"), (term("rdf:type"), "fr")}
    assert reader.show(gold, "fr") is kept[gold, "fr"]
