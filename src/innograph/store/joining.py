"""Joining queries: what one query selects, narrowed to what others find too."""

import textwrap
from collections.abc import Sequence

from innograph.errors import QueryError
from innograph.store.tokens import Token, tokens


def narrow(text: str, conditions: Sequence[str]) -> str:
    r"""Give ``text`` with each of ``conditions`` as a sub-query at the beginning of its ``WHERE`` group.

    A condition is a SELECT; it narrows ``text`` by the variables that both name and it selects. What else
    it names is its own. The prefixes of all stand at the head.

    :raises QueryError: two prefixes differ, or one of the queries has no ``WHERE`` group.

    >>> condition = "PREFIX ex: <http://ex.org/>\nSELECT ?s WHERE { ?s a ex:C }"
    >>> print(narrow("SELECT ?s WHERE {\n  ?s ?p ?o\n}", [condition]))
    PREFIX ex: <http://ex.org/>
    <BLANKLINE>
    SELECT ?s WHERE {
      {
        SELECT ?s WHERE { ?s a ex:C }
      }
      ?s ?p ?o
    }
    """
    if not conditions:
        return text
    prefixes, body = _cut(text)
    groups = []
    for condition in conditions:
        own, query = _cut(condition)
        for name, address in own.items():
            if prefixes.setdefault(name, address) != address:
                raise QueryError(f"the prefix {name} stands for two things")
        groups.append("\n  {\n" + textwrap.indent(query.strip("\n"), "    ") + "\n  }")
    opening = _opening(body)
    head = "".join(f"PREFIX {name} {address}\n" for name, address in sorted(prefixes.items()))
    return f"{head}\n{body[:opening]}{''.join(groups)}{body[opening:]}"


def _cut(text: str) -> tuple[dict[str, str], str]:
    """Give the prefixes of a query, and what follows them."""
    prefixes: dict[str, str] = {}
    words = _words(text)
    place = 0
    while place + 2 < len(words) and words[place].is_word("prefix"):
        prefixes[words[place + 1].text] = words[place + 2].text
        place += 3
    return prefixes, text[words[place].start :] if place < len(words) else ""


def _opening(body: str) -> int:
    """Give the offset behind the brace that opens the ``WHERE`` group."""
    words = _words(body)
    place = next((n for n, token in enumerate(words) if token.is_word("where")), len(words))
    if place + 1 >= len(words) or words[place + 1].text != "{":
        raise QueryError("the query has no WHERE group to join others in")
    return words[place + 1].end


def _words(text: str) -> list[Token]:
    return [token for token in tokens(text) if token.kind not in ("space", "comment")]
