"""Linking: a decision wins, an exact name of its kind links, whatever is uncertain stays a question."""

import pytest

from innograph.curation.bodies import Bodies, DecisionRow, OrganizationRow
from innograph.errors import DataError
from innograph.linking.bodies import Linker
from innograph.names import analyse
from innograph.records import Link, Span


def _organization(key: str, name: str, kind: str) -> OrganizationRow:
    return OrganizationRow(key, name, kind, "")


def _linker(*decisions: DecisionRow) -> Linker:
    rows = (
        _organization("epine", "Épine-sur-Mer", "commune"),
        _organization("ca-epine", "Communauté d'agglomération d'Épine-sur-Mer", "agglomeration-community"),
        _organization("haute-garde", "Département de la Haute-Garde", "department"),
        _organization("le-grand-val", "Le Grand Val", "agglomeration-community"),
        _organization("cc-mont-et-val", "Communauté de communes Mont et Val", "community-of-communes"),
        _organization("roc-nord", "Rocque", "commune"),
        _organization("roc-sud", "Rocque", "commune"),
        _organization("loire-metropole", "Garde Loire Métropole", "urban-community"),
    )
    return Linker(Bodies({row.key: row for row in rows}, {}, decisions))


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("ÉPINE SUR MER", Link("epine", "bare-name")),
        ("La Ville d'Epine-sur-Mer", Link("epine", "exact-name")),
        ("CA Épine-sur-Mer", Link("ca-epine", "exact-name")),
        ("CD HAUTE-GARDE", Link("haute-garde", "exact-name")),
        ("Conseil départemental de la Haute-Garde", Link("haute-garde", "exact-name")),
        ("Haute-Garde", Link("haute-garde", "bare-name")),
        ("CA LE GRAND VAL", Link("le-grand-val", "exact-name")),
        ("Grand Val", Link("le-grand-val", "bare-name")),
        ("CC MONT ET VAL", Link("cc-mont-et-val", "exact-name")),
        ("Garde Loire Métropole", Link("loire-metropole", "exact-name")),
        ("CR Haute-Garde", None),
        ("CD Épine-sur-Mer", None),
        ("Rocque", None),
        ("Épine", None),
    ],
)
def test_exact_names_link_and_uncertain_ones_do_not(name: str, link: Link | None) -> None:
    assert _linker().link(name, "prix-exemple-2023") == link


def test_a_decision_wins_over_every_rule_and_only_where_it_was_taken() -> None:
    decision = DecisionRow(
        "organization",
        "Épine sur Mer",
        "prix-exemple-2023",
        "ca-epine",
        "same",
        "lectrice",
        "2026-01-01",
        "ligne 3",
    )
    linker = _linker(decision)
    decided = Link("ca-epine", curator="lectrice", when="2026-01-01", why="ligne 3")
    assert linker.link("Épine sur Mer", "prix-exemple-2023") == decided
    assert linker.link("Épine sur Mer", "prix-exemple-2024") == Link("epine", "bare-name")


def test_what_is_not_linked_is_refused_with_what_to_write() -> None:
    with pytest.raises(DataError) as refusal:
        _linker()("Rocque", (Span(7, 7),), "prix-exemple-2023")
    assert str(refusal.value) == (
        "data/editions/prix-exemple-2023.yaml: 'Rocque' (line 7 of its document) fits no organization with"
        " certainty: add it to data/organizations.tsv, or a decision to data/decisions.tsv"
    )


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Centre Communal d'Action Social de Gannat", ("social-action-centre", "gannat")),
        ("Conseil régional d’Île-de-France", ("region", "ile de france")),
        ("Syndicat Intercommunal d'Assainissement de Marne", ("joint-authority", "assainissement de marne")),
        ("Villeneuve lez Avignon", (None, "villeneuve les avignon")),
        ("Métropole du Grand Nancy", ("metropolis", "grand nancy")),
        ("CANNES", (None, "cannes")),
        ("Cdiscount", (None, "cdiscount")),
        ("L’Haÿ-les-Roses", (None, "hay les roses")),
    ],
)
def test_names_are_cut_into_kind_and_proper_name(name: str, parts: tuple[str | None, str]) -> None:
    assert analyse(name) == parts
