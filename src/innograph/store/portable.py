"""A query made ready for any SPARQL 1.1 engine: what only ours knows is written out."""

import re
from collections.abc import Mapping

from innograph.store.tokens import Token, tokens

_ESCAPE = re.compile(r"\\(.)")
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")


def portable(text: str, prefixes: Mapping[str, str], base: str) -> str:
    r"""Declare what a query uses of our ``prefixes`` and ``base`` and does not declare; write out escapes.

    Virtuoso reads no ``\/`` in a name. The declarations stand before the first line, so that an engine that
    complains of a line means the one that its author sees.

    >>> portable(r'ASK { ex:a\/b a ex:C . ?x e:p "ex:d" }', {"ex": "http://e/", "f": "http://f/"}, "")
    'PREFIX ex: <http://e/> ASK { <http://e/a/b> a ex:C . ?x e:p "ex:d" }'
    >>> portable("ASK { <a> <b:c> 1 }", {}, "http://e/")
    'BASE <http://e/> ASK { <a> <b:c> 1 }'
    >>> portable("BASE <http://f/> ASK { <a> <b> 1 }", {}, "http://e/")
    'BASE <http://f/> ASK { <a> <b> 1 }'
    """
    parts = list(tokens(text))
    declared = _declared(parts)
    known = {**prefixes, **declared}
    written = []
    used = set()
    for part in parts:
        prefix, _, local = part.text.partition(":")
        if part.kind == "name" and "\\" in local and prefix in known:
            written.append("<" + known[prefix] + _ESCAPE.sub(r"\1", local) + ">")
            continue
        if part.kind == "name":
            used.add(prefix)
        written.append(part.text)
    wanted = sorted((used & prefixes.keys()) - declared.keys())
    relative = any(part.kind == "iri" and not _ABSOLUTE.match(part.text) for part in parts)
    own = [] if not relative or any(part.is_word("base") for part in parts) else [f"BASE <{base}> "]
    own += [f"PREFIX {prefix}: <{prefixes[prefix]}> " for prefix in wanted]
    return "".join([*own, *written])


def names_its_graphs(text: str) -> bool:
    """Tell whether a query says by ``FROM`` which graphs it is asked of.

    >>> names_its_graphs("SELECT * FROM<http://e/> { }"), names_its_graphs("SELECT ?from { ?from ?p 'FROM' }")
    (True, False)
    """
    return "from" in text.lower() and any(
        part.kind == "word" and part.text.lower().startswith("from") for part in tokens(text)
    )


def _declared(parts: list[Token]) -> dict[str, str]:
    """Read the declarations of a query: prefixes with what they stand for."""
    solid = [part for part in parts if part.kind not in ("space", "comment")]
    found = {}
    for n, part in enumerate(solid[:-2]):
        name, iri = solid[n + 1], solid[n + 2]
        if part.is_word("prefix") and name.text.endswith(":") and iri.kind == "iri":
            found[name.text.removesuffix(":")] = iri.text[1:-1]
    return found
