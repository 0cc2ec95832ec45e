"""``graph:bodies``: organizations, groups of unnamed bodies, and persons, as ``data/`` lists them."""

from collections.abc import Container

from pyoxigraph import Literal, Triple

from innograph.curation.bodies import Bodies, OrganizationRow
from innograph.graph.assertions import assert_curated
from innograph.graph.page import Page
from innograph.namespaces import concept, inno, named_graph, term, thing


def write_bodies(bodies: Bodies, collectivity_kinds: Container[object]) -> Page:
    """Write the graph of the bodies and persons.

    :param collectivity_kinds: the kinds of organization whose bodies are collectivités.
    """
    page = Page(named_graph("bodies"))
    for row in bodies.organizations.values():
        _organization(page, row, collectivity_kinds)
    for key, decision in bodies.departments().items():
        triple = Triple(thing("organization", key), inno.department, Literal(decision.identifier))
        page.add(triple)
        assert_curated(page, triple, decision.who, decision.when, decision.why)
    for person in bodies.persons.values():
        page.named(thing("person", person.key), inno.Person, person.name, {})
    return page


def _organization(page: Page, row: OrganizationRow, collectivity_kinds: Container[object]) -> None:
    node = thing("organization", row.key)
    page.named(
        node,
        inno.Organization,
        row.name,
        {inno.groupOf: thing("organization", row.group_of) if row.group_of else None},
    )
    if row.kind == "group":
        page.say(node, term("rdf:type"), inno.Group)
    else:
        kind = concept("organization-kind", row.kind)
        page.say(node, inno.organizationKind, kind)
        if kind in collectivity_kinds:
            page.say(node, term("rdf:type"), inno.Collectivity)
