"""What makes a query heavy, read from its text: a guess for people, after it was stopped.

The text is cut into tokens and not parsed: where it is unusual, a reason may be missed. Nothing is refused
because of what is found here.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from innograph.store.tokens import Token, tokens

Kind = Literal["apart", "path", "sorted", "grouped", "distinct", "text"]
Reason = tuple[Kind, str]
"""A kind, and what shows it: two variables, a path, or nothing."""

_TEXT_FUNCTIONS = ("regex", "contains", "replace", "strstarts", "strends")


def reasons(text: str) -> list[Reason]:
    """List what makes a query heavy, the likeliest first.

    >>> reasons("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a")
    [('apart', '?a ?d'), ('sorted', '')]
    >>> reasons("ASK { ?a skos:broader+ ?b . ?b rdfs:label ?c }")
    [('path', 'skos:broader+')]
    """
    parts = [token for token in tokens(text) if token.kind not in ("space", "comment")]
    found: list[Reason] = []
    start = _where(parts)
    if start is not None:
        _Group(parts, start, found)
    found += [("path", path) for path in _paths(parts)][:1]
    words = [part.text.lower() if part.kind == "word" else "" for part in parts]
    pairs = set(pairwise(words))
    if ("order", "by") in pairs:
        found.append(("sorted", ""))
    if ("group", "by") in pairs:
        found.append(("grouped", ""))
    if ("select", "distinct") in pairs:
        found.append(("distinct", ""))
    if any(word in _TEXT_FUNCTIONS for word in words):
        found.append(("text", ""))
    return found


def _where(parts: Sequence[Token]) -> int | None:
    """Find the brace that opens the outermost pattern: the first that is in no other, nor a template's."""
    depth = 0
    for n, part in enumerate(parts):
        if part.text == "{" and depth == 0 and not (n and parts[n - 1].is_word("construct")):
            return n
        depth += (part.text in ("(", "{")) - (part.text in (")", "}"))
    return None


def _paths(parts: Sequence[Token]) -> Iterator[str]:
    for before, part in pairwise(parts):
        if part.text in ("+", "*") and before.end == part.start and before.kind in ("iri", "name"):
            yield before.text + part.text
        elif part.text in ("+", "*") and before.text == ")" and before.end == part.start:
            yield f"(…){part.text}"


class _Group:
    """A group of patterns: reads it, and notes where some of its patterns share no variable with others.

    What stands in a group of its own within a query or a subquery may be joined by what stands around it: it
    counts as one pattern.
    """

    def __init__(
        self, parts: Sequence[Token], start: int, found: list[Reason], *, whole: bool = True
    ) -> None:
        self._parts = parts
        self._found = found
        self._patterns: list[list[str]] = []  # the variables of each, in order
        self._pattern: list[str] = []
        self._whole = whole
        self.end = self._read(start + 1)
        self.variables = [variable for pattern in self._patterns for variable in pattern]
        if whole:
            self._note_what_is_apart(self._patterns)

    def _read(self, at: int) -> int:
        parts = self._parts
        union = subquery = bound = False
        while at < len(parts) and parts[at].text != "}":
            part = parts[at]
            if part.text == "{":
                on_its_own = subquery or parts[at - 1].is_word("minus")
                nested = _Group(parts, at, self._found, whole=on_its_own)
                subquery = False
                at = nested.end
                before = self._patterns.pop() if union and self._patterns else []
                self._patterns.append([*self._pattern, *before, *nested.variables])
                self._pattern = []
            elif part.is_word("filter"):
                at = self._skip_expression(at + 1)
            elif part.is_word("values"):
                self._close()
                at = self._skip_data(at + 1)
            elif part.is_word("bind", "select"):
                self._close()
                if part.is_word("bind"):
                    # what stands before is joined without it (SPARQL 1.1, section 10.1)
                    if self._whole and not bound:
                        self._note_what_is_apart(self._patterns)
                    bound = True
                else:
                    subquery = True
                    at = self._skip_projection(at + 1)
            elif part.text == ".":
                self._close()
            elif part.kind in ("variable", "blank"):
                self._pattern.append(part.text.replace("$", "?"))
            union = part.is_word("union")
            if part.is_word("optional", "minus", "union"):
                self._close()
            at += 1
        self._close()
        return at

    def _close(self) -> None:
        if self._pattern:
            self._patterns.append(self._pattern)
            self._pattern = []

    def _skip_expression(self, at: int) -> int:
        """Go to the last token of what a ``FILTER`` tests."""
        depth = 0
        while at < len(self._parts):
            text = self._parts[at].text
            depth += (text in ("(", "{")) - (text in (")", "}"))
            if depth == 0 and text in (")", "}"):
                return at
            at += 1
        return at

    def _skip_data(self, at: int) -> int:
        """Go to the brace that closes ``VALUES``; its variables are a pattern."""
        while at < len(self._parts) and self._parts[at].text != "}":
            if self._parts[at].kind == "variable":
                self._pattern.append(self._parts[at].text)
            at += 1
        self._close()
        return at

    def _skip_projection(self, at: int) -> int:
        """Go to before the brace that opens the pattern of a subquery; what it projects belongs to it."""
        while at < len(self._parts) and self._parts[at].text not in ("{", "}"):
            if self._parts[at].kind == "variable":
                self._pattern.append(self._parts[at].text)
            at += 1
        return at - 1

    def _note_what_is_apart(self, patterns: Sequence[Sequence[str]]) -> None:
        reached = set(patterns[0]) if patterns else set()
        apart = [set(pattern) for pattern in patterns[1:] if pattern]
        while joined := [pattern for pattern in apart if pattern & reached]:
            reached = reached.union(*joined)
            apart = [pattern for pattern in apart if pattern not in joined]
        if apart and reached:
            first = next(pattern for pattern in patterns if pattern and set(pattern) in apart)
            reason: Reason = "apart", f"{patterns[0][0]} {first[0]}"
            if reason not in self._found:
                self._found.append(reason)
