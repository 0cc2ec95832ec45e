"""``graph:identifiers``: what bodies and places are called elsewhere, who judged so, and where it leads."""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from innograph.curation.identifiers import IdentifierRow
from innograph.errors import DataError
from innograph.graph.assertions import assert_curated
from innograph.graph.page import Page
from innograph.graph.registry import key_of
from innograph.identifiers import SCHEMES, geo_api
from innograph.namespaces import inno, named_graph, term, thing
from innograph.registry.entries import Entry


def write_identifiers(
    rows: Iterable[IdentifierRow],
    known: Mapping[str, Entry],
    own: Mapping[str, Entry],
    near: Iterable[Entry],
) -> Page:
    """Write the graph of the identifiers.

    ``schema:sameAs`` repeats each that is an address, and adds the addresses that SIREN and codes make: what
    plain clients follow. It is given to ``near`` alone: for all 35,000 communes it follows from their codes.

    :param known: all entries of the registers by identifier.
    :param own: the entry that each body of ours is, by key of the body.
    :param near: the entries that the rest of the graph reaches.
    :raises DataError: a row is about a place that the registers do not list, or contradicts them.
    """
    page = Page(named_graph("identifiers"))
    for row in rows:
        subject = _subject(row, known, own)
        scheme = SCHEMES[row.scheme]
        value = NamedNode(scheme.iri.format(row.value)) if scheme.iri else Literal(row.value)
        triple = Triple(subject, getattr(inno, scheme.property), value)
        page.add(triple)
        assert_curated(page, triple, row.who, row.when, f"{row.source} ({row.date})")
        if scheme.target and scheme.leads_to(row.value):
            page.say(subject, term("schema:sameAs"), NamedNode(scheme.leads_to(row.value)))
    keys = {entry.id: key for key, entry in own.items()}
    for entry in near:
        for subject, address in _addresses(entry, keys):
            page.say(subject, term("schema:sameAs"), NamedNode(address))
    return page


def _subject(row: IdentifierRow, known: Mapping[str, Entry], own: Mapping[str, Entry]) -> NamedNode:
    path = "data/identifiers.tsv"
    if row.about == "territory":
        if row.key not in known or not known[row.key].territory_kind:
            raise DataError(f"the registers list no place {row.key!r}", path)
        return thing("territory", row.key)
    if row.scheme == "siren" and row.key in own:
        raise DataError(f"the SIREN of {row.key} comes from the registers: take this row away", path)
    return thing("organization", row.key)


def _addresses(entry: Entry, keys: Mapping[str, str]) -> Iterator[tuple[NamedNode, str]]:
    """Give what the SIREN and the code of an entry make addresses of."""
    if entry.siren:
        body = thing("organization", keys.get(entry.id) or key_of(entry))
        yield body, SCHEMES["siren"].leads_to(entry.siren)
    address = geo_api(entry.territory_kind, entry.code)
    if address:
        yield thing("territory", entry.id), address
