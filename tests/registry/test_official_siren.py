"""SIREN against those of publishers' files: each agrees, or the difference is explained."""

import ast
from collections.abc import Mapping
from pathlib import Path

from innograph.registry.entries import Entry
from innograph.registry.file import Registry
from registry.differences import assert_explained
from registry.publishers_files import siren_of, table


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
    assert_explained("SIREN, ZLV 2023", differences)


def test_siren_of_departements_and_regions(
    registry: Registry, official: Path, authorities_2025: list[dict[str, str]]
) -> None:
    """Each is that of a body which administers the place, or did; wrong rows of the files are known."""
    pairs = set()
    for row in table(official / "zlv-com_epci_dep_reg.csv.gz", ";"):
        commune = registry.get(f"commune/{row['com_code']}")
        if commune:
            pairs.add((f"department/{commune.department}", siren_of(row["dep_siren"])))
            pairs.add((f"region/{commune.region}", siren_of(row["reg_siren"])))
    for row in authorities_2025:
        if row["Kind-admin"] in ("DEP", "REG"):
            kind, column = (
                ("department", "Dep_Code") if row["Kind-admin"] == "DEP" else ("region", "Reg_Code")
            )
            for code in ast.literal_eval(row[column]):
                pairs.add((f"{kind}/{code}", siren_of(row.get("Siren", ""))))
    found = {place: {body.siren for body in registry.bodies_of(place)} for place, _ in pairs}
    wrong = {(place, siren) for place, siren in pairs if siren and siren not in found[place]}
    assert wrong == {("department/75", "224000018")}  # the SIREN of the Landes, in the list of 2025
    assert {place for place, siren in pairs if not siren} <= {place for place in found if found[place]}
