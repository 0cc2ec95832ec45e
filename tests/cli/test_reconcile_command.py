"""``innograph reconcile`` and ``innograph registry search`` as a person meets them."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TABLE = "nom;dép.\nÉlancourt;78\nSaint-Denis;\nzzzzzz;\n"


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "innograph", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, cwd=cwd)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "liste.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def test_a_table_is_written_beside_and_what_needs_a_person_is_counted(folder: Path) -> None:
    done = run("reconcile", "liste.csv", "--column", "nom", "--department", "dep", cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "3 rows: 1 certain, 1 to check, 1 nothing\nwritten liste-innograph.csv\n"
    with (folder / "liste-innograph.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [row["code_insee"] for row in rows] == ["78208", "", ""]
    again = run("reconcile", "liste.csv", "--column", "nom", cwd=folder)
    assert (again.returncode, "liste-innograph.csv is there already" in again.stderr) == (2, True)
    assert sorted(path.name for path in folder.iterdir()) == ["liste-innograph.csv", "liste.csv"]


def test_standard_output_and_certain_rows(folder: Path) -> None:
    (folder / "ok.csv").write_bytes("ville,annee\nCrépy-en-Valois,2020\n".encode("cp1252"))
    done = run(
        "reconcile",
        "ok.csv",
        "--column",
        "VILLE",
        "--kind",
        "communes",
        "--date-column",
        "année",
        "--out",
        "-",
        cwd=folder,
    )
    assert done.returncode == 0
    assert done.stderr == (
        "note: not UTF-8; read as Windows-1252, written as UTF-8\n1 rows: 1 certain, 0 to check, 0 nothing\n"
    )
    header, row = done.stdout.splitlines()
    assert header.startswith("ville,annee,innograph_id,siren,code_insee,nom_officiel,")
    assert (
        row.startswith("Crépy-en-Valois,2020,organization/siren-")
        and ",60176,Crépy-en-Valois,commune,60,100,oui," in row
    )


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["nope.csv", "--column", "nom"], 3, "innograph: nope.csv: cannot be read (No such file"),
        (["liste.csv", "--column", "ville"], 3, "liste.csv:1: no column 'ville'; there are: nom, dép."),
        (["liste.csv", "--column", "nom", "--siren", "x"], 3, "no column 'x'; there are: nom, dép."),
        (["liste.csv"], 2, "Missing option '--column'"),
        (["liste.csv", "--column", "nom", "--kind", "planète"], 2, "'planète' is none of organization, "),
        (["liste.csv", "--column", "nom", "--date", "hier"], 2, "'hier' is no day such as 2016-01-31"),
        (["liste.csv", "--column", "nom", "--delimiter", ";;"], 2, "';;' is not one sign"),
        (["liste.csv", "--column", "nom", "--out", "liste.csv"], 2, "that is the table that is read"),
        (["liste.csv", "--column", "nom", "--out", "no/x.csv"], 3, "cannot be written (No such file"),
        (["liste.csv", "--column", "nom", "--registry", "x"], 3, "innograph: x: the registers are missing"),
        (["liste.csv", "--column", "nom", "--delimiter", "tab"], 3, "no column 'nom'; there are: nom;dép."),
    ],
)  # fmt: skip
def test_bad_input_is_one_clear_line(folder: Path, arguments: list[str], status: int, says: str) -> None:
    done = run("reconcile", *arguments, cwd=folder)
    assert (done.returncode, says in done.stderr, "Traceback" in done.stderr) == (status, True, False)
    if status == 3:
        assert len(done.stderr.splitlines()) == 1
    assert [path.name for path in folder.iterdir()] == ["liste.csv"]


def test_progress_is_told_now_and_then(folder: Path) -> None:
    (folder / "long.csv").write_text("nom\n" + "Élancourt\n" * 2500, encoding="utf-8")
    done = run("reconcile", "long.csv", "--column", "nom", cwd=folder)
    assert (done.returncode, done.stderr.splitlines()[:2]) == (0, ["1000 of 2500 rows", "2000 of 2500 rows"])


def test_the_registers_answer_a_person(folder: Path) -> None:
    done = run("registry", "search", "chalons", "en", "champ", cwd=folder)
    assert done.returncode == 0
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert {(row["nom"], row["code_insee"]) for row in rows if row["nature"] == "commune"} == {
        ("Châlons-en-Champagne", "51108")
    }
    told = json.loads(run("registry", "search", "Marissel", "--format", "json", cwd=folder).stdout)
    assert [(row["code_insee"], row["devenir"]) for row in told] == [
        ("60384", "« Marissel » (60384) n’existe plus depuis le 19/02/1943 : aujourd’hui Beauvais (60057)")
    ]
    table = run("registry", "search", "78208", "--format", "table", cwd=folder).stdout
    assert "│ commune │ 78   │ 78208 │ 217802081 │" in table and "organization/elancourt" in table
    cut = run("registry", "search", "saint", "--limit", "3", cwd=folder)
    assert (len(cut.stdout.splitlines()), cut.stderr) == (4, "the first 3; more with --limit\n")


def test_nothing_found_exits_with_1(folder: Path) -> None:
    done = run("registry", "search", "zzzzzz", cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "nothing is called « zzzzzz », nor anything like it\n"
