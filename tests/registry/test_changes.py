"""Changes of communes: one expectation, written by hand, for each way in which INSEE tells a movement."""

import pytest

from innograph.registry.changes import ChangeRow, changes_of

DAY = "2019-01-01"


def _movement(kind: str, before: str, after: str, day: str = DAY) -> dict[str, str]:
    """Write a row of INSEE's file: ``COM 01001 Ville`` before and after; nothing for what was not."""
    row = {"MOD": kind, "DATE_EFF": day}
    for side, text in (("AV", before), ("AP", after)):
        typ, _, rest = text.partition(" ")
        code, _, name = rest.partition(" ")
        row |= {f"TYPECOM_{side}": typ, f"COM_{side}": code, f"LIBELLE_{side}": name}
    return row


def _changes(*movements: tuple[str, str, str]) -> list[tuple[str, str, str, str, str]]:
    rows = changes_of(_movement(*movement) for movement in movements)
    return [(row.former_code, row.former_name, row.change, row.code, row.name) for row in rows]


def test_a_new_name() -> None:
    assert changes_of([_movement("10", "COM 76484 Oissel", "COM 76484 Oissel-sur-Seine", "2025-01-01")]) == [
        ChangeRow("2025-01-01", "76484", "Oissel", "renamed", "76484", "Oissel-sur-Seine")
    ]


@pytest.mark.parametrize("kind", ["41", "50"])
def test_a_new_code(kind: str) -> None:
    assert _changes((kind, "COM 20004 Ajaccio", "COM 2A004 Ajaccio")) == [
        ("20004", "Ajaccio", "recoded", "2A004", "Ajaccio")
    ]


@pytest.mark.parametrize("kind", ["31", "32", "33"])
def test_a_merger_under_a_new_name_ends_every_commune_of_it(kind: str) -> None:
    assert _changes(
        (kind, "COM 01001 Amont", "COM 01001 Deux-Vaux"),
        (kind, "COM 01001 Amont", "COMD 01001 Amont"),
        (kind, "COM 01002 Aval", "COM 01001 Deux-Vaux"),
        (kind, "COM 01002 Aval", "COMA 01002 Aval"),
    ) == [
        ("01001", "Amont", "merged", "01001", "Deux-Vaux"),
        ("01002", "Aval", "merged", "01001", "Deux-Vaux"),
    ]


def test_a_commune_that_takes_another_in_and_keeps_its_name_goes_on() -> None:
    assert _changes(
        ("31", "COM 01001 Amont", "COM 01001 Amont"),
        ("31", "COM 01002 Aval", "COM 01001 Amont"),
    ) == [("01002", "Aval", "merged", "01001", "Amont")]


def test_a_commune_that_is_shared_out() -> None:
    assert _changes(
        ("30", "COM 51606 Verdey", "COM 51235 Est"),
        ("30", "COM 51606 Verdey", "COM 51313 Ouest"),
        ("30", "COM 51235 Est", "COM 51235 Est"),
    ) == [
        ("51606", "Verdey", "split", "51235", "Est"),
        ("51606", "Verdey", "split", "51313", "Ouest"),
    ]


@pytest.mark.parametrize("kind", ["20", "21"])
def test_a_commune_that_is_founded_out_of_one_that_goes_on(kind: str) -> None:
    assert _changes(
        (kind, "COM 76676 Sigy-en-Bray", "COM 76676 Sigy-en-Bray"),
        (kind, "COM 76676 Sigy-en-Bray", "COM 76601 Saint-Lucien"),
        (kind, "COMA 76601 Saint-Lucien", "COM 76601 Saint-Lucien"),
    ) == [("76676", "Sigy-en-Bray", "detached", "76601", "Saint-Lucien")]


def test_a_commune_that_falls_apart_is_no_more() -> None:
    assert _changes(
        ("21", "COM 76108 Bois-Guillaume-Bihorel", "COM 76108 Bois-Guillaume"),
        ("21", "COM 76108 Bois-Guillaume-Bihorel", "COM 76095 Bihorel"),
    ) == [
        ("76108", "Bois-Guillaume-Bihorel", "split", "76095", "Bihorel"),
        ("76108", "Bois-Guillaume-Bihorel", "split", "76108", "Bois-Guillaume"),
    ]


def test_a_commune_that_loses_others_and_its_code_goes_on_under_its_name() -> None:
    assert _changes(
        ("21", "COM 60054 Les Hauts-Talican", "COM 60054 Beaumont-les-Nonains"),
        ("21", "COM 60054 Les Hauts-Talican", "COM 60694 Les Hauts-Talican"),
    ) == [
        ("60054", "Les Hauts-Talican", "detached", "60054", "Beaumont-les-Nonains"),
        ("60054", "Les Hauts-Talican", "recoded", "60694", "Les Hauts-Talican"),
    ]


def test_a_commune_that_loses_others_and_is_spelt_otherwise_goes_on() -> None:
    assert _changes(
        ("21", "COM 85084 Essarts en Bocage", "COM 85084 Essarts-en-Bocage"),
        ("21", "COM 85084 Essarts en Bocage", "COM 85165 L'Oie"),
    ) == [
        ("85084", "Essarts en Bocage", "detached", "85165", "L'Oie"),
        ("85084", "Essarts en Bocage", "renamed", "85084", "Essarts-en-Bocage"),
    ]


@pytest.mark.parametrize(
    "movement",
    [
        ("35", "COMD 50649 Pont-Farcy", "COM 50592 Tessy-Bocage"),
        ("70", "COMA 01002 Aval", "COMD 01002 Aval"),
        ("34", "COM 01001 Amont", "COM 01001 Amont"),
        ("20", "", "COM 97601 Acoua"),
        ("20", "COM 69123 Lyon", "ARM 69389 Lyon 9e Arrondissement"),
    ],
)
def test_what_changes_no_commune_is_no_change(movement: tuple[str, str, str]) -> None:
    assert _changes(movement) == []


def test_rows_are_sorted_by_day_then_by_code() -> None:
    rows = changes_of(
        [
            _movement("10", "COM 02001 B", "COM 02001 C", "2001-01-01"),
            _movement("10", "COM 01001 B", "COM 01001 C", "2001-01-01"),
            _movement("10", "COM 09001 B", "COM 09001 C", "1999-01-01"),
        ]
    )
    assert [row.former_code for row in rows] == ["09001", "01001", "02001"]
