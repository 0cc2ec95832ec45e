"""Reading the requests of the Reconciliation Service API 0.2: JSON inside forms, in the shapes that it knows.

Specification: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, cast

from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from innograph.journeys.reconcile.evidence import Strictness
from innograph.journeys.reconcile.matching import USUAL

MOST_QUERIES = 100
"""Queries in a batch; more are answered with 413."""

MOST_IDS = 1000
"""Entities whose values are fetched at once; more are answered with 413."""

MOST_PROPERTIES = 50
"""Properties in a query, or fetched at once; more are answered with 413."""

_STRICTNESS = ("any", "all", "should")


@dataclass(frozen=True, slots=True)
class Query:
    """A reconciliation query, its shape checked."""

    name: str
    types: tuple[str, ...]
    properties: Mapping[str, Sequence[str]]
    strict: Strictness
    limit: int


@dataclass(frozen=True, slots=True)
class Extension:
    """A data extension query, its shape checked."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


def read_batch(text: str) -> dict[str, Query]:
    """Read a batch of queries by their keys.

    :raises BadRequest: it is not JSON, or not of the shape.
    :raises RequestEntityTooLarge: it holds too many.
    """
    batch = _object(_load(text, "queries"), "queries")
    if len(batch) > MOST_QUERIES:
        raise RequestEntityTooLarge(f"{len(batch)} queries: ask at most {MOST_QUERIES} in one batch")
    return {key: _query(query, f"queries.{_shown(key)}") for key, query in batch.items()}


def read_single(text: str) -> Query:
    """Read a single query, as version 0.1 has it: a JSON object, or a name as it is.

    :raises BadRequest: it begins as JSON does and is none, or is not of the shape.
    """
    value = _load(text, "query") if text.lstrip().startswith("{") else {"query": text}
    return _query(value, "query")


def read_extension(text: str) -> Extension:
    """Read a data extension query.

    :raises BadRequest: it is not JSON, or not of the shape.
    :raises RequestEntityTooLarge: it asks for too much.
    """
    value = _object(_load(text, "extend"), "extend")
    ids = [_text(id, "extend.ids") for id in _list(value.get("ids"), "extend.ids")]
    wanted = [
        _text(_object(each, "extend.properties").get("id"), "extend.properties.id")
        for each in _list(value.get("properties"), "extend.properties")
    ]
    if len(ids) > MOST_IDS or len(wanted) > MOST_PROPERTIES:
        raise RequestEntityTooLarge(
            f"{len(ids)} ids and {len(wanted)} properties: ask for at most {MOST_IDS} and {MOST_PROPERTIES}"
        )
    return Extension(tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(wanted)))


def read_number(name: str, text: str) -> int:
    """Read a parameter that counts, at most nine digits.

    :raises BadRequest: it is no whole number from 0.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadRequest(f"{name} is no whole number")
    return int(text)


def _query(value: object, where: str) -> Query:
    query = _object(value, where)
    if "query" not in query and not query.get("properties"):
        raise BadRequest(f"{where}: give query, or properties")
    given = _list(query.get("properties", []), f"{where}.properties")
    if len(given) > MOST_PROPERTIES:
        raise RequestEntityTooLarge(f"{where}: at most {MOST_PROPERTIES} properties")
    properties: dict[str, list[str]] = {}
    for each in given:
        pair = _object(each, f"{where}.properties")
        pid = _text(pair.get("pid"), f"{where}.properties.pid")
        properties.setdefault(pid, []).extend(_values(pair.get("v"), f"{where}.properties.v"))
    wanted = query.get("type", [])
    types = [wanted] if isinstance(wanted, str) else _list(wanted, f"{where}.type")
    strict = query.get("type_strict", "should")
    if strict not in _STRICTNESS:
        raise BadRequest(f"{where}.type_strict is none of {', '.join(_STRICTNESS)}")
    return Query(
        _text(query.get("query", ""), f"{where}.query"),
        tuple(_text(id, f"{where}.type") for id in types if id != ""),
        properties,
        cast(Strictness, strict),
        _limit(query.get("limit", USUAL), where),
    )


def _values(value: object, where: str) -> list[str]:
    """Read the values of a property as texts, of an entity its identifier; null says nothing.

    >>> _values(["78", 78, 78.0, True, {"id": "organization/elancourt"}], "v")
    ['78', '78', '78', 'true', 'organization/elancourt']
    """
    found = []
    for each in value if isinstance(value, list) else [value]:
        if each is None:
            continue
        if isinstance(each, bool):
            found.append("true" if each else "false")
        elif isinstance(each, int | float):
            found.append(str(int(each)) if math.isfinite(each) and each == int(each) else str(each))
        elif isinstance(each, dict):
            found.append(_text(each.get("id"), f"{where}.id"))
        else:
            found.append(_text(each, where))
    return found


def _limit(value: object, where: str) -> int:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise BadRequest(f"{where}.limit is no number")
    if value < 1 or value != int(value):
        raise BadRequest(f"{where}.limit is no positive whole number")
    return int(value)


def _load(text: str, where: str) -> object:
    """Read JSON: strictly (no NaN), and no deeper than Python can.

    :raises BadRequest: it is not.
    """
    try:
        return json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise BadRequest(f"{where} is nested too deeply") from None
    except ValueError as error:
        raise BadRequest(f"{where} is not JSON: {error}") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _object(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadRequest(f"{where} is no object")
    return value


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadRequest(f"{where} is no list")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise BadRequest(f"{where} is no text")
    return value


def _shown(key: str) -> str:
    return key if len(key) <= 40 else f"{key[:39]}…"
