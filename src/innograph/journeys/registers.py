"""The registers and our bodies: who is who, and what of the registers the rest of the graph reaches."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from innograph.curation.bodies import Bodies
from innograph.curation.identifiers import IdentifierRow
from innograph.graph.identifiers import write_identifiers
from innograph.graph.page import Page
from innograph.graph.registry import refuse_taken_keys, write_registry
from innograph.journeys.link import linker_of
from innograph.linking.bodies import Linker
from innograph.linking.gazetteer import Gazetteer
from innograph.linking.registered import RegisterLink, register_links
from innograph.records import Edition
from innograph.registry.entries import Entry, reached
from innograph.registry.file import Registry


@dataclass(frozen=True, slots=True)
class Linked:
    """Who is who: which body each mention means, and which entry of the registers each body is."""

    mentions: Linker
    registered: Mapping[str, RegisterLink]
    """By key of the body; those that nobody has settled are left out."""

    def entries(self) -> dict[str, Entry]:
        """Give the entry of the registers that each body is, by key of the body."""
        return {key: link.entry for key, link in self.registered.items() if link.entry}


def link(bodies: Bodies, editions: Sequence[Edition], registry: Registry) -> Linked:
    """Link the mentions of editions to bodies, and bodies to the registers.

    :raises DataError: a decision on the registers is wrong.
    """
    gazetteer = Gazetteer(registry)
    registered = register_links(bodies, gazetteer)
    return Linked(linker_of(bodies, editions, gazetteer, registered), registered)


class Registers:
    """The entries of the registers as the graph has them: some are bodies of ours, some the rest reaches."""

    def __init__(
        self,
        registry: Registry,
        own: Mapping[str, Entry],
        organizations: Collection[str],
        identifiers: Sequence[IdentifierRow],
        collectivity_kinds: Collection[object],
    ) -> None:
        """Read the registers.

        :param own: the entry that each body of ours is, by key of the body.
        :param organizations: the keys of all bodies of ours.
        :raises DataError: a body of the registers would have the address of another one of ours.
        """
        self.known = {entry.id: entry for entry in registry}
        self._own = own
        self._keys = {entry.id: key for key, entry in own.items()}
        refuse_taken_keys(self.known.values(), self._keys, organizations)
        self._rows = identifiers
        named = {row.key for row in identifiers if row.about == "territory"} & self.known.keys()
        self.near = reached(self.known, {*self._keys, *named})
        self._collectivity_kinds = collectivity_kinds
        self._cog = int(registry.meta["cog"])

    def identifiers(self) -> Page:
        """Write the graph of the identifiers.

        :raises DataError: a row is about a place that the registers do not list, or contradicts them.
        """
        return write_identifiers(self._rows, self.known, self._own, self.near)

    def written(self, entries: Iterable[Entry]) -> Page:
        """Write the graph of the registers, or of those among its ``entries``."""
        return write_registry(entries, self.known, self._keys, self._collectivity_kinds, self._cog)
