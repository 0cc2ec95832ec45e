"""The registers against the publishers' own files: every fact agrees, or the difference is explained.

Explained differences stand in ``differences.tsv`` (id, field, ours, theirs, why), where ``field`` names the
fact and the file that says otherwise. The table must hold exactly the differences that there are.
"""

import ast
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from innograph.curation.tables import read_table
from innograph.registry.changes import ChangeRow, changes_of
from innograph.registry.entries import Entry
from innograph.registry.file import Registry
from innograph.registry.reviewed import AliasRow
from innograph.text import words
from registry.publishers_files import sheet, table

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REGISTERS = ROOT / "data" / "registers"
PLACES = {
    "COM": "commune",
    "COMD": "delegated-commune",
    "COMA": "associated-commune",
    "ARM": "municipal-arrondissement",
}
NO_SIREN = ("", "ZZZZZZZZZ", "000000000")


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One fact of the registers of which a publisher's file says something else, and why that is so."""

    id: str
    field: str
    ours: str
    theirs: str
    why: str


@pytest.fixture(scope="module")
def dgcl(official: Path) -> list[dict[str, str]]:
    """Give the DGCL's list of EPCI of 2025, one row for each member."""
    return [row for row in sheet(official / "dgcl2025-epcicom.xlsx") if "siren" in row]


@pytest.fixture(scope="module")
def authorities_2025(official: Path) -> list[dict[str, str]]:
    """Give the list of authorities of Zéro Logement Vacant, 2025."""
    return sheet(official / "zlv2025-collectivities_processed.xlsx")


def _explained(field: str) -> set[tuple[str, str, str]]:
    rows = read_table(DifferenceRow, HERE / "differences.tsv")
    return {(row.id, row.ours, row.theirs) for row in rows if row.field == field}


def _assert_explained(field: str, differences: set[tuple[str, str, str]]) -> None:
    explained = _explained(field)
    assert differences == explained, (
        f"differences.tsv, {field}: "
        f"explain or repair {sorted(differences - explained)}; strike out {sorted(explained - differences)}"
    )


def _siren(text: str) -> str:
    return "" if text in NO_SIREN else text.removesuffix(".0").zfill(9)


def test_every_explanation_is_about_a_fact_that_is_compared() -> None:
    rows = read_table(DifferenceRow, HERE / "differences.tsv")
    assert {row.field for row in rows} == {
        "name, DGCL 2025",
        "SIREN, ZLV 2023",
        "former codes, package 6.0.0",
        "members, ZLV 2023",
        "départements, ZLV 2025",
    }
    assert all(row.why for row in rows)


def test_communes_are_those_of_the_cog(entries: Mapping[str, Entry], official: Path) -> None:
    expected = {}
    for row in table(official / "cog2026-communes.csv.gz"):
        id = f"{PLACES[row['TYPECOM']]}/{row['COM']}"
        where = f"department/{row['DEP']}" if row["TYPECOM"] == "COM" else f"commune/{row['COMPARENT']}"
        expected[id] = (row["LIBELLE"], row["COM"], where)
    for row in table(official / "cog2026-collectivites-outremer.csv"):
        where = f"overseas-collectivity/{row['code_collectivite']}"
        expected[f"commune/{row['code_commune']}"] = (row["nom_commune"], row["code_commune"], where)
    found = {
        id: (entry.name, entry.code, *entry.within)
        for id, entry in entries.items()
        if id.partition("/")[0] in PLACES.values()
    }
    assert found == expected


def test_departements_and_regions_are_those_of_the_cog(entries: Mapping[str, Entry], official: Path) -> None:
    departments = table(official / "cog2026-departements.csv")
    regions = table(official / "cog2026-regions.csv")
    expected = {f"region/{row['REG']}": (row["LIBELLE"], "") for row in regions} | {
        f"department/{row['DEP']}": (row["LIBELLE"], f"region/{row['REG']}") for row in departments
    }
    found = {
        id: (entry.name, *(entry.within or ("",)))
        for id, entry in entries.items()
        if id.startswith(("department/", "region/"))
    }
    assert found == expected


