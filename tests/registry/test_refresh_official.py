"""The publishers' real files, served on this machine: refreshing gives what the npm package gives."""

import gzip
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from innograph import resources
from innograph.curation.tables import read_table
from innograph.fetch.fetcher import Fetcher
from innograph.journeys.refresh import Wanted, refresh
from innograph.registry.publishers import FILES
from innograph.registry.reviewed import AuthorityRow
from publisher import Publisher, Reply
from registry.served import as_json, geo_communes, geo_epcis, geo_overseas, sirene

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "node_modules" / "@etalab" / "decoupage-administratif" / "data"


def _cog(official: Path) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, file in (("commune", "communes.csv.gz"), ("mvt_commune", "mouvements-communes.csv.gz")):
            archive.writestr(
                f"v_{name}_2026.csv", gzip.decompress((official / f"cog2026-{file}").read_bytes())
            )
        for name, file in (("departement", "departements.csv"), ("region", "regions.csv")):
            archive.writestr(f"v_{name}_2026.csv", (official / f"cog2026-{file}").read_bytes())
    return content.getvalue()


def test_the_publishers_files_give_the_registers_of_the_package(
    official: Path, publisher: Publisher, tmp_path: Path
) -> None:
    if not PACKAGE.is_dir():
        pytest.skip("the npm package is not here: « make check » brings it in")
    files = {name: json.loads((PACKAGE / f"{name}.json").read_bytes()) for name in FILES}
    authorities = read_table(AuthorityRow, resources.data() / "registers" / "authorities.tsv")
    publisher.replies |= {
        "/cog": Reply(_cog(official), "application/zip"),
        "/communes": as_json(geo_communes(files)),
        "/epcis": as_json(geo_epcis(files)),
        "/overseas": as_json(geo_overseas(files)),
        "/authorities": sirene(authorities),
    }
    addresses = {path[1:]: f"{publisher.address}{path}" for path in publisher.replies}
    wanted = Wanted("2026", addresses, resources.data() / "registers", resources.registry_file())
    done = refresh(wanted, tmp_path / "registry.sqlite", Fetcher(), date(2026, 11, 24), lambda step: None)
    assert done.kept is None
    head, _, rest = done.report.partition("\n## ")
    assert head.splitlines()[2] == "Code officiel géographique 2026: 43719 entries, 0 facts changed."
    assert rest.startswith("Sources\n"), "nothing but the sources follows"
