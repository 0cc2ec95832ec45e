"""``graph:registry``: the places and public bodies of the registers, and which of them are bodies of ours.

A body that ``data/organizations.tsv`` lists keeps its address, its name and its class from there: of it the
registers say only what they know beside, so that no name stands twice.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from pyoxigraph import Literal, NamedNode, Triple

from innograph.errors import DataError
from innograph.graph.assertions import assert_curated, assert_inferred
from innograph.graph.page import Page
from innograph.namespaces import concept, inno, named_graph, term, thing
from innograph.records import Link
from innograph.registry.entries import Entry


def write_registry(
    entries: Iterable[Entry],
    known: Mapping[str, Entry],
    keys: Mapping[str, str],
    collectivity_kinds: Collection[object],
    cog: int,
) -> Page:
    """Write the graph of the registers.

    :param known: all entries by identifier: what ``entries`` name is among them.
    :param keys: for each entry that is a body of ours its key in ``data/organizations.tsv``.
    :param collectivity_kinds: the kinds of organization whose bodies are collectivités.
    :param cog: year of the Code officiel géographique.
    """
    page = Page(named_graph("registry"))
    writer = _RegistryWriter(page, known, keys, collectivity_kinds, cog)
    for entry in entries:
        if entry.territory_kind:
            writer.place(entry)
        if entry.kind:
            writer.body(entry)
    return page


def refuse_taken_keys(
    entries: Iterable[Entry], keys: Mapping[str, str], organizations: Collection[str]
) -> None:
    """Check that no body of the registers has the address of another one of ours.

    :param keys: as for :func:`write_registry`.
    :param organizations: all keys of ``data/organizations.tsv``.
    :raises DataError: one has it; names both.
    """
    for entry in entries:
        if entry.kind and entry.id not in keys and key_of(entry) in organizations:
            raise DataError(f"the key {key_of(entry)} is the address of {entry.id}", "data/organizations.tsv")


def key_of(entry: Entry) -> str:
    """Give what stands in the address of a body that is not one of ours.

    >>> key_of(Entry("commune/78208", "Élancourt", "commune", "78208", "217802081"))
    'siren-217802081'
    >>> key_of(Entry("municipal-arrondissement/75105", "Paris 5e", "municipal-arrondissement", "75105"))
    'municipal-arrondissement-75105'
    """
    return f"siren-{entry.siren}" if entry.siren else entry.id.replace("/", "-")


def say_which(links: Page, entry: Entry, how: Link, confidence: float | None) -> None:
    """Say by what rule or by whom it was concluded that ``how.organization``, a body of ours, is ``entry``.

    The conclusion is about its SIREN or, where it has none, about the territory that it administers.

    :param confidence: of a rule, 0 to 1.
    """
    body = thing("organization", how.organization)
    if entry.siren:
        triple = Triple(body, inno.siren, Literal(entry.siren))
    else:
        triple = Triple(body, inno.administers, thing("territory", entry.territories[0]))
    if how.rule:
        assert_inferred(links, triple, how.rule, confidence=confidence)
    else:
        assert_curated(links, triple, how.curator, how.when, how.why)


class _RegistryWriter:
    def __init__(
        self,
        page: Page,
        entries: Mapping[str, Entry],
        keys: Mapping[str, str],
        collectivity_kinds: Collection[object],
        cog: int,
    ) -> None:
        self.page = page
        self.entries = entries
        self.keys = keys
        self.collectivity_kinds = collectivity_kinds
        self.cog = cog

    def place(self, entry: Entry) -> None:
        node = thing("territory", entry.id)
        around = [thing("territory", id) for id in entry.within]
        self.page.named(
            node,
            inno.Territory,
            entry.name,
            {
                inno.inseeCode: entry.code,
                inno.territoryKind: concept("territory-kind", entry.territory_kind),
                inno.cogYear: self.cog,
                inno.within if len(around) == 1 else inno.partlyWithin: around,
                inno.population: entry.population,
                inno.populationYear: entry.population_year,
                **_validity(entry),
            },
        )
        for heir in entry.successors:
            if self.entries[heir].territory_kind:
                self.page.say(thing("territory", heir), inno.successorOf, node)

    def body(self, entry: Entry) -> None:
        node = self._address(entry)
        kind = concept("organization-kind", entry.kind)
        if entry.id not in self.keys:
            self.page.named(node, inno.Organization, entry.name, {})
            if kind in self.collectivity_kinds:
                self.page.say(node, term("rdf:type"), inno.Collectivity)
        facts = {
            inno.organizationKind: kind,
            inno.siren: entry.siren or None,
            inno.department: entry.department or None,
            inno.administers: [thing("territory", id) for id in entry.territories],
            inno.memberOf: [self._address(self.entries[id]) for id in entry.member_of],
            **_validity(entry),
        }
        for predicate, value in facts.items():
            self.page.say(node, predicate, value)
        for heir in entry.successors:
            if self.entries[heir].kind:
                self.page.say(self._address(self.entries[heir]), inno.successorOf, node)

    def _address(self, entry: Entry) -> NamedNode:
        return thing("organization", self.keys.get(entry.id) or key_of(entry))


def _validity(entry: Entry) -> dict[NamedNode, date | None]:
    """Give its first and its last day; the registers tell the first day on which it was no more."""
    since, end = entry.valid_from, entry.valid_until
    return {
        inno.validFrom: date.fromisoformat(since) if since else None,
        inno.validUntil: date.fromisoformat(end) - timedelta(days=1) if end else None,
    }