def test_a_commune_lies_in_the_region_of_the_cog(entries: Mapping[str, Entry], official: Path) -> None:
    rows = [row for row in table(official / "cog2026-communes.csv.gz") if row["TYPECOM"] == "COM"]
    assert {row["COM"]: row["REG"] for row in rows} == {
        row["COM"]: entries[f"commune/{row['COM']}"].region for row in rows
    }


def test_populations_of_communes_are_those_of_2023(entries: Mapping[str, Entry], official: Path) -> None:
    """Paris, Lyon and Marseille are listed by arrondissement only: theirs is the sum."""
    listed = table(official / "populations2023-communes.csv.gz", ";")
    expected = {row["COM"]: int(row["PMUN"]) for row in listed}
    for code, first in (("75056", "751"), ("13055", "132"), ("69123", "6938")):
        expected[code] = sum(people for other, people in expected.items() if other.startswith(first))
    kinds = ("commune/", "municipal-arrondissement/")
    found = {
        entry.code: entry.population
        for id, entry in entries.items()
        if id.startswith(kinds) and entry.population_year == 2023
    }
    assert found == expected


def test_populations_of_mayotte_are_those_of_2017(entries: Mapping[str, Entry], official: Path) -> None:
    """The code stands in this file by its last three digits, and not under its heading."""
    listed = table(official / "populations2017-communes-mayotte.csv", ";")
    expected = {f"97{row['CODCOM']}": int(row["PMUN"]) for row in listed}
    found = {e.code: e.population for id, e in entries.items() if id.startswith("commune/976")}
    years = {entry.population_year for id, entry in entries.items() if id.startswith("commune/976")}
    assert (found, years) == (expected, {2017})


def test_members_of_epci_are_those_of_the_dgcl(
    entries: Mapping[str, Entry], dgcl: list[dict[str, str]]
) -> None:
    expected = {(row["insee"], row["siren"], row["siren_membre"]) for row in dgcl}
    assert expected == {
        (entry.code, epci.removeprefix("epci/"), entry.siren)
        for entry in entries.values()
        for epci in entry.member_of
        if epci.startswith("epci/")
    }
    members = Counter(row["siren"] for row in dgcl)
    assert members == {row["siren"]: int(row["nb_membres"]) for row in dgcl}


def test_epci_are_those_of_the_dgcl(entries: Mapping[str, Entry], dgcl: list[dict[str, str]]) -> None:
    kinds = {
        "CC": "community-of-communes",
        "CA": "agglomeration-community",
        "CU": "urban-community",
        "METRO": "metropolis",
        "MET69": "special-status",
    }
    expected = {f"epci/{row['siren']}": (kinds[row["nature_juridique"]], row["dept"]) for row in dgcl}
    epci = {id: entry for id, entry in entries.items() if id.startswith("epci/")}
    assert {id: (entry.kind, entry.department) for id, entry in epci.items()} == expected


def test_no_word_of_the_name_of_an_epci_is_lost(
    entries: Mapping[str, Entry], dgcl: list[dict[str, str]]
) -> None:
    """The abbreviation before it is written out, what stands in brackets is another name."""
    full = {"CC": "Communauté de communes", "CA": "Communauté d'agglomération", "CU": "Communauté urbaine"}
    used = {(row.id, row.alias) for row in read_table(AliasRow, REGISTERS / "aliases.tsv")}
    for row in dgcl:
        entry = entries[f"epci/{row['siren']}"]
        abbreviation, _, rest = row["raison_sociale"].partition(" ")
        listed = [alias for alias in entry.aliases if (entry.id, alias) not in used]
        if abbreviation in full:
            ours, theirs = (entry.name, *listed[1:]), f"{full[abbreviation]} {rest}"
        else:
            ours, theirs = (entry.name, *listed), row["raison_sociale"]
        assert Counter(words(" ".join(ours))) == Counter(words(theirs))


