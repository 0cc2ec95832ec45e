"""The routes for readers of pages, for reports and for reconciliation, as OpenAPI has them."""

from collections.abc import Sequence
from typing import Any

from innograph.web.explore.choices import VIEWS
from innograph.web.explore.exports import FORMATS
from innograph.web.explore.facets import FACETS
from innograph.web.openapi_parts import (
    ANY_FILE,
    HTML,
    JSON,
    LANGUAGE,
    PLAIN,
    TEXT,
    as_json,
    get,
    in_path,
    in_query,
    plain,
    refused_with,
)
from innograph.web.protocol import FORM


def pages() -> dict[str, Any]:
    """Describe what people read, and what belongs to it."""
    prose = {"/about": "About", "/legal": "Legal notice", "/privacy": "Personal data"}
    return {
        **{
            path: get(summary, (), LANGUAGE)
            for path, summary in {**prose, "/accessibility": "Accessibility"}.items()
        },
        "/licences": plain("Licences of what pages load", PLAIN),
        "/ontology/{name}": get(
            "A term of the vocabulary", (), in_path("name", "laureate"), LANGUAGE, refusals=(404,)
        ),
        "/queries.ttl": plain("The ready-made questions as sh:SPARQLExecutable", "text/turtle"),
        "/build": get("The visual query builder", (), LANGUAGE),
        "/build/config.ttl": plain("What the builder offers, as SHACL", "text/turtle"),
        "/workbench.json": as_json("What the workbench knows", LANGUAGE),
        "/workbench/map": {
            "post": {
                "summary": "Put the laureates among some things on a map",
                "parameters": [LANGUAGE],
                "requestBody": {"description": "Addresses, one a line", "content": {PLAIN: TEXT}},
                "responses": {
                    "200": {"description": "A piece of HTML", "content": {HTML: TEXT}},
                    "204": {"description": "None has a place"},
                    **refused_with(400, 408, 413),
                },
            }
        },
        "/feed.atom": plain("The most recent distinctions", "application/atom+xml"),
        "/sitemap.xml": plain("The pages", "application/xml"),
        "/robots.txt": plain("What robots are asked to leave out", PLAIN),
        "/site.webmanifest": plain("The site as an application", "application/manifest+json"),
        "/static/{name}": {
            "get": {
                "summary": "What pages load",
                "parameters": [in_path("name", "site.css")],
                "responses": {"200": ANY_FILE, **refused_with(404)},
            }
        },
    }


def exploration() -> dict[str, Any]:
    """Describe the choice of distinctions by facets."""
    chosen = [in_query(facet, f"Values of the facet {facet}", many=True) for facet in FACETS]
    like = in_query("like", "The body that the choices were made from; its own distinctions are left out")
    shown = [
        in_query("view", "How they are shown", enum=list(VIEWS)),
        like,
        in_query("page", "Number of the page, from 1"),
    ]
    body = {
        **in_query("body", "Name, INSEE code or SIREN of a body"),
        "required": True,
        "example": "Saint-Denis",
    }
    return {
        "/explore": get(
            "Distinctions by facets", FORMATS, *chosen, *shown, LANGUAGE, refusals=(400, 404, 406)
        ),
        "/explore.{suffix}": get(
            "All the distinctions that were chosen, as a file",
            FORMATS,
            in_path("suffix", "csv"),
            *chosen,
            like,
            page=False,
            refusals=(400, 404),
        ),
        "/explore/like": get(
            "Bodies that bear a name; 303 to /explore where one is certainly meant",
            (),
            in_query("theme", "A theme"),
            body,
            LANGUAGE,
            refusals=(400,),
        ),
    }


def reports() -> dict[str, Any]:
    """Describe the reports of errors."""
    page = {"description": "The page", "content": {HTML: TEXT}}
    to_report = {"303": {"description": "Where the status of the report is"}}
    fields = {name: {"type": "string"} for name in ("about", "fact", "words")}
    return {
        "/report": {
            **get(
                "The form to report an error",
                (),
                in_query("about", "Address of the page that is wrong"),
                in_query("fact", "What is wrong on it"),
                LANGUAGE,
            ),
            "post": {
                "summary": "Report an error",
                "requestBody": {
                    "content": {
                        FORM: {"schema": {"type": "object", "properties": fields, "required": ["words"]}}
                    }
                },
                "responses": {**to_report, **refused_with(413, 429), "400": page},
            },
        },
        "/report/status": {
            "get": {
                "summary": "Find a report",
                "parameters": [in_query("reference", "Reference of the report")],
                "responses": {**to_report, **refused_with()},
            }
        },
        "/report/{reference}": get(
            "The status of a report", (), in_path("reference", "ABCD-EFGH"), LANGUAGE, refusals=(404,)
        ),
    }


def reconciliation() -> dict[str, Any]:
    """Describe the reconciliation service."""
    asked = [in_query(name, "JSON of the W3C Reconciliation Service API 0.2") for name in _ASKED]
    answers = {"200": {"description": "The answer", "content": {JSON: {}, HTML: {}, _SCRIPT: {}}}}
    fields = {"schema": {"type": "object", "properties": {key: {"type": "string"} for key in _ASKED}}}
    identified = {**in_query("id", "Identifier"), "required": True, "example": "commune"}
    what = in_path("what", "type", enum=["entity", "type", "property"])
    return {
        "/reconcile": {
            "get": {
                "summary": "Reconcile names; without a question, the manifest",
                "parameters": [*asked, _CALLBACK, in_query("format", "json for the manifest"), LANGUAGE],
                "responses": {**answers, **refused_with(400, 413, json=True)},
            },
            "post": {
                "summary": "Reconcile names",
                "parameters": [LANGUAGE],
                "requestBody": {"required": True, "content": {FORM: fields, "multipart/form-data": fields}},
                "responses": {
                    "200": {"description": "The answer", "content": {JSON: {}}},
                    **refused_with(400, 408, 413, 415, json=True),
                },
            },
        },
        "/reconcile/suggest/{what}": _asked_by_clients(
            "Suggestions as somebody types",
            what,
            in_query("prefix", "What was typed"),
            in_query("cursor", "Skip so many", type="integer", minimum=0),
            in_query("type", "Types of the entities", many=True),
            refusals=(400, 404),
        ),
        "/reconcile/flyout/{what}": _asked_by_clients(
            "A few words about one", what, identified, refusals=(400, 404)
        ),
        "/reconcile/properties": _asked_by_clients(
            "Properties whose values can be fetched",
            in_query("type", "Type"),
            in_query("limit", "At most so many", type="integer", minimum=0),
            refusals=(400,),
        ),
        "/reconcile/preview": get(
            "A small page about an entity",
            (),
            {**identified, "example": "organization/orval"},
            LANGUAGE,
            refusals=(404,),
        ),
    }


_ASKED = ("queries", "query", "extend")
_CALLBACK = in_query("callback", "Name of a function to call with the answer (JSONP)")
_SCRIPT = "application/javascript"


def _asked_by_clients(summary: str, *parameters: dict[str, Any], refusals: Sequence[int]) -> dict[str, Any]:
    """Describe a route that gives JSON, or JSONP."""
    return {
        "get": {
            "summary": summary,
            "parameters": [*parameters, _CALLBACK, LANGUAGE],
            "responses": {
                "200": {"description": summary, "content": {JSON: {}, _SCRIPT: {}}},
                **refused_with(*refusals, json=True),
            },
        }
    }
