"""The HTTP interface for programs: an OpenAPI 3.1 description, made of the tables that the routes use."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version as version_of_package
from typing import Any

from innograph.store.formats import ONE_GRAPH, SOLUTIONS, TRIPLES, Format
from innograph.store.queries import NamedQuery, Parameter
from innograph.web.protocol import FORM, QUERY

_HTML = "text/html"
_PLAIN = "text/plain"
_TEXT = {"schema": {"type": "string"}}
_ANY_FILE = {"description": "The file", "content": {"*/*": {}}}


def openapi(examples: Mapping[str, NamedQuery], root: str) -> dict[str, Any]:
    """Describe every route.

    :param root: address of this site, with a slash at its end.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "innograph",
            "version": version_of_package("innograph"),
            "summary": "French public-innovation awards as linked data",
            "license": {"name": "Licence Ouverte 2.0", "identifier": "etalab-2.0"},
        },
        "servers": [{"url": root.rstrip("/")}],
        "paths": {
            "/sparql": _sparql(),
            **{f"/queries/{name}": _question(query) for name, query in examples.items()},
            "/queries/{file}": _get(
                "A ready-made question in a format: its name and a suffix, such as editions.csv",
                (*SOLUTIONS, *TRIPLES),
                _in_path("file", "editions.csv"),
                *_OPTIONS,
                page=False,
                refusals=(400, 404, 406, 503, 504),
            ),
            "/id/{path}": {
                "get": {
                    "summary": "A thing: leads to its description",
                    "parameters": [_in_path("path", "rank/gold", slashes=True)],
                    "responses": {"303": {"description": "Where the description is"}, **_refusals(404)},
                }
            },
            "/doc/{path}": _get(
                "The description of a thing",
                ONE_GRAPH,
                _in_path("path", "rank/gold", slashes=True),
                _LANGUAGE,
                refusals=(404, 406),
            ),
            "/ontology": _get("The vocabulary", ONE_GRAPH, _LANGUAGE, refusals=(406,)),
            "/shapes": _get("The rules", ONE_GRAPH, _LANGUAGE, refusals=(406,)),
            "/dataset": _get("The dataset: DCAT-AP and VoID", ONE_GRAPH, _LANGUAGE, refusals=(406,)),
            "/.well-known/void": _get("The dataset: VoID", ONE_GRAPH, page=False, refusals=(406,)),
            "/": _get("The home page", (), _LANGUAGE),
            "/queries": _get("The ready-made questions", (), _LANGUAGE),
            "/search": _get("Things by name", (), _in_query("q", "Words"), _LANGUAGE),
            "/dumps/": _get("The files of this version", (), _LANGUAGE),
            "/dumps/{file}": {
                "get": {
                    "summary": "A file of this version",
                    "parameters": [_in_path("file", "palmares.csv", slashes=True)],
                    "responses": {"200": _ANY_FILE, **_refusals(404)},
                }
            },
            "/openapi.json": _plain("This description", "application/json"),
            "/healthz": _plain("Whether a query is answered", _PLAIN, 503),
            "/metrics": _plain("Figures for Prometheus", _PLAIN),
            "/favicon.ico": {
                "get": {"summary": "No icon", "responses": {"204": {"description": "There is none"}}}
            },
        },
    }


def _sparql() -> dict[str, Any]:
    protocol = [
        _in_query("query", "A SPARQL query; without it, the service describes itself"),
        _in_query("default-graph-uri", "Graph to ask instead of FROM", many=True),
        _in_query("named-graph-uri", "Graph to ask instead of FROM NAMED", many=True),
    ]
    responses = {
        "200": _answer((*SOLUTIONS, *TRIPLES), page=True),
        "304": {"description": "The answer is the one that the client has"},
        **_refusals(400, 404, 406, 503, 504),
    }
    properties = {parameter["name"]: parameter["schema"] for parameter in (*protocol, *_OPTIONS)}
    return {
        "get": {"summary": "Ask a query", "parameters": [*protocol, *_OPTIONS], "responses": responses},
        "post": {
            "summary": "Ask a query",
            "parameters": [*protocol[1:], *_OPTIONS],
            "requestBody": {
                "required": True,
                "content": {
                    FORM: {"schema": {"type": "object", "properties": properties, "required": ["query"]}},
                    QUERY: _TEXT,
                },
            },
            "responses": {**responses, **_refusals(408, 413, 415)},
        },
    }


def _question(query: NamedQuery) -> dict[str, Any]:
    return _get(
        query.question_en,
        (*SOLUTIONS, *TRIPLES),
        *map(_parameter, query.parameters),
        *_OPTIONS,
        _LANGUAGE,
        refusals=(400, 404, 406, 503, 504),
    )


def _parameter(parameter: Parameter) -> dict[str, Any]:
    whole = parameter.type == "integer"
    default = int(parameter.default) if whole else parameter.default
    schema = {"type": "integer" if whole else "string", "default": default}
    return {"name": parameter.name, "in": "query", "schema": schema}


def _get(
    summary: str,
    formats: Sequence[Format],
    *parameters: Mapping[str, Any],
    page: bool = True,
    refusals: Sequence[int] = (),
) -> dict[str, Any]:
    listed = list(parameters)
    if formats and not any(parameter["name"] == "format" for parameter in listed):
        listed.append(_FORMAT)
    return {
        "get": {
            "summary": summary,
            "parameters": listed,
            "responses": {
                "200": _answer(formats, page=page),
                "304": {"description": "The answer is the one that the client has"},
                **_refusals(*refusals),
            },
        }
    }


def _plain(summary: str, media_type: str, *refusals: int) -> dict[str, Any]:
    content: dict[str, Any] = {media_type: _TEXT if media_type == _PLAIN else {}}
    return {
        "get": {
            "summary": summary,
            "responses": {"200": {"description": summary, "content": content}, **_refusals(*refusals)},
        }
    }


def _answer(formats: Sequence[Format], *, page: bool) -> dict[str, Any]:
    media_types = [format.media_type for format in formats] + [_HTML] * page
    return {"description": "The answer", "content": {media_type: {} for media_type in media_types}}


def _refusals(*statuses: int) -> dict[str, Any]:
    """Describe refusals; any request may meet a site that is too busy."""
    return {
        str(status): {"description": _REASONS[status], "content": {_PLAIN: _TEXT, _HTML: _TEXT}}
        for status in sorted({*statuses, 503})
    }


_REASONS = {
    400: "The request or its query is not understood",
    404: "Nothing has this address",
    406: "None of the formats asked for exists here",
    408: "The body does not arrive",
    413: "The request is too long",
    415: "The body is of an unknown type",
    503: "A limit was met, or too much is under way (then with Retry-After)",
    504: "The query took too long",
}


def _in_query(name: str, description: str, *, many: bool = False, **schema: Any) -> dict[str, Any]:
    one = {"type": "string", **schema}
    return {
        "name": name,
        "in": "query",
        "description": description,
        "schema": {"type": "array", "items": one} if many else one,
    }


def _in_path(name: str, example: str, *, slashes: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": "May hold slashes" if slashes else "Without slashes",
        "schema": {"type": "string"},
        "example": example,
    }


_LANGUAGE = _in_query("lang", "Language of the page", enum=["fr", "en"])
_FORMAT = _in_query("format", "Name or suffix of a format, instead of the header Accept")
_OPTIONS = (
    _FORMAT,
    _in_query("max-rows", "Cut the answer after so many rows", type="integer", minimum=0, maximum=10**9 - 1),
    _in_query("snapshot", "Version of the graph to ask, while it is kept"),
)
