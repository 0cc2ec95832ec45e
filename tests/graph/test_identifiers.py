"""The graph of the identifiers: quad for quad what identifiers.trig, typed by hand, says."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, RdfFormat, parse

from graph.addresses import without_hashes
from graph.test_registry import KNOWN
from innograph.curation.identifiers import IdentifierRow
from innograph.errors import DataError
from innograph.graph.dataset import write_dataset
from innograph.graph.identifiers import write_identifiers
from innograph.namespaces import term
from innograph.store.canonical import canonical

OWN = {"elanville": KNOWN["commune/70001"]}
NEAR = [KNOWN[id] for id in ("commune/70001", "former-commune/70002-2016-01-01", "department/70")]


def row(
    about: str, key: str, scheme: str, value: str, source: str = "x", date: str = "2026"
) -> IdentifierRow:
    return IdentifierRow(about, key, scheme, value, source, date, "lectrice", "2026-01-02")


ROWS = [
    row("organization", "agence", "siren", "130025265", "un registre", "2024-12"),
    row("organization", "agence", "website", "https://agence.example.org", "une liste", "2019"),
    row("territory", "department/70", "iso-3166-2", "FR-70", "la norme", "2020"),
    row("territory", "department/70", "nuts", "FRC23", "Eurostat", "2021"),
]


def test_the_graph_of_the_identifiers_is_what_the_model_says() -> None:
    page = write_identifiers(ROWS, KNOWN, OWN, NEAR)
    written = canonical(without_hashes(quad) for quad in page.quads)
    expected = parse(path=Path(__file__).with_name("identifiers.trig"), format=RdfFormat.TRIG)
    assert written.splitlines() == canonical(expected).splitlines()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (row("territory", "department/99", "nuts", "FRC23"), "the registers list no place 'department/99'"),
        (row("territory", "special-status/6AE", "nuts", "FRF1"), "the registers list no place"),
        (row("organization", "elanville", "siren", "130025265"), "the SIREN of elanville comes from"),
    ],
)  # fmt: skip
def test_what_contradicts_the_registers_is_refused(wrong: IdentifierRow, says: str) -> None:
    with pytest.raises(DataError, match=says):
        write_identifiers([wrong], KNOWN, OWN, [])


def test_links_to_each_data_set_are_counted() -> None:
    page = write_dataset({}, [], [], write_identifiers(ROWS, KNOWN, OWN, NEAR))
    targets = {q.subject: q.object for q in page.quads if q.predicate == term("void:objectsTarget")}
    counted = {
        (str(quad.subject).partition("/links/")[2], str(targets[quad.subject])): quad.object.value
        for quad in page.quads
        if quad.predicate == term("void:triples") and isinstance(quad.object, Literal)
    }
    assert counted == {
        ("annuaire-entreprises.data.gouv.fr/sameAs>", "<https://annuaire-entreprises.data.gouv.fr/>"): "3",
        ("data.europa.eu/nuts>", "<http://data.europa.eu/nuts>"): "1",
        ("data.europa.eu/sameAs>", "<http://data.europa.eu/nuts>"): "1",
        ("geo.api.gouv.fr/sameAs>", "<https://geo.api.gouv.fr/>"): "2",
    }
