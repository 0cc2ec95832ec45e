"""Refreshing the registers from a real server on this machine: the same files, and changed ones."""

from contextlib import closing
from dataclasses import replace

import pytest

from innograph.registry.file import Registry
from innograph.registry.reviewed import AliasRow, hash_of
from publisher import Reply
from registry.place import Place
from registry.served import MOVEMENTS, serve, sirene
from registry.small import package, reviewed, siren, write_reviewed


def test_the_same_files_give_the_same_registers(place: Place) -> None:
    done = place.refresh()
    assert (done.kept, place.target.read_bytes()) == (None, place.before)
    assert done.report.splitlines()[:4] == [
        "# Registers, 2026-11-24",
        "",
        "Code officiel géographique 2026: 30 entries, 0 facts changed.",
        "Populations: 2011502 people in 6 communes (2017 and 2023); now 2011502 people in 6 communes"
        " (2017 and 2023).",
    ]
    assert place.steps == [
        "fetching cog from INSEE",
        "fetching communes from geo.api.gouv.fr (INSEE, DGCL, La Poste)",
        "fetching epcis from geo.api.gouv.fr (DGCL)",
        "fetching overseas from geo.api.gouv.fr",
        "reading and checking",
        "asking SIRENE for authorities, 0 of 3",
    ]


def test_what_changed_is_written_and_told(place: Place) -> None:
    """A merger, a new name, a new SIREN, a new EPCI: each in its list; former communes follow."""
    files = package()
    files["communes"] = [row for row in files["communes"] if row["code"] != "02002"]
    commune = next(row for row in files["communes"] if row["code"] == "02001")
    commune |= {"nom": "Ville-Haute-sur-Mer", "siren": siren(93000001)}
    files["epci"][0]["membres"] = [{"code": "01002"}]
    files["epci"][1]["membres"] = []
    files["epci"].append({**files["epci"][1], "code": siren(20000011), "membres": [{"code": "01001"}]})
    del files["epci"][1]
    place.tables = write_reviewed(place.target.parent / "registers", replace(reviewed(), seats=[]))
    serve(
        place.publisher,
        files,
        reviewed().authorities,
        [
            *MOVEMENTS,
            "32 2026-01-01 COM 02001 Ville-Haute > COM 02001 Ville-Haute-sur-Mer",
            "32 2026-01-01 COM 02002 Saint-Bourg > COM 02001 Ville-Haute-sur-Mer",
        ],
    )
    done = place.refresh()
    kept = place.target.with_name("registry-2026-11-24.md")
    assert (done.kept, kept.read_text(encoding="utf-8")) == (kept, f"{done.report}\n")
    lines = done.report.splitlines()
    told = [line for line in lines[4:] if line]
    head, _, sources = "\n".join(told).partition("## Sources")
    assert head.splitlines() == [
        "## Added: 1",
        f"- epci/{siren(20000011)} Communauté d'agglomération Haute Agglo",
        "## Gone: 2",
        "- commune/02002 Saint-Bourg: none → commune/02001",
        f"- epci/{siren(20000002)} Communauté d'agglomération Haute Agglo",
        "## Renamed: 1",
        "- commune/02001 Ville-Haute-sur-Mer: Ville-Haute → Ville-Haute-sur-Mer",
        "## Other SIREN: 1",
        f"- commune/02001 Ville-Haute-sur-Mer: {siren(21002001)} → {siren(93000001)}",
        "## In another département: 1",
        f"- epci/{siren(20000001)} Communauté de communes du Val: 02 → 01",
        "## In other groupings: 1",
        f"- commune/01001 Ville-Haute: epci/{siren(20000002)} → epci/{siren(20000011)}",
    ]
    assert sources.count("SHA-256") == 4 and sources.count("(new") == 4
    assert "now 2011442 people in 5 communes (2017 and 2023)" in done.report
    entries = place.entries()
    gone = entries["former-commune/02002-2026-01-01"]
    assert (gone.name, gone.valid_from, gone.successors) == ("Saint-Bourg", "1990-01-01", ("commune/02001",))
    assert entries["former-commune/02001-2026-01-01"].name == "Ville-Haute"
    assert entries["commune/02001"].valid_from == "2026-01-01"
    with closing(Registry(place.target)) as registry:
        meta = dict(registry.meta)
        assert registry.named("plain", "bourg")[0][0].id == "former-commune/02002-2026-01-01"
    assert (meta["fetched"], meta["cog"], meta["reviewed"]) == ("2026-11-24", "2026", hash_of(place.tables))
    assert meta["source cog"].startswith(f"{place.publisher.address}/cog.zip ")
    assert "package" not in meta


def test_what_was_fetched_before_is_not_sent_again(place: Place) -> None:
    place.refresh()
    report = place.refresh().report
    assert report.count("(unchanged") == 4
    asked = [request for request in place.publisher.asked if request.path == "/cog.zip"]
    assert "If-None-Match" not in asked[0].headers and "If-None-Match" in asked[1].headers


def test_siren_that_sirene_gives_otherwise_are_told_and_not_taken_over(place: Place) -> None:
    place.publisher.replies["/search"] = sirene(reviewed().authorities, {"01D": siren(1), "84": ""})
    report = place.refresh().report
    assert report[report.index("## To be looked at") :].splitlines()[2:4] == [
        f"- department/01 Amont has the SIREN {siren(22000001)}; SIRENE gives {siren(1)}",
        f"- region/84 Hauteurs has the SIREN {siren(23000084)}; SIRENE gives none",
    ]
    asked = [r.query for r in place.publisher.asked if r.path == "/search"]
    assert [query["code_collectivite_territoriale"] for query in asked] == [["01D"], ["84"], ["02S"]]
    assert place.target.read_bytes() == place.before


@pytest.mark.parametrize("reply", [Reply(status=500), Reply(b"[]"), Reply(b"{"), Reply(b'{"results": [{}]}')])
def test_where_sirene_cannot_be_asked_the_rest_goes_on(place: Place, reply: Reply) -> None:
    place.publisher.replies["/search"] = reply
    assert "- SIREN not checked, from department/01 on: " in place.refresh().report


def test_reviewed_rows_about_what_is_gone_are_told(place: Place) -> None:
    facts = replace(reviewed(), aliases=[AliasRow("epci/200000099", "Nulle part", "made up")])
    place.tables = write_reviewed(place.target.parent / "registers", facts)
    report = place.refresh().report
    assert "- data/registers/aliases.tsv speaks of epci/200000099, which is not there any more" in report


def test_members_of_ept_that_were_merged_are_followed(place: Place) -> None:
    files = package()
    for row in files["communes"]:
        if row["code"] == "75056":
            row |= {"code": "75057", "nom": "Grand-Paris"}
        elif row["code"] == "75101":
            row["commune"] = "75057"
    files["epci"][3]["membres"] = [{"code": "75057"}]
    authorities = reviewed().authorities
    serve(
        place.publisher,
        files,
        authorities,
        [*MOVEMENTS, "31 2026-01-01 COM 75056 Paris > COM 75057 Grand-Paris"],
    )
    place.refresh()
    assert place.entries()["commune/75057"].member_of == (
        f"epci/{siren(20000004)}",
        f"ept/{siren(20000006)}",
    )
