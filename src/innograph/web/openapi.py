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
            "/search": _get("What bears these words", (), _in_query("q", "Words"), _LANGUAGE),
            "/search.json": _json(
                "What bears these words",
                _in_query("q", "Words"),
                _in_query("suggest", "Take the last word as a beginning"),
                _LANGUAGE,
            ),
            "/dumps/": _get("The files of this version", (), _LANGUAGE),
            "/dumps/{file}": {
                "get": {
                    "summary": "A file of this version",
                    "parameters": [_in_path("file", "palmares.csv", slashes=True)],
                    "responses": {"200": _ANY_FILE, **_refusals(404)},
                }
            },
            **_pages(),
            **_reports(),
            **_reconciliation(),
            "/openapi.json": _plain("This description", "application/json"),
            "/healthz": _plain("Whether a query is answered", _PLAIN, 503),
            "/metrics": _plain("Figures for Prometheus", _PLAIN),
            "/favicon.ico": _plain("The icon", "image/png"),
        },
    }


def _pages() -> dict[str, Any]:
    prose = {"/about": "About", "/legal": "Legal notice", "/privacy": "Personal data"}
    return {
        **{
            path: _get(summary, (), _LANGUAGE)
            for path, summary in {**prose, "/accessibility": "Accessibility"}.items()
        },
        "/licences": _plain("Licences of what pages load", _PLAIN),
        "/ontology/{name}": _get(
            "A term of the vocabulary", (), _in_path("name", "laureate"), _LANGUAGE, refusals=(404,)
        ),
        "/queries.ttl": _plain("The ready-made questions as sh:SPARQLExecutable", "text/turtle"),
        "/build": _get("The visual query builder", (), _LANGUAGE),
        "/build/config.ttl": _plain("What the builder offers, as SHACL", "text/turtle"),
        "/workbench.json": _json("What the workbench knows", _LANGUAGE),
        "/feed.atom": _plain("The most recent distinctions", "application/atom+xml"),
        "/sitemap.xml": _plain("The pages", "application/xml"),
        "/robots.txt": _plain("What robots are asked to leave out", _PLAIN),
        "/site.webmanifest": _plain("The site as an application", "application/manifest+json"),
        "/static/{name}": {
            "get": {
                "summary": "What pages load",
                "parameters": [_in_path("name", "site.css")],
                "responses": {"200": _ANY_FILE, **_refusals(404)},
            }
        },
    }


def _reports() -> dict[str, Any]:
    page = {"description": "The page", "content": {_HTML: _TEXT}}
    to_report = {"303": {"description": "Where the status of the report is"}}
    fields = {name: {"type": "string"} for name in ("about", "fact", "words")}
    return {
        "/report": {
            **_get("The form to report an error", (), _LANGUAGE),
            "post": {
                "summary": "Report an error",
                "requestBody": {
                    "content": {
                        FORM: {"schema": {"type": "object", "properties": fields, "required": ["words"]}}
                    }
                },
                "responses": {**to_report, **_refusals(413, 429), "400": page},
            },
        },
        "/report/status": {
            "get": {
                "summary": "Find a report",
                "parameters": [_in_query("reference", "Reference of the report")],
                "responses": {**to_report, **_refusals()},
            }
        },
        "/report/{reference}": _get(
            "The status of a report", (), _in_path("reference", "ABCD-EFGH"), _LANGUAGE, refusals=(404,)
        ),
    }


def _reconciliation() -> dict[str, Any]:
    what, found = _in_path("what", "type"), "application/json"
    asked = [
        _in_query(name, "JSON of the W3C Reconciliation Service API 0.2")
        for name in ("queries", "query", "extend")
    ]
    both = {"200": {"description": "The answer", "content": {found: {}, _HTML: {}}}}
    identified = {**_in_query("id", "Identifier"), "required": True, "example": "commune"}
    return {
        "/reconcile": {
            "get": {
                "summary": "Reconcile names",
                "parameters": [*asked, _LANGUAGE],
                "responses": {**both, **_refusals(400, 413)},
            }
        },
        "/reconcile/suggest/{what}": _json(
            "Suggestions as somebody types", what, _in_query("prefix", "What was typed"), refusals=(400, 404)
        ),
        "/reconcile/flyout/{what}": _json("A few words about one", what, identified, refusals=(404,)),
        "/reconcile/properties": _json(
            "Properties whose values can be fetched", _in_query("type", "Type"), refusals=(400,)
        ),
        "/reconcile/preview": _get(
            "A small page about an entity",
            (),
            {**identified, "example": "organization/orval"},
            _LANGUAGE,
            refusals=(404,),
        ),
    }


def _json(summary: str, *parameters: Mapping[str, Any], refusals: Sequence[int] = ()) -> dict[str, Any]:
    described = _plain(summary, "application/json", *refusals)
    return {"get": {**described["get"], "parameters": list(parameters)}}


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
    429: "Too many reports in an hour",
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
