"""The index: one SQLite file with full-text search over the stems of what each thing is called.

Three columns weigh differently: what a thing is called (``name``), what documents call it (``also``), and
what stands around it (``around``: category, edition, laureates). A word that no text holds stands for
those one or two letters away from it.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rapidfuzz.distance import OSA

from innograph.errors import SnapshotError
from innograph.search.stems import content_words, stem, stems
from innograph.text import sort_key

FORMAT: Final = "1"
"""Number of the layout below; an index of another number is refused."""

MOST_WORDS: Final = 12
MOST_COMPLETIONS: Final = 50
"""Words of a search that count, and stems that the beginning of a word may stand for."""

_COLUMN_OF: Final = {"name": "name", "title": "name", "mention": "also"}
_WEIGHTS: Final = "10.0, 6.0, 1.0"
_SCHEMA: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE thing (number INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    name TEXT NOT NULL, key TEXT NOT NULL);
CREATE TABLE text (thing INTEGER NOT NULL, field TEXT NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (thing, field, words)) WITHOUT ROWID;
CREATE VIRTUAL TABLE stem USING fts5(name, also, around, prefix='2 3', detail=column);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(stem, row);
"""


@dataclass(frozen=True, slots=True)
class Text:
    """A text under which a thing is looked for, its kind (``Initiative``) and its field (``mention``)."""

    thing: str
    kind: str
    name: str
    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that was found: why, the stems that fit, and how well (higher is better)."""

    thing: str
    kind: str
    name: str
    field: str
    """In which text the words were found best: ``name``, ``mention``, ``category`` …"""
    words: str
    matched: frozenset[str]
    score: float


def write_index(path: Path, texts: Iterable[Text]) -> None:
    """Write the index of ``texts`` to ``path``, which must not exist; the same texts give the same bytes."""
    by_thing: dict[tuple[str, str, str], list[Text]] = defaultdict(list)
    for text in texts:
        by_thing[text.thing, text.kind, text.name].append(text)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(_SCHEMA)
        database.execute("INSERT INTO meta VALUES ('format', ?)", (FORMAT,))
        for number, ((thing, kind, name), mine) in enumerate(sorted(by_thing.items()), start=1):
            columns: dict[str, list[str]] = {"name": [], "also": [], "around": []}
            for text in sorted(mine, key=lambda text: (text.field, text.words)):
                columns[_COLUMN_OF.get(text.field, "around")] += stems(text.words)
            database.execute(
                "INSERT INTO thing VALUES (?, ?, ?, ?, ?)", (number, thing, kind, name, sort_key(name))
            )
            database.executemany(
                "INSERT OR IGNORE INTO text VALUES (?, ?, ?)",
                ((number, text.field, text.words) for text in mine),
            )
            database.execute(
                "INSERT INTO stem (rowid, name, also, around) VALUES (?, ?, ?, ?)",
                (number, *(" ".join(words) for words in columns.values())),
            )
        database.execute("INSERT INTO stem (stem) VALUES ('optimize')")
        database.commit()
        database.execute("VACUUM")


class Index:
    """An index that was written, open for reading; threads may share it."""

    def __init__(self, path: Path) -> None:
        """Open the file at ``path``.

        :raises SnapshotError: it is missing, damaged, or of another format.
        """
        self._database = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        try:
            (format,) = self._database.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
            self._vocabulary: Sequence[str] = [
                word for (word,) in self._database.execute("SELECT term FROM vocabulary")
            ]
        except (sqlite3.Error, TypeError) as error:
            raise SnapshotError(f"the index of search cannot be read ({error}): build again", path) from error
        if format != FORMAT:
            raise SnapshotError("an index of search of another format: build again", path)

    def find(self, words: str, *, limit: int, prefix: bool = False) -> list[Found]:
        """Find things by words, the best first; all words must fit.

        :param prefix: whether the last word may be the beginning of one.
        """
        wanted = content_words(words)[:MOST_WORDS]
        return self._find(wanted, sort_key(words), limit, prefix, " AND ") if wanted else []

    def find_some(self, words: str, *, limit: int) -> list[Found]:
        """Find things in which at least one of the words fits."""
        wanted = content_words(words)[:MOST_WORDS]
        return self._find(wanted, sort_key(words), limit, False, " OR ") if len(wanted) > 1 else []

    def _find(self, wanted: list[str], key: str, limit: int, prefix: bool, operator: str) -> list[Found]:
        choices = [self._choices(word, prefix and n == len(wanted) - 1) for n, word in enumerate(wanted)]
        if operator == " AND " and not all(choices):
            return []
        groups = [" OR ".join(f'"{each}"' for each in group) for group in choices if group]
        if not groups:
            return []
        matched = frozenset(word for group in choices for word in group)
        found = self._database.execute(
            f"SELECT number, address, kind, thing.name, -bm25(stem, {_WEIGHTS}) AS score"
            " FROM stem JOIN thing ON number = stem.rowid WHERE stem MATCH ?"
            " ORDER BY key = ? DESC, score DESC, key LIMIT ?",
            (operator.join(f"({group})" for group in groups), key, limit),
        )
        return [
            Found(address, kind, name, *self._why(number, name, matched), matched, score)
            for number, address, kind, name, score in found.fetchall()
        ]

    def _choices(self, word: str, prefix: bool) -> list[str]:
        """Give the stems of the index that stand for a word: itself, those it begins, or those near it."""
        beginning = [other for other in self._vocabulary if other.startswith(word)] if prefix else []
        if beginning:
            return beginning[:MOST_COMPLETIONS]
        short = stem(word)
        if short in self._vocabulary:
            return [short]
        far = 0 if len(word) < 4 or word.isdigit() else 1 if len(word) < 7 else 2
        near = [
            (min(OSA.distance(each, other, score_cutoff=far) for each in (word, short)), other)
            for other in self._vocabulary
        ]
        closest = min((distance for distance, _ in near), default=far + 1)
        return [other for distance, other in near if distance == closest <= far]

    def _why(self, number: int, name: str, matched: frozenset[str]) -> tuple[str, str]:
        """Give the text of a thing that holds most of the words: its name if that does."""
        texts = self._database.execute("SELECT field, words FROM text WHERE thing = ?", (number,)).fetchall()
        rank: Mapping[str, int] = {"name": 0, "title": 1, "mention": 2}
        best = min(
            texts,
            key=lambda text: (-len(matched & set(stems(text[1]))), rank.get(text[0], 3), text[1]),
            default=("name", name),
        )
        return best[0], best[1]
