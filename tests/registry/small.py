"""A small made-up country in the publishers' shapes, for tests that need no shared file.

Two départements (Amont, 01, and Aval, 02), a Paris with one arrondissement, one commune of Mayotte, and two
places overseas. Names are invented, save where the code under test knows a code by heart.
"""

from pathlib import Path
from typing import Any

from innograph.curation.tables import dump_table
from innograph.registry.changes import ChangeRow
from innograph.registry.reviewed import AliasRow, AuthorityRow, Reviewed, SeatRow

Row = dict[str, Any]


def siren(first: int) -> str:
    """Make a SIREN of its first eight digits: the ninth makes the Luhn sum a multiple of ten."""
    digits = f"{first:08d}"
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(digits))
    return f"{digits}{-sum(number // 10 + number % 10 for number in doubled) % 10}"


def _commune(code: str, name: str, department: str, region: str, population: int, *postcodes: str) -> Row:
    number = int(code)
    return {
        "code": code,
        "nom": name,
        "zone": "drom" if department == "976" else "metro",
        "departement": department,
        "region": region,
        "type": "commune-actuelle",
        "siren": siren(21000000 + number),
        "codesPostaux": list(postcodes),
        "population": population,
    }


def _overseas(code: str, name: str) -> Row:
    return {
        "code": code,
        "nom": name,
        "zone": "com",
        "departement": code[:3],
        "region": code[:3],
        "type": "commune-actuelle",
        "codesPostaux": [f"{code[:3]}00"],
        "population": 9000,
    }


def _grouping(first: int, kind: str, name: str, *members: str) -> Row:
    return {"code": siren(first), "nom": name, "type": kind, "membres": [{"code": code} for code in members]}


def package() -> dict[str, list[Row]]:
    """Give the files of the small country as ``@etalab/decoupage-administratif`` would."""
    return {
        "communes": [
            _commune("01001", "Ville-Haute", "01", "84", 1000, "01200", "01100"),
            _commune("01002", "Val-Neuf", "01", "84", 250, "01300"),
            _commune("02001", "Ville-Haute", "02", "32", 5000, "02100"),
            _commune("02002", "Saint-Bourg", "02", "32", 60, "02200"),
            _commune("75056", "Paris", "75", "11", 2000000, "75001"),
            _commune("97601", "Acoua", "976", "06", 5192, "97630"),
            _overseas("97501", "Miquelon-Langlade"),
            _overseas("97701", "Saint-Barthélemy"),
            {
                "code": "01003",
                "nom": "Vieux-Val",
                "zone": "metro",
                "departement": "01",
                "region": "84",
                "type": "commune-deleguee",
                "chefLieu": "01002",
            },
            {
                "code": "75101",
                "nom": "Paris 1er Arrondissement",
                "zone": "metro",
                "departement": "75",
                "region": "11",
                "type": "arrondissement-municipal",
                "commune": "75056",
                "codesPostaux": ["75001"],
                "population": 15000,
            },
        ],
        "epci": [
            _grouping(20000001, "CC", "CC du Val (CCV)", "01002", "02002"),
            _grouping(20000002, "CA", "CA Haute Agglo", "01001"),
            _grouping(20000003, "METRO", "Métropole d'Aval", "02001"),
            _grouping(20000004, "MET69", "Métropole de Paris", "75056"),
            _grouping(20000005, "CC", "CC d'Acoua", "97601"),
        ],
        "ept": [_grouping(20000006, "EPT", "Paris Centre", "75056")],
        "departements": [
            {"code": "01", "nom": "Amont", "region": "84", "zone": "metro"},
            {"code": "02", "nom": "Aval", "region": "32", "zone": "metro"},
            {"code": "75", "nom": "Paris", "region": "11", "zone": "metro"},
            {"code": "976", "nom": "Mayotte", "region": "06", "zone": "drom"},
            {"code": "975", "nom": "Saint-Pierre-et-Miquelon", "region": "975", "zone": "com"},
            {"code": "977", "nom": "Saint-Barthélemy", "region": "977", "zone": "com"},
        ],
        "regions": [
            {"code": "84", "nom": "Hauteurs", "zone": "metro"},
            {"code": "32", "nom": "Basses-Terres", "zone": "metro"},
            {"code": "11", "nom": "Centre", "zone": "metro"},
            {"code": "06", "nom": "Mayotte", "zone": "drom"},
            {"code": "975", "nom": "Saint-Pierre-et-Miquelon", "zone": "com"},
            {"code": "977", "nom": "Saint-Barthélemy", "zone": "com"},
        ],
    }


def _authority(id: str, kind: str, name: str, first: int, territories: str, since: str = "") -> AuthorityRow:
    return AuthorityRow(id, kind, name, siren(first), territories, since, "", "", "made up")


def reviewed() -> Reviewed:
    """Give what readers noted of the small country."""
    return Reviewed(
        authorities=[
            _authority("department/01", "department", "Amont", 22000001, "department/01"),
            AuthorityRow(
                "former-department/02",
                "department",
                "Aval",
                siren(22000002),
                "department/02",
                "",
                "2021-01-01",
                "special-status/02S",
                "made up",
            ),
            _authority("region/84", "region", "Hauteurs", 23000084, "region/84"),
            _authority(
                "special-status/02S",
                "special-status",
                "Collectivité d'Aval",
                20000009,
                "department/02 region/32",
                "2021-01-01",
            ),
        ],
        changes=[
            ChangeRow("1950-06-01", "01003", "Vieuval", "renamed", "01003", "Vieux-Val"),
            ChangeRow("1990-01-01", "02002", "Bourg", "renamed", "02002", "Saint-Bourg"),
            ChangeRow("2016-01-01", "01002", "Petit-Val", "merged", "01002", "Val-Neuf"),
            ChangeRow("2016-01-01", "01003", "Vieux-Val", "merged", "01002", "Val-Neuf"),
        ],
        aliases=[AliasRow(f"epci/{siren(20000003)}", "Le Grand Aval", "made up")],
        seats=[SeatRow(f"epci/{siren(20000001)}", "02", "made up")],
    )


def write_reviewed(folder: Path, facts: Reviewed) -> Path:
    """Write the tables of ``data/registers/`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for cls, name, rows in (
        (AuthorityRow, "authorities.tsv", facts.authorities),
        (ChangeRow, "commune-changes.tsv", facts.changes),
        (AliasRow, "aliases.tsv", facts.aliases),
        (SeatRow, "seats.tsv", facts.seats),
    ):
        (folder / name).write_text(dump_table(cls, list(rows)), encoding="utf-8")
    return folder
