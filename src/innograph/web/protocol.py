"""Reading a request of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/, section 2.1).

And of its relative at ``/queries/<name>``, where the query is one of ours. Nothing here knows of a server: a
request is its method, its query string, its type and its body.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from werkzeug.exceptions import BadRequest, NotFound, UnsupportedMediaType
from werkzeug.http import parse_options_header

from innograph.store.engine import Question
from innograph.store.formats import SOLUTIONS, TRIPLES, find_format
from innograph.store.queries import NamedQuery

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"

MOST_FIELDS = 1000
"""Parameters of a request."""

LONGEST_FORGIVEN = 10_000
"""Bytes of parameters in which a percent sign may begin no escape: to read such a text as it was meant takes
forty times as long, in which nobody else is answered."""

Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for."""

    question: Question | None
    """None where there is no query: then the client wants to know what this endpoint is."""
    format: str | None = None
    most_rows: int | None = None
    snapshot: str | None = None
    values: Values = field(default_factory=dict)
    """All parameters, those that the protocol does not know too."""


def read(method: str, query_string: bytes, content_type: str | None, body: bytes) -> Asked:
    """Read a request.

    :raises BadRequest: it breaks the protocol; says how.
    :raises UnsupportedMediaType: its body is of no type that the protocol knows.

    >>> read("GET", b"query=ASK+%7B%7D&max-rows=5", None, b"").question
    Question(text='ASK {}', default_graph_uris=(), named_graph_uris=())
    """
    values = parse(query_string)
    text: str | None = None
    if method == "POST":
        kind, options = parse_options_header(content_type or "")
        if kind == QUERY:
            if "query" in values:
                raise BadRequest("two queries: one in the address and one in the body")
            text = _text(body, options.get("charset", "utf-8"))
        elif kind == FORM:
            for name, more in parse(body).items():
                values[name] = [*values.get(name, ()), *more]
        else:
            raise UnsupportedMediaType(f"POST a query as {FORM} or as {QUERY}, not as {kind or 'nothing'}")
    if "update" in values:
        raise BadRequest("this endpoint answers queries; it takes no updates")
    if text is None:
        queries = values.get("query", ())
        if len(queries) > 1:
            raise BadRequest("more than one query: ask one at a time")
        text = queries[0] if queries else None
    if text is None and (method == "POST" or values.keys() - {"format", "lang"}):
        raise BadRequest(f"no query: give ?query=, or POST the text as {QUERY}")
    graphs = {
        name: tuple(values.get(parameter, ()))
        for name, parameter in (
            ("default_graph_uris", "default-graph-uri"),
            ("named_graph_uris", "named-graph-uri"),
        )
    }
    question = Question(text, **graphs) if text is not None else None
    return Asked(question, _one(values, "format"), most_rows(values), _one(values, "snapshot"), values)


def read_named(name: str, query_string: bytes, examples: Mapping[str, NamedQuery]) -> Asked:
    """Read a request for a ready-made question: its name, perhaps with a suffix, and its parameters.

    :raises NotFound: there is no such question, or it has no such format.
    :raises QueryError: a parameter is wrong.
    """
    stem, _, suffix = name.rpartition(".")
    format = None
    if stem in examples and find_format(suffix, (*SOLUTIONS, *TRIPLES)):
        format = suffix
    else:
        stem = name
    if stem not in examples:
        raise NotFound(f"no question is called {stem!r}; the list is at /queries")
    values = parse(query_string)
    ours = ("format", "lang", "max-rows", "snapshot")
    given = {parameter: values[parameter][-1] for parameter in values if parameter not in ours}
    options = {parameter: values[parameter][-1] or None for parameter in ours if parameter in values}
    return Asked(
        Question(examples[stem].bound(given)),
        format or options.get("format"),
        most_rows(values),
        options.get("snapshot"),
        values,
    )


def parse(encoded: bytes) -> dict[str, Sequence[str]]:
    """Read parameters as a form has them, in the order in which they stand.

    :raises BadRequest: they are not UTF-8, or too many; or many, with percent signs that are none.
    """
    forgiving = len(encoded) <= LONGEST_FORGIVEN
    values: dict[str, list[str]] = {}
    fields = encoded.replace(b"+", b" ").split(b"&", MOST_FIELDS)
    if len(fields) > MOST_FIELDS:
        raise BadRequest(f"more than {MOST_FIELDS} parameters")
    try:
        for name, equals, value in (field.partition(b"=") for field in fields):
            if name or equals:
                values.setdefault(_unquoted(name, forgiving), []).append(_unquoted(value, forgiving))
    except UnicodeDecodeError as error:
        raise BadRequest("the parameters are not UTF-8") from error
    return dict(values)


def most_rows(values: Values) -> int | None:
    """Read the parameter ``max-rows``.

    :raises BadRequest: it is not a whole number.
    """
    given = _one(values, "max-rows")
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise BadRequest(f"max-rows must be a whole number, not {given!r}")
    return int(given)


def _one(values: Values, name: str) -> str | None:
    given = values.get(name, ())
    return given[0] if given and given[0] else None


def _unquoted(text: bytes, forgiving: bool = True) -> str:
    r"""Read what stands in an address, percent signs and all, as UTF-8.

    The escapes are read as those of Python (``%C3`` as ``\xC3``), which is ten times as quick as
    :func:`urllib.parse.unquote`; where a percent sign is none, that function has the word.

    >>> _unquoted(b"caf%C3%A9 \\x41"), _unquoted(b"100 %"), _unquoted(b"%zz")
    ('café \\x41', '100 %', '%zz')
    """
    if b"%" not in text:
        return text.decode("utf-8")
    escaped = text.replace(b"\\", b"\\\\").replace(b"%", b"\\x")
    try:
        read = escaped.decode("unicode_escape").encode("latin-1")
    except UnicodeDecodeError:
        if not forgiving:
            raise BadRequest("a percent sign that begins no escape: write it as %25") from None
        read = unquote_to_bytes(text)
    return read.decode("utf-8")


def _text(body: bytes, charset: str) -> str:
    if charset.lower() not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaType(f"a query is UTF-8, not {charset}")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"the query is not UTF-8 (byte {error.start + 1})") from error
