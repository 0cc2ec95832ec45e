"""Reading the publishers' files as they are: tables in CSV, compressed or not, and workbooks."""

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NO_SIREN = ("", "ZZZZZZZZZ", "000000000")


def table(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """Read a CSV file, gzip-compressed if its name says so, by the names of its columns."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def sheet(path: Path) -> list[dict[str, str]]:
    """Read the first sheet of an XLSX workbook by the names in its first row; an empty cell is left out."""
    with zipfile.ZipFile(path) as book:
        strings = list(_strings(book))
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = [dict(_cells(row, strings)) for row in root.iter(f"{_NAMESPACE}row")]
    names = rows[0]
    return [{names[column]: value for column, value in row.items()} for row in rows[1:] if row]


def siren_of(text: str) -> str:
    """Read a SIREN of a list of ZLV: a number, or one of its ways to say that there is none."""
    return "" if text in _NO_SIREN else text.removesuffix(".0").zfill(9)


def _strings(book: zipfile.ZipFile) -> Iterator[str]:
    if "xl/sharedStrings.xml" in book.namelist():
        for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")):
            yield _text(item)


def _cells(row: ElementTree.Element, strings: list[str]) -> Iterator[tuple[str, str]]:
    for cell in row:
        column = re.sub(r"\d", "", cell.get("r", ""))
        value = cell.findtext(f"{_NAMESPACE}v")
        if cell.get("t") == "inlineStr":
            yield column, _text(cell)
        elif value is not None:
            yield column, strings[int(value)] if cell.get("t") == "s" else value


def _text(element: ElementTree.Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{_NAMESPACE}t"))
