"""What the registers of this installation hold: the right number of every kind, and the special cases."""

import time
from collections import Counter, defaultdict
from collections.abc import Mapping

import pytest

from innograph import resources
from innograph.registry.entries import Entry
from innograph.registry.file import Registry


def test_entries_of_every_kind_are_there_in_the_right_number(entries: Mapping[str, Entry]) -> None:
    """COG 2026: 34,875 communes, 2,105 déléguées, 471 associées, 45 arrondissements; overseas 94 more.

    DGCL: 1,255 EPCI; 11 EPT; 101 départements, 18 régions, 8 overseas.
    """
    assert Counter(id.partition("/")[0] for id in entries) == {
        "commune": 34_875 + 94,
        "delegated-commune": 2_105,
        "associated-commune": 471,
        "municipal-arrondissement": 45,
        "former-commune": 4_726,
        "epci": 1_255,
        "ept": 11,
        "department": 101,
        "region": 18,
        "overseas-collectivity": 8,
        "special-status": 5,
        "former-department": 5,
    }


def test_groupings_of_every_kind(entries: Mapping[str, Entry]) -> None:
    """DGCL 2025: CC 989, CA 230, CU 14, métropoles 21, and the Métropole de Lyon."""
    epci = [entry for id, entry in entries.items() if id.startswith("epci/")]
    assert Counter(entry.kind for entry in epci) == {
        "community-of-communes": 989,
        "agglomeration-community": 230,
        "urban-community": 14,
        "metropolis": 21,
        "special-status": 1,
    }
    assert all(entry.siren == entry.code for entry in epci)


def test_every_commune_has_a_siren_a_population_and_postal_codes(entries: Mapping[str, Entry]) -> None:
    """Six communes « mortes pour la France » have nobody, and some no postal code."""
    communes = [e for id, e in entries.items() if id.startswith("commune/") and e.region]
    assert len(communes) == 34_875
    assert [entry.id for entry in communes if not entry.siren or entry.population is None] == []
    assert sorted(entry.name for entry in communes if entry.population == 0) == [
        "Beaumont-en-Verdunois",
        "Bezonvaux",
        "Cumières-le-Mort-Homme",
        "Fleury-devant-Douaumont",
        "Haumont-près-Samogneux",
        "Louvemont-Côte-du-Poivre",
    ]
    assert [entry.id for entry in communes if not entry.postcodes] == []


def test_one_commune_in_ten_shares_its_name(entries: Mapping[str, Entry]) -> None:
    names: dict[str, list[str]] = defaultdict(list)
    for id, entry in entries.items():
        if id.startswith("commune/") and entry.region:
            names[entry.name].append(entry.department)
    shared = [where for where in names.values() if len(where) > 1]
    assert 0.08 < sum(map(len, shared)) / 34_875 < 0.11
    assert [where for where in shared if len(set(where)) < len(where)] == []  # with the département, none
    assert sorted(names["Saint-Nazaire"]) == ["30", "44", "66"]


@pytest.mark.parametrize(
    ("city", "people", "arrondissements"), [("75056", 20, 20), ("13055", 16, 16), ("69123", 9, 9)]
)
def test_paris_lyon_marseille(
    registry: Registry, entries: Mapping[str, Entry], city: str, people: int, arrondissements: int
) -> None:
    parts = [e for e in entries.values() if f"commune/{city}" in e.within]
    arms = [entry for entry in parts if entry.kind == "municipal-arrondissement"]
    assert (len(arms), len(parts)) == (arrondissements, arrondissements)
    assert entries[f"commune/{city}"].population == sum(entry.population or 0 for entry in arms)
    assert registry.bodies_of(f"commune/{city}")[0].id == f"commune/{city}"


def test_paris_is_a_commune_and_a_departement(registry: Registry) -> None:
    body, former = registry.bodies_of("department/75")
    assert (former.id, former.valid_until) == ("former-department/75", "2019-01-01")
    assert (body.id, body.siren, body.kind) == ("commune/75056", "217500016", "special-status")
    assert body.member_of == ("epci/200054781",)
    assert registry.named("plain", "paris 5")[0][0].id == "municipal-arrondissement/75105"


def test_the_metropole_of_lyon_and_the_rhone(registry: Registry, entries: Mapping[str, Entry]) -> None:
    lyon = entries["epci/200046977"]
    assert (lyon.kind, lyon.name, lyon.department) == ("special-status", "Métropole de Lyon", "69")
    assert [body.id for body in registry.bodies_of("department/69")] == ["department/69"]
    assert sum(lyon.id in entry.member_of for entry in entries.values()) == 58


