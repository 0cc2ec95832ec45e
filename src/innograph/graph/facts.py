"""``graph:curated/<edition>``: what people read in the descriptions of one edition."""

from collections.abc import Sequence
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from innograph.curation.bodies import Bodies
from innograph.graph.assertions import assert_curated, assert_stated
from innograph.graph.dates import ending, starting
from innograph.graph.page import Evidence, Page, french
from innograph.graph.parties import Parties
from innograph.namespaces import concept, inno, named_graph, term, thing
from innograph.records import (
    BodyMention,
    DistinctionFacts,
    Edition,
    Facts,
    Figure,
    Lines,
    Linking,
    Milestone,
    Reuse,
)

_FROM_DESCRIPTION = "Lu dans la description."
_FROM_TITLE = "Lu dans le titre : le document ne décrit pas l’initiative."
_FROM_HEADING = "D’après l’intitulé de la catégorie."


def write_facts(facts: Facts, edition: Edition, bodies: Bodies, link: Linking, links: Page) -> Page:
    """Write what ``facts`` say about the categories and initiatives of ``edition``.

    :param links: the page on which it is said how partners were linked.
    :raises DataError: a partner fits no organization with certainty.
    """
    page = Page(named_graph("curated", edition.key))
    cite = Evidence(edition.document)
    parties = Parties(page, links, link, bodies.persons, edition.key, cite)
    _FactsWriter(facts, edition, page, parties, cite).write()
    return page


class _FactsWriter:
    def __init__(self, facts: Facts, edition: Edition, page: Page, parties: Parties, cite: Evidence) -> None:
        self.facts = facts
        self.edition = edition
        self.page = page
        self.parties = parties
        self.cite = cite

    def write(self) -> None:
        headings = {category.key: category.lines for category in self.edition.categories}
        for entry in self.facts.categories:
            node = thing("category", entry.category)
            for theme in entry.themes:
                self._read(node, inno.theme, concept("theme", theme), headings[entry.category], _FROM_HEADING)
        distinctions = {distinction.key: distinction for distinction in self.edition.distinctions()}
        for read in self.facts.distinctions:
            distinction = distinctions[read.distinction]
            self._initiative(thing("initiative", distinction.initiative), read, distinction.description)

    def _initiative(self, node: NamedNode, read: DistinctionFacts, description: Lines) -> None:
        why = _FROM_DESCRIPTION if description else _FROM_TITLE
        if read.summary:
            self._read(node, term("dcterms:abstract"), french(read.summary), description, why)
        for theme in read.themes:
            reason = theme.why or why
            self._read(node, inno.theme, concept("theme", theme.theme), theme.lines, reason)
        for audience in read.audiences:
            self._read(node, inno.audience, concept("audience", audience.audience), audience.lines, why)
        for place in read.places:
            triple = Triple(node, inno.place, french(place.name))
            self.page.add(triple)
            assert_stated(self.page, triple, self.cite(place.lines))
        self._partners(node, read)
        self._figures(node, read.distinction, read.figures)
        for number, milestone in enumerate(read.milestones, start=1):
            self.page.say(node, inno.milestone, self._milestone(read.distinction, number, milestone))
        for number, reuse in enumerate(read.reuse, start=1):
            self.page.say(node, inno.reuse, self._reuse(read.distinction, number, reuse))

    def _read(
        self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal, lines: Lines, why: str
    ) -> None:
        """Say a thing that the reader concluded from ``lines``, and that it is so."""
        triple = Triple(subject, predicate, value)
        self.page.add(triple)
        when = self.facts.date.isoformat()
        assert_curated(self.page, triple, self.facts.curator, when, why, self.cite(lines))

    def _partners(self, node: NamedNode, read: DistinctionFacts) -> None:
        mentions = [BodyMention(partner.mention, partner.lines, partner.name) for partner in read.partners]
        self.parties.bodies(node, read.distinction, "partner", mentions)
        for order, partner in enumerate(read.partners, start=1):
            participation = thing("participation", read.distinction, "partner", order)
            self.page.say(participation, inno.partnerRole, concept("partner-role", partner.role))

    def _figures(self, node: NamedNode, distinction: str, figures: Sequence[Figure]) -> None:
        for order, figure in enumerate(figures, start=1):
            address = thing("figure", distinction, figure.key)
            self.page.say(node, inno.figure, self._figure(address, order, figure))
            if figure.contradicts:
                other = thing("figure", distinction, figure.contradicts)
                self.page.say(address, inno.contradicts, other)
                self.page.say(other, inno.contradicts, address)

    def _figure(self, address: NamedNode, order: int, figure: Figure) -> NamedNode:
        return self.page.describe(
            address,
            inno.Figure,
            {
                inno.order: order,
                inno.value: _decimal(figure.value),
                inno.lowerValue: _decimal(figure.lower),
                inno.upperValue: _decimal(figure.upper),
                inno.unit: concept("unit", figure.unit),
                inno.measures: [french(figure.measures), Literal(figure.measures_en, language="en")],
                inno.qualifier: _french(figure.qualifier),
                inno.base: _french(figure.base),
                inno.period: _french(figure.period),
                inno.printed: french(figure.printed),
                term("rdfs:comment"): _french(figure.note),
                inno.basis: concept("basis", "stated"),
                inno.evidence: self.cite(figure.lines),
            },
        )

    def _milestone(self, distinction: str, number: int, milestone: Milestone) -> NamedNode:
        return self.page.describe(
            thing("event", distinction, "milestone", number),
            inno.Event,
            {
                term("skos:prefLabel"): french(milestone.name),
                inno.printed: french(milestone.printed),
                inno.evidence: self.cite(milestone.lines),
                **starting(milestone.year, milestone.month, milestone.day),
                **ending(milestone.end_year, milestone.end_month, milestone.end_day),
            },
        )

    def _reuse(self, distinction: str, number: int, reuse: Reuse) -> NamedNode:
        return self.page.describe(
            thing("reuse", distinction, number),
            inno.Reuse,
            {
                term("skos:prefLabel"): french(reuse.statement),
                inno.reuseKind: concept("reuse-kind", reuse.kind),
                inno.basis: concept("basis", "stated"),
                inno.evidence: self.cite(reuse.lines),
            },
        )


def _decimal(number: Decimal | None) -> Literal | None:
    return None if number is None else Literal(f"{number:f}", datatype=term("xsd:decimal"))


def _french(text: str | None) -> Literal | None:
    return french(text) if text else None