def test_names_of_communes_against_the_dgcl(entries: Mapping[str, Entry], dgcl: list[dict[str, str]]) -> None:
    pairs = {(f"commune/{row['insee']}", row["nom_membre"]) for row in dgcl}
    differences = {(id, entries[id].name, name) for id, name in pairs if entries[id].name != name}
    _assert_explained("name, DGCL 2025", differences)


def test_groupings_have_the_people_of_their_members(
    entries: Mapping[str, Entry], dgcl: list[dict[str, str]]
) -> None:
    """The DGCL sums up members in the same way, but as they were in 2022, since its list is of 2025."""
    theirs: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    for row in dgcl:
        theirs[row["siren"]] += int(row["pmun_2025"])
        ours[row["siren"]] += entries[f"commune/{row['insee']}"].population or 0
    assert theirs == {row["siren"]: int(row["total_pop_mun"]) for row in dgcl}
    epci = [entry for id, entry in entries.items() if id.startswith("epci/")]
    assert {entry.code: entry.population for entry in epci} == ours
    for code, people in ours.items():
        assert abs(people - theirs[code]) <= 0.1 * theirs[code], f"another year, or another thing: {code}"
    years = {entry.department == "976": entry.population_year for entry in epci}
    assert years == {True: 2017, False: 2023}
    mayotte = {entry.code for entry in epci if entry.department == "976"}
    assert {code: ours[code] for code in mayotte} == {code: theirs[code] for code in mayotte}  # both 2017


def test_siren_of_communes_against_those_of_2023(
    registry: Registry, entries: Mapping[str, Entry], official: Path
) -> None:
    """Arrondissements carry the SIREN of their city in that file; communes gone since then have heirs."""
    differences = set()
    for row in table(official / "zlv-com_epci_dep_reg.csv.gz", ";"):
        code = row["com_code"]
        entry = entries.get(f"commune/{code}")
        if entry:
            if entry.siren != row["com_siren"]:
                differences.add((entry.id, entry.siren, row["com_siren"]))
        elif f"municipal-arrondissement/{code}" not in entries:
            merged = [entry for entry in registry.with_code(code) if entry.valid_until > "2023-01-01"]
            recoded = [e for e, until in registry.with_former_code(code) if until > "2023-01-01"]
            assert len(merged + recoded) == 1, f"{code} {row['com_name']} was a commune in 2023: where is it?"
    _assert_explained("SIREN, ZLV 2023", differences)


def test_siren_of_departements_and_regions(
    registry: Registry, official: Path, authorities_2025: list[dict[str, str]]
) -> None:
    """Each is that of a body which administers the place, or did; wrong rows of the files are known."""
    pairs = set()
    for row in table(official / "zlv-com_epci_dep_reg.csv.gz", ";"):
        commune = registry.get(f"commune/{row['com_code']}")
        if commune:
            pairs.add((f"department/{commune.department}", _siren(row["dep_siren"])))
            pairs.add((f"region/{commune.region}", _siren(row["reg_siren"])))
    for row in authorities_2025:
        if row["Kind-admin"] in ("DEP", "REG"):
            kind, column = (
                ("department", "Dep_Code") if row["Kind-admin"] == "DEP" else ("region", "Reg_Code")
            )
            for code in ast.literal_eval(row[column]):
                pairs.add((f"{kind}/{code}", _siren(row.get("Siren", ""))))
    found = {place: {body.siren for body in registry.bodies_of(place)} for place, _ in pairs}
    wrong = {(place, siren) for place, siren in pairs if siren and siren not in found[place]}
    assert wrong == {("department/75", "224000018")}  # the SIREN of the Landes, in the list of 2025
    assert {place for place, siren in pairs if not siren} <= {place for place in found if found[place]}


