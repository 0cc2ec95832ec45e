"""The command line as a person meets it: a real process, its exit status, and what it prints."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from innograph import resources

CASES = Path(__file__).parents[1] / "sources" / "cases"
PALMARES = sorted((CASES / "territoria-palmares").glob("*.txt"))[0]


def _run(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "innograph", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=120, env=environment)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, small_registry_file: Path) -> str:
    folder = str(tmp_path_factory.mktemp("home"))
    done = _run("build", "--home", folder, "--registry", str(small_registry_file))
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert "136  distinctions" in done.stdout
    return folder


def test_help_names_every_command_and_every_command_has_help() -> None:
    listed = _run("--help")
    assert listed.returncode == 0
    commands = [
        line.split()[0]
        for line in listed.stdout.partition("Commands:")[2].splitlines()
        if line.startswith("  ")
    ]
    assert "extract" in commands and len(commands) > 8
    for command in commands[:-2]:  # the last two lines are the epilogue
        done = _run(command, "--help")
        assert (done.returncode, done.stdout.startswith(f"Usage: innograph {command}")) == (0, True)


def test_help_does_not_load_the_heavy_libraries() -> None:
    code = "import sys; from innograph.cli import commands; commands.main(['--help'], standalone_mode=False);"
    code += "print(sorted({'pyoxigraph', 'rdflib', 'pyshacl', 'flask', 'yaml', 'rich'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_question_is_answered_as_csv_where_nobody_watches(home: str) -> None:
    done = _run("query", "-", "--home", home, stdin="SELECT (COUNT(?d) AS ?n) { ?d a inno:Distinction }")
    assert (done.returncode, done.stdout.split()) == (0, ["n", "136"])


def test_a_question_is_answered_as_a_table_as_json_and_as_turtle(home: str) -> None:
    year = r"SELECT ?year { id:edition\/territoria-2024 inno:year ?year }"
    table = _run("query", "-", "--home", home, "--format", "table", stdin=year)
    assert table.returncode == 0 and "┃ year ┃" in table.stdout and "│ 2024 │" in table.stdout
    json = _run("query", "-", "--home", home, "--format", "json", stdin=year)
    assert '"value":"2024"' in json.stdout
    turtle = _run("query", "-", "--home", home, stdin=r"CONSTRUCT WHERE { id:rank\/gold inno:rankOrder ?o }")
    assert (turtle.returncode, "inno:rankOrder 1" in turtle.stdout) == (0, True)


def test_a_narrow_terminal_loses_nothing(home: str) -> None:
    command = [sys.executable, "-m", "innograph", "query", "editions", "--home", home, "--format", "table"]
    environment = {**os.environ, "COLUMNS": "20", "NO_COLOR": "1"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
    assert done.returncode == 0 and "2024" in done.stdout and "TERRITORIA" in done.stdout


def test_parameters_bind_variables(home: str) -> None:
    text = "SELECT ?name { ?edition inno:year ?year ; inno:name ?name }"
    done = _run("query", "-", "--home", home, "--param", "year=2019", stdin=text)
    assert done.stdout.splitlines()[1:] == ["Prix TERRITORIA 2019"]


def test_nothing_found_exits_with_1(home: str) -> None:
    done = _run("query", "-", "--home", home, stdin=r"ASK { id:rank\/gold inno:rankOrder 9 }")
    assert (done.returncode, '"boolean":false' in done.stdout) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "stdin", "status", "says"),
    [
        (["query", "-"], "SELECT ?x WHERE { ?x", 3, "innograph: line 1, column 21: not SPARQL"),
        (["query", "-"], "SELECT * { SERVICE <http://127.0.0.1:9> { ?s ?p ?o } }", 3, "SERVICE"),
        (["query", "no-such-example"], None, 3, "innograph: no-such-example: no such file, and no example"),
        (["query", "-", "--format", "docx"], "SELECT ?s { ?s a ?c }", 2, "'docx' does not suit this answer"),
        (["query", "-", "--param", "year"], "SELECT ?year {}", 2, "'year' is not NAME=VALUE"),
        (["query", "-", "--param", "nix=1"], "SELECT ?s { ?s a ?c }", 3, "the query has no variable ?nix"),
        (["query", "-", "--snapshot", "0123456789abcdef"], "ASK {}", 3, "there is no snapshot"),
        (["validate", "no.ttl"], None, 3, "innograph: no.ttl: cannot be read"),
        (["extract", "no.txt"], None, 3, "innograph: no.txt: cannot be read"),
        (["frobnicate"], None, 2, "No such command 'frobnicate'"),
        (["serve", "--port", "99999"], None, 2, "99999"),
        (["serve", "--proxy", "nobody"], None, 3, "innograph: not an address or network: 'nobody'"),
        (["serve", "--public-address", "here"], None, 3, "innograph: not the address of a site: 'here'"),
        (["serve", "--store", "here"], None, 3, "innograph: not the address of a SPARQL endpoint: 'here'"),
        (
            ["serve", "--store", "http://127.0.0.1:9/", "--allow-service", "http://e.org/"],
            None,
            3,
            "innograph: --allow-service is not possible with --store",
        ),
        (
            ["serve", "--store", "http://127.0.0.1:9/"],
            None,
            3,
            "innograph: http://127.0.0.1:9 cannot be reached",
        ),
        (["serve", "--access-log", "/"], None, 3, "the access log cannot be written"),
    ],
)
def test_bad_input_gives_one_clear_line(
    home: str, arguments: list[str], stdin: str | None, status: int, says: str
) -> None:
    where = ["--home", home] if arguments[0] in ("query", "validate", "serve") else []
    done = _run(*arguments, *where, stdin=stdin)
    assert done.returncode == status
    assert says in done.stderr and "Traceback" not in done.stderr
    if status == 3:
        assert len(done.stderr.splitlines()) == 1


def test_no_snapshot_is_said_with_what_to_do(tmp_path: Path) -> None:
    done = _run("query", "-", "--home", str(tmp_path), stdin="ASK {}")
    assert (done.returncode, "run « innograph build »" in done.stderr) == (3, True)


def test_a_snapshot_conforms_and_a_file_of_the_shapes_examples_does_not(home: str) -> None:
    assert _run("validate", "--home", home).returncode == 0
    invalid = sorted(Path(resources.house() / "shapes" / "examples").rglob("invalid*rank*.ttl"))[0]
    done = _run("validate", str(invalid), "--home", home)
    assert (done.returncode, "violation: " in done.stdout) == (1, True)


def test_an_altered_snapshot_is_not_called_valid(tmp_path: Path, home: str) -> None:
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-a", home, str(copy)], check=True)
    (dump,) = copy.glob("snapshots/*/dumps/palmares.csv")
    dump.write_bytes(dump.read_bytes().replace(b"Brest", b"Brust", 1))
    done = _run("validate", "--home", str(copy))
    assert (done.returncode, "altered" in done.stderr) == (3, True)


def test_snapshots_are_listed_and_exported(home: str, tmp_path: Path) -> None:
    listed = _run("snapshots", "list", "--home", home)
    assert listed.stdout.startswith("* ") and "136 distinctions" in listed.stdout
    done = _run("export", str(tmp_path / "out"), "--home", home)
    assert done.returncode == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {
        "awards.ttl.gz",
        "innograph.nq.gz",
        "palmares.csv",
        "palmares-territoria-2024.csv",
        "palmares.schema.json",
    } <= names
    assert _run("snapshots", "rollback", "--home", home).returncode == 3


def test_extract_prints_an_edition_and_accounts_for_its_lines() -> None:
    done = _run("extract", str(PALMARES), "--print")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("award: territoria\n") and "categories:" in done.stdout
    assert "not declared in data/documents.toml" in done.stderr and "lines: " in done.stderr


def test_extract_writes_aside_what_it_read(tmp_path: Path) -> None:
    done = _run("extract", str(PALMARES), "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    (written,) = tmp_path.glob("*.yaml")
    assert f"written {written}" in done.stdout
    assert len(list((tmp_path / "passages").glob("*.tsv"))) == 1
    lenient = _run("extract", str(PALMARES), "--out", str(tmp_path), "--lenient")
    assert (lenient.returncode, "does not replace a reviewed edition" in lenient.stderr) == (3, True)


def test_a_place_that_cannot_be_written_is_reported() -> None:
    done = _run("extract", str(PALMARES), "--out", "/dev/null")
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert done.stderr.startswith("innograph: /dev/null/") and "cannot be written" in done.stderr


def test_queries_from_standard_input_are_utf8(home: str) -> None:
    command = [sys.executable, "-m", "innograph", "query", "-", "--home", home]
    done = subprocess.run(command, input=b"ASK { ?s ?p '\xff' }", capture_output=True, timeout=60)
    assert (done.returncode, b"not UTF-8 text" in done.stderr) == (3, True)
    accented = 'SELECT ?d { ?d inno:name "Élancourt" }'.encode()
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    for extra in ([], ["--format", "table"]):
        done = subprocess.run(
            [*command, *extra], input=accented, capture_output=True, timeout=60, env=environment
        )
        assert (done.returncode, done.stderr) == (0, b"")


def test_an_output_that_cannot_be_written_is_reported(home: str) -> None:
    command = [sys.executable, "-m", "innograph", "query", "editions", "--home", home]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert (done.returncode, b"cannot be written" in done.stderr, b"Traceback" in done.stderr) == (
        3,
        True,
        False,
    )
    listed = subprocess.run(
        f"{sys.executable} -m innograph link --report | head -1", shell=True, capture_output=True
    )
    # head may go before the last line is written or after it: then the summary follows, and nothing else
    assert re.fullmatch(rb"(\d+ mentions, 0 need a person; .* 0 need a person\n)?", listed.stderr)


def test_a_rank_printed_in_the_document_is_nothing_to_explain() -> None:
    done = _run("extract", str(PALMARES), "--explain")
    assert (done.returncode, "nothing to join" in done.stderr) == (3, True)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the document is empty"),
        (b"\xff\xfe\x00P\x00a", "not UTF-8 text"),
        (b"Recette de la tarte aux pommes\n", "no family recognises this document"),
    ],
)
def test_documents_that_are_none_are_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "document.txt"
    path.write_bytes(content)
    done = _run("extract", str(path))
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert str(path) in done.stderr and says in done.stderr


def test_a_cut_document_is_refused_at_its_last_line(tmp_path: Path) -> None:
    lines = PALMARES.read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path / "cut.txt"
    path.write_text("".join(lines[: len(lines) * 2 // 3]), encoding="utf-8")
    done = _run("extract", str(path))
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert done.stderr.startswith(f"innograph: {path}:")


def test_explain_prints_the_assignments_of_every_subset_of_rules(sources_dir: Path) -> None:
    done = _run("extract", str(sources_dir / "territoria-2019.txt"), "--explain")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "20736", "192", "480", "720", "8", "3", "96", "1",
    ]  # fmt: skip


def test_documents_are_verified_against_the_data(sources_dir: Path, tmp_path: Path) -> None:
    real = sources_dir / "prix-territoriaux-2022.txt"
    assert _run("documents", "verify", str(real)).returncode == 0
    altered = tmp_path / real.name
    altered.write_text(real.read_text(encoding="utf-8").replace("Valenciennes", "Valence"), encoding="utf-8")
    done = _run("documents", "verify", str(altered))
    assert (done.returncode, "DIFFERENT 33" in done.stdout) == (1, True)


def test_every_mention_is_linked() -> None:
    done = _run("link")
    assert (done.returncode, done.stdout) == (0, "")
    assert "romans-sur-isere" in _run("link", "--report").stdout


def test_facts_are_counted_without_the_documents() -> None:
    done = _run("facts")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 5)
    assert "territoria-2019: 50 distinctions, 50 descriptions, " in done.stdout


def test_facts_are_not_checked_without_the_documents(tmp_path: Path) -> None:
    done = _run("facts", "--check", "--documents", str(tmp_path / "nowhere"))
    assert done.returncode == 3
    assert "name the folder that holds them" in done.stderr and len(done.stderr.splitlines()) == 1


def test_facts_are_checked_against_the_documents(sources_dir: Path, tmp_path: Path) -> None:
    done = _run("facts", "--check", "--documents", str(sources_dir))
    assert (done.returncode, done.stdout) == (0, "")
    data = tmp_path / "data"
    subprocess.run(["cp", "-a", str(resources.data()), str(data)], check=True)
    path = data / "facts" / "territoria-2019.yaml"
    path.write_text(path.read_text("utf-8").replace("printed: 490 tonnes/an", "printed: tonnes/an"), "utf-8")
    done = _run("facts", "--check", "--documents", str(sources_dir), "--data", str(data))
    assert (done.returncode, "territoria-2019\t1035\tnumber\t490\t" in done.stdout) == (1, True)
