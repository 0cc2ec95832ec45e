"""Compaction: what must hold is checked, what is wrong is named, and the old file stays."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from innograph.errors import RegistryError
from innograph.registry.compact import check, compact
from innograph.registry.entries import Entry
from innograph.registry.file import Registry
from innograph.registry.reviewed import AliasRow, SeatRow, hash_of
from registry.small import package, reviewed, siren, write_reviewed

Files = dict[str, list[dict[str, Any]]]


def _write_package(folder: Path, files: Files, version: str = "6.0.0") -> Path:
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text(json.dumps({"version": version}), encoding="utf-8")
    for name, rows in files.items():
        (data / f"{name}.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return data


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return _write_package(tmp_path / "package", package())


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    return write_reviewed(tmp_path / "registers", reviewed())


def test_the_file_says_what_it_was_written_from(source: Path, tables: Path, tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "registry.sqlite"
    entries = compact(source, tables, target)
    registry = Registry(target)
    assert list(registry) == list(entries)
    assert dict(registry.meta) == {
        "cog": "2026",
        "entries": "30",
        "format": "2",
        "package": "6.0.0",
        "populations": "2023",
        "reviewed": hash_of(tables),
    }
    assert [path.name for path in target.parent.iterdir()] == ["registry.sqlite"]
    registry.close()


def test_the_same_input_gives_the_same_bytes(source: Path, tables: Path, tmp_path: Path) -> None:
    compact(source, tables, tmp_path / "one.sqlite")
    compact(source, tables, tmp_path / "two.sqlite")
    assert (tmp_path / "one.sqlite").read_bytes() == (tmp_path / "two.sqlite").read_bytes()


def _drop(files: Files, name: str, code: str) -> None:
    files[name] = [row for row in files[name] if row["code"] != code]


def _spoil(name: str, position: int, **fields: Any) -> Callable[[Files], None]:
    return lambda files: files[name][position].update(fields)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_spoil("communes", 0, siren="210010011"), r"commune/01001 \(Ville-Haute\) has '210010011', which"),
        (_spoil("communes", 0, siren=siren(21001002)), r"/01002 \(Val-Neuf\) has the SIREN of commune/01001"),
        (_spoil("communes", 0, nom=""), r"commune/01001 \(\) has no name or no code"),
        (_spoil("communes", 0, population=-1), r"01001 \(Ville-Haute\) has a population without its year"),
        (_spoil("communes", 0, departement="99"), r"points at department/99, which is not there"),
        (_spoil("communes", 6, code="97701", departement="977"), "two entries have one identifier"),
        (_spoil("communes", 9, commune="75999"), r"points at commune/75999, which is not there"),
        (lambda files: _drop(files, "departements", "01"), "'department/01' is missing"),
        (lambda files: _drop(files, "communes", "02002"), "'02002' is missing"),
        (lambda files: files["regions"][0].pop("zone"), "'zone' is missing"),
    ],
)  # fmt: skip
def test_what_contradicts_is_refused_and_the_old_file_kept(
    spoil: Callable[[Files], None], message: str, source: Path, tables: Path, tmp_path: Path
) -> None:
    target = tmp_path / "registry.sqlite"
    target.write_bytes(b"the old file")
    files = package()
    spoil(files)
    _write_package(source.parent, files)
    with pytest.raises(RegistryError, match=message) as caught:
        compact(source, tables, target)
    assert str(source) in str(caught.value)
    assert target.read_bytes() == b"the old file"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["package", "registers", "registry.sqlite"]


def test_a_missing_file_is_named(source: Path, tables: Path, tmp_path: Path) -> None:
    (source / "epci.json").unlink()
    with pytest.raises(RegistryError, match=r"epci\.json: missing: install @etalab"):
        compact(source, tables, tmp_path / "registry.sqlite")


@pytest.mark.parametrize("content", ['[{"code": "01001"', '{"code": "01001"}', '["01001"]', "<html>"])
def test_a_file_that_is_cut_or_no_list_of_records_is_named(
    content: str, source: Path, tables: Path, tmp_path: Path
) -> None:
    (source / "communes.json").write_text(content, encoding="utf-8")
    with pytest.raises(RegistryError, match=r"communes\.json: (cut or no JSON|no list of records)"):
        compact(source, tables, tmp_path / "registry.sqlite")


def test_a_package_of_an_unknown_vintage_is_refused(source: Path, tables: Path, tmp_path: Path) -> None:
    _write_package(source.parent, package(), version="7.0.0")
    with pytest.raises(RegistryError, match=r"package\.json: version '7\.0\.0' is of a vintage"):
        compact(source, tables, tmp_path / "registry.sqlite")


def test_a_reviewed_row_about_nothing_is_refused(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "registry.sqlite"
    facts = replace(reviewed(), aliases=[AliasRow("epci/200000099", "Nulle part", "made up")])
    with pytest.raises(RegistryError, match=r"aliases\.tsv speaks of epci/200000099"):
        compact(source, write_reviewed(tmp_path / "registers", facts), target)
    facts = replace(reviewed(), seats=[SeatRow("epci/200000098", "01", "made up")])
    with pytest.raises(RegistryError, match=r"seats\.tsv speaks of epci/200000098"):
        compact(source, write_reviewed(tmp_path / "registers", facts), target)
    assert not target.exists()


def test_a_seat_outside_the_grouping_is_refused(source: Path, tmp_path: Path) -> None:
    facts = replace(reviewed(), seats=[SeatRow(f"epci/{siren(20000002)}", "02", "made up")])
    with pytest.raises(RegistryError, match="'02' is missing"):
        compact(source, write_reviewed(tmp_path / "registers", facts), tmp_path / "registry.sqlite")


def test_a_former_commune_without_successor_is_refused() -> None:
    gone = Entry("former-commune/01001-2000-01-01", "X", "commune", "01001", valid_until="2000-01-01")
    with pytest.raises(RegistryError, match="is no more and has no successor"):
        check([gone], "made up")
