"""What terms are called: asked for many at a time, and kept.

A page asks its queries first and shows their terms afterwards: so the names of all that it will show are
asked for at once, when the first of them is needed. However many things it shows, that is two questions.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final, get_args

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from innograph.namespaces import ID, inno, shorten, term
from innograph.web.words import Language, has_word, word

Node = NamedNode | BlankNode | Literal
Row = Mapping[str, Node]

MOST_KEPT: Final = 50_000
"""Names that are kept; when there are more, all are forgotten: what queries invent must not pile up."""

MOST_AT_ONCE: Final = 1000
"""Things whose names are asked for in one question."""

_NUMBERS: Final = frozenset([term("xsd:integer"), term("xsd:decimal"), term("xsd:double")])


@dataclass(frozen=True, slots=True)
class Shown:
    """A term as a page shows it: its text, the language of the text if any, and where it leads, if anywhere.

    ``address`` is one of ours (``id:…``, ``inno:…``) or any on the web; the templates turn ours into paths.
    """

    text: str
    language: str | None = None
    address: str | None = None
    number: bool = False


class Names:
    """Give terms as pages show them."""

    def __init__(self, ask: Callable[[str, Sequence[NamedNode]], list[Row]]) -> None:
        """Ask with ``ask``: it gives the solutions of a query of ``queries/pages`` about several things."""
        self._ask = ask
        self._kept: dict[tuple[NamedNode, Language], Shown] = {}
        self._expected: dict[NamedNode, None] = {}
        self._lock = threading.Lock()

    def expect(self, nodes: Iterable[Node | Triple | None]) -> None:
        """Note things whose names will be needed soon."""
        with self._lock:
            for node in nodes:
                if isinstance(node, NamedNode) and (node, "fr") not in self._kept:
                    self._expected[node] = None
            while len(self._expected) > MOST_AT_ONCE:
                del self._expected[next(iter(self._expected))]

    def show(self, node: Node | Triple, language: Language) -> Shown:
        """Give a term as a page shows it: a label instead of an IRI, words instead of booleans."""
        if isinstance(node, Literal):
            if node.datatype == term("xsd:boolean"):
                return Shown(word("yes" if node.value in ("true", "1") else "no", language))
            return Shown(node.value, node.language, number=node.datatype in _NUMBERS)
        if not isinstance(node, NamedNode):
            return Shown("[ ]" if isinstance(node, BlankNode) else str(node))
        kept = self._kept.get((node, language))
        return kept or self._load(node)[node, language]

    def _load(self, node: NamedNode) -> Mapping[tuple[NamedNode, Language], Shown]:
        """Ask for the names of ``node`` and of all that is expected."""
        with self._lock:
            self._expected.pop(node, None)
            wanted = [node, *islice(self._expected, MOST_AT_ONCE - 1)]
            self._expected.clear()
        passages = [each for each in wanted if each.value.startswith(f"{ID}passage/")]
        things = [each for each in wanted if not each.value.startswith(f"{ID}passage/")]
        spans = {row["thing"]: row for row in self._ask("passages", passages)} if passages else {}
        labels: dict[Node, list[Row]] = {}
        for row in self._ask("labels", things) if things else []:
            labels.setdefault(row["thing"], []).append(row)
        found: dict[tuple[NamedNode, Language], Shown] = {}
        for each in wanted:
            for language in get_args(Language):
                named = _lines(each, spans[each], language) if each in spans else None
                found[each, language] = named or _name(each, labels.get(each, []), language)
        if len(self._kept) + len(found) > MOST_KEPT:
            self._kept.clear()
        self._kept.update(found)
        return found


@cache
def _labels() -> Mapping[Node, int]:
    """Give the properties that name things, each with its place among them; the first is preferred."""
    return {
        term("skos:prefLabel"): 0,
        term("rdfs:label"): 1,
        term("dcterms:title"): 2,
        inno.printed: 3,
        inno.mention: 4,
    }


def _name(node: NamedNode, labels: Sequence[Row], language: Language) -> Shown:
    order = (language, "fr", None)

    def preference(row: Row) -> tuple[int, int, str]:
        tag = getattr(row["label"], "language", None)
        place = order.index(tag) if tag in order else len(order)
        return _labels()[row["property"]], place, row["label"].value

    if not labels:
        short = shorten(node.value)
        return Shown(word(short, language) if has_word(short) else short, None, node.value)
    label = min(labels, key=preference)["label"]
    return Shown(label.value, getattr(label, "language", None), node.value)


def _lines(node: NamedNode, span: Row, language: Language) -> Shown:
    """Name a passage by its document and its lines."""
    start, end = span["start"].value, span["end"].value
    lines = word("line" if start == end else "lines", language)
    numbers = start if start == end else f"{start}–{end}"
    title = span["title"]
    return Shown(f"{title.value}, {lines} {numbers}", getattr(title, "language", None), node.value)