def test_ept_and_epci_against_the_lists_of_others(
    entries: Mapping[str, Entry], official: Path, authorities_2025: list[dict[str, str]]
) -> None:
    theirs: dict[str, set[str]] = defaultdict(set)
    for row in table(official / "zlv-com_epci_dep_reg.csv.gz", ";"):
        if _siren(row["ept_siren"]):
            theirs[f"ept/{row['ept_siren']}"].add(row["com_code"])
    ours = {
        id: {member.code for member in entries.values() if id in member.member_of}
        for id in entries
        if id.startswith("ept/")
    }
    assert set(ours) == set(theirs)
    differences = {
        (id, " ".join(sorted(ours[id] - theirs[id])), " ".join(sorted(theirs[id] - ours[id])))
        for id in ours
        if ours[id] != theirs[id]
    }
    _assert_explained("members, ZLV 2023", differences)
    where = {}
    for row in authorities_2025:
        if row["Layer-geo_label"] == "Intercommunalité" and _siren(row["Siren"]):
            name = "ept" if row["Kind-admin"] == "EPT" else "epci"
            codes = set(ast.literal_eval(row["Dep_Code"]))
            where[f"{name}/{_siren(row['Siren'])}"] = " ".join(sorted(codes))
    groupings = {id: e for id, e in entries.items() if id.startswith(("epci/", "ept/"))}
    assert set(where) == set(groupings)
    lying = {id: " ".join(p.partition("/")[2] for p in e.within) for id, e in groupings.items()}
    _assert_explained(
        "départements, ZLV 2025", {(id, lying[id], where[id]) for id in where if lying[id] != where[id]}
    )


def test_changes_of_communes_are_those_of_insee(official: Path) -> None:
    reviewed = read_table(ChangeRow, REGISTERS / "commune-changes.tsv")
    assert reviewed == changes_of(table(official / "cog2026-mouvements-communes.csv.gz")), (
        "write data/registers/commune-changes.tsv again: dump_table(ChangeRow, changes_of(INSEE's rows))"
    )


def test_communes_deleguees_and_associees_lead_to_their_commune(registry: Registry, official: Path) -> None:
    """Each was a commune, or bears the name of one: by its code, people find the commune it is in."""
    lost = []
    for row in table(official / "cog2026-communes.csv.gz"):
        if row["TYPECOM"] in ("COMD", "COMA"):
            former = [entry for entry in registry.with_code(row["COM"]) if not entry.in_force]
            former += [entry for entry, _ in registry.with_former_code(row["COM"])]
            reached = {heir for entry in former for heir in (entry.id, *entry.successors)}
            if f"commune/{row['COMPARENT']}" not in reached | {f"commune/{row['COM']}"}:
                lost.append(row["COM"])
    assert lost == []


def test_former_codes_against_those_of_the_package(registry: Registry) -> None:
    """The package follows codes by an algorithm of its own, which knows of no commune shared out."""
    path = ROOT / "node_modules" / "@etalab" / "decoupage-administratif" / "data" / "communes.json"
    if not path.is_file():
        pytest.skip("the npm package is not here: « make check » brings it in")
    ours: dict[str, set[str]] = defaultdict(set)
    shared_out = set()
    for code, entry in _former_codes(registry):
        for heir in entry.successors or (entry.id,):
            ours[heir].add(code)
        if len(entry.successors) > 1:
            shared_out.add(code)
    differences = set()
    for row in json.loads(path.read_text(encoding="utf-8")):
        if row["type"] == "commune-actuelle":
            id, theirs = f"commune/{row['code']}", set(row.get("anciensCodes", ()))
            more = ours[id] - theirs - shared_out - {row["code"]}
            fewer = theirs - ours[id] - {row["code"]}
            if more or fewer:
                differences.add((id, " ".join(sorted(more)), " ".join(sorted(fewer))))
    _assert_explained("former codes, package 6.0.0", differences)


def _former_codes(registry: Registry) -> Iterator[tuple[str, Entry]]:
    for entry in registry.of_kind("former-commune"):
        yield entry.code, entry
    rows = read_table(ChangeRow, REGISTERS / "commune-changes.tsv")
    for code in sorted({row.former_code for row in rows}):
        for entry, _ in registry.with_former_code(code):
            yield code, entry
