"""Search finds names as people type them, says why, and its file is the same for the same texts."""

from pathlib import Path

import pytest

from innograph.errors import SnapshotError
from innograph.search.index import Index, Text, write_index

THINGS = {
    "a": ("Organization", "Orval-l’Étang"),
    "b": ("Initiative", "Les archives valorisées dans un dôme numérique"),
    "c": ("Initiative", "Une flotte de vélos partagés"),
    "d": ("Organization", "Département de la Haute-Saône"),
}
TEXTS = [
    *(Text(thing, kind, name, "name", name) for thing, (kind, name) in THINGS.items()),
    Text("d", *THINGS["d"], "mention", "CD HAUTE-SAONE"),
    Text("b", *THINGS["b"], "category", "Culture"),
    Text("b", *THINGS["b"], "laureate", "Orval-l’Étang"),
    Text("c", *THINGS["c"], "category", "Mobilités"),
    Text("c", *THINGS["c"], "title", "Des vélos pour tous"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    path = tmp_path_factory.mktemp("index") / "search.sqlite"
    write_index(path, TEXTS)
    return Index(path)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("orval", [("a", "name"), ("b", "laureate")]),
        ("ORVAL L'ETANG", [("a", "name"), ("b", "laureate")]),
        ("velo", [("c", "name")]),
        ("mobilité", [("c", "category")]),
        ("culture orval", [("b", "category")]),
        ("cd haute saone", [("d", "mention")]),
        ("les", []),
        ("numerik", [("b", "name")]),
        ("oravl", [("a", "name"), ("b", "laureate")]),
        ("vélos numérique", []),
        ("xyz", []),
        ("«»", []),
        ('" OR name:* ) #', []),
        ("", []),
    ],
)
def test_words_are_found_as_people_type_them(index: Index, words: str, found: list[tuple[str, str]]) -> None:
    assert [(each.thing, each.field) for each in index.find(words, limit=10)] == found


def test_an_exact_name_comes_first(index: Index) -> None:
    assert index.find("Orval l'étang", limit=1)[0].thing == "a"


def test_the_last_word_may_be_a_beginning(index: Index) -> None:
    assert [each.thing for each in index.find("haute sao", limit=10, prefix=True)] == ["d"]
    assert index.find("haute sao", limit=10) == []


def test_some_words_are_better_than_none(index: Index) -> None:
    assert {each.thing for each in index.find_some("vélos numérique", limit=10)} == {"b", "c"}


def test_the_same_texts_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write_index(first, TEXTS)
    write_index(second, reversed(TEXTS))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(100)])
def test_a_damaged_index_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "search.sqlite"
    path.write_bytes(content)
    with pytest.raises(SnapshotError, match="build again"):
        Index(path)
