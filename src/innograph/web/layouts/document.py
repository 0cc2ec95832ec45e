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
from innograph.web.reader import Reader, Row, Shown
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


def _read(reader: Reader, document: NamedNode, language: Language) -> Mapping[str, Any]:
    rows = reader.unnamed_rows("document-passages", document=document.value)
    about = next((row for row in rows if "lines" in row), None)
    if about is None:
        return {"count": 0}
    count = int(about["lines"].value)
    passages = [
        (int(row["start"].value), int(row["end"].value), row["passage"]) for row in rows if "passage" in row
    ]
    runs = spans([(first, last) for first, last, _ in passages], count)
    unused = [(first, last, None) for first, last, used in runs if not used]
    ranges = sorted([*passages, *unused], key=lambda each: (each[0], -each[1]))
    part = asked_part(len(ranges), size=PER_PAGE, name="lines")
    here = ranges[part.rows.start : part.rows.stop]
    found = [node for _, _, node in here if isinstance(node, NamedNode)]
    told = given(reader, found, language) if found else {}
    lines = [
        Lines(first, last, reader.show(node, language), told.get(node, [])) if node else Lines(first, last)
        for first, last, node in here
    ]
    used_lines = sum(last - first + 1 for first, last, used in runs if used)
    publisher = reader.show(about["publisher"], language) if "publisher" in about else None
    return {
        "count": count,
        "used_lines": used_lines,
        "runs": runs,
        "part": part,
        "lines": lines,
        "passages": len(passages),
        "publisher": publisher,
        "summary": word("document summary", language).format(
            title=reader.show(document, language).text, lines=count, used=used_lines
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
