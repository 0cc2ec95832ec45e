"""The graph of the registers: quad for quad what registry.trig, typed by hand, says of each sort of entry."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from graph.addresses import without_hashes
from innograph.errors import DataError
from innograph.graph.page import Page
from innograph.graph.registry import refuse_taken_keys, say_which, write_registry
from innograph.namespaces import concept, named_graph
from innograph.records import Link
from innograph.registry.entries import Entry
from innograph.store.canonical import canonical

ENTRIES = (
    Entry(
        "commune/70001",
        "Élanville",
        "commune",
        "70001",
        "217000017",
        "70",
        "27",
        412,
        2023,
        postcodes=("70100",),
        within=("department/70",),
        member_of=("epci/200000172",),
        territories=("commune/70001",),
        valid_from="2016-01-01",
    ),
    Entry(
        "former-commune/70002-2016-01-01",
        "Vieilleville",
        "commune",
        "70002",
        department="70",
        within=("department/70",),
        territories=("former-commune/70002-2016-01-01",),
        valid_until="2016-01-01",
        successors=("commune/70001",),
    ),
    Entry("delegated-commune/70002", "Vieilleville", "", "70002", within=("commune/70001",)),
    Entry(
        "epci/200000172",
        "Communauté de communes des Rives",
        "community-of-communes",
        "200000172",
        "200000172",
        "70",
        population=5000,
        population_year=2022,
        within=("department/68", "department/70"),
        territories=("epci/200000172",),
        aliases=("Les Rives",),
    ),
    Entry(
        "department/70",
        "Haute-Rive",
        "department",
        "70",
        "227000015",
        "70",
        territories=("department/70",),
    ),
    Entry("department/68", "Basse-Rive", "", "68", department="68"),
    Entry(
        "former-department/68",
        "Basse-Rive",
        "department",
        "68",
        "226800019",
        "68",
        territories=("department/68",),
        valid_until="2021-01-01",
        successors=("special-status/6AE",),
    ),
    Entry(
        "special-status/6AE",
        "Collectivité des Rives",
        "special-status",
        "6AE",
        "200094332",
        "68",
        territories=("department/68", "department/70"),
        valid_from="2021-01-01",
    ),
    Entry(
        "municipal-arrondissement/70201",
        "Élanville 1er",
        "municipal-arrondissement",
        "70201",
        department="70",
        within=("commune/70001",),
        territories=("municipal-arrondissement/70201",),
    ),
)
KNOWN = {entry.id: entry for entry in ENTRIES}
KEYS = {
    "commune/70001": "elanville",
    "former-department/68": "basse-rive",
    "municipal-arrondissement/70201": "elanville-1er",
}
COLLECTIVITIES = {
    concept("organization-kind", kind)
    for kind in ("commune", "community-of-communes", "department", "special-status")
}


def test_the_graph_of_the_registers_is_what_the_model_says() -> None:
    page = write_registry(ENTRIES, KNOWN, KEYS, COLLECTIVITIES, 2026)
    links = Page(named_graph("links"))
    say_which(links, KNOWN["commune/70001"], Link("elanville", "register-name"), 0.99)
    decided = Link("basse-rive", curator="lectrice", when="2026-01-02", why="Distinguée en 2019.")
    say_which(links, KNOWN["former-department/68"], decided, None)
    say_which(links, KNOWN["municipal-arrondissement/70201"], Link("elanville-1er", "register-name"), 1.0)
    written = canonical(without_hashes(quad) for quad in page.quads | links.quads)
    expected = parse(path=Path(__file__).with_name("registry.trig"), format=RdfFormat.TRIG)
    assert written.splitlines() == canonical(expected).splitlines()


def test_no_body_of_the_registers_has_the_address_of_another_one() -> None:
    refuse_taken_keys(ENTRIES, KEYS, ["elanville", "basse-rive", "siren-217000017"])  # that one is ours
    with pytest.raises(DataError, match="the key siren-200000172 is the address of epci/200000172"):
        refuse_taken_keys(ENTRIES, KEYS, ["elanville", "siren-200000172"])
