"""What reconciliation gives are addresses of the graph, and the graph and ``data/`` list the same bodies."""

from pyoxigraph import NamedNode, Store

from innograph import resources
from innograph.journeys.reconcile.bodies import listed_in_data
from innograph.journeys.reconcile.entities import Entities
from innograph.linking.gazetteer import Gazetteer
from innograph.registry.file import Registry
from innograph.store.engine import InProcess
from innograph.store.queries import read_queries
from innograph.web.reader import Reader
from innograph.web.reconcile_live import listed_in_graph


def test_every_identifier_has_a_description_in_the_graph(graph_store: Store, registry: Registry) -> None:
    reader = Reader(InProcess(graph_store), read_queries(resources.queries() / "pages"))
    listed = listed_in_graph(reader, registry)
    entities = Entities(registry, listed)
    given = [entities.of(entry) for entry in registry] + list(entities.own.values())
    assert len(given) > 43_000
    assert [each.id for each in given if not reader.holds(NamedNode(each.address))] == []
    assert listed.entries == listed_in_data(resources.data(), Gazetteer(registry)).entries
