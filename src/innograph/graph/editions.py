"""``graph:edition/<key>``: what one document states about one edition."""

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Triple

from innograph.curation.bodies import Bodies
from innograph.graph.assertions import assert_inferred, assert_stated
from innograph.graph.dates import ending, parts_of, starting
from innograph.graph.page import Evidence, Page, french
from innograph.graph.parties import Parties
from innograph.namespaces import concept, inno, named_graph, term, thing
from innograph.records import (
    Category,
    Count,
    Distinction,
    Edition,
    Event,
    Jury,
    Linking,
    RankStatement,
    StatedAddress,
)


def write_edition(edition: Edition, bodies: Bodies, link: Linking, links: Page) -> Page:
    """Write the graph of one edition; how its mentions were linked is written on ``links``.

    :raises DataError: a mention fits no organization, or a person has no address.
    """
    page = Page(named_graph("edition", edition.key))
    cite = Evidence(edition.document)
    parties = Parties(page, links, link, bodies.persons, edition.key, cite)
    _EditionWriter(edition, page, parties, cite).write()
    return page


class _EditionWriter:
    def __init__(self, edition: Edition, page: Page, parties: Parties, cite: Evidence) -> None:
        self.edition = edition
        self.node = thing("edition", edition.key)
        self.page = page
        self.parties = parties
        self.cite = cite
        self.counted = 0

    def write(self) -> None:
        edition, page = self.edition, self.page
        stated = [edition.year.lines, edition.ordinal.lines if edition.ordinal else ()]
        page.named(
            self.node,
            inno.Edition,
            edition.label,
            {
                inno.award: thing("award", edition.award),
                inno.year: edition.year.value,
                inno.ordinal: edition.ordinal.value if edition.ordinal else None,
                term("dcterms:source"): thing("document", edition.document),
                inno.evidence: self.cite(edition.lines, *stated),
            },
        )
        self.parties.bodies(self.node, edition.key, "organiser", edition.organisers)
        self.parties.persons_in(self.node, edition.key, "spokesperson", edition.spokespersons)
        self._founded()
        self._counts(self.node, edition.counts)
        for order, criterion in enumerate(edition.criteria, start=1):
            node = page.describe(
                thing("criterion", edition.key, order),
                inno.Criterion,
                {
                    term("skos:prefLabel"): french(criterion.label),
                    inno.edition: self.node,
                    inno.order: order,
                    inno.evidence: self.cite(criterion.lines),
                },
            )
            page.say(self.node, inno.criterion, node)
        if edition.jury:
            self._jury(edition.jury)
        self._event("jury-meeting", "Réunion du jury", inno.juryMeeting, edition.jury_meeting)
        self._event("ceremony", "Remise des prix", inno.ceremony, edition.ceremony)
        self._event("announcement", "Annonce des lauréats", inno.announcement, edition.announcement)
        for order, category in enumerate(edition.categories, start=1):
            self._category(order, category)

    def _founded(self) -> None:
        founded = self.edition.founded
        if founded:
            triple = Triple(thing("award", self.edition.award), inno.foundedIn, Literal(founded.value))
            self.page.add(triple)
            assert_stated(self.page, triple, self.cite(founded.lines))

    def _jury(self, jury: Jury) -> None:
        stated = [member.lines for member in jury.members] + [jury.president.lines if jury.president else ()]
        node = self.page.describe(
            thing("jury", self.edition.key),
            inno.Jury,
            {
                term("skos:prefLabel"): french(f"Jury – {self.edition.label}"),
                inno.edition: self.node,
                inno.evidence: self.cite(*stated),
            },
        )
        self.page.say(self.node, inno.jury, node)
        if jury.president:
            self.parties.persons_in(node, self.edition.key, "president", (jury.president,))
        self.parties.bodies(node, self.edition.key, "juror", jury.members)

    def _event(self, name: str, label: str, property_: NamedNode, event: Event | None) -> None:
        if event is None:
            return
        key = f"{self.edition.key}/{name}"
        node = self.page.describe(
            thing("event", key),
            inno.Event,
            {
                term("skos:prefLabel"): french(event.name or f"{label} – {self.edition.label}"),
                inno.edition: self.node,
                **starting(*parts_of(event.start)),
                **ending(*parts_of(event.end)),
                inno.venue: french(event.venue) if event.venue else None,
                inno.location: french(event.location) if event.location else None,
                inno.evidence: self.cite(event.lines),
            },
        )
        self.page.say(self.node, property_, node)
        self.parties.bodies(node, key, "host", event.hosts)
        self.parties.persons_in(node, key, "presenter", event.presenters)
        self._counts(node, event.counts)

    def _counts(self, owner: NamedNode, counts: Sequence[Count]) -> None:
        for count in counts:
            self.counted += 1
            node = self.page.describe(
                thing("announced-count", self.edition.key, self.counted),
                inno.AnnouncedCount,
                {
                    inno.edition: self.node,
                    inno.stage: concept("stage", count.stage),
                    inno.counted: concept("counted", count.counted),
                    inno.value: count.value,
                    inno.rank: concept("rank", count.rank) if count.rank else None,
                    inno.qualifier: french(count.qualifier) if count.qualifier else None,
                    inno.printed: french(count.printed),
                    inno.evidence: self.cite(count.lines),
                },
            )
            of_award = count.stage == "to-date"
            self.page.say(
                thing("award", self.edition.award) if of_award else owner, inno.announcedCount, node
            )

    def _category(self, order: int, category: Category) -> None:
        node = self.page.named(
            thing("category", category.key),
            inno.Category,
            category.label,
            {
                inno.edition: self.node,
                inno.order: order,
                inno.inSeries: thing("category-series", category.series),
                inno.categoryKind: concept("category-kind", category.kind),
                inno.subtitle: french(category.subtitle) if category.subtitle else None,
                inno.sponsorStated: bool(category.sponsors),
                inno.evidence: self.cite(category.lines),
            },
        )
        self.parties.bodies(node, category.key, "sponsor", category.sponsors)
        for place, distinction in enumerate(category.distinctions, start=1):
            self._distinction(place, distinction, node)

    def _distinction(self, order: int, distinction: Distinction, category: NamedNode) -> None:
        rank = distinction.rank
        node = self.page.describe(
            thing("distinction", distinction.key),
            inno.Distinction,
            {
                inno.edition: self.node,
                inno.category: category,
                inno.order: order,
                inno.rank: concept("rank", rank.value) if rank else None,
                inno.rankLabel: french(rank.label) if rank else None,
                inno.initiative: thing("initiative", distinction.initiative),
                inno.description: self.cite(distinction.description),
                inno.evidence: self.cite(distinction.lines, rank.lines if rank else ()),
            },
        )
        self.page.titled(node, (distinction.title,))
        self.parties.bodies(node, distinction.key, "laureate", distinction.laureates)
        if rank:
            self._say_how(Triple(node, inno.rank, concept("rank", rank.value)), rank)
        if distinction.website:
            page = Triple(node, term("foaf:page"), NamedNode(distinction.website.value))
            self.page.add(page)
            self._say_how(page, distinction.website)

    def _say_how(self, triple: Triple, said: RankStatement | StatedAddress) -> None:
        """Say whether the document states ``triple`` or a rule concludes it, and from which lines."""
        if said.rule:
            assert_inferred(self.page, triple, said.rule, self.cite(said.lines))
        else:
            assert_stated(self.page, triple, self.cite(said.lines))
