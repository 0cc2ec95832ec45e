"""What ``docs/registers.md`` and ``NOTICE`` say of the registers is so."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from innograph.cli import commands
from innograph.registry.addresses import KEYS
from innograph.registry.entries import Entry
from innograph.registry.file import Registry
from registry.differences import explained_differences

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "registers.md").read_text(encoding="utf-8")


def _table(heading: str) -> list[list[str]]:
    """Give the cells of the table under a heading."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_what_is_in_it_is_counted(entries: Mapping[str, Entry]) -> None:
    told = {row[0].strip("`").partition("/")[0]: int(row[2]) for row in _table("What is in it")}
    assert told == Counter(id.partition("/")[0] for id in entries)
    assert [row[0] for row in _table("What is in it") if row[0].strip("`") not in entries] == []


def test_bodies_and_places_are_told_apart(entries: Mapping[str, Entry]) -> None:
    for row in _table("What is in it"):
        kind = row[0].strip("`").partition("/")[0]
        of_kind = [entry for id, entry in entries.items() if id.startswith(f"{kind}/")]
        bodies = sum(bool(entry.kind) for entry in of_kind)
        assert row[3].startswith("no") == (bodies == 0), kind
        assert ("but" in row[3] or "exception" in row[3]) == (0 < bodies < len(of_kind)), kind
        assert {"yes": True, "no": False}[row[4]] == all(entry.territory_kind for entry in of_kind), kind


def test_vintages_are_those_of_the_file(registry: Registry, entries: Mapping[str, Entry]) -> None:
    years = {entry.population_year for entry in entries.values()} - {None}
    assert years == {2017, 2023} and "| 2023, in force in 2026; Mayotte 2017;" in PAGE
    assert registry.meta["cog"] == "2026" and f"1 January {registry.meta['cog']}" in PAGE


def test_the_notice_names_the_package_and_goes_with_the_wheel() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    name = "@etalab/decoupage-administratif"
    assert f"{name} {package[name]} (9 March 2026)" in notice
    assert f"{package[name]} (9 March 2026)" in PAGE
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "NOTICE" in project["project"]["license-files"]
    assert "/NOTICE" in project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]


def test_known_differences_are_counted() -> None:
    rows = explained_differences()
    found = Counter(row.field for row in rows)
    told = {row[0]: row for row in _table("Where it comes from")}
    assert told["DGCL, EPCI 2025: names of communes"][1] == f"{found['name, DGCL 2025']} names"
    assert told["SIREN of communes in 2023"][1] == str(found["SIREN, ZLV 2023"])
    assert told["members of EPT in 2023"][1] == str(found["members, ZLV 2023"])
    assert told["départements of groupings in 2025"][1] == str(found["départements, ZLV 2025"])
    assert told["former codes in the npm package"][1] == f"{found['former codes, package 6.0.0']} communes"
    renamed = sum("renamed on" in row.why for row in rows)
    spelt = found["name, DGCL 2025"] - renamed
    assert f"{renamed} were renamed after the list, {spelt} are spelt otherwise in it" in PAGE


def test_sources_and_options_are_named() -> None:
    for key in KEYS:
        assert f"`{key}`" in PAGE
    refresh = commands.get_command(None, "registry").commands["refresh"]  # type: ignore[arg-type, union-attr]
    options = {option for parameter in refresh.params for option in parameter.opts}
    assert set(re.findall(r"--[a-z]+", PAGE)) <= options
