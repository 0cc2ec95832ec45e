"""Strategies of hypothesis for requests that nobody would send: what is valid, cut, doubled, misquoted."""

import json
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from innograph.resources import queries
from innograph.store.queries import read_queries

QUERIES = sorted(query.text for query in read_queries(queries() / "examples").values())

_ODD = (
    "\0", "\r\n", "\x7f", "\ud800", "\udfff", "\ufeff", "\u202e", "\U0010ffff", "é", "\\", "\\u0000",
    "\\uD800", "%", "%z", "%00", "%ff", "%C3", "&", "=", ";", "+", "#", "'", '"', "<", "<a b>", "{", "}}",
    "[", "(", ")" * 50, "9" * 400, "-1e999", "LIMIT 99999999999999999999", "OFFSET -1", "SERVICE", "VALUES",
    "<<", "{|", "_:", "^^", "@", "?", "inno:", "FROM", "BIND(", "REDUCED", "1SERVICE", "/*", "*" * 50,
    "(" * 500, "../", "//", ".",
)  # fmt: skip
_places = st.integers(0, 10**6)
_characters = st.characters(exclude_categories=())
_edit = st.tuples(
    st.sampled_from(("cut", "double", "repeat", "end", "odd", "odd", "character")),
    _places,
    st.integers(0, 40),
    st.sampled_from(_ODD),
    _characters,
)


def mutated(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Give one of ``texts`` after some edits."""
    return st.builds(_edited, texts, st.lists(_edit, min_size=1, max_size=4))


def _edited(text: str, edits: list[tuple[str, int, int, str, str]]) -> str:
    for what, place, length, odd, character in edits:
        start = place % (len(text) + 1)
        end = min(len(text), start + length)
        middle = {
            "cut": "",
            "double": text[start:end] * 2,
            "repeat": text[start:end] * 50,
            "odd": text[start:end] + odd,
            "character": character,
        }
        text = text[:start] if what == "end" else text[:start] + middle[what] + text[end:]
    return text


def _form(parameters: list[tuple[str, str, str]]) -> bytes:
    """Write parameters as a form has them, each quoted in its way: rightly, not at all, or broken off."""
    written = []
    for name, value, way in parameters:
        raw = value.encode("utf-8", "surrogatepass")
        quoted = quote_from_bytes(raw).encode()
        bytes_of = {
            "quoted": quoted,
            "raw": raw,
            "broken": quoted[:-1],
            "spaces": quoted.replace(b"%20", b"+"),
        }
        written.append(name.encode("utf-8", "surrogatepass") + b"=" + bytes_of[way])
    return b"&".join(written)


def forms(*parameters: tuple[str, st.SearchStrategy[str]]) -> st.SearchStrategy[bytes]:
    """Give forms with some of these parameters, each perhaps more than once."""
    ways = st.sampled_from(("quoted", "quoted", "quoted", "spaces", "raw", "broken"))
    one = st.one_of(*(st.tuples(st.just(name), values, ways) for name, values in parameters))
    return st.lists(one, min_size=1, max_size=4).map(_form)


valid_queries = st.sampled_from(QUERIES)
odd_words = st.one_of(
    st.sampled_from(_ODD), st.text(_characters, max_size=20), st.text("0123456789-+.eE", max_size=30)
)

_names = st.sampled_from(
    ("a", "elancourt", "78208", "217802081", "commune", "organization/elancourt", "siren", "id", "v", "pid",
     "query", "type", "limit", "properties", "type_strict", "ids", "settings", "lang", "\ud800", "\0", "//",
     "")
)  # fmt: skip
any_json = st.recursive(
    st.none()
    | st.booleans()
    | st.sampled_from((0, -1, 10**30, 1e308, float("nan"), float("inf"), "x" * 300))
    | _names,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names, inner, max_size=3),
    max_leaves=8,
)


def _object(**fields: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.fixed_dictionaries({}, optional=fields)


reconciliation = st.one_of(
    any_json,
    st.dictionaries(
        _names,
        _object(query=_names | any_json, type=_names | any_json, limit=any_json, properties=any_json),
        max_size=3,
    ),
    _object(
        ids=st.lists(_names, max_size=3) | any_json,
        properties=st.lists(_object(id=_names, settings=any_json), max_size=3) | any_json,
        lang=any_json,
    ),
).map(json.dumps)
"""JSON like that which the reconciliation service is sent."""

_header_names = st.sampled_from(
    ("accept", "accept-language", "accept-encoding", "content-type", "if-none-match", "if-modified-since",
     "range", "host", "origin", "cookie", "x-forwarded-for", "content-length", "authorization", "expect",
     "user-agent", "access-control-request-method", "transfer-encoding", "content-encoding")
).map(str.encode)  # fmt: skip
_header_values = st.sampled_from(
    ("*/*", "text/html", "application/json;q=2", "text/csv;q=,;;", "a/b;q=nan", "gzip;q=1e9", "zstd",
     "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=",
     "application/sparql-query; charset=", "application/sparql-query; charset=utf-16", "bytes=5-1",
     "bytes=0-", "bytes=999999999999999999999-", 'W/"', '""', "Mon, 99 Foo 2020", "::1", "1.2.3.4, evil",
     "-5", "9" * 20, " ,;=\"", 'text/"x"; a="\\"', "localhost:99999", "a@b", "[::", "evil.example/../x",
     "fr,en;q=x")
)  # fmt: skip
headers = st.lists(
    st.tuples(
        _header_names,
        # a server hands over what has no control characters
        _header_values.map(str.encode)
        | st.binary(max_size=30).map(lambda raw: bytes(b for b in raw if b > 31)),
    ),
    max_size=4,
)
