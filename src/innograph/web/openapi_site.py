"""The routes for readers of pages, for reports and for reconciliation, as OpenAPI has them."""

from typing import Any

from innograph.web.openapi_parts import (
    ANY_FILE,
    HTML,
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


def reports() -> dict[str, Any]:
    """Describe the reports of errors."""
    page = {"description": "The page", "content": {HTML: TEXT}}
    to_report = {"303": {"description": "Where the status of the report is"}}
    fields = {name: {"type": "string"} for name in ("about", "fact", "words")}
    return {
        "/report": {
            **get("The form to report an error", (), LANGUAGE),
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
    what, found = in_path("what", "type"), "application/json"
    asked = [
        in_query(name, "JSON of the W3C Reconciliation Service API 0.2")
        for name in ("queries", "query", "extend")
    ]
    both = {"200": {"description": "The answer", "content": {found: {}, HTML: {}}}}
    identified = {**in_query("id", "Identifier"), "required": True, "example": "commune"}
    return {
        "/reconcile": {
            "get": {
                "summary": "Reconcile names",
                "parameters": [*asked, LANGUAGE],
                "responses": {**both, **refused_with(400, 413)},
            }
        },
        "/reconcile/suggest/{what}": as_json(
            "Suggestions as somebody types", what, in_query("prefix", "What was typed"), refusals=(400, 404)
        ),
        "/reconcile/flyout/{what}": as_json("A few words about one", what, identified, refusals=(404,)),
        "/reconcile/properties": as_json(
            "Properties whose values can be fetched", in_query("type", "Type"), refusals=(400,)
        ),
        "/reconcile/preview": get(
            "A small page about an entity",
            (),
            {**identified, "example": "organization/orval"},
            LANGUAGE,
            refusals=(404,),
        ),
    }
