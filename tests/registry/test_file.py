"""The file of the registers: every question it answers, and every broken file refused by name."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from innograph.errors import RegistryError
from innograph.registry.entries import Entry
from innograph.registry.file import FORMAT, Registry, write_registry
from innograph.registry.publishers import Years, entries_of
from registry.small import package, reviewed, siren


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("registers") / "registry.sqlite"
    facts = reviewed()
    entries = entries_of(package(), facts, Years(2023, 2017))
    write_registry(path, entries, facts.changes, {"cog": "2026"})
    return path


@pytest.fixture
def small(path: Path) -> Iterator[Registry]:
    with closing(Registry(path)) as registry:
        yield registry


def _ids(entries: list[Entry]) -> list[str]:
    return [entry.id for entry in entries]


def _found(found: list[tuple[Entry, str]]) -> list[tuple[str, str]]:
    return [(entry.id, until) for entry, until in found]


def test_entries_come_back_as_they_were_written(small: Registry) -> None:
    written = entries_of(package(), reviewed(), Years(2023, 2017))
    assert list(small) == written
    assert len(small) == len(written)
    assert [small.get(entry.id) for entry in written] == written
    assert small.get("commune/00000") is None
    assert dict(small.meta) == {"cog": "2026", "entries": str(len(written)), "format": FORMAT}


def test_by_kind(small: Registry) -> None:
    assert _ids(small.of_kind("region")) == ["region/06", "region/11", "region/32", "region/84"]
    assert _ids(small.of_kind("former-department")) == ["former-department/02"]
    assert small.of_kind("no-such-kind") == []


def test_by_siren(small: Registry) -> None:
    found = small.with_siren(siren(21001001))
    assert found and found.id == "commune/01001"
    assert small.with_siren("") is None and small.with_siren("000000000") is None


def test_by_code_those_in_force_come_first(small: Registry) -> None:
    assert _ids(small.with_code("01002")) == ["commune/01002", "former-commune/01002-2016-01-01"]
    assert _ids(small.with_code("02")) == ["department/02", "former-department/02"]
    assert small.with_code("99999") == []


def test_by_former_code(tmp_path: Path) -> None:
    from innograph.registry.changes import ChangeRow

    ajaccio = Entry("commune/2A004", "Ajaccio", "commune", "2A004")
    changes = [
        ChangeRow("1950-01-01", "20004", "Ajaccio-Ville", "renamed", "20004", "Ajaccio"),
        ChangeRow("1976-01-01", "20004", "Ajaccio", "recoded", "2A004", "Ajaccio"),
        ChangeRow("1990-01-01", "2A004", "Ajacciu", "renamed", "2A004", "Ajaccio"),
    ]
    write_registry(tmp_path / "r.sqlite", [ajaccio], changes, {})
    with closing(Registry(tmp_path / "r.sqlite")) as registry:
        assert registry.with_former_code("20004") == [(ajaccio, "1950-01-01"), (ajaccio, "1976-01-01")]
        assert registry.with_former_code("2A004") == []
        assert registry.named("plain", "ajacciu") == [(ajaccio, "1990-01-01")]


def test_by_name_in_each_form(small: Registry) -> None:
    assert _found(small.named("plain", "ville haute")) == [("commune/01001", ""), ("commune/02001", "")]
    assert _found(small.named("plain", "bourg")) == [("commune/02002", "1990-01-01")]
    assert _found(small.named("plain", "vieuval")) == [("former-commune/01003-2016-01-01", "1950-06-01")]
    assert _found(small.named("short", "aval grand")) == []
    assert _found(small.named("bare", "grand aval")) == [(f"epci/{siren(20000003)}", "")]
    assert _found(small.named("core", "aval metropole")) == [(f"epci/{siren(20000003)}", "")]
    assert small.named("plain", "'; DROP TABLE form; --") == []


def test_names_to_compare_a_misspelt_one_with(small: Registry) -> None:
    everywhere = small.bare_forms()
    assert "saint bourg" in everywhere and len(set(everywhere)) == len(everywhere)
    aval = small.bare_forms(frozenset({"02"}))
    assert {"saint bourg", "bourg", "ville haute", "aval"} <= set(aval) and "val neuf" not in aval


def test_bodies_over_a_place_those_of_today_first(small: Registry) -> None:
    assert _ids(small.bodies_of("department/02")) == ["special-status/02S", "former-department/02"]
    assert _ids(small.bodies_of("department/75")) == ["commune/75056"]
    assert small.bodies_of("delegated-commune/01003") == []


def test_by_postcode(small: Registry) -> None:
    assert _ids(small.with_postcode("75001")) == ["commune/75056", "municipal-arrondissement/75101"]


def test_threads_may_share_it(small: Registry) -> None:
    answers: list[list[Entry]] = []

    def ask() -> None:
        answers.extend(small.with_code("01002") for _ in range(50))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 200 and all(answer == small.with_code("01002") for answer in answers)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    for missing in (tmp_path / "registry.sqlite", tmp_path):
        with pytest.raises(RegistryError, match=f"^{missing}: the registers are missing"):
            Registry(missing)


@pytest.mark.parametrize("kept", [0, 50, 4096, -1])
def test_a_truncated_file_is_refused(kept: int, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "registry.sqlite"
    copy.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(RegistryError, match=r"registry\.sqlite: the registers are cut or damaged"):
        Registry(copy)


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "registry.sqlite"
    text.write_text("<!doctype html>" * 100)
    with pytest.raises(RegistryError, match=r"registry\.sqlite: the registers are cut or damaged"):
        Registry(text)
    foreign = tmp_path / "foreign.sqlite"
    with closing(sqlite3.connect(foreign)) as database:
        database.execute("CREATE TABLE cookies (name TEXT)")
    with pytest.raises(RegistryError, match=r"foreign\.sqlite: no file of registers \(no such table: meta\)"):
        Registry(foreign)


def _altered(path: Path, folder: Path, statement: str) -> Path:
    copy = folder / "registry.sqlite"
    shutil.copy(path, copy)
    with closing(sqlite3.connect(copy)) as database:
        database.execute(statement)
        database.commit()
    return copy


def test_a_file_of_another_format_is_refused(path: Path, tmp_path: Path) -> None:
    for statement in ("UPDATE meta SET value = '1' WHERE key = 'format'", "DELETE FROM meta"):
        with pytest.raises(RegistryError, match="of another format than 2: write them again"):
            Registry(_altered(path, tmp_path, statement))


def test_a_file_that_lost_entries_is_refused(path: Path, tmp_path: Path) -> None:
    copy = _altered(path, tmp_path, "DELETE FROM entry WHERE number > 10")
    with pytest.raises(RegistryError, match="not whole"):
        Registry(copy)


@pytest.mark.parametrize("content", ["'{'", "'[]'", '\'{"id": 1, "x": 2}\'', "x'ff'"])
def test_a_damaged_entry_is_refused_when_it_is_read(content: str, path: Path, tmp_path: Path) -> None:
    copy = _altered(path, tmp_path, f"UPDATE entry SET content = {content} WHERE id = 'commune/01001'")
    with closing(Registry(copy)) as registry:
        assert registry.get("commune/01002") is not None
        with pytest.raises(RegistryError, match=r"registry\.sqlite: the registers are damaged"):
            registry.get("commune/01001")


def test_a_damaged_page_is_refused_when_it_is_read(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "registry.sqlite"
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    copy.write_bytes(content)
    with pytest.raises(
        RegistryError, match=r"registry\.sqlite: (no file of registers|the registers are damaged)"
    ):
        list(Registry(copy))
