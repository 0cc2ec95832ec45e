"""Reading RDF files of any syntax, by their extension."""

from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from innograph.errors import DataError


def read_quads(path: Path) -> list[Quad]:
    """Read the quads of an RDF file, in the syntax that its extension says (``.ttl``, ``.trig`` …).

    Blank nodes are renamed, so that two files never share one.

    :raises DataError: the extension is unknown, the file cannot be read, or it is malformed (with the line).
    """
    syntax = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if syntax is None:
        raise DataError(f"unknown RDF syntax {path.suffix!r}: use .ttl, .trig, .nq, .rdf or .jsonld", path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"cannot be read ({error.strerror})", path) from error
    try:
        return list(parse(data, format=syntax, base_iri=path.resolve().as_uri(), rename_blank_nodes=True))
    except SyntaxError as error:
        raise DataError(f"malformed {syntax.name}: {error.msg}", path, error.lineno) from error
