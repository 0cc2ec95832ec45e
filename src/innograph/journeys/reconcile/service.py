"""All that answers about names, put together over the registers and the bodies that the graph lists."""

from dataclasses import dataclass

from innograph.journeys.reconcile.asking import Asking
from innograph.journeys.reconcile.entities import Entities, Listed
from innograph.journeys.reconcile.finding import Finder
from innograph.journeys.reconcile.matching import Reconciler
from innograph.linking.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Service:
    """What a door needs; threads may share it."""

    entities: Entities
    asking: Asking
    reconciler: Reconciler
    finder: Finder


def make_service(gazetteer: Gazetteer, listed: Listed) -> Service:
    """Put the parts together."""
    entities = Entities(gazetteer.registry, listed)
    finder = Finder(entities, gazetteer)
    return Service(entities, Asking(gazetteer, entities), Reconciler(gazetteer, entities, finder), finder)
