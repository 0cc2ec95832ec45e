"""The tables of ``data/registers/``: in their one written form, sourced, and in the file of the registers."""

from collections import Counter, defaultdict
from collections.abc import Mapping

import pytest

from innograph import resources
from innograph.curation.tables import dump_table, read_table
from innograph.identifiers import is_siren
from innograph.names import bare_name, core_name, plain_name
from innograph.registry.changes import ChangeRow
from innograph.registry.entries import Entry
from innograph.registry.file import Registry
from innograph.registry.reviewed import AliasRow, AuthorityRow, SeatRow, hash_of

FOLDER = resources.data() / "registers"
TABLES = {
    "aliases.tsv": AliasRow,
    "authorities.tsv": AuthorityRow,
    "commune-changes.tsv": ChangeRow,
    "seats.tsv": SeatRow,
}


def test_the_registers_were_written_from_these_tables(registry: Registry) -> None:
    assert registry.meta["reviewed"] == hash_of(FOLDER), (
        "data/registers/ changed since the registers were written: run « make check »"
    )


@pytest.mark.parametrize("name", TABLES)
def test_a_table_stands_in_its_one_written_form(name: str) -> None:
    rows: list[object] = read_table(TABLES[name], FOLDER / name)
    assert rows, "an empty table"
    assert (FOLDER / name).read_text(encoding="utf-8") == dump_table(TABLES[name], rows)


def test_there_is_no_other_table() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(TABLES)


def test_authorities_are_sourced_and_have_a_siren_each() -> None:
    rows = read_table(AuthorityRow, FOLDER / "authorities.tsv")
    assert [row.id for row in rows if not is_siren(row.siren)] == ["former-department/75"], (
        "no SIREN of it was read"
    )
    assert [n for n, count in Counter(row.siren for row in rows).items() if count > 1] == []
    assert [n for n, count in Counter(row.id for row in rows).items() if count > 1] == []
    assert [row.id for row in rows if not row.source or not row.territories] == []


def test_every_departement_and_region_has_its_authority() -> None:
    """One body for each place: its own, a special collectivité's, or Paris, which is a commune."""
    over: dict[str, list[str]] = defaultdict(list)
    for row in read_table(AuthorityRow, FOLDER / "authorities.tsv"):
        if not row.valid_until:
            for place in row.territories.split():
                over[place].append(row.id)
    assert {place: bodies for place, bodies in over.items() if len(bodies) > 1} == {}
    departments = {f"department/{n:02}" for n in range(1, 96)} - {"department/20", "department/75"}
    overseas = {f"department/{n}" for n in (971, 972, 973, 974, 976)}
    regions = {f"region/{n:02}" for n in (1, 2, 3, 4, 6, 11, 24, 27, 28, 32, 44, 52, 53, 75, 76, 84, 93, 94)}
    metropole = {"epci/200046977"}  # a special collectivité over the place of a grouping
    assert set(over) == departments | {"department/2A", "department/2B"} | overseas | regions | metropole


def test_aliases_are_sourced_and_mean_one_entry(registry: Registry, entries: Mapping[str, Entry]) -> None:
    """An alias that is the name of something else would make that one uncertain."""
    rows = read_table(AliasRow, FOLDER / "aliases.tsv")
    for row in rows:
        assert row.source, row
        assert row.alias in entries[row.id].aliases
        forms = (("plain", plain_name), ("bare", bare_name), ("core", core_name))
        found = {entry.id for tier, form in forms for entry, _ in registry.named(tier, form(row.alias))}  # type: ignore[arg-type]
        assert found == {row.id}, f"{row.alias} is also the name of {found - {row.id}}"


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("Grand Lyon", "Métropole de Lyon"),
        ("MEL", "Métropole Européenne de Lille"),
        ("GPSO", "Grand Paris Seine Ouest"),
        ("GPS&O", "Communauté urbaine Grand Paris Seine et Oise"),
        ("EPERNAY AGGLO CHAMPAGNE", "Communauté d'agglomération Epernay, Coteaux et Plaine de Champagne"),
        ("Le Grand Lyon", "Métropole de Lyon"),
    ],
)
def test_people_find_bodies_under_the_names_they_use(registry: Registry, alias: str, name: str) -> None:
    assert [entry.name for entry, _ in registry.named("bare", bare_name(alias))] == [name]


def test_a_seat_is_where_the_guess_would_be_wrong(registry: Registry, entries: Mapping[str, Entry]) -> None:
    """It lies in the grouping, and most of the people live elsewhere: else the row is of no use."""
    for row in read_table(SeatRow, FOLDER / "seats.tsv"):
        people: Counter[str] = Counter()
        for entry in entries.values():
            if row.id in entry.member_of:
                people[entry.department] += entry.population or 0
        assert row.department in people and row.source
        assert people.most_common(1)[0][0] != row.department
        assert entries[row.id].department == row.department


def test_changes_of_communes_follow_from_one_another() -> None:
    """No commune goes on after it was merged, unless it was founded again; days are days."""
    rows = read_table(ChangeRow, FOLDER / "commune-changes.tsv")
    assert {row.change for row in rows} == {"renamed", "recoded", "merged", "split", "detached"}
    assert {len(row.until) for row in rows} == {10}
    assert (min(row.until for row in rows), max(row.until for row in rows)) == ("1943-02-19", "2026-01-01")
    assert [row for row in rows if row.change == "renamed" and row.code != row.former_code] == []
    assert [row for row in rows if row.change == "recoded" and row.code == row.former_code] == []
    ended: dict[tuple[str, str], str] = {}
    for row in rows:
        if row.change in ("merged", "split"):
            state = (row.former_code, row.former_name)
            again = any(
                (other.code, other.name) == state and ended[state] <= other.until <= row.until
                for other in rows
                if state in ended
            )
            assert state not in ended or ended[state] == row.until or again, row
            ended[state] = row.until
