"""The HTTP interface for programs: an OpenAPI 3.1 description, made of the tables that the routes use."""

from collections.abc import Mapping
from importlib.metadata import version as version_of_package
from typing import Any

from innograph.store.formats import ONE_GRAPH, SOLUTIONS, TRIPLES
from innograph.store.queries import NamedQuery, Parameter
from innograph.web.openapi_parts import (
    ANY_FILE,
    LANGUAGE,
    OPTIONS,
    PLAIN,
    TEXT,
    answer,
    as_json,
    get,
    in_path,
    in_query,
    plain,
    refused_with,
)
from innograph.web.openapi_site import exploration, pages, reconciliation, reports
from innograph.web.protocol import FORM, QUERY


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
            "/queries/{file}": get(
                "A ready-made question in a format: its name and a suffix, such as editions.csv",
                (*SOLUTIONS, *TRIPLES),
                in_path("file", "editions.csv"),
                *OPTIONS,
                page=False,
                refusals=(400, 404, 406, 503, 504, 505),
            ),
            "/id/{path}": {
                "get": {
                    "summary": "A thing: leads to its description",
                    "parameters": [in_path("path", "rank/gold", slashes=True)],
                    "responses": {
                        "301": {"description": "What took the place of this address"},
                        "303": {"description": "Where the description is"},
                        **refused_with(404, 410),
                    },
                }
            },
            "/doc/{path}": get(
                "The description of a thing",
                ONE_GRAPH,
                in_path("path", "rank/gold", slashes=True),
                in_query("page", "Page of the list of what refers to it, from 1"),
                LANGUAGE,
                refusals=(400, 404, 406, 410),
            ),
            "/ontology": get("The vocabulary", ONE_GRAPH, LANGUAGE, refusals=(406,)),
            "/shapes": get("The rules", ONE_GRAPH, LANGUAGE, refusals=(406,)),
            "/dataset": get("The dataset: DCAT-AP and VoID", ONE_GRAPH, LANGUAGE, refusals=(406,)),
            "/.well-known/void": get("The dataset: VoID", ONE_GRAPH, page=False, refusals=(406,)),
            "/": get("The home page", (), LANGUAGE),
            "/queries": get("The ready-made questions", (), LANGUAGE),
            "/search": get("What bears these words", (), in_query("q", "Words"), LANGUAGE, refusals=(501,)),
            "/search.json": as_json(
                "What bears these words",
                in_query("q", "Words"),
                in_query("suggest", "Take the last word as a beginning"),
                LANGUAGE,
                refusals=(501,),
            ),
            **exploration(),
            "/dumps/": get("The files of this version", (), LANGUAGE, refusals=(501,)),
            "/dumps/{file}": {
                "get": {
                    "summary": "A file of this version",
                    "parameters": [in_path("file", "palmares.csv", slashes=True)],
                    "responses": {"200": ANY_FILE, **refused_with(404, 501)},
                }
            },
            **pages(),
            **reports(),
            **reconciliation(),
            "/openapi.json": plain("This description", "application/json"),
            "/healthz": plain("Whether a query is answered", PLAIN, 503),
            "/metrics": plain("Figures for Prometheus", PLAIN),
            "/favicon.ico": plain("The icon", "image/png"),
        },
    }


def _sparql() -> dict[str, Any]:
    protocol = [
        in_query("query", "A SPARQL query; without it, the service describes itself"),
        in_query("default-graph-uri", "Graph to ask instead of FROM", many=True),
        in_query("named-graph-uri", "Graph to ask instead of FROM NAMED", many=True),
    ]
    responses = {
        "200": answer((*SOLUTIONS, *TRIPLES), page=True),
        "304": {"description": "The answer is the one that the client has"},
        **refused_with(400, 404, 406, 503, 504, 505),
    }
    properties = {parameter["name"]: parameter["schema"] for parameter in (*protocol, *OPTIONS)}
    return {
        "get": {"summary": "Ask a query", "parameters": [*protocol, *OPTIONS], "responses": responses},
        "post": {
            "summary": "Ask a query",
            "parameters": [*protocol[1:], *OPTIONS],
            "requestBody": {
                "required": True,
                "content": {
                    FORM: {"schema": {"type": "object", "properties": properties, "required": ["query"]}},
                    QUERY: TEXT,
                },
            },
            "responses": {**responses, **refused_with(408, 413, 415)},
        },
    }


def _question(query: NamedQuery) -> dict[str, Any]:
    return get(
        query.question_en,
        (*SOLUTIONS, *TRIPLES),
        *map(_parameter, query.parameters),
        *OPTIONS,
        LANGUAGE,
        refusals=(400, 404, 406, 503, 504, 505),
    )


def _parameter(parameter: Parameter) -> dict[str, Any]:
    whole = parameter.type == "integer"
    default = int(parameter.default) if whole else parameter.default
    schema = {"type": "integer" if whole else "string", "default": default}
    return {"name": parameter.name, "in": "query", "schema": schema}
