r"""SPARQL cut into tokens: enough to know what stands in a string, a comment, an IRI or a name.

This is no parser: Oxigraph has the last word on what is SPARQL. Where the grammar leaves a choice, the cut
is the one that hides least (SPARQL 1.1, section 19.8, and the behaviour of Oxigraph).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from innograph.namespaces import ID

Kind = Literal[
    "space", "comment", "string", "iri", "variable", "blank", "language", "name", "number", "word", "mark"
]

_LETTER = r"A-Za-z_\x80-\U0010ffff"
_LOCAL = rf"(?:[{_LETTER}0-9:\-]|%[0-9A-Fa-f]{{2}}|\\.)"
_TOKEN = rf"""
      (?P<space>[ \t\r\n]+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<string>\"\"\"(?:"{{0,2}}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
               | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<iri><[^<>"{{}}|^`\x00-\x20]*>)
    | (?P<variable>[?$][{_LETTER}0-9]+)
    | (?P<blank>_:[{_LETTER}0-9](?:[{_LETTER}0-9\-]|\.+(?=[{_LETTER}0-9\-]))*)
    | (?P<language>@[A-Za-z]+(?:-+[A-Za-z0-9]+)*)
    | (?P<number>[0-9]+)
    | (?P<name>(?:[{_LETTER}](?:[{_LETTER}0-9\-]|\.+(?=[{_LETTER}0-9\-]))*)?:(?:{_LOCAL}|\.+(?={_LOCAL}))*)
    | (?P<word>[{_LETTER}][{_LETTER}0-9]*)
    | (?P<mark>\{{\||\|\}}|.)
    """

_OUR_THINGS = re.compile(rf"<{re.escape(ID)}[A-Za-z0-9._~/-]*>")
"""Addresses of ours: IRIs, or parts of a string or a comment, as nothing in them ends one."""


@cache
def _pattern() -> re.Pattern[str]:
    """Compile when the first text is cut: it takes longer than a query worker needs to start."""
    return re.compile(_TOKEN, re.VERBOSE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: what kind it is, its text, and the offset where it starts."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Give the offset after the last character."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Tell whether this is one of these keywords, in whatever case.

        >>> Token("word", "Select", 0).is_word("select", "ask")
        True
        """
        return self.kind == "word" and self.text.lower() in words


def tokens(text: str) -> Iterator[Token]:
    """Cut ``text`` into tokens; put together again they are the same text. Any text can be cut.

    >>> [token.text for token in tokens("ASK{?s ex:a '}'}#}")]
    ['ASK', '{', '?s', ' ', 'ex:a', ' ', "'}'", '}', '#}']
    """
    for match in _pattern().finditer(text):
        kind: Kind = match.lastgroup  # type: ignore[assignment]  # every alternative is a named group
        yield Token(kind, match.group(), match.start())


def asks_for_service(text: str) -> bool:
    """Tell whether a query may hold the keyword SERVICE: outside strings, comments, IRIs and variables.

    Oxigraph does without spaces around keywords: it reads ``1SERVICE`` as two tokens, ``SERVICE:x`` as the
    keyword and the name ``:x``, ``ex:a.b.SERVICE`` as a name, a full stop and the keyword. All these count,
    so a prefix called ``service`` is refused too.

    >>> asks_for_service("SELECT ?service { ?service a <http://example.org/Service>, ex:Service } # SERVICE")
    False
    >>> asks_for_service("SELECT * { service<http://example.org/>{} }")
    True
    """
    if "service" not in text.lower():
        return False
    left = _OUR_THINGS.sub("", text)  # many are called « service »; cutting a text takes half a millisecond
    return "service" in left.lower() and any(_may_be_service(token) for token in tokens(text))


def services(text: str, prefixes: Mapping[str, str]) -> list[str | None]:
    """List the endpoints that a query may ask by ``SERVICE``; None for one that is not written out in full.

    :param prefixes: those that hold where the query declares no other.

    >>> services("PREFIX e: <http://e/> ASK { SERVICE SILENT e:a {} SERVICE ?x {} SERVICE<http://f/>{} }", {})
    ['http://e/a', None, 'http://f/']
    """
    if not asks_for_service(text):
        return []
    parts = [token for token in tokens(text) if token.kind not in ("space", "comment")]
    known = dict(prefixes)
    found: list[str | None] = []
    for n, part in enumerate(parts):
        following = [token for token in parts[n + 1 : n + 3] if not token.is_word("silent")]
        if part.is_word("prefix") and len(following) == 2 and following[1].kind == "iri":
            known[following[0].text.removesuffix(":")] = following[1].text[1:-1]
        elif _may_be_service(part):
            found.append(_address(following[0], known) if part.is_word("service") and following else None)
    return found


def _address(token: Token, prefixes: Mapping[str, str]) -> str | None:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, colon, local = token.text.partition(":")
    plain = token.kind == "name" and colon and not set(local) & set("\\%")
    return prefixes[prefix] + local if plain and prefix in prefixes else None


def weight(text: str) -> int:
    """Count the parts of a query that Oxigraph may nest: every token but blanks and ``VALUES`` data.

    >>> weight("ASK { ?s ?p 1 } # why"), weight("ASK { VALUES ?x { 1 2 3 4 5 6 7 } }")
    (6, 6)
    """
    count = 0
    values = data = False  # after the word VALUES; inside its braces
    for token in tokens(text):
        if token.kind in ("space", "comment"):
            continue
        if data:
            data = token.text != "}"
            count += token.text == "<"  # a triple term, which may hold another
        else:
            count += 1
            data = values and token.text == "{"
            values = token.is_word("values") or (values and not data)
    return count


def _may_be_service(token: Token) -> bool:
    text = token.text.lower()
    if token.kind == "name":
        prefix, _, local = text.partition(":")
        return "service" in prefix or ".service" in local
    return token.kind == "word" and "service" in text
