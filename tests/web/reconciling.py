"""Asking /reconcile in tests, and checking that each answer has the shape of the specification."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry as Schemas
from referencing import Resource
from werkzeug.test import TestResponse

from .site_client import SiteClient

FOLDER = Path(__file__).with_name("reconciliation-schemas")
CONTENTS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")}
SCHEMAS: Schemas[Any] = Schemas().with_resources(
    (content["$id"], Resource.from_contents(content)) for content in CONTENTS.values()
)
ELANCOURT = "organization/elancourt"


def check(name: str, value: object) -> None:
    """Check the shape of a value."""
    Draft202012Validator(CONTENTS[name], registry=SCHEMAS).validate(value)


def read(response: TestResponse, name: str, status: int = 200) -> Any:
    """Give the JSON of an answer, its shape checked."""
    assert (response.status_code, response.mimetype) == (status, "application/json"), response.text
    value = json.loads(response.data)
    check(name, value)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return value


def post(client: SiteClient, queries: object) -> Any:
    """Ask a batch of queries, and give the answer."""
    return read(client.post("/reconcile", data={"queries": json.dumps(queries)}), "results")
