"""Requests are made from /openapi.json, valid and not: only what it declares is answered."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.transport.wsgi import WSGI_TRANSPORT

from innograph.store.snapshots import Home

from .site_client import SiteClient

REQUESTS = 10
"""Of each operation, valid ones and others."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
ALIKE = "/queries/"
"""Operations that differ in their parameters alone; one of them is enough."""


@pytest.fixture(scope="module")
def target(served_home: Home) -> Iterator[SiteClient]:
    client = SiteClient(served_home)
    yield client
    client.close()


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_only_what_is_declared_is_answered(target: SiteClient, mode: GenerationMode) -> None:
    asked: Counter[str] = Counter()
    described: Any = target.get("/openapi.json").json
    for found in schemathesis.openapi.from_dict(described).get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.path.startswith(ALIKE) and operation.path not in (
            f"{ALIKE}laureates-by-size-of-commune",
            f"{ALIKE}{{file}}",
        ):
            continue
        if mode is GenerationMode.NEGATIVE and not (operation.query or operation.body):
            continue  # any string is right in a path

        @seed(1)
        @settings(
            max_examples=REQUESTS,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            asked[case.operation.label] += 1
            response = WSGI_TRANSPORT.send(case, app=target.application, base_url="http://localhost")
            case.validate_response(response, checks=CHECKS)

        ask()
    assert asked["GET /sparql"] >= REQUESTS and asked["POST /reconcile"] >= REQUESTS
