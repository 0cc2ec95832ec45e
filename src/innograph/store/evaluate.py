"""Answering a query: a thin layer over Oxigraph that knows our prefixes and says clearly what it refuses."""

import re
from collections.abc import Collection, Iterable

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from innograph.errors import InnographError, QueryError, SnapshotError, StoreError
from innograph.namespaces import BASE, QUERY_PREFIXES
from innograph.store.tokens import services, tokens, weight

Answer = QuerySolutions | QueryBoolean | QueryTriples

MOST_TOKENS = 2000
"""Length of a query, lists of VALUES apart. Oxigraph calls itself for each part of a query: from about 4000
parts on, in a thread with 2 MB of stack, it would take the whole process down."""

_BEGINNINGS = {name: (f"{name}:", iri) for name, iri in QUERY_PREFIXES.items()}
DISK_SAYS = ("Corruption", "IO error")
"""How the errors begin that are the disk's and not the query's; they name files of this machine."""

_POSITION = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_REASON = re.compile(r"(?:The |SELECT |IRI |Prefix |language )[\w* ]*[a-z][\w* ]*")
_TERMINAL = re.compile(r'"|\[[^_]')
_KEYWORD = re.compile(r"[A-Z]{2,}")


def evaluate(
    store: Store,
    text: str,
    *,
    default_graph_uris: Iterable[str] = (),
    named_graph_uris: Iterable[str] = (),
    endpoints: Collection[str] = (),
    ours: bool = False,
) -> Answer:
    """Answer a SPARQL 1.1 query over ``store``; our own list of prefixes needs no declaration.

    Relative IRIs are taken from :data:`~innograph.namespaces.BASE` where the query names no other (SPARQL
    1.1, section 4.1.1; RFC 3986, section 5.1.4): ``<id/rank/gold>`` is a thing of ours on every host.

    Graphs given here replace ``FROM`` and ``FROM NAMED`` of the query (SPARQL 1.1 Protocol, section 2.1.4):
    with ``named_graph_uris`` alone, the default graph is empty. Several default graphs are put side by side:
    a triple that two of them hold counts twice.

    :param endpoints: the addresses that ``SERVICE`` may name; by default none.
    :param ours: whether the query is a file of ``queries/`` with its values: it is not weighed, which would
        take as long as answering it.
    :raises QueryError: the text is no query, is too long, uses ``SERVICE`` with another address, or calls
        a function that does not exist; where Oxigraph tells, with ``line`` and, in the message, the column.
    :raises SnapshotError: the files of the database are damaged.
    """
    if not ours and len(text) > MOST_TOKENS and weight(text) > MOST_TOKENS:
        raise QueryError(
            f"the query has more than {MOST_TOKENS} words and signs: split it, or put long lists into VALUES",
            french=f"la requête a plus de {MOST_TOKENS} mots et signes : divisez-la, ou mettez les longues "
            "listes dans VALUES",
        )
    for address in services(text, QUERY_PREFIXES):
        if address not in endpoints:
            raise _no_service(endpoints)
    default_graph: list[NamedNode | BlankNode | DefaultGraph] = [_graph(uri) for uri in default_graph_uris]
    named_graphs: list[NamedNode | BlankNode] = [_graph(uri) for uri in named_graph_uris]
    chosen = bool(default_graph or named_graphs)
    try:
        return store.query(
            text,
            base_iri=BASE,
            prefixes=_may_use(text),
            default_graph=default_graph if chosen else None,
            named_graphs=named_graphs if chosen else None,
        )
    except SyntaxError as error:
        raise _refusal(text, str(error)) from error
    except RuntimeError as error:
        if str(error).startswith(DISK_SAYS):
            raise SnapshotError(f"the database cannot be read ({error})") from error
        raise QueryError(str(error)) from error


def _no_service(endpoints: Collection[str]) -> QueryError:
    if not endpoints:
        return QueryError(
            "SERVICE is not available here: this endpoint asks no other endpoint",
            french="SERVICE n'est pas disponible ici : ce point d'accès n'en interroge aucun autre",
        )
    listed = ", ".join(sorted(endpoints))
    return QueryError(
        f"SERVICE is available here for these endpoints alone, written out in full: {listed}",
        french=f"SERVICE n'est disponible ici que pour ces points d'accès, écrits en entier : {listed}",
    )


def _may_use(text: str) -> dict[str, str]:
    """Give those of our prefixes that a query may use: to hand Oxigraph all takes a fifth of a small lookup.

    >>> list(_may_use("ASK { ?x a inno:Award ; schema:name 'skos' }"))
    ['inno', 'schema']
    """
    return {name: iri for name, (start, iri) in _BEGINNINGS.items() if start in text}


def failure(error: OSError) -> InnographError:
    """Say what an error of the system means that Oxigraph met while it computed an answer.

    >>> type(failure(OSError("IO error: No such file"))).__name__, failure(OSError("refused")).fault
    ('SnapshotError', 'service')
    """
    if str(error).startswith(DISK_SAYS):
        return SnapshotError(f"the database cannot be read ({error})")
    return StoreError(f"an endpoint asked by SERVICE gives no answer ({error})", "service")


def _graph(uri: str) -> NamedNode:
    try:
        return NamedNode(uri)
    except ValueError as error:
        raise QueryError(f"not the IRI of a graph: {uri!r} ({error})") from error


def _refusal(text: str, message: str) -> QueryError:
    """Say where a query stops being SPARQL, in which line and column, counted from 1."""
    found = _POSITION.match(message)
    if not found:
        return QueryError(f"not a SPARQL query: {message}")
    line, column, expected = int(found[1]), int(found[2]), found[3]
    farthest = sum(len(before) + 1 for before in text.split("\n")[: line - 1]) + column - 1
    reason = _REASON.search(expected)
    if reason:
        fault = _start_of_token(text, farthest - 1)
    elif _TERMINAL.search(expected):
        fault = _start_of_token(text, farthest)
    else:  # only keywords were looked for: Oxigraph names the place where they would have ended
        fault = _start_of_token(text, farthest - min(map(len, _KEYWORD.findall(expected)), default=0))
    line = text.count("\n", 0, fault) + 1
    column = fault - text.rfind("\n", 0, fault)
    near = " ".join(text[fault:].split())[:30]
    where = f"near « {near} »" if near else "at the end"
    because = f" ({reason[0]})" if reason else ""
    return QueryError(f"line {line}, column {column}: not SPARQL {where}{because}", line=line)


def _start_of_token(text: str, offset: int) -> int:
    """Give the start of the token at ``offset``, or of the next one that can be seen."""
    for token in tokens(text):
        if token.end > offset and token.kind not in ("space", "comment"):
            return token.start
    return len(text)
