"""The OpenAPI description is one, names every route, and what it says of them is so."""

import re
from typing import Any

import pytest
from openapi_spec_validator import validate

from innograph.resources import queries
from innograph.store.queries import read_queries
from innograph.web.site import Site

from .site_client import SiteClient


@pytest.fixture(scope="module")
def described(client: SiteClient) -> Any:
    return client.get("/openapi.json").json


def test_it_is_valid(described: Any) -> None:
    validate(described)
    assert described["openapi"] == "3.1.0"
    assert described["servers"] == [{"url": "http://localhost"}]


def test_every_route_is_described(client: SiteClient, described: Any) -> None:
    """If this fails, describe the new route in ``src/innograph/web/openapi.py``."""
    rules = {str(rule) for rule in client.site.flask.url_map.iter_rules()}
    routes = {re.sub(r"<[^>]*>", "{}", rule) for rule in rules | set(Site.PATHS)}
    paths = {re.sub(r"{[^}]*}", "{}", path) for path in described["paths"]}
    questions = {f"/queries/{name}" for name in read_queries(queries() / "examples")}
    assert paths == routes | questions


def test_what_is_described_is_answered(client: SiteClient, described: Any) -> None:
    sent = client.post("/report", data={"about": "/", "fact": "", "words": "Un essai."})
    assert sent.status_code == 303
    report = sent.headers["Location"].partition("?")[0]
    for path, operations in described["paths"].items():
        if path == "/workbench/map":
            continue  # by POST alone: see test_places.py
        operation = operations["get"]
        if path == "/report/{reference}":
            path = report
        if path.startswith("/queries/") and path not in ("/queries/editions", "/queries/{file}"):
            continue  # they are all alike
        file = path in ("/queries/{file}", "/explore.{suffix}")  # what follows the dot says which format
        given: dict[str, str] = {}
        for parameter in operation.get("parameters", []):
            if parameter.get("required") and parameter["in"] == "query":
                given[parameter["name"]] = parameter["example"]
            elif parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", parameter["example"])
        elsewhere = ("301", "304")  # of addresses given up: see test_moved.py; of what is unchanged
        statuses = [status for status in operation["responses"] if status < "400" and status not in elsewhere]
        accepts = list(operation["responses"].get("200", {}).get("content", {"*/*": {}}))
        seen = set()
        for accept in accepts:
            query = {"query": "ASK {}"} if path == "/sparql" else given
            if accept == "application/javascript":
                query = {**query, "callback": "show"}
            with client.get(path, headers={"Accept": accept}, query_string=query) as response:
                seen.add(str(response.status_code))
                if response.status_code == 200 and accept != "*/*":
                    assert response.mimetype in ([accept], accepts)[file], path
                assert str(response.status_code) in operation["responses"], (path, accept)
        assert set(statuses) <= seen, path


def test_the_parameters_of_a_question_are_its_own(described: Any) -> None:
    for name, query in read_queries(queries() / "examples").items():
        listed = {p["name"]: p["schema"] for p in described["paths"][f"/queries/{name}"]["get"]["parameters"]}
        for parameter in query.parameters:
            assert str(listed[parameter.name]["default"]) == parameter.default
        assert set(listed) == {*query.defaults, "format", "max-rows", "snapshot", "lang"}