@pytest.mark.parametrize(
    ("id", "name", "places", "since"),
    [
        ("6AE", "Collectivité européenne d'Alsace", "department/67 department/68", "2021-01-01"),
        ("20R", "Collectivité de Corse", "department/2A department/2B region/94", "2018-01-01"),
        ("972R", "Collectivité territoriale de Martinique", "department/972 region/02", "2016-01-01"),
        ("973R", "Collectivité territoriale de Guyane", "department/973 region/03", "2016-01-01"),
        ("976R", "Mayotte", "department/976 region/06", ""),
    ],
)
def test_special_collectivites(registry: Registry, id: str, name: str, places: str, since: str) -> None:
    entry = registry.get(f"special-status/{id}")
    assert entry and (entry.name, entry.kind, entry.siren != "") == (name, "special-status", True)
    assert (" ".join(entry.territories), entry.valid_from) == (places, since)
    for place in entry.territories:
        assert registry.bodies_of(place)[0].id == entry.id


def test_a_departement_that_became_part_of_another_collectivite(registry: Registry) -> None:
    haut_rhin = registry.get("former-department/68")
    assert haut_rhin and not haut_rhin.in_force
    assert (haut_rhin.valid_until, haut_rhin.successors) == ("2021-01-01", ("special-status/6AE",))
    assert [body.id for body in registry.bodies_of("department/68")] == [
        "special-status/6AE",
        "former-department/68",
    ]


@pytest.mark.parametrize(
    ("id", "name", "since", "heirs"),
    [
        ("78158-2019-01-01", "Le Chesnay", "", "commune/78158"),
        ("91182-2019-01-01", "Courcouronnes", "1968-01-01", "commune/91228"),
        ("50129-2016-01-01", "Cherbourg-Octeville", "2000-02-28", "commune/50129"),
        ("76108-2014-01-01", "Bois-Guillaume-Bihorel", "2012-01-01", "commune/76095 commune/76108"),
        ("14507-1973-05-01", "Pleines-Œuvres", "", "commune/50592"),
        ("55386-1973-01-01", "Nonsard", "", "commune/55386"),
        ("60455-2019-01-01", "La Neuville-Garnier", "", "commune/60694"),
        ("55273-1973-01-01", "Lamarche-en-Woëvre", "", "commune/55386"),
    ],
)
def test_former_communes_have_heirs(registry: Registry, id: str, name: str, since: str, heirs: str) -> None:
    entry = registry.get(f"former-commune/{id}")
    assert entry and (entry.name, entry.valid_until) == (name, id[6:])
    assert (entry.valid_from, " ".join(entry.successors)) == (since, heirs)


def test_every_former_commune_has_heirs_in_force(entries: Mapping[str, Entry]) -> None:
    gone = [entry for id, entry in entries.items() if id.startswith("former-commune/")]
    assert [entry.id for entry in gone if not entry.successors or not entry.department] == []
    assert all(entries[heir].in_force for entry in gone for heir in entry.successors)
    assert [entry.id for entry in gone if entry.valid_from >= entry.valid_until] == []


def test_renamed_and_recoded_communes_are_found_under_what_they_were(registry: Registry) -> None:
    def former(name: str) -> list[tuple[str, str]]:
        return [(entry.id, until) for entry, until in registry.named("plain", name) if until]

    assert former("chalons sur marne") == [("commune/51108", "1998-01-04")]
    assert former("oissel") == [("commune/76484", "2025-01-11")]
    assert [entry.id for entry, _ in registry.with_former_code("20004")] == ["commune/2A004"]
    assert [entry.id for entry, _ in registry.with_former_code("78182")] == [
        "former-commune/91182-2019-01-01"
    ]


def test_communes_founded_again_are_in_force_since_then(entries: Mapping[str, Entry]) -> None:
    assert entries["commune/76095"].valid_from == "2014-01-01"  # Bihorel
    assert entries["commune/15031"].valid_from == "2025-01-01"  # Celles
    assert entries["commune/29019"].valid_from == ""  # Brest took in three communes and kept its name


def test_overseas_collectivites(entries: Mapping[str, Entry]) -> None:
    places = {entry.code: entry.name for id, entry in entries.items() if id.startswith("overseas-")}
    assert places == {
        "975": "Saint-Pierre-et-Miquelon",
        "977": "Saint-Barthélemy",
        "978": "Saint-Martin",
        "984": "Terres australes et antarctiques françaises",
        "986": "Wallis et Futuna",
        "987": "Polynésie française",
        "988": "Nouvelle-Calédonie",
        "989": "Île de Clipperton",
    }
    communes = [e for id, e in entries.items() if id.startswith("commune/") and not e.region]
    assert Counter(entry.department for entry in communes if entry.kind) == {"975": 2, "987": 48, "988": 33}
    assert Counter(entry.department for entry in communes if not entry.kind) == {
        "977": 1,
        "978": 1,
        "984": 5,
        "986": 3,
        "989": 1,
    }


def test_the_file_opens_and_answers_fast() -> None:
    """Under 50 ms, and far under 5 ms for a name: the best of some, since the machine may be busy."""
    opened, asked = [], []
    for _ in range(5):
        start = time.perf_counter()
        registry = Registry(resources.registry_file())
        opened.append(time.perf_counter() - start)
        start = time.perf_counter()
        assert registry.named("plain", "chalons en champagne")
        asked.append(time.perf_counter() - start)
        registry.close()
    assert (min(opened) < 0.05, min(asked) < 0.005) == (True, True)
