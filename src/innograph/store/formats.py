"""The formats in which answers are written: names, media types, file extensions; the one table of them."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Protocol, cast

from pyoxigraph import (
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from innograph.errors import QueryError, SnapshotError, StoreError
from innograph.namespaces import PREFIXES
from innograph.store.evaluate import DISK_SAYS, Answer


class Output(Protocol):
    """Something that bytes can be written into."""

    def write(self, data: bytes, /) -> int:
        """Take all of ``data`` and give its length."""

    def flush(self) -> None:
        """Let nothing wait."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the name and extension that people type, its media type, and others to accept."""

    name: str
    extension: str
    media_type: str
    syntax: QueryResultsFormat | RdfFormat
    accepted: tuple[str, ...] = ()

    @property
    def media_types(self) -> tuple[str, ...]:
        """List the media types under which clients may ask for this format, the standard one first."""
        return (self.media_type, *self.accepted)

    @property
    def content_type(self) -> str:
        """Give the value of the header Content-Type."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


SOLUTIONS = (
    Format(
        "json",
        "json",
        "application/sparql-results+json",
        QueryResultsFormat.JSON,
        ("application/json", "text/json"),
    ),
    Format(
        "xml",
        "xml",
        "application/sparql-results+xml",
        QueryResultsFormat.XML,
        ("application/xml", "text/xml"),
    ),
    Format("csv", "csv", "text/csv", QueryResultsFormat.CSV),
    Format("tsv", "tsv", "text/tab-separated-values", QueryResultsFormat.TSV),
)
"""Formats for the answers to SELECT and ASK; the first is the one for clients that do not mind."""

TRIPLES = (
    Format("turtle", "ttl", "text/turtle", RdfFormat.TURTLE, ("application/x-turtle",)),
    Format("jsonld", "jsonld", "application/ld+json", RdfFormat.JSON_LD, ("application/json",)),
    Format("ntriples", "nt", "application/n-triples", RdfFormat.N_TRIPLES, ("text/plain",)),
    Format("rdfxml", "rdf", "application/rdf+xml", RdfFormat.RDF_XML, ("application/xml", "text/xml")),
    Format("trig", "trig", "application/trig", RdfFormat.TRIG),
    Format("nquads", "nq", "application/n-quads", RdfFormat.N_QUADS),
)
"""Formats for the answers to CONSTRUCT and DESCRIBE."""

ONE_GRAPH = tuple(format for format in TRIPLES if format.name not in ("trig", "nquads"))
"""Formats for what is one graph by nature: the description of a thing, the vocabulary, the rules."""


def formats_for(answer: Answer) -> tuple[Format, ...]:
    """List the formats in which an answer can be written, the preferred one first."""
    return TRIPLES if isinstance(answer, QueryTriples) else SOLUTIONS


def find_format(name: str, formats: Iterable[Format]) -> Format | None:
    """Find a format by name, extension or media type; None if there is none such among ``formats``.

    >>> [find_format(name, TRIPLES).name for name in ("ttl", "turtle", "text/turtle")]
    ['turtle', 'turtle', 'turtle']
    >>> find_format("csv", TRIPLES) is None
    True
    """
    wanted = name.lower()
    return next((f for f in formats if wanted in (f.name, f.extension, *f.media_types)), None)


def write_answer(answer: Answer, format: Format) -> bytes:
    """Write an answer in a format of :func:`formats_for`, UTF-8.

    :raises QueryError: the format cannot hold it.
    """
    buffer = io.BytesIO()
    write_into(buffer, answer, format)
    return finished(buffer.getvalue(), format)


def write_triples(triples: Iterable[Triple], format: Format) -> bytes:
    """Write triples in a format of :data:`TRIPLES`, UTF-8, with our prefixes where the format has any.

    The same triples in the same order give the same bytes.

    :raises QueryError: the format cannot hold them: a triple term in JSON-LD, some predicates in RDF/XML.
    """
    buffer = io.BytesIO()
    write_triples_into(buffer, triples, format)
    return finished(buffer.getvalue(), format)


def write_into(output: Output, answer: Answer, format: Format) -> None:
    """Write an answer into ``output``, piece by piece; what ``output`` raises passes through.

    :raises QueryError: the format cannot hold it, or what is left of it cannot be computed.
    :raises StoreError: it comes from another server and makes no sense.
    :raises SnapshotError: the files of the database are damaged.
    """
    try:
        if isinstance(answer, QueryTriples):
            write_triples_into(output, answer, format)
        elif isinstance(format.syntax, QueryResultsFormat):
            if format.name == "xml":
                output = _XML(output, format.name, "JSON")
            answer.serialize(cast(IO[bytes], output), format.syntax)
        else:
            raise TypeError(f"{format.name} is not a format for solutions")
    except (RuntimeError, OSError) as error:
        if str(error).startswith(DISK_SAYS):
            raise SnapshotError(f"the database cannot be read ({error})") from error
        if isinstance(error, OSError):
            raise
        raise QueryError(str(error)) from error
    except SyntaxError as error:  # what another server answered is read only here
        raise StoreError(f"the answer of the engine makes no sense ({error})", "nonsense") from error


def finished(written: bytes, format: Format) -> bytes:
    """Give what was written as it should be: of the prefixes, those that are used, sorted."""
    return _with_used_prefixes(written) if format.name in ("turtle", "trig") else written


def write_triples_into(output: Output, triples: Iterable[Triple], format: Format) -> None:
    """Write triples into ``output``; see :func:`write_triples` and :func:`write_into`."""
    if not isinstance(format.syntax, RdfFormat):
        raise TypeError(f"{format.name} is not a format for triples")
    if format.name == "rdfxml":
        output = _XML(output, format.name, "Turtle or N-Triples")
    try:
        serialize(triples, cast(IO[bytes], output), format=format.syntax, prefixes=dict(PREFIXES))
    except OSError as error:  # thus Oxigraph says, too, what a format has no place for
        if str(error).startswith(DISK_SAYS):
            raise
        message = f"{format.name} cannot hold this answer ({error}): ask for Turtle or N-Triples"
        raise QueryError(message) from error


class _XML:
    """Let through what XML 1.0 can hold (section 2.2), which Oxigraph does not look at.

    It writes whole characters, and carriage returns as they are, which a reader would take for line feeds.
    """

    _CONTROLS = bytes({*range(32)} - {*b"\t\n\r"})
    _NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())

    def __init__(self, output: Output, format: str, instead: str) -> None:
        self._output = output
        self._refusal = (
            f"{format} cannot hold this answer (a character that XML has no place for): ask for {instead}"
        )

    def write(self, data: bytes) -> int:
        if len(data.translate(None, self._CONTROLS)) != len(data) or any(
            none in data for none in self._NO_CHARACTERS
        ):
            raise QueryError(self._refusal)
        self._output.write(data.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        self._output.flush()


_DECLARATION = re.compile(rb"@prefix ([a-z]+): <[^>]*> \.\n")
_NAME = re.compile(rb'"(?:[^"\\]|\\.)*"|<[^<>\s]*>|([a-z]+):\S*')


def _with_used_prefixes(turtle: bytes) -> bytes:
    """Keep the prefixes that are used, sorted: Oxigraph declares them all, each time in another order."""
    declarations = {}
    start = 0
    while found := _DECLARATION.match(turtle, start):
        declarations[found[1]] = found[0]
        start = found.end()
    used = {found[1] for found in _NAME.finditer(turtle, start)}
    return b"".join(declarations[name] for name in sorted(used & declarations.keys())) + turtle[start:]
