"""Which bodies the graph lists under an address of their own, and which entries of the registers they are."""

from collections.abc import Mapping
from pathlib import Path

from innograph.curation.bodies import OrganizationRow, read_bodies
from innograph.journeys.reconcile.entities import Listed
from innograph.linking.gazetteer import Gazetteer, Question
from innograph.linking.judgement import judge


def listed_in_data(data: Path, gazetteer: Gazetteer) -> Listed:
    """Read the bodies of the folder ``data``.

    :raises DataError: a table of ``data/`` is wrong.
    """
    bodies = read_bodies(data)
    departments = {key: row.identifier for key, row in bodies.departments().items()}
    return listed(bodies.organizations, departments, gazetteer)


def listed(
    bodies: Mapping[str, OrganizationRow],
    departments: Mapping[str, str],
    gazetteer: Gazetteer,
    sirens: Mapping[str, str] | None = None,
) -> Listed:
    """Find the entries of bodies: by SIREN where it is known, else by kind, name and département.

    :param sirens: SIREN by key. The first of two bodies of one entry counts.
    """
    entries: dict[str, str] = {}
    for key, row in bodies.items():
        entry = gazetteer.registry.with_siren((sirens or {}).get(key, ""))
        if entry is None:
            beside = frozenset({departments[key]} if key in departments else ())
            certain = judge(gazetteer.candidates(Question(row.name, frozenset({row.kind}), beside)))
            entry = certain.entry if certain else None
        if entry:
            entries.setdefault(entry.id, key)
    return Listed(bodies, departments, entries)
