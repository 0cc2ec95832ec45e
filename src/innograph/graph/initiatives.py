"""``graph:initiatives`` and ``graph:awards``: what stands across editions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pyoxigraph import NamedNode, Triple

from innograph.curation.bodies import Bodies
from innograph.curation.sources import AwardEntry
from innograph.errors import DataError
from innograph.graph.assertions import assert_curated, assert_inferred
from innograph.graph.page import Page, french
from innograph.namespaces import concept, inno, named_graph, term, thing
from innograph.records import Edition, Linking, link_together


def write_initiatives(editions: Sequence[Edition], bodies: Bodies, links: Page) -> Page:
    """Write one node for each initiative, with every title it bore, oldest edition first.

    :raises DataError: two distinctions share an initiative and no reader decided so, or the reverse.
    """
    page = Page(named_graph("initiatives"))
    given = {each.key: each.initiative for edition in editions for each in edition.distinctions()}
    decided = bodies.decided("initiative", given)
    titles: dict[str, list[str]] = defaultdict(list)
    owners: dict[str, list[str]] = defaultdict(list)
    for edition in sorted(editions, key=lambda edition: (edition.year.value, edition.key)):
        for distinction in edition.distinctions():
            if distinction.title not in titles[distinction.initiative]:
                titles[distinction.initiative].append(distinction.title)
            owners[distinction.initiative].append(distinction.key)
            decision = decided.get(distinction.key)
            if decision:
                honoured = thing("initiative", distinction.initiative)
                triple = Triple(thing("distinction", distinction.key), inno.initiative, honoured)
                assert_curated(links, triple, decision.who, decision.when, decision.why)
            elif len(owners[distinction.initiative]) > 1:
                raise DataError(
                    f"{' and '.join(owners[distinction.initiative])} share an initiative: a reader must"
                    " say so in data/decisions.tsv (about initiative)",
                    f"data/editions/{edition.key}.yaml",
                )
    for key, borne in titles.items():
        node = thing("initiative", key)
        page.describe(node, inno.Initiative, {term("skos:prefLabel"): french(borne[0])})
        page.titled(node, borne)
    return page


def write_awards(
    awards: Mapping[str, AwardEntry], editions: Sequence[Edition], bodies: Bodies, link: Linking, links: Page
) -> Page:
    """Write the awards and the series of their categories.

    An award is organised by the bodies that organise its editions; that is concluded, and said to be.

    :raises DataError: an edition is of an award that ``data/awards.toml`` lacks.
    """
    page = Page(named_graph("awards"))
    for key, entry in awards.items():
        facts = {
            inno.awardKind: concept("award-kind", entry.kind),
            inno.website: NamedNode(entry.website) if entry.website else None,
        }
        page.named(thing("award", key), inno.Award, entry.name, facts)
    for edition in editions:
        if edition.award not in awards:
            raise DataError(
                f"no award {edition.award!r}: add it to data/awards.toml", f"data/editions/{edition.key}.yaml"
            )
        award = thing("award", edition.award)
        for linked in link_together(link, edition.organisers, edition.key):
            organiser = thing("organization", linked.organization)
            page.say(award, inno.organiser, organiser)
            assert_inferred(page, Triple(award, inno.organiser, organiser), "organiser-of-editions")
    _series(page, editions, bodies, links)
    return page


def _series(page: Page, editions: Sequence[Edition], bodies: Bodies, links: Page) -> None:
    given = {category.key: category.series for edition in editions for category in edition.categories}
    decided = bodies.decided("series", given)
    labels: dict[str, tuple[str, str]] = {}
    for edition in sorted(editions, key=lambda edition: (edition.year.value, edition.key)):
        for category in edition.categories:
            labels[category.series] = (category.label, edition.award)
            triple = Triple(
                thing("category", category.key), inno.inSeries, thing("category-series", category.series)
            )
            if category.key in decided:
                row = decided[category.key]
                assert_curated(links, triple, row.who, row.when, row.why)
            else:
                assert_inferred(links, triple, "same-label")
    for series, (label, award) in labels.items():
        page.named(
            thing("category-series", series), inno.CategorySeries, label, {inno.award: thing("award", award)}
        )
