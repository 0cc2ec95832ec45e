"""The parts that an OpenAPI description of a route is made of."""

from collections.abc import Mapping, Sequence
from typing import Any

from innograph.store.formats import Format

HTML = "text/html"
JSON = "application/json"
PLAIN = "text/plain"
TEXT = {"schema": {"type": "string"}}
ANY_FILE = {"description": "The file", "content": {"*/*": {}}}


def as_json(summary: str, *parameters: Mapping[str, Any], refusals: Sequence[int] = ()) -> dict[str, Any]:
    """Describe a route that gives JSON."""
    return {"get": {**plain(summary, JSON, *refusals)["get"], "parameters": list(parameters)}}


def get(
    summary: str,
    formats: Sequence[Format],
    *parameters: Mapping[str, Any],
    page: bool = True,
    refusals: Sequence[int] = (),
) -> dict[str, Any]:
    """Describe a route that gives an answer in one of ``formats``, or a page."""
    listed = list(parameters)
    if formats and not any(parameter["name"] == "format" for parameter in listed):
        listed.append(_FORMAT)
    return {
        "get": {
            "summary": summary,
            "parameters": listed,
            "responses": {
                "200": answer(formats, page=page),
                "304": {"description": "The answer is the one that the client has"},
                **refused_with(*refusals),
            },
        }
    }


def plain(summary: str, media_type: str, *refusals: int) -> dict[str, Any]:
    """Describe a route that has one form."""
    content: dict[str, Any] = {media_type: TEXT if media_type == PLAIN else {}}
    return {
        "get": {
            "summary": summary,
            "responses": {"200": {"description": summary, "content": content}, **refused_with(*refusals)},
        }
    }


def answer(formats: Sequence[Format], *, page: bool) -> dict[str, Any]:
    """Describe an answer in one of ``formats``, or a page."""
    media_types = [format.media_type for format in formats] + [HTML] * page
    return {"description": "The answer", "content": {media_type: {} for media_type in media_types}}


def refused_with(*statuses: int, json: bool = False) -> dict[str, Any]:
    """Describe refusals; any request may meet a site that is too busy, or whose graph is kept elsewhere.

    :param json: whether they are JSON, as the reconciliation service has them; where there is no such address
        they are not.
    """
    texts = {PLAIN: TEXT, HTML: TEXT}
    return {
        str(status): {
            "description": _REASONS[status],
            "content": {JSON: _REFUSED, **(texts if status == 404 else {})} if json else texts,
        }
        for status in sorted({*statuses, 502, 503, 504})
    }


_REFUSED = {
    "schema": {
        "type": "object",
        "properties": {
            "status": {"const": "error"},
            "code": {"type": "integer"},
            "message": {"type": "string"},
        },
        "required": ["status", "code", "message"],
    }
}


_REASONS = {
    400: "The request or its query is not understood",
    404: "Nothing has this address",
    406: "None of the formats asked for exists here",
    408: "The body does not arrive",
    410: "It was given up; the text says why, and what took its place",
    413: "The request is too long",
    429: "Too many reports in an hour",
    415: "The body is of an unknown type",
    501: "The files of the graph are not here: it is kept by another server",
    502: "The server that keeps the graph cannot be reached, or makes no sense",
    503: "A limit was met, or too much is under way (then with Retry-After)",
    504: "The query took too long, or the server that keeps the graph did",
    505: "The answer comes in pieces, which HTTP/1.0 has no way to end",
}


def in_query(name: str, description: str, *, many: bool = False, **schema: Any) -> dict[str, Any]:
    """Describe a parameter of the query string."""
    one = {"type": "string", **schema}
    return {
        "name": name,
        "in": "query",
        "description": description,
        "schema": {"type": "array", "items": one} if many else one,
    }


def in_path(name: str, example: str, *, slashes: bool = False, **schema: Any) -> dict[str, Any]:
    """Describe a part of the path."""
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": "May hold slashes" if slashes else "Without slashes",
        "schema": {"type": "string", **schema},
        "example": example,
    }


LANGUAGE = in_query("lang", "Language of the page", enum=["fr", "en"])
_FORMAT = in_query("format", "Name or suffix of a format, instead of the header Accept")
OPTIONS = (
    _FORMAT,
    in_query("max-rows", "Cut the answer after so many rows", type="integer", minimum=0, maximum=10**9 - 1),
    in_query("snapshot", "Version of the graph to ask, while it is kept"),
)
