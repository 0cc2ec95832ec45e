"""Question files: what their header says, the values of their parameters, and the line of what is wrong."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from innograph.errors import DataError, QueryError
from innograph.resources import queries
from innograph.store.queries import NamedQuery, Parameter, read_queries, read_query

GOOD = """\
# fr: Quelles collectivités ?
# en: Which bodies?
# note-fr: Une remarque.
# param body: iri id:organization/élan
# param year: integer 2024
# param word: string d'été "x"

PREFIX inno: <https://w3id.org/innograph/ontology#>
SELECT ?edition WHERE {
  ?edition inno:laureate ?body ; inno:year ?year ; inno:name ?word
}
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "which-bodies.rq"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    query = read_query(written(tmp_path, GOOD))
    assert query == NamedQuery(
        "which-bodies",
        "Quelles collectivités ?",
        "Which bodies?",
        {"fr": "Une remarque."},
        (
            Parameter("body", "iri", "id:organization/élan"),
            Parameter("year", "integer", "2024"),
            Parameter("word", "string", 'd\'été "x"'),
        ),
        GOOD.partition("\n\n")[2],
    )
    assert query.defaults == {"body": "id:organization/élan", "year": "2024", "word": 'd\'été "x"'}


def test_a_file_says_which_variable_a_map_shows(tmp_path: Path) -> None:
    text = GOOD.replace("note-fr: Une remarque.", "map: edition")
    assert read_query(written(tmp_path, text)).map == "edition"
    assert read_query(written(tmp_path, GOOD)).map == ""


def test_parameters_are_bound_to_what_is_given_or_to_their_defaults(tmp_path: Path) -> None:
    bound = read_query(written(tmp_path, GOOD)).bound({"year": "2019"})
    assert bound.splitlines()[1] == (
        "SELECT ?edition WHERE { VALUES (?body ?year ?word) "
        "{ (<https://w3id.org/innograph/id/organization/élan> "
        '"2019"^^<http://www.w3.org/2001/XMLSchema#integer> "d\'été \\"x\\"") }'
    )


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("string", "", Literal("")),
        ("integer", "-3", Literal(-3)),
        ("iri", "id:rank/gold", NamedNode("https://w3id.org/innograph/id/rank/gold")),
        ("iri", "<https://example.org/x>", NamedNode("https://example.org/x")),
        ("iri", "https://example.org/x", NamedNode("https://example.org/x")),
    ],
)
def test_values(kind: str, text: str, value: object) -> None:
    assert Parameter("p", kind, "").value(text) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"year": "20x4"}, "parameter year: '20x4' is not an integer"),
        ({"year": "٣"}, "parameter year: '٣' is not an integer"),
        ({"body": "a b"}, "parameter body: 'a b' is not an IRI (Invalid IRI code point ' ')"),
        ({"nope": "1"}, "which-bodies has no parameter 'nope'; its parameters: body, year, word"),
    ],
)
def test_values_that_are_refused(tmp_path: Path, given: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError) as raised:
        read_query(written(tmp_path, GOOD)).bound(given)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("# en: Which bodies?\n", "", 1, "the question is missing: add « # en: … »"),
        ("# en: Which bodies?\n", "# en: A?\n# en: B?\n", 3, "« en: » stands here twice"),
        ("# note-fr: Une", "# nota: Une", 3, "not « # fr: »"),
        ("# note-fr: Une remarque.\n", "SELECT", 3, "not « # fr: »"),
        ("iri id:", "uri id:", 4, "'uri' is no type of a parameter: iri, string or integer"),
        ("integer 2024", "integer deux", 5, "parameter year: 'deux' is not an integer"),
        ("note-fr: Une remarque.", "map: nobody", 1, "« # map: » takes one variable of the query"),
        ("note-fr: Une remarque.", "map: edition\n# map: body", 4, "« map: » stands here twice"),
        ("param word", "param year", 6, "parameter year stands here twice"),
        ("inno:name ?word", "inno:name ?x", 8, "the query has no variable ?word, which the header declares"),
        ("?edition WHERE", "?edition WERE", 9, "column 17: not SPARQL near « WERE"),
        (
            "inno:year ?year ;",
            "inno:year ?year ,;",
            10,
            "column 50: not SPARQL near « ,; inno:name ?word } »",
        ),
        (
            "  ?edition inno:l",
            "\n\n  ?edition nope:l",
            12,
            "column 12: not SPARQL near « nope:laureate",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(DataError) as raised:
        read_query(path)
    assert str(raised.value).startswith(f"{path}:{line}: {message}")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x.rq"
    path.write_bytes(b"# fr: \xff")
    with pytest.raises(DataError) as raised:
        read_query(path)
    assert str(raised.value) == f"{path}:1: not UTF-8 text"
    with pytest.raises(DataError, match="missing"):
        read_query(tmp_path / "none.rq")


def test_a_byte_order_mark_and_the_line_ends_of_windows_do_no_harm(tmp_path: Path) -> None:
    plain = read_query(written(tmp_path, GOOD))
    path = tmp_path / "which-bodies.rq"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_query(path) == plain


def test_a_folder_is_read_by_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.rq").write_text(GOOD, encoding="utf-8")
    (tmp_path / "README.md").write_text("no query")
    assert list(read_queries(tmp_path)) == ["a", "b"]


@pytest.mark.parametrize("folder", ["examples", "pages", "checks", "facets", "explore"])
def test_every_query_of_the_house_can_be_read(folder: str) -> None:
    assert read_queries(queries() / folder)
