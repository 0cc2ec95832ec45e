"""Histories of communes, told by hand: who is no more, who took it over, who bears which name since when."""

from collections.abc import Mapping

from innograph.registry.changes import ChangeRow
from innograph.registry.entries import Entry
from innograph.registry.history import FormerName, Gone, History, history_of

MERGED = ChangeRow("1973-01-01", "01002", "Aval", "merged", "01001", "Amont")


def _history(
    *changes: ChangeRow, current: str = "01001", parts: Mapping[tuple[str, str], str] | None = None
) -> History:
    return History(changes, current.split(), parts or {})


def _heirs(history: History) -> dict[str, tuple[str, ...]]:
    return {gone.id: gone.heirs for gone in history.gone()}


def test_a_merged_commune_is_gone_and_its_heir_goes_on() -> None:
    history = _history(MERGED)
    assert list(history.gone()) == [Gone("01002", "Aval", "", "1973-01-01", ("01001",))]
    assert history.since("01001", "Amont") == ""
    assert list(history.former_names()) == []


def test_a_name_taken_in_a_merger_is_borne_since_then() -> None:
    history = _history(
        ChangeRow("2016-01-01", "01001", "Amont", "merged", "01001", "Deux-Vaux"),
        ChangeRow("2016-01-01", "01002", "Aval", "merged", "01001", "Deux-Vaux"),
    )
    assert _heirs(history) == {
        "former-commune/01001-2016-01-01": ("01001",),
        "former-commune/01002-2016-01-01": ("01001",),
    }
    assert history.since("01001", "Deux-Vaux") == "2016-01-01"


def test_a_renamed_commune_is_found_under_its_old_name() -> None:
    history = _history(ChangeRow("1990-05-01", "01001", "Amon", "renamed", "01001", "Amont"))
    assert list(history.gone()) == []
    assert history.since("01001", "Amont") == "1990-05-01"
    assert list(history.former_names()) == [FormerName("commune/01001", "Amon", "01001", "1990-05-01")]


def test_a_commune_that_changes_its_code_and_is_merged_on_one_day() -> None:
    history = _history(
        ChangeRow("1973-05-01", "14507", "Pleines-Œuvres", "merged", "14513", "Pont-Farcy"),
        ChangeRow("2018-01-01", "14513", "Pont-Farcy", "recoded", "50649", "Pont-Farcy"),
        ChangeRow("2018-01-01", "50649", "Pont-Farcy", "merged", "50592", "Tessy-Bocage"),
        current="50592",
    )
    assert _heirs(history) == {
        "former-commune/14507-1973-05-01": ("50592",),
        "former-commune/50649-2018-01-01": ("50592",),
    }
    former = FormerName("former-commune/50649-2018-01-01", "Pont-Farcy", "14513", "2018-01-01")
    assert list(history.former_names()) == [former]


def test_codes_that_are_exchanged_to_and_fro() -> None:
    history = _history(
        ChangeRow("2018-01-01", "27700", "Petit Lac", "merged", "27676", "Les Trois Lacs"),
        ChangeRow("2021-01-01", "27676", "Les Trois Lacs", "recoded", "27058", "Les Trois Lacs"),
        ChangeRow("2023-01-01", "27058", "Les Trois Lacs", "recoded", "27676", "Les Trois Lacs"),
        current="27676",
    )
    assert _heirs(history) == {"former-commune/27700-2018-01-01": ("27676",)}
    assert history.since("27676", "Les Trois Lacs") == "2023-01-01"
    assert {(name.id, name.code) for name in history.former_names()} == {
        ("commune/27676", "27676"),
        ("commune/27676", "27058"),
    }


def test_a_commune_that_comes_back_under_its_name_was_never_lost() -> None:
    history = _history(
        MERGED,
        ChangeRow("1985-01-01", "01001", "Amont", "detached", "01002", "Aval"),
        current="01001 01002",
    )
    assert list(history.gone()) == []
    assert history.since("01002", "Aval") == "1985-01-01"


