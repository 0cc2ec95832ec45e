"""Communes, départements, régions against the publishers' own files: all agrees, or is explained."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from innograph.curation.tables import read_table
from innograph.registry.changes import ChangeRow, changes_of
from innograph.registry.entries import Entry
from innograph.registry.file import Registry
from registry.differences import assert_explained, explained_differences
from registry.publishers_files import table

ROOT = Path(__file__).parents[2]
REGISTERS = ROOT / "data" / "registers"
PLACES = {
    "COM": "commune",
    "COMD": "delegated-commune",
    "COMA": "associated-commune",
    "ARM": "municipal-arrondissement",
}


def test_every_explanation_is_about_a_fact_that_is_compared() -> None:
    rows = explained_differences()
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


def test_names_of_communes_against_the_dgcl(entries: Mapping[str, Entry], dgcl: list[dict[str, str]]) -> None:
    pairs = {(f"commune/{row['insee']}", row["nom_membre"]) for row in dgcl}
    differences = {(id, entries[id].name, name) for id, name in pairs if entries[id].name != name}
    assert_explained("name, DGCL 2025", differences)


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
    assert_explained("former codes, package 6.0.0", differences)


def _former_codes(registry: Registry) -> Iterator[tuple[str, Entry]]:
    for entry in registry.of_kind("former-commune"):
        yield entry.code, entry
    rows = read_table(ChangeRow, REGISTERS / "commune-changes.tsv")
    for code in sorted({row.former_code for row in rows}):
        for entry, _ in registry.with_former_code(code):
            yield code, entry
