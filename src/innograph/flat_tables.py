"""Flat tables, for people who want a spreadsheet: rows that are dataclasses, written as CSV."""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, fields
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Row = TypeVar("_Row", bound="DataclassInstance")


def write_csv(cls: type[_Row], rows: Iterable[_Row]) -> str:
    r"""Write rows of ``cls``, a dataclass, as CSV (RFC 4180: commas, CR LF, a header line with its fields).

    >>> from dataclasses import make_dataclass
    >>> Prize = make_dataclass("Prize", [("laureate", str), ("year", int)])
    >>> write_csv(Prize, [Prize("Hem, Nord", 2024)])
    'laureate,year\r\n"Hem, Nord",2024\r\n'
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(field.name for field in fields(cls))
    writer.writerows(astuple(row) for row in rows)
    return text.getvalue()
