"""A table with what reconciliation finds behind its rows: nothing lost, nothing guessed, else refused."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from innograph import resources
from innograph.curation.bodies import Bodies, OrganizationRow
from innograph.errors import ReconciliationError
from innograph.journeys.reconcile.bodies import listed
from innograph.journeys.reconcile.service import Service, make_service
from innograph.journeys.reconcile.sheet import Sheet, read_sheet
from innograph.journeys.reconcile.table import ADDED, Wanted, reconcile_sheet, written_aside
from innograph.linking.gazetteer import Gazetteer
from innograph.registry.file import Registry


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    registry = Registry(resources.registry_file())
    gazetteer = Gazetteer(registry)
    rows = {"ccas-de-nancy": OrganizationRow("ccas-de-nancy", "CCAS de Nancy", "social-action-centre", "")}
    yield make_service(gazetteer, listed(Bodies(rows, {}, ()), gazetteer))
    registry.close()


def sheet(tmp_path: Path, content: str | bytes, delimiter: str | None = None) -> Sheet:
    path = tmp_path / "liste.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_sheet(path, delimiter)


def reconciled(
    table: Sheet, service: Service, column: str = "nom", **constant: str
) -> tuple[list[list[str]], dict[str, int]]:
    out = io.StringIO(newline="")
    beside = {"dep": "department", "insee": "inseeCode", "le": "date"}
    known = {beside[name]: n for n, name in enumerate(table.header) if name in beside}
    counts = reconcile_sheet(
        table, Wanted(table.column(column), known, constant), service, out, lambda n: None
    )
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=table.delimiter))
    return rows, {outcome: number for outcome, number in counts.items()}


def test_rows_stay_and_get_what_is_certain_behind_them(tmp_path: Path, service: Service) -> None:
    table = sheet(
        tmp_path,
        "n°;nom;dep\n1;Élancourt;78\n2; « Saint-Denis » ;\n3;Saint-Denis;Seine-Saint-Denis\n4;;\n5;zzzzzz;\n",
    )
    rows, counts = reconciled(table, service)
    assert rows[0] == ["n°", "nom", "dep", *ADDED]
    assert [row[:3] for row in rows[1:]] == [
        ["1", "Élancourt", "78"],
        ["2", " « Saint-Denis » ", ""],
        ["3", "Saint-Denis", "Seine-Saint-Denis"],
        ["4", "", ""],
        ["5", "zzzzzz", ""],
    ]
    assert rows[1][3:] == [
        "organization/siren-217802081",
        "217802081",
        "78208",
        "Élancourt",
        "commune",
        "78",
        "100",
        "oui",
        "même nom, même département",
        "",
    ]
    assert rows[2][3:9] == ["", "", "", "", "", ""] and rows[2][10] == "non"
    assert rows[2][11] == "4 de même score : précisez département, code postal ou nature"
    assert rows[2][12].startswith("Saint-Denis, commune, La Réunion (974), INSEE 97411, SIREN ")
    assert rows[3][5] == "93066"
    assert [row[11] for row in rows[4:]] == ["cellule vide", "aucun candidat"]
    assert counts == {"certain": 2, "to check": 1, "nothing": 2}


def test_dates_kinds_and_bodies_of_the_graph(tmp_path: Path, service: Service) -> None:
    table = sheet(
        tmp_path,
        "nom,le\nMarissel,1940\nMarissel,\nMarissel,hier\nCCAS de Nancy,\n" + "x" * 10_000 + ",\n",
    )
    rows, _ = reconciled(table, service)
    assert [row[2] for row in rows[1:]] == [
        "organization/former-commune-60384-1943-02-19",
        "",
        "",
        "organization/ccas-de-nancy",
        "",
    ]
    gone = "« Marissel » (60384) n’existe plus depuis le 19/02/1943 : aujourd’hui Beauvais (60057)"
    assert rows[1][10] == f"même nom, {gone}"
    assert rows[2][10] == f"même nom, n’existe plus, {gone}"
    assert rows[3][10] == f"même nom, n’existe plus, {gone}, date illisible"
    assert rows[2][11].startswith("Beauvais, commune, Oise (60), INSEE 60057, SIREN ")
    assert rows[5][10] == "nom de plus de 200 signes"
    kinds, _ = reconciled(sheet(tmp_path, "nom\nRennes\n"), service, organizationKind="métropole")
    assert kinds[1][4] == "Rennes Métropole"
    dates, _ = reconciled(sheet(tmp_path, "nom\nMarissel\n"), service, date="1940-01-01")
    assert dates[1][1] == "organization/former-commune-60384-1943-02-19"


def test_a_cell_says_more_than_what_holds_for_all(tmp_path: Path, service: Service) -> None:
    table = sheet(tmp_path, "nom,le\nMarissel,2020-01-01\nMarissel,\n")
    rows, _ = reconciled(table, service, date="1940-01-01")
    assert [row[9] for row in rows[1:]] == ["non", "oui"]


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter", "newline", "written"),
    [
        ("nom;dep\nCrépy;02\n".encode(), "utf-8", ";", "\n", "utf-8"),
        ("nom;dep\r\nCrépy;02\r\n".encode("utf-8-sig"), "utf-8-sig", ";", "\r\n", "utf-8-sig"),
        ("nom,dep\nCrépy,02\n".encode("cp1252"), "cp1252", ",", "\n", "utf-8-sig"),
        ("nom\tdep\nCrépy\t02\n".encode("utf-16"), "utf-16", "\t", "\n", "utf-8-sig"),
        (b"nom\nBrest\n", "utf-8", ",", "\n", "utf-8"),
        ('nom;dep\n"Crépy; le bourg";02\nA,B,C;1\n'.encode(), "utf-8", ";", "\n", "utf-8"),
        ('nom,dep\n"Crépy\nle bourg",02\n'.encode(), "utf-8", ",", "\n", "utf-8"),
    ],
)
def test_encodings_and_delimiters_are_found_out(
    tmp_path: Path, content: bytes, encoding: str, delimiter: str, newline: str, written: str
) -> None:
    table = sheet(tmp_path, content)
    assert (table.encoding, table.delimiter, table.newline, table.written_encoding) == (
        encoding,
        delimiter,
        newline,
        written,
    )
    assert table.header[0] == "nom"
    assert all(len(row) == len(table.header) for row in table)


def test_whatever_a_cell_holds_comes_out_again(tmp_path: Path, service: Service) -> None:
    cells = ['a "b" c', "x;y", "line\nbreak", "  blanks  ", "", "=1+1", "é\u2028", "'"]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";").writerows([["nom", "reste"], *([cell, cell] for cell in cells)])
    rows, _ = reconciled(sheet(tmp_path, buffer.getvalue()), service)
    assert [row[:2] for row in rows[1:]] == [[cell, cell] for cell in cells]


def test_added_columns_do_not_hide_those_of_the_table(tmp_path: Path, service: Service) -> None:
    rows, _ = reconciled(sheet(tmp_path, "nom,siren,score\nBrest,1,2\n"), service)
    assert rows[0][:6] == ["nom", "siren", "score", "innograph_id", "innograph_siren", "code_insee"]
    assert "innograph_score" in rows[0] and len(set(rows[0])) == len(rows[0])


def test_short_rows_are_filled_up_and_blank_lines_kept(tmp_path: Path, service: Service) -> None:
    table = sheet(tmp_path, "nom;dep;note\nBrest;29;x\n\nBrest;29\nBrest;29;x;;\n")
    assert (table.rows, table.short) == (3, (1, 4))
    rows, counts = reconciled(table, service)
    assert [len(row) for row in rows] == [13, 13, 0, 13, 13]
    assert counts == {"certain": 3, "to check": 0, "nothing": 0}
    single = sheet(tmp_path, "nom\nBrest\n\nRennes\n")
    assert [row[:1] for row in reconciled(single, service)[0]] == [["nom"], ["Brest"], [""], ["Rennes"]]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty, or its first line is: it must name the columns"),
        (b"\n\nnom\n", "empty, or its first line is"),
        (b";;\nx;y;z\n", "empty, or its first line is"),
        (b"\xef\xbb\xbf", "empty, or its first line is"),
        (b"PK\x03\x04....", "a spreadsheet or an archive: save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a spreadsheet or an archive: save it as CSV"),
        (b"nom\x00\x01\n", "no text: is it CSV?"),
        (b"\x81\x8d\x8f\n", "neither UTF-8 nor Windows-1252 text: is it CSV?"),
        (b"\xff\xfen", "neither UTF-8 nor Windows-1252 text: is it CSV?"),
        (
            b"nom;dep\nBrest;29\nParis;75;Seine\n",
            ":3: 3 cells, but the header names 2: does ';' stand inside a cell without quotation marks",
        ),
        (b"nom;dep\n" + b'"' + b"Brest;29\n" * 20_000, "no CSV (field larger than field limit (131072))"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(ReconciliationError) as refusal:
        sheet(tmp_path, content)
    assert says in str(refusal.value) and str(refusal.value).startswith(str(tmp_path))


def test_a_missing_file_and_a_missing_column_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReconciliationError, match=r"nope\.csv: cannot be read \(No such file or directory\)"):
        read_sheet(tmp_path / "nope.csv")
    table = sheet(tmp_path, "Nom;Dép.;nom\n")
    assert (table.column("nom"), table.column("Nom"), table.column("dep")) == (2, 0, 1)
    for name, says in (
        ("NOM", "2 columns are called 'NOM'"),
        ("ville", "no column 'ville'; there are: Nom, Dép., nom"),
    ):
        with pytest.raises(ReconciliationError, match=says):
            table.column(name)


def test_a_file_takes_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), written_aside(path, "utf-8") as out:
        out.write("new")
        raise KeyboardInterrupt
    assert (path.read_text(), [each.name for each in tmp_path.iterdir()]) == ("old", ["out.csv"])
    with written_aside(path, "utf-8-sig") as out:
        out.write("new")
    assert path.read_bytes() == b"\xef\xbb\xbfnew"
    with (
        pytest.raises(ReconciliationError, match="cannot be written"),
        written_aside(tmp_path / "no" / "x", "utf-8"),
    ):
        pass