def test_a_commune_that_comes_back_under_another_name_is_its_own_heir() -> None:
    history = _history(
        MERGED,
        ChangeRow("1985-01-01", "01001", "Amont", "detached", "01002", "Aval-le-Neuf"),
        current="01001 01002",
    )
    assert _heirs(history) == {"former-commune/01002-1973-01-01": ("01002",)}


def test_a_commune_that_comes_back_and_goes_again_is_gone_once() -> None:
    history = _history(
        MERGED,
        ChangeRow("1985-01-01", "01001", "Amont", "detached", "01002", "Aval"),
        ChangeRow("2019-01-01", "01002", "Aval", "merged", "01003", "Val"),
        current="01001 01003",
    )
    assert list(history.gone()) == [Gone("01002", "Aval", "1985-01-01", "2019-01-01", ("01003",))]


def test_places_go_with_the_commune_that_comes_back_out_of_a_split() -> None:
    history = _history(
        ChangeRow("1972-01-01", "31214", "Gaud", "merged", "31144", "Cierp-Gaud"),
        ChangeRow("1973-01-01", "31144", "Cierp-Gaud", "merged", "31144", "Cierp-Gaud-Signac"),
        ChangeRow("1973-01-01", "31548", "Signac", "merged", "31144", "Cierp-Gaud-Signac"),
        ChangeRow("1983-01-01", "31144", "Cierp-Gaud-Signac", "split", "31144", "Cierp-Gaud"),
        ChangeRow("1983-01-01", "31144", "Cierp-Gaud-Signac", "split", "31548", "Signac"),
        current="31144 31548",
    )
    assert _heirs(history) == {
        "former-commune/31214-1972-01-01": ("31144",),
        "former-commune/31144-1983-01-01": ("31144", "31548"),
    }


def test_the_commune_that_a_former_one_is_part_of_today_is_its_heir() -> None:
    history = _history(
        ChangeRow("1973-01-01", "55273", "Lamarche", "merged", "55245", "Madine"),
        ChangeRow("1983-01-01", "55245", "Madine", "split", "55245", "Heudicourt"),
        ChangeRow("1983-01-01", "55245", "Madine", "split", "55386", "Nonsard-Lamarche"),
        current="55245 55386",
        parts={("55273", "Lamarche"): "55386"},
    )
    assert _heirs(history)["former-commune/55273-1973-01-01"] == ("55386",)


def test_a_commune_recoded_when_others_leave_it_keeps_its_parts_and_its_name() -> None:
    history = _history(
        ChangeRow("2019-01-01", "60455", "La Neuville-Garnier", "merged", "60054", "Les Hauts-Talican"),
        ChangeRow("2024-01-01", "60054", "Les Hauts-Talican", "detached", "60054", "Beaumont-les-Nonains"),
        ChangeRow("2024-01-01", "60054", "Les Hauts-Talican", "recoded", "60694", "Les Hauts-Talican"),
        current="60054 60694",
    )
    assert _heirs(history) == {"former-commune/60455-2019-01-01": ("60694",)}
    assert list(history.former_names()) == [
        FormerName("commune/60694", "Les Hauts-Talican", "60054", "2024-01-01")
    ]


def test_a_name_of_one_that_is_no_more_leads_to_it() -> None:
    history = _history(ChangeRow("1960-01-01", "01002", "Avale", "renamed", "01002", "Aval"), MERGED)
    assert list(history.gone()) == [Gone("01002", "Aval", "1960-01-01", "1973-01-01", ("01001",))]
    assert list(history.former_names()) == [
        FormerName("former-commune/01002-1973-01-01", "Avale", "01002", "1960-01-01")
    ]


def test_communes_and_their_parts_are_taken_from_entries() -> None:
    history = history_of(
        [MERGED],
        [
            Entry("commune/01009", "Amont", "commune", "01009"),
            Entry("associated-commune/01002", "Aval", "", "01002", within=("commune/01009",)),
            Entry("epci/200000001", "Vaux", "community-of-communes", "200000001"),
        ],
    )
    assert _heirs(history) == {"former-commune/01002-1973-01-01": ("01009",)}
