"""Giving values to the variables of a query: the one place where a value enters the text of a query.

The values become a ``VALUES`` block inside the outermost ``WHERE`` group, and inside every nested group that
mentions the variable: SPARQL evaluates groups from the inside out, so that a ``FILTER`` in a branch of a
``UNION``, or a subselect that does not project the variable, would not see what is bound outside.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from pyoxigraph import Literal, NamedNode

from innograph.errors import QueryError
from innograph.store.tokens import Token, tokens

Term = NamedNode | Literal

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass
class _Group:
    """A group graph pattern: where its inside starts and ends, and the variables it mentions itself."""

    start: int
    end: int = -1
    outermost: bool = False
    subselect: bool = False
    variables: set[str] = field(default_factory=set)


def bind(text: str, parameters: Mapping[str, Term]) -> str:
    """Give ``text`` with each variable of ``parameters`` bound to its value.

    :param parameters: values by name of variable, without the question mark.
    :raises QueryError: a variable is not in the query, a value is neither IRI nor literal, or the query has
        no group to bind it in.

    >>> bind("SELECT * WHERE { ?s ?p ?o }", {"s": NamedNode("http://example.org/s")})
    'SELECT * WHERE { VALUES (?s) { (<http://example.org/s>) } ?s ?p ?o }'
    """
    return bind_each(text, [parameters]) if parameters else text


def bind_each(text: str, rows: Sequence[Mapping[str, Term]]) -> str:
    """Give ``text`` with variables bound to each of several rows of values.

    :param rows: at least one; all name the same variables, in the same order.
    :raises QueryError: as :func:`bind`.

    >>> bind_each("SELECT * WHERE { ?s ?p ?o }", [{"o": Literal("a")}, {"o": Literal("b")}])
    'SELECT * WHERE { VALUES (?o) { ("a") ("b") } ?s ?p ?o }'
    """
    for name, value in (item for row in rows for item in row.items()):
        if not _NAME.fullmatch(name) or not isinstance(value, NamedNode | Literal):
            raise QueryError(f"parameter {name!r} cannot be bound: it must be an IRI or a literal")
    groups = _groups(text)
    for name in rows[0]:
        if not any(name in group.variables for group in groups):
            raise QueryError(f"the query has no variable ?{name} to bind")
    edits = [edit for group in groups for edit in _edits(group, rows)]
    for offset, inserted in sorted(edits, reverse=True):
        text = text[:offset] + inserted + text[offset:]
    return text


def mentioned_variables(text: str) -> set[str]:
    """Give the names of the variables that :func:`bind` can bind in ``text``.

    :raises QueryError: the query has no ``WHERE`` group.
    """
    return set().union(*(group.variables for group in _groups(text)))


def _edits(group: _Group, rows: Sequence[Mapping[str, Term]]) -> list[tuple[int, str]]:
    wanted = [name for name in rows[0] if group.outermost or name in group.variables]
    if not wanted or (group.subselect and not group.outermost):
        return []
    variables = " ".join(f"?{name}" for name in wanted)
    values = " ".join(f"({' '.join(str(row[name]) for name in wanted)})" for row in rows)
    block = f" VALUES ({variables}) {{ {values} }}"
    if group.subselect:
        return [(group.start, f"{block} {{"), (group.end, "} ")]
    return [(group.start, block)]


@lru_cache(maxsize=256)  # pages bind the same few queries again and again
def _groups(text: str) -> list[_Group]:
    """Find the group graph patterns of a query, the outermost first; they are not to be changed."""
    parts = [token for token in tokens(text) if token.kind not in ("space", "comment")]
    start = next(
        (n for n, part in enumerate(parts) if part.is_word("select", "ask", "describe", "construct")), None
    )
    if start is None:
        raise QueryError("no SELECT, ASK, DESCRIBE or CONSTRUCT to bind parameters in")
    if parts[start].is_word("construct"):
        if start + 1 == len(parts) or parts[start + 1].text != "{":
            raise QueryError("parameters cannot be bound in « CONSTRUCT WHERE »: write the template out")
        start = _after_block(parts, start + 1)
    found: list[_Group] = []
    open_blocks: list[_Group | None] = []  # None for the data of a VALUES
    depth = 0  # of parentheses outside every group: a projection may hold EXISTS { … }
    data_next = False
    before: set[str] = set()
    for previous, part in pairwise([parts[start], *parts[start:]]):
        innermost = next((group for group in reversed(open_blocks) if group), None)
        if part.is_word("values"):
            data_next = True
        elif part.is_word("select") and innermost and previous.text == "{":
            innermost.subselect = True
        elif part.text == "{":
            group = None if data_next else _Group(part.end)
            if group:
                group.outermost = depth == 0 and not open_blocks and not any(g.outermost for g in found)
                found.append(group)
            open_blocks.append(group)
            data_next = False
        elif part.text == "}":
            if not open_blocks:
                raise QueryError("the query closes a brace that it did not open")
            closed = open_blocks.pop()
            if closed:
                closed.end = part.start
        elif part.text in ("(", ")") and not open_blocks:
            depth += 1 if part.text == "(" else -1
        else:
            (innermost.variables if innermost else before).update(_variables(part))
    if open_blocks or not any(group.outermost for group in found):
        raise QueryError("the query has no complete WHERE group to bind parameters in")
    next(group for group in found if group.outermost).variables |= before
    return found


def _after_block(parts: list[Token], opening: int) -> int:
    depth = 0
    for n in range(opening, len(parts)):
        depth += {"{": 1, "}": -1}.get(parts[n].text, 0)
        if depth == 0:
            return n + 1
    raise QueryError("the template of the query is not closed")


def _variables(part: Token) -> set[str]:
    # « ?a<?b&&?c>?d » holds no IRI, though it can be cut as if it did
    if part.kind == "variable" or (part.kind == "iri" and part.text[1:2] in ("?", "$")):
        return set(re.findall(r"[?$](\w+)", part.text))
    return set()
