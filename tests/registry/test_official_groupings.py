"""EPCI and EPT against the lists of the DGCL and of others: all agrees, or is explained."""

import ast
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

from innograph.curation.tables import read_table
from innograph.registry.entries import Entry
from innograph.registry.reviewed import AliasRow
from innograph.text import words
from registry.differences import assert_explained
from registry.publishers_files import siren_of, table

ALIASES = Path(__file__).parents[2] / "data" / "registers" / "aliases.tsv"


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
    used = {(row.id, row.alias) for row in read_table(AliasRow, ALIASES)}
    for row in dgcl:
        entry = entries[f"epci/{row['siren']}"]
        abbreviation, _, rest = row["raison_sociale"].partition(" ")
        listed = [alias for alias in entry.aliases if (entry.id, alias) not in used]
        if abbreviation in full:
            ours, theirs = (entry.name, *listed[1:]), f"{full[abbreviation]} {rest}"
        else:
            ours, theirs = (entry.name, *listed), row["raison_sociale"]
        assert Counter(words(" ".join(ours))) == Counter(words(theirs))


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


def test_ept_and_epci_against_the_lists_of_others(
    entries: Mapping[str, Entry], official: Path, authorities_2025: list[dict[str, str]]
) -> None:
    theirs: dict[str, set[str]] = defaultdict(set)
    for row in table(official / "zlv-com_epci_dep_reg.csv.gz", ";"):
        if siren_of(row["ept_siren"]):
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
    assert_explained("members, ZLV 2023", differences)
    where = {}
    for row in authorities_2025:
        if row["Layer-geo_label"] == "Intercommunalité" and siren_of(row["Siren"]):
            name = "ept" if row["Kind-admin"] == "EPT" else "epci"
            codes = set(ast.literal_eval(row["Dep_Code"]))
            where[f"{name}/{siren_of(row['Siren'])}"] = " ".join(sorted(codes))
    groupings = {id: e for id, e in entries.items() if id.startswith(("epci/", "ept/"))}
    assert set(where) == set(groupings)
    lying = {id: " ".join(p.partition("/")[2] for p in e.within) for id, e in groupings.items()}
    assert_explained(
        "départements, ZLV 2025", {(id, lying[id], where[id]) for id in where if lying[id] != where[id]}
    )
