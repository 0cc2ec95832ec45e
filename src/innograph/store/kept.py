"""Answers kept beside a graph: of queries that look at all of it, and are asked again and again.

A file is named by the query and by the hash of its text, so that one that was changed since is asked anew.
"""

import hashlib
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from pyoxigraph import QueryResultsFormat, QuerySolutions, Store, parse_query_results

from innograph.store.evaluate import evaluate
from innograph.store.formats import SOLUTIONS, write_answer

ANSWERS: Final = "answers"
"""The folder of a snapshot that holds them."""

_SYNTAX: Final = QueryResultsFormat.JSON
(_FORMAT,) = (each for each in SOLUTIONS if each.syntax == _SYNTAX)


def file_of(name: str, text: str) -> str:
    """Name the file, within a snapshot, that holds the answer to a query.

    >>> file_of("facets/theme", "SELECT * {}")
    'answers/facets/theme.b7fcbdf8d5395655.json'
    """
    return f"{ANSWERS}/{name}.{hashlib.sha256(text.encode()).hexdigest()[:16]}.json"


def write_answers(store: Store, queries: Mapping[str, str]) -> dict[str, bytes]:
    """Ask each query, a SELECT given by its name; give the contents of the files that hold the answers.

    :raises QueryError: one of them is no SPARQL.
    """

    def written(text: str) -> bytes:
        answer = evaluate(store, text)
        assert isinstance(answer, QuerySolutions)
        return write_answer(answer, _FORMAT)

    with ThreadPoolExecutor() as threads:
        return {
            file_of(name, text): content
            for (name, text), content in zip(
                queries.items(), threads.map(written, queries.values()), strict=True
            )
        }


class Kept:
    """The answers that a snapshot keeps; none by default."""

    def __init__(self, folder: Path | None = None, files: Collection[str] = ()) -> None:
        """Give those among ``files`` of the snapshot in ``folder``."""
        self._folder = folder or Path()
        self._files = frozenset(name for name in files if name.startswith(f"{ANSWERS}/"))
        self._names = {file.removeprefix(f"{ANSWERS}/").partition(".")[0] for file in self._files}

    def answer(self, name: str, text: str) -> QuerySolutions | None:
        """Give the answer to a query by its name and its text; None if it is to be asked."""
        if name not in self._names:
            return None  # as most are: their texts, with long lists of values, need no hash
        file = file_of(name, text)
        if file not in self._files:
            return None
        answer = parse_query_results((self._folder / file).read_bytes(), format=_SYNTAX)
        assert isinstance(answer, QuerySolutions)
        return answer
