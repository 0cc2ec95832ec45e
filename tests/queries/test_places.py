"""The places of ``tests/facts/`` are where the State's own files put them."""

from collections import Counter
from pathlib import Path

from innograph.text import words
from queries.reading import facts
from registry.publishers_files import sheet, table

ANOTHER_NAME = {"Épernay Agglo Champagne": "CA Epernay, Coteaux et Plaine de Champagne"}
SAYS_LITTLE = {*words("communauté d'agglomération de communes urbaine de la du l'")}


def test_communes(official: Path) -> None:
    known = {
        row["COM"]: row
        for row in table(official / "cog2026-communes.csv.gz")
        if row["TYPECOM"] in ("COM", "ARM")
    }
    people: Counter[str] = Counter()
    for row in table(official / "populations2023-communes.csv.gz", ";"):
        # Paris, Lyon and Marseille are told by their arrondissements
        for code in filter(None, (row["COM"], known[row["COM"]]["COMPARENT"])):
            people[code] += int(row["PMUN"])
    for row in facts("places"):
        if len(row["code"]) == 5:
            commune = known[row["code"]]
            assert words(row["name"]) == words(commune["LIBELLE"]), row
            assert row["population"] == str(people[row["code"]]), row
            parent = known.get(commune["COMPARENT"], commune)
            assert [row["department"], row["region"]] == [parent["DEP"], parent["REG"]], row


def test_departements_and_regions(official: Path) -> None:
    departments = {row["DEP"]: row for row in table(official / "cog2026-departements.csv")}
    regions = {row["REG"]: row for row in table(official / "cog2026-regions.csv")}
    for row in facts("territories"):
        assert (
            row["name"] == (departments if row["kind"] == "department" else regions)[row["code"]]["LIBELLE"]
        )
    for row in facts("places"):
        assert not row["department"] or departments[row["department"]]["REG"] == row["region"], row


def test_what_no_register_lists_is_placed_by_what_tells_it(official: Path) -> None:
    known = {
        row["COM"]: row for row in table(official / "cog2026-communes.csv.gz") if row["TYPECOM"] == "COM"
    }
    departments = {row["DEP"]: row for row in table(official / "cog2026-departements.csv")}
    for row in facts("told-places"):
        place = known.get(row["code"]) or departments[row["code"]]
        assert words(row["words"]) == words(place["LIBELLE"]), row
        assert [row["department"], row["region"]] == [place["DEP"], place["REG"]], row
        alike = [each for each in known.values() if words(each["LIBELLE"]) == words(row["words"])]
        assert len(alike) == (row["code"] in known), "another commune bears that name"


def test_groupings_sit_where_the_state_says(official: Path) -> None:
    seats = {row["raison_sociale"]: row["dept"] for row in sheet(official / "dgcl2025-epcicom.xlsx")}
    for row in facts("places"):
        if row["code"]:
            continue
        told = {*words(ANOTHER_NAME.get(row["name"], row["name"]))} - SAYS_LITTLE
        assert {seat for name, seat in seats.items() if told <= {*words(name)}} == {row["department"]}, row
