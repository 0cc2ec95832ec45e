"""The publishers' files as entries: whole entries of the small country, written by hand."""

import pytest

from innograph.registry.entries import Entry
from innograph.registry.groupings import names_of
from innograph.registry.publishers import Years, entries_of
from registry.small import package, reviewed, siren

YEARS = Years(communes=2023, mayotte=2017)


@pytest.fixture(scope="module")
def small() -> dict[str, Entry]:
    found = entries_of(package(), reviewed(), YEARS)
    assert [entry.id for entry in found] == sorted(entry.id for entry in found)
    return {entry.id: entry for entry in found}


def test_every_entry_is_there(small: dict[str, Entry]) -> None:
    groupings = [f"epci/{siren(20000000 + n)}" for n in range(1, 6)]
    assert list(small) == sorted(
        [
            *(f"commune/{code}" for code in ("01001", "01002", "02001", "02002")),
            *(f"commune/{code}" for code in ("75056", "97501", "97601", "97701")),
            *groupings,
            f"ept/{siren(20000006)}",
            *("department/01", "department/02", "department/75", "department/976"),
            *("region/84", "region/32", "region/11", "region/06"),
            *("overseas-collectivity/975", "overseas-collectivity/977"),
            *("delegated-commune/01003", "municipal-arrondissement/75101"),
            *("former-commune/01002-2016-01-01", "former-commune/01003-2016-01-01"),
            *("former-department/02", "special-status/02S"),
        ]
    )


def test_a_commune(small: dict[str, Entry]) -> None:
    assert small["commune/01002"] == Entry(
        id="commune/01002",
        name="Val-Neuf",
        kind="commune",
        code="01002",
        siren=siren(21001002),
        department="01",
        region="84",
        population=250,
        population_year=2023,
        postcodes=("01300",),
        within=("department/01",),
        member_of=(f"epci/{siren(20000001)}",),
        territories=("commune/01002",),
        valid_from="2016-01-01",
    )
    assert small["commune/01001"].postcodes == ("01100", "01200")
    assert small["commune/02002"].valid_from == "1990-01-01"
    assert small["commune/02001"].valid_from == ""


def test_paris_is_one_body_over_two_places(small: dict[str, Entry]) -> None:
    paris = small["commune/75056"]
    assert (paris.kind, paris.territories) == ("special-status", ("commune/75056", "department/75"))
    assert paris.member_of == (f"epci/{siren(20000004)}", f"ept/{siren(20000006)}")
    assert small["department/75"].kind == ""


def test_an_arrondissement_is_a_body_within_its_commune(small: dict[str, Entry]) -> None:
    assert small["municipal-arrondissement/75101"] == Entry(
        id="municipal-arrondissement/75101",
        name="Paris 1er Arrondissement",
        kind="municipal-arrondissement",
        code="75101",
        department="75",
        region="11",
        population=15000,
        population_year=2023,
        postcodes=("75001",),
        within=("commune/75056",),
        territories=("municipal-arrondissement/75101",),
        aliases=("Paris 1er",),
    )


def test_a_commune_deleguee_is_a_place_alone(small: dict[str, Entry]) -> None:
    assert small["delegated-commune/01003"] == Entry(
        "delegated-commune/01003", "Vieux-Val", "", "01003", "", "01", "84", within=("commune/01002",)
    )


def test_mayotte_has_its_own_year(small: dict[str, Entry]) -> None:
    acoua, grouping = small["commune/97601"], small[f"epci/{siren(20000005)}"]
    assert (acoua.population, acoua.population_year) == (5192, 2017)
    assert (grouping.population, grouping.population_year) == (5192, 2017)
    assert (small["region/06"].population, small["region/06"].population_year) == (5192, 2017)


def test_overseas_there_are_communes_in_some_places_only(small: dict[str, Entry]) -> None:
    miquelon, barthelemy = small["commune/97501"], small["commune/97701"]
    assert (miquelon.kind, miquelon.territories) == ("commune", ("commune/97501",))
    assert (barthelemy.kind, barthelemy.territories) == ("", ())
    for entry in (miquelon, barthelemy):
        assert (entry.population, entry.population_year, entry.region) == (None, None, "")
        assert entry.within == (f"overseas-collectivity/{entry.department}",)
    assert small["overseas-collectivity/977"] == Entry(
        "overseas-collectivity/977", "Saint-Barthélemy", "", "977", department="977"
    )


