"""Roles: each is a Participation, and a shortcut from its owner to the participant."""

from collections.abc import Mapping, Sequence

from pyoxigraph import NamedNode, Triple

from innograph.curation.bodies import PersonRow
from innograph.errors import DataError
from innograph.graph.assertions import assert_curated, assert_inferred, assert_stated
from innograph.graph.page import Evidence, Page, french
from innograph.namespaces import concept, inno, thing
from innograph.records import BodyMention, Link, Linking, PersonMention, link_together
from innograph.text import fold

_SHORTCUTS = {
    "laureate": "laureate",
    "sponsor": "sponsoredBy",
    "organiser": "organiser",
    "spokesperson": "spokesperson",
    "president": "president",
    "juror": "member",
    "host": "host",
    "presenter": "presenter",
    "partner": "partner",
}


class Parties:
    """Writes the roles that one edition gives, into its graph; how mentions were linked goes to ``links``."""

    def __init__(
        self,
        page: Page,
        links: Page,
        link: Linking,
        persons: Mapping[str, PersonRow],
        edition: str,
        cite: Evidence,
    ) -> None:
        """Take the pages to write on, and ``persons`` by folded name."""
        self.page = page
        self.links = links
        self.link = link
        self.persons = persons
        self.edition = edition
        self.cite = cite

    def bodies(self, owner: NamedNode, key: str, role: str, mentions: Sequence[BodyMention]) -> None:
        """Give ``owner`` its participations of bodies in ``role``.

        :raises DataError: a mention is not linked.
        """
        links = link_together(self.link, mentions, self.edition)
        for order, (mention, link) in enumerate(zip(mentions, links, strict=True), start=1):
            organization = thing("organization", link.organization)
            participation = self._participate(owner, key, role, order, organization, mention)
            self._say_how(Triple(participation, inno.participant, organization), link)
            self._constituents(organization, mention)

    def persons_in(self, owner: NamedNode, key: str, role: str, mentions: Sequence[PersonMention]) -> None:
        """Give ``owner`` its participations of persons in ``role``.

        :raises DataError: a person is not in ``data/persons.tsv``, or the body they speak for is not linked.
        """
        for order, mention in enumerate(mentions, start=1):
            person = self.persons.get(fold(mention.name))
            if person is None:
                path = f"data/editions/{self.edition}.yaml"
                raise DataError(f"{mention.name!r} is not in data/persons.tsv: add a row", path)
            participation = self._participate(owner, key, role, order, thing("person", person.key), mention)
            self.page.say(participation, inno.publicOffice, [french(office) for office in mention.offices])
            if mention.on_behalf_of:
                link = self.link(mention.on_behalf_of, mention.lines, self.edition)
                body = thing("organization", link.organization)
                self.page.say(participation, inno.onBehalfOf, body)
                self._say_how(Triple(participation, inno.onBehalfOf, body), link)

    def _participate(
        self,
        owner: NamedNode,
        key: str,
        role: str,
        order: int,
        participant: NamedNode,
        mention: BodyMention | PersonMention,
    ) -> NamedNode:
        participation = thing("participation", key, role, order)
        self.page.describe(
            participation,
            inno.Participation,
            {
                inno.participant: participant,
                inno.role: concept("role", role),
                inno.order: order,
                inno.evidence: self.cite(mention.lines),
            },
        )
        if isinstance(mention, BodyMention):
            self._say_of_body(participation, mention)
        else:
            self.page.say(participation, inno.mention, mention.name)
            self.page.say(participation, inno.basis, concept("basis", "stated"))
        self.page.say(owner, inno.participation, participation)
        self.page.say(owner, getattr(inno, _SHORTCUTS[role]), participant)
        return participation

    def _say_of_body(self, participation: NamedNode, mention: BodyMention) -> None:
        facts = {
            inno.mention: mention.mention,
            inno.reading: mention.name,
            inno.mentionContext: mention.context,
            inno.unnamedRepresentative: mention.unnamed_representative or None,
            inno.basis: concept("basis", mention.basis),
            inno.rule: concept("rule", mention.rule) if mention.rule else None,
        }
        for predicate, value in facts.items():
            self.page.say(participation, predicate, value)

    def _constituents(self, organization: NamedNode, mention: BodyMention) -> None:
        """Say which bodies form ``organization``, as the document does in naming it."""
        for name in mention.constituents:
            link = self.link(name, mention.lines, self.edition)
            constituent = thing("organization", link.organization)
            self.page.say(organization, inno.constituent, constituent)
            triple = Triple(organization, inno.constituent, constituent)
            assert_stated(self.page, triple, self.cite(mention.lines))
            self._say_how(triple, link)

    def _say_how(self, triple: Triple, link: Link) -> None:
        if link.rule:
            assert_inferred(self.links, triple, link.rule)
        else:
            assert_curated(self.links, triple, link.curator, link.when, link.why)
