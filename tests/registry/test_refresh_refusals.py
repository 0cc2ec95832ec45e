"""What a refresh refuses, by name: the registers at hand stay as they are."""

import json
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from innograph.errors import FetchError, InnographError, RegistryError
from innograph.registry.file import Registry
from publisher import Reply
from registry.place import Place
from registry.served import MOVEMENTS, as_json, cog_zip, geo_communes
from registry.small import Row, package, siren

Files = dict[str, list[Row]]


def _spoil_communes(change: Callable[[list[Row]], object]) -> Callable[[Place], None]:
    def spoil(place: Place) -> None:
        rows = geo_communes(package())
        change(rows)
        place.publisher.replies["/communes"] = as_json(rows)

    return spoil


def _serve(**others: Any) -> Callable[[Place], None]:
    def spoil(place: Place) -> None:
        for name, reply in others.items():
            place.publisher.replies[f"/{name.replace('_', '.')}"] = reply

    return spoil


def _cog(
    change: Callable[[Files], object] = lambda files: None, year: str = "2026"
) -> Callable[[Place], None]:
    def spoil(place: Place) -> None:
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
    place: Place, spoil: Callable[[Place], None], kind: type[InnographError], message: str
) -> None:
    spoil(place)
    there = sorted(path.name for path in place.target.parent.iterdir() if path.name != "cache")
    with pytest.raises(kind, match=message):
        place.refresh()
    assert place.target.read_bytes() == place.before
    assert sorted(path.name for path in place.target.parent.iterdir() if path.name != "cache") == there


def test_fewer_communes_than_plausible_are_refused(place: Place) -> None:
    with pytest.raises(RegistryError, match=r"/cog\.zip: 6 communes are fewer than is plausible"):
        place.refresh(fewest=34_000)


def test_populations_of_another_year_are_refused_or_given_their_year(place: Place) -> None:
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


def test_a_year_of_which_nothing_is_known_is_refused(place: Place) -> None:
    with pytest.raises(RegistryError, match="no address is known for the Code officiel géographique of 2031"):
        place.refresh(cog="2031", addresses={})
    place.publisher.replies["/cog.zip"] = Reply(cog_zip(package(), MOVEMENTS, "2031"), "application/zip")
    with pytest.raises(RegistryError, match="of which year are populations of 2031"):
        place.refresh(cog="2031")
    assert place.refresh(cog="2031", populations=2023).kept
    with closing(Registry(place.target)) as registry:
        assert registry.meta["cog"] == "2031"


def test_a_source_that_nobody_knows_is_refused(place: Place) -> None:
    with pytest.raises(RegistryError, match="no source is called 'banatic'"):
        place.refresh(addresses={"banatic": "http://127.0.0.1:9/"})


def test_broken_registers_at_hand_are_refused(place: Place) -> None:
    place.target.write_bytes(place.before[:-1])
    with pytest.raises(RegistryError, match="cut or damaged"):
        place.refresh()
    assert place.publisher.asked == []
