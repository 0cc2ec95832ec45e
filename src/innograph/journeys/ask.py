"""Asking one snapshot a question: a text of one's own, or an example with its parameters."""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Triple,
    parse_query_results,
)

from innograph import resources
from innograph.errors import DataError
from innograph.store.binding import bind
from innograph.store.evaluate import Answer, evaluate
from innograph.store.queries import NamedQuery, read_query
from innograph.store.snapshots import Home
from innograph.store.values import guess_type, read_value

Result = QuerySolutions | QueryBoolean | list[Triple]

_HEADER = re.compile(r"#\s*(?:fr|en|note-fr|note-en|param)\b")


def read_question(file: str) -> NamedQuery | str:
    """Read the query in ``file``: a path, or the name of an example.

    :returns: a query with its parameters if the file has a header, else its text.
    :raises DataError: there is no such file or example, or it is not text.
    """
    path = Path(file)
    example = resources.queries() / "examples" / f"{file.removesuffix('.rq')}.rq"
    if not path.exists():
        if not example.is_file():
            raise DataError("no such file, and no example of this name", file)
        path = example
    text = resources.read_text(path)
    return read_query(path) if _HEADER.match(text) else text


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, and how many solutions or triples it has (1 for a true ASK, 0 for a false one)."""

    answer: Result
    number: int
    notice: str | None
    """What the person in charge should know, where a stand-in for a broken snapshot was asked."""


def ask(
    home: Path, question: NamedQuery | str, parameters: Mapping[str, str], version: str | None = None
) -> Asked:
    """Ask a snapshot of ``home``, the current one unless ``version`` names another.

    :param parameters: values by name; without a header they are read as what they look like.
    :raises SnapshotError: there is no such snapshot.
    :raises QueryError: the query is not SPARQL, or a parameter does not suit it.
    """
    if isinstance(question, NamedQuery):
        text = question.bound(parameters)
    else:
        text = bind(question, {name: read_value(v, guess_type(v)) for name, v in parameters.items()})
    snapshot = Home(home).choose(version)
    answer, number = _counted(evaluate(snapshot.open(), text))
    return Asked(answer, number, snapshot.notice)


def _counted(answer: Answer) -> tuple[Result, int]:
    """Count an answer without asking twice: it is written down and read again."""
    if isinstance(answer, QueryBoolean):
        return answer, int(bool(answer))
    if isinstance(answer, QueryTriples):
        triples = list(answer)
        return triples, len(triples)
    buffer = io.BytesIO()
    answer.serialize(buffer, QueryResultsFormat.JSON)
    number = len(json.loads(buffer.getvalue())["results"]["bindings"])
    again = parse_query_results(buffer.getvalue(), QueryResultsFormat.JSON)
    assert isinstance(again, QuerySolutions)
    return again, number