def test_a_grouping_lies_where_its_members_do_and_has_its_seat_where_readers_noted(
    small: dict[str, Entry],
) -> None:
    number = siren(20000001)
    assert small[f"epci/{number}"] == Entry(
        id=f"epci/{number}",
        name="Communauté de communes du Val",
        kind="community-of-communes",
        code=number,
        siren=number,
        department="02",  # most of its people live in 01
        region="32",
        population=310,  # of its members
        population_year=2023,
        within=("department/01", "department/02"),
        territories=(f"epci/{number}",),
        aliases=("du Val", "CCV"),
    )


def test_groupings_of_every_kind(small: dict[str, Entry]) -> None:
    kinds = {entry.name: entry.kind for id, entry in small.items() if id.startswith(("epci/", "ept/"))}
    assert kinds == {
        "Communauté de communes du Val": "community-of-communes",
        "Communauté d'agglomération Haute Agglo": "agglomeration-community",
        "Métropole d'Aval": "metropolis",
        "Métropole de Paris": "special-status",
        "Communauté de communes d'Acoua": "community-of-communes",
        "Paris Centre": "territorial-public-establishment",
    }
    ept = small[f"ept/{siren(20000006)}"]
    assert (ept.population, ept.population_year, ept.department) == (2000000, 2023, "75")
    assert small[f"epci/{siren(20000003)}"].aliases == ("Le Grand Aval",)


@pytest.mark.parametrize(
    ("kind", "name", "names"),
    [
        ("CC", "CC du Val (CCV)", ["Communauté de communes du Val", "du Val", "CCV"]),
        ("CA", "CA de Blois ''Polys''", ["Communauté d'agglomération de Blois", "de Blois", "Polys"]),
        ("CA", 'CA "Aval - L\'Agglo"', ["Communauté d'agglomération Aval - L'Agglo", "Aval - L'Agglo"]),
        ("CU", "CU d'Arras", ["Communauté urbaine d'Arras", "d'Arras"]),
        ("METRO", "Brest Métropole", ["Brest Métropole"]),
        ("EPT", "Est Ensemble", ["Est Ensemble"]),
    ],
)
def test_names_of_groupings(kind: str, name: str, names: list[str]) -> None:
    assert names_of(kind, name)[1:] == names


def test_places_have_the_people_of_their_communes(small: dict[str, Entry]) -> None:
    amont = small["department/01"]
    assert (amont.population, amont.population_year, amont.within) == (1250, 2023, ("region/84",))
    assert (amont.kind, amont.siren, amont.territories) == ("department", siren(22000001), ("department/01",))
    assert (small["region/32"].population, small["region/32"].kind) == (5060, "")


def test_former_and_special_authorities_are_entries_of_their_own(small: dict[str, Entry]) -> None:
    assert small["former-department/02"] == Entry(
        id="former-department/02",
        name="Aval",
        kind="department",
        code="02",
        siren=siren(22000002),
        department="02",
        region="32",
        territories=("department/02",),
        valid_until="2021-01-01",
        successors=("special-status/02S",),
    )
    special = small["special-status/02S"]
    assert (special.territories, special.valid_from) == (("department/02", "region/32"), "2021-01-01")
    assert special.territory_kind == ""


def test_a_former_commune_has_its_heir_and_lies_where_it_does(small: dict[str, Entry]) -> None:
    assert small["former-commune/01003-2016-01-01"] == Entry(
        id="former-commune/01003-2016-01-01",
        name="Vieux-Val",
        kind="commune",
        code="01003",
        department="01",
        region="84",
        within=("department/01",),
        territories=("former-commune/01003-2016-01-01",),
        valid_from="1950-06-01",
        valid_until="2016-01-01",
        successors=("commune/01002",),
    )


def test_a_field_that_is_missing_is_named() -> None:
    files = package()
    del files["communes"][0]["codesPostaux"], files["communes"][1]["zone"]
    with pytest.raises(KeyError, match="zone"):
        entries_of(files, reviewed(), YEARS)


def test_a_member_that_is_no_commune_is_named() -> None:
    files = package()
    files["epci"][0]["membres"][0]["code"] = "01999"
    with pytest.raises(KeyError, match="01999"):
        entries_of(files, reviewed(), YEARS)
