"""The page of a document: the map of its lines, what each passage gave, which lines gave nothing.

The text itself belongs to its publisher and is not here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from pyoxigraph import NamedNode

from innograph.namespaces import inno
from innograph.web.layouts.layout import NO_ROLES, Layout
from innograph.web.paging import asked_part
from innograph.web.passages import read_passages
from innograph.web.reader import Node, Reader, Row, Shown
from innograph.web.words import Language, word

PER_PAGE: Final = 40
"""Ranges of lines on one page."""


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that a passage says, or one fact about a thing."""

    kind: Shown
    thing: Shown


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that follow one another: a passage and what it gave, or lines that gave nothing."""

    first: int
    last: int
    passage: Shown | None = None
    given: list[Given] | None = None

    @property
    def text(self) -> str:
        """Write the numbers."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def spans(passages: Iterable[tuple[int, int]], count: int) -> list[tuple[int, int, bool]]:
    """Part the lines 1 to ``count`` in runs, each with whether its lines stand in a passage.

    >>> spans([(2, 3), (3, 4), (6, 6)], 7)
    [(1, 1, False), (2, 4, True), (5, 5, False), (6, 6, True), (7, 7, False)]
    """
    used = {line for first, last in passages for line in range(first, last + 1)}
    runs = groupby(range(1, count + 1), key=used.__contains__)
    found = [(list(lines), is_used) for is_used, lines in runs]
    return [(lines[0], lines[-1], is_used) for lines, is_used in found]


@dataclass(frozen=True, slots=True)
class LineMap:
    """What is known of the lines of one document."""

    count: int
    publisher: Node | None
    passages: int
    runs: list[tuple[int, int, bool]]
    """:func:`spans` of its passages."""
    ranges: list[tuple[int, int, NamedNode | None]]
    """The lines of each passage, and in their places those that gave nothing."""

    @property
    def used(self) -> int:
        """Count the lines that stand in a passage."""
        return sum(last - first + 1 for first, last, used in self.runs if used)


def read_line_maps(reader: Reader) -> Mapping[Node, LineMap]:
    """Map the lines of every document (see :meth:`Reader.once`)."""
    passages: dict[Node, list[tuple[int, int, NamedNode]]] = {}
    for passage, lines in reader.once(read_passages).items():
        if isinstance(passage, NamedNode):
            passages.setdefault(lines.document, []).append((lines.first, lines.last, passage))
    return {
        row["document"]: _line_map(
            int(row["lineCount"].value), row.get("publisher"), passages.get(row["document"], [])
        )
        for row in reader.every_row("documents")
        if "lineCount" in row
    }


def _line_map(count: int, publisher: Node | None, passages: list[tuple[int, int, NamedNode]]) -> LineMap:
    runs = spans([(first, last) for first, last, _ in passages], count)
    unused = [(first, last, None) for first, last, used in runs if not used]
    ranges = sorted([*passages, *unused], key=lambda each: (each[0], -each[1], str(each[2])))
    return LineMap(count, publisher, len(passages), runs, ranges)


def _read(reader: Reader, document: NamedNode, language: Language) -> Mapping[str, Any]:
    map = reader.once(read_line_maps).get(document)
    if map is None:
        return {"count": 0}
    part = asked_part(len(map.ranges), size=PER_PAGE, name="lines")
    here = map.ranges[part.rows.start : part.rows.stop]
    found = [node for _, _, node in here if node]
    told = given(reader, found, language) if found else {}
    reader.expect([*found, map.publisher])
    lines = [
        Lines(first, last, reader.show(node, language), told.get(node, [])) if node else Lines(first, last)
        for first, last, node in here
    ]
    publisher = reader.show(map.publisher, language) if map.publisher else None
    return {
        "count": map.count,
        "used_lines": map.used,
        "runs": map.runs,
        "part": part,
        "lines": lines,
        "passages": map.passages,
        "publisher": publisher,
        "summary": word("document summary", language).format(
            title=reader.show(document, language).text, lines=map.count, used=map.used
        ),
        "linked": {"publisher": {"@type": "Organization", "name": publisher.text}} if publisher else {},
    }


def given(reader: Reader, passages: list[NamedNode], language: Language) -> Mapping[Any, list[Given]]:
    """Tell what passages say: facts of a thing by their property, other things by their class."""
    rows = reader.rows_about("passage-gives", [each.value for each in passages])
    found: dict[Any, dict[Given, None]] = {}
    for row in sorted(rows, key=_place):
        names = ("property", "about") if "about" in row else ("kind", "said")
        given = Given(*(reader.show(row[name], language) for name in names))
        found.setdefault(row["thing"], {})[given] = None
    return {passage: list(given) for passage, given in found.items()}


def _place(row: Row) -> tuple[bool, str, str]:
    """Put things before facts, and the broader of the classes of a thing nowhere in particular."""
    return (row["kind"] == inno.Assertion, row["kind"].value, row["said"].value)


DOCUMENT = Layout(
    "things/document.html",
    _read,
    NO_ROLES | {"done", "figures", "backlinks"},
    question="document-passages",
)
