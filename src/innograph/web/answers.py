"""Showing the result of a query on a page: shared by /sparql and /queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flask import Response, render_template, url_for
from pyoxigraph import QueryBoolean, QuerySolutions

from innograph.namespaces import declared_terms
from innograph.store.engine import Result
from innograph.store.formats import SOLUTIONS, TRIPLES, Format
from innograph.web.reader import Reader, Shown
from innograph.web.words import Language, language_of_request

MOST_ROWS = 1000
"""Rows that a page shows; every format holds them all, and the page says so."""


@dataclass(frozen=True, slots=True)
class Table:
    """A result as a page shows it. ``more`` tells that the page does not show all the rows."""

    columns: list[str]
    rows: list[list[Shown | None]]
    more: bool = False


def page_of(
    answer: Result, template: str, reader: Reader, *, brief: bool = False, **context: Any
) -> Response:
    """Make the page of a result.

    :param template: the page; it gets ``table``, ``truth``, ``formats`` and the ``context``.
    :param brief: whether the page leaves out columns of labels (see :func:`table_of`).
    """
    formats = SOLUTIONS if isinstance(answer, QuerySolutions | QueryBoolean) else TRIPLES
    language = language_of_request()
    truth = bool(answer) if isinstance(answer, QueryBoolean) else None
    table = None if isinstance(answer, QueryBoolean) else table_of(answer, reader, language, brief=brief)
    return Response(render_template(template, table=table, truth=truth, formats=formats, **context))


def table_of(answer: Result, reader: Reader, language: Language, *, brief: bool = False) -> Table:
    """Make a table of solutions, or of triples in three columns, at most :data:`MOST_ROWS` long.

    :param brief: leave out ``?ruleLabel`` beside ``?rule``: a page names things itself, in its language.
    """
    if isinstance(answer, QuerySolutions):
        names = [variable.value for variable in answer.variables]
        columns = [name for name in names if not (brief and _names_another(name, names))]
        rows = ([row[name] for name in columns] for row in answer)
    elif isinstance(answer, QueryBoolean):
        raise TypeError("ASK gives no table")
    else:
        columns = ["subject", "predicate", "object"]
        rows = ([triple.subject, triple.predicate, triple.object] for triple in answer)
    first = list(islice(rows, MOST_ROWS))
    reader.expect(node for row in first for node in row)
    shown = [[reader.show(node, language) if node is not None else None for node in row] for row in first]
    return Table(columns, shown, next(rows, None) is not None)


def _names_another(column: str, columns: list[str]) -> bool:
    """Tell whether a column only names what stands in another.

    A column with the name of a property of ours holds that property: ``inno:rankLabel`` is what is printed.

    >>> _names_another("bodyLabel", ["body", "bodyLabel"]), _names_another("rankLabel", ["rank", "rankLabel"])
    (True, False)
    """
    stem = column.removesuffix("Label")
    return stem != column and stem in columns and column not in declared_terms()


def links_to_formats(
    endpoint: str, formats: tuple[Format, ...], values: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """List the name and the path of each format of a page."""
    return [(format.name, url_for(endpoint, **{**values, "format": format.name})) for format in formats]
