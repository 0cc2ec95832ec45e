"""Names are asked for many at a time, kept, and do not pile up."""

from collections.abc import Sequence

import pytest
from pyoxigraph import Literal, NamedNode

from innograph.namespaces import inno, term
from innograph.web import naming
from innograph.web.naming import Names, Row, Shown

GOLD = NamedNode("https://w3id.org/innograph/id/rank/gold")
PASSAGE = NamedNode("https://w3id.org/innograph/id/passage/boussole-2031/L3-4")
ROWS: dict[str, list[Row]] = {
    "labels": [
        {"thing": GOLD, "property": term("skos:prefLabel"), "label": Literal("Or", language="fr")},
        {"thing": GOLD, "property": term("skos:prefLabel"), "label": Literal("Gold", language="en")},
    ],
    "passages": [
        {"thing": PASSAGE, "title": Literal("Dossier", language="fr"), "start": Literal(3), "end": Literal(4)}
    ],
}


@pytest.fixture
def asked() -> list[tuple[str, Sequence[NamedNode]]]:
    return []


@pytest.fixture
def names(asked: list[tuple[str, Sequence[NamedNode]]]) -> Names:
    def ask(query: str, things: Sequence[NamedNode]) -> list[Row]:
        asked.append((query, things))
        return [row for row in ROWS[query] if row["thing"] in things]

    return Names(ask)


def test_all_that_is_expected_is_asked_for_at_once_in_both_languages(
    names: Names, asked: list[tuple[str, Sequence[NamedNode]]]
) -> None:
    names.expect([GOLD, PASSAGE, term("rdf:type"), inno.name, Literal("x"), None])
    assert [names.show(node, "fr") for node in (inno.name, GOLD, PASSAGE, term("rdf:type"))] == [
        Shown("inno:name", None, inno.name.value),
        Shown("Or", "fr", GOLD.value),
        Shown("Dossier, lignes 3–4", "fr", PASSAGE.value),
        Shown("nature", None, term("rdf:type").value),
    ]
    assert names.show(GOLD, "en") == Shown("Gold", "en", GOLD.value)
    assert names.show(PASSAGE, "en").text == "Dossier, lines 3–4"
    assert asked == [("passages", [PASSAGE]), ("labels", [inno.name, GOLD, term("rdf:type")])]


def test_names_do_not_pile_up(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "MOST_KEPT", 20)
    for number in range(100):
        names.show(NamedNode(f"http://example.org/{number}"), "fr")
        assert len(names._kept) <= 20


def test_what_is_expected_is_bounded(names: Names, asked: list[tuple[str, Sequence[NamedNode]]]) -> None:
    names.expect(NamedNode(f"http://example.org/{number}") for number in range(naming.MOST_AT_ONCE * 3))
    names.show(GOLD, "fr")
    assert [len(things) for _, things in asked] == [naming.MOST_AT_ONCE]
