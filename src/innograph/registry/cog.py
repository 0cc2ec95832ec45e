"""The Code officiel géographique as INSEE publishes it each year: a ZIP file of CSV tables."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from innograph.errors import RegistryError

Table = Sequence[Mapping[str, str]]

_COLUMNS: Final = {
    "commune": {"TYPECOM", "COM", "REG", "DEP", "LIBELLE", "COMPARENT"},
    "mvt_commune": {"MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "LIBELLE_AV"}
    | {"TYPECOM_AP", "COM_AP", "LIBELLE_AP"},
    "departement": {"DEP", "REG", "LIBELLE"},
    "region": {"REG", "LIBELLE"},
}
_LARGEST: Final = 100_000_000
"""Bytes of a table."""


@dataclass(frozen=True, slots=True)
class Cog:
    """The tables of one year, by INSEE's own names of columns."""

    year: str
    communes: Table
    movements: Table
    departments: Table
    regions: Table


def read_cog(content: bytes, year: str, source: str) -> Cog:
    """Read the tables of a year.

    :param source: where the file is from, for errors.
    :raises RegistryError: it is no ZIP file, cut, of another year, or a table is not what it was.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tables = {name: _table(archive, f"v_{name}_{year}.csv", source) for name in _COLUMNS}
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise RegistryError(f"cut, or no ZIP file ({error})", source) from error
    for name, columns in _COLUMNS.items():
        missing = sorted(columns - set(tables[name][0] if tables[name] else ()))
        if missing:
            raise RegistryError(f"v_{name}_{year}.csv is empty or has no column {missing[0]}", source)
    return Cog(year, tables["commune"], tables["mvt_commune"], tables["departement"], tables["region"])


def _table(archive: zipfile.ZipFile, name: str, source: str) -> Table:
    try:
        member = archive.getinfo(name)
    except KeyError as error:
        there = ", ".join(sorted(archive.namelist())[:4])
        raise RegistryError(f"another vintage: {name} is not in it, but {there}", source) from error
    if member.file_size > _LARGEST:
        raise RegistryError(f"{name} is larger than {_LARGEST} bytes", source)
    try:
        text = archive.read(member).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegistryError(f"{name} is not UTF-8 text", source) from error
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    broken = next((n for n, row in enumerate(rows, 2) if None in row or None in row.values()), 0)
    if broken:
        raise RegistryError(f"{name}, line {broken}: not as many cells as columns", source)
    return rows
