"""Which bodies the graph lists under an address of their own, and which entries of the registers they are."""

from pathlib import Path

from innograph.curation.bodies import Bodies, read_bodies
from innograph.journeys.reconcile.entities import Listed
from innograph.linking.gazetteer import Gazetteer
from innograph.linking.registered import register_links


def listed_in_data(data: Path, gazetteer: Gazetteer) -> Listed:
    """Read the bodies of the folder ``data``, and link them to the registers.

    :raises DataError: a table of ``data/`` is wrong, or two bodies are one entry.
    """
    return listed(read_bodies(data), gazetteer)


def listed(bodies: Bodies, gazetteer: Gazetteer) -> Listed:
    """Link bodies to the registers.

    :raises DataError: two bodies are one entry.
    """
    links = register_links(bodies, gazetteer)
    departments = {key: row.identifier for key, row in bodies.departments().items()}
    entries = {link.entry.id: key for key, link in links.items() if link.entry}
    return Listed(bodies.organizations, departments, entries)
