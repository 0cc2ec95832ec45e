"""Refreshing from a real server on this machine: the same file, a changed one, every way to be refused."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from innograph.errors import FetchError, InnographError, RegistryError
from innograph.fetch.fetcher import Fetcher, Manners
from innograph.fetch.kept import Kept
from innograph.journeys.refresh import Refreshed, Wanted, refresh
from innograph.registry.compact import Vintage, checked_entries, write_aside
from innograph.registry.file import Registry
from innograph.registry.publishers import Years
from innograph.registry.reviewed import AliasRow, hash_of
from publisher import Publisher, Reply
from registry.served import MOVEMENTS, as_json, cog_zip, geo_communes, serve, sirene
from registry.small import Row, package, reviewed, siren, write_reviewed

TODAY = date(2026, 11, 24)
Files = dict[str, list[Row]]


class _Place:
    """A folder with the registers of the small country and its tables, and a publisher that serves it."""

    def __init__(self, folder: Path, publisher: Publisher) -> None:
        self.publisher = publisher
        self.target = folder / "registry.sqlite"
        self.tables = write_reviewed(folder / "registers", reviewed())
        self.addresses = serve(publisher, package(), reviewed().authorities)
        self.steps: list[str] = []
        self._cache = folder / "cache"
        vintage = Vintage("2026", Years(2023, 2017))
        entries = checked_entries(package(), reviewed(), vintage, "made up")
        write_aside(self.target, entries, reviewed(), {"package": "6.0.0"}, vintage)
        self.before = self.target.read_bytes()

    def refresh(self, **changes: Any) -> Refreshed:
        wanted = Wanted("2026", self.addresses, self.tables, self.target, fewest=5)
        fetcher = Fetcher(
            Manners(timeout=2.0, attempts=2),
            Kept(self._cache),
            wait=lambda seconds: None,
            tell=self.steps.append,
        )
        return refresh(replace(wanted, **changes), self.target, fetcher, TODAY, self.steps.append)

    def entries(self) -> dict[str, Any]:
        with closing(Registry(self.target)) as registry:
            return {entry.id: entry for entry in registry}


@pytest.fixture
def place(tmp_path: Path, publisher: Publisher) -> _Place:
    return _Place(tmp_path, publisher)


def test_the_same_files_give_the_same_registers(place: _Place) -> None:
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


def test_what_changed_is_written_and_told(place: _Place) -> None:
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


def test_what_was_fetched_before_is_not_sent_again(place: _Place) -> None:
    place.refresh()
    report = place.refresh().report
    assert report.count("(unchanged") == 4
    asked = [request for request in place.publisher.asked if request.path == "/cog.zip"]
    assert "If-None-Match" not in asked[0].headers and "If-None-Match" in asked[1].headers


def test_siren_that_sirene_gives_otherwise_are_told_and_not_taken_over(place: _Place) -> None:
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
def test_where_sirene_cannot_be_asked_the_rest_goes_on(place: _Place, reply: Reply) -> None:
    place.publisher.replies["/search"] = reply
    assert "- SIREN not checked, from department/01 on: " in place.refresh().report


def test_reviewed_rows_about_what_is_gone_are_told(place: _Place) -> None:
    facts = replace(reviewed(), aliases=[AliasRow("epci/200000099", "Nulle part", "made up")])
    place.tables = write_reviewed(place.target.parent / "registers", facts)
    report = place.refresh().report
    assert "- data/registers/aliases.tsv speaks of epci/200000099, which is not there any more" in report


def test_members_of_ept_that_were_merged_are_followed(place: _Place) -> None:
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


def _spoil_communes(change: Callable[[list[Row]], object]) -> Callable[[_Place], None]:
    def spoil(place: _Place) -> None:
        rows = geo_communes(package())
        change(rows)
        place.publisher.replies["/communes"] = as_json(rows)

    return spoil


def _serve(**others: Any) -> Callable[[_Place], None]:
    def spoil(place: _Place) -> None:
        for name, reply in others.items():
            place.publisher.replies[f"/{name.replace('_', '.')}"] = reply

    return spoil


def _cog(
    change: Callable[[Files], object] = lambda files: None, year: str = "2026"
) -> Callable[[_Place], None]:
    def spoil(place: _Place) -> None:
        files = package()
        change(files)
        place.publisher.replies["/cog.zip"] = Reply(cog_zip(files, MOVEMENTS, year), "application/zip")

    return spoil


GOOD_ZIP = cog_zip(package(), MOVEMENTS)
GOOD_JSON = json.dumps(geo_communes(package())).encode()
HTML = b"<!doctype html><title>Maintenance</title>"


@pytest.mark.parametrize(
    ("spoil", "kind", "message"),
    [
        (_serve(cog_zip=Reply(status=404)), FetchError, r"/cog\.zip: answers 404 Not Found"),
        (_serve(communes=Reply(status=500)), FetchError, "/communes: answers 500 Internal Server Error"),
        (_serve(communes=Reply(GOOD_JSON, sent=50)), FetchError, "/communes: breaks off"),
        (_serve(cog_zip=Reply(GOOD_ZIP, sent=50)), FetchError, r"/cog\.zip: breaks off"),
        (_serve(cog_zip=Reply(GOOD_ZIP[:-30])), RegistryError, r"/cog\.zip: cut, or no ZIP file"),
        (_serve(cog_zip=Reply(HTML, "text/html")), RegistryError, r"/cog\.zip: cut, or no ZIP file"),
        (_serve(communes=Reply(GOOD_JSON[:-20])), RegistryError, "/communes: cut, or no JSON"),
        (
            _serve(communes=Reply(HTML, "text/html")),
            RegistryError,
            "/communes: is text/html instead of application/json",
        ),
        (_serve(communes=Reply(HTML)), RegistryError, "/communes: an HTML page instead of JSON"),
        (
            _serve(epcis=Reply(GOOD_JSON, "")),
            RegistryError,
            "/epcis: is of no type instead of application/json",
        ),
        (_serve(epcis=Reply(b'{"message": "no"}')), RegistryError, "/epcis: no list of records"),
        (_serve(epcis=Reply(b"[]")), RegistryError, "/epcis: no list of records"),
        (_serve(epcis=Reply(b"[1]")), RegistryError, "/epcis: no list of records"),
        (
            _serve(epcis=as_json([{"code": "1", "nom": "X"}])),
            RegistryError,
            r"/epcis: record 1 \(1\): its type is None",
        ),
        (
            _cog(year="2025"),
            RegistryError,
            r"/cog\.zip: another vintage: v_commune_2026\.csv is not in it, but v_comm",
        ),
        (
            _cog(lambda files: files["communes"].pop(3)),
            RegistryError,
            "than the COG of 2026: 1 communes are in one of both only, 02002",
        ),
        (
            _spoil_communes(lambda rows: rows.pop(1)),
            RegistryError,
            "than the COG of 2026: 1 communes are in one of both only, 01002",
        ),
        (
            _spoil_communes(lambda rows: rows[0].update(population="many")),
            RegistryError,
            r"record 1 \(01001\): its population is 'many'",
        ),
        (
            _spoil_communes(lambda rows: rows[0].pop("codesPostaux")),
            RegistryError,
            r"record 1 \(01001\): its codesPostaux is None",
        ),
        (
            _spoil_communes(lambda rows: rows[0].update(siren="210010011")),
            RegistryError,
            r"commune/01001 \(Ville-Haute\) has '210010011', which is no SIREN",
        ),
        (
            _spoil_communes(lambda rows: rows[0].update(codeEpci="200000099")),
            RegistryError,
            "points at '200000099', which is not there",
        ),
        (
            _spoil_communes(lambda rows: rows[0].pop("codeEpci")),
            RegistryError,
            "lists CA Haute Agglo .* without a member",
        ),
        (
            _spoil_communes(lambda rows: [row.update(population=row["population"] + 1) for row in rows]),
            RegistryError,
            "populations are not of 2023: 0% are those of 2023 in the registers at hand",
        ),
    ],
)
def test_what_is_wrong_is_refused_by_name_and_the_old_file_kept(
    place: _Place, spoil: Callable[[_Place], None], kind: type[InnographError], message: str
) -> None:
    spoil(place)
    there = sorted(path.name for path in place.target.parent.iterdir() if path.name != "cache")
    with pytest.raises(kind, match=message):
        place.refresh()
    assert place.target.read_bytes() == place.before
    assert sorted(path.name for path in place.target.parent.iterdir() if path.name != "cache") == there


def test_fewer_communes_than_plausible_are_refused(place: _Place) -> None:
    with pytest.raises(RegistryError, match=r"/cog\.zip: 6 communes are fewer than is plausible"):
        place.refresh(fewest=34_000)


def test_populations_of_another_year_are_refused_or_given_their_year(place: _Place) -> None:
    with pytest.raises(RegistryError, match="not of 2024: 100% are those of 2023 in the registers at hand"):
        place.refresh(populations=2024)
    _spoil_communes(lambda rows: [row.update(population=row["population"] + 1) for row in rows])(place)
    place.refresh(populations=2024)
    entries = place.entries()
    years = {id: entry.population_year for id, entry in entries.items() if id.startswith("commune/")}
    assert years["commune/01001"] == 2024
    assert (years["commune/97601"], entries["commune/97601"].population) == (None, None)  # nobody tells
    assert entries["region/06"].population is None
    assert entries[f"epci/{siren(20000005)}"].population is None


def test_a_year_of_which_nothing_is_known_is_refused(place: _Place) -> None:
    with pytest.raises(RegistryError, match="no address is known for the Code officiel géographique of 2031"):
        place.refresh(cog="2031", addresses={})
    place.publisher.replies["/cog.zip"] = Reply(cog_zip(package(), MOVEMENTS, "2031"), "application/zip")
    with pytest.raises(RegistryError, match="of which year are populations of 2031"):
        place.refresh(cog="2031")
    assert place.refresh(cog="2031", populations=2023).kept
    with closing(Registry(place.target)) as registry:
        assert registry.meta["cog"] == "2031"


def test_a_source_that_nobody_knows_is_refused(place: _Place) -> None:
    with pytest.raises(RegistryError, match="no source is called 'banatic'"):
        place.refresh(addresses={"banatic": "http://127.0.0.1:9/"})


def test_broken_registers_at_hand_are_refused(place: _Place) -> None:
    place.target.write_bytes(place.before[:-1])
    with pytest.raises(RegistryError, match="cut or damaged"):
        place.refresh()
    assert place.publisher.asked == []
