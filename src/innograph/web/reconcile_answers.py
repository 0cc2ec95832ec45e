"""Writing the answers of the Reconciliation Service API 0.2."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date

from flask import Response, request
from werkzeug.exceptions import BadRequest

from innograph.journeys.reconcile.entities import Entities, Entity
from innograph.journeys.reconcile.matching import Match
from innograph.journeys.reconcile.properties import Known, Property, Value
from innograph.journeys.reconcile.types import types
from innograph.web.reconcile_manifest import type_of
from innograph.web.words import Language

_CALLBACK = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*(?:\.[A-Za-z_$][A-Za-z0-9_$]*)*")
_LONGEST_CALLBACK = 100


def json_answer(value: object) -> Response:
    """Answer with JSON, or, where the address asks for a ``callback``, with a call of it (JSONP).

    :raises BadRequest: the callback is no name of a function.
    """
    callback = request.args.get("callback") if request.method != "POST" else None
    if callback is None:
        return plain_json(value)
    if len(callback) > _LONGEST_CALLBACK or not _CALLBACK.fullmatch(callback):
        raise BadRequest("callback is no name of a function")
    return Response(f"/**/{callback}({json.dumps(value)});\n", content_type="application/javascript")


def plain_json(value: object, status: int = 200) -> Response:
    """Answer with JSON, in ASCII: nothing in it ends a line of JavaScript, and any text can be written."""
    return Response(f"{json.dumps(value)}\n", status, content_type="application/json")


def refused(code: int, message: str) -> dict[str, object]:
    """Say what is wrong as clients of version 0.1 look for it; 0.2 leaves it open."""
    return {"status": "error", "code": code, "message": message}


def candidates(found: Iterable[Match], entities: Entities, language: Language) -> dict[str, object]:
    """Write the answer to one query."""
    return {"result": [_candidate(match, entities, language) for match in found]}


def _candidate(match: Match, entities: Entities, language: Language) -> dict[str, object]:
    told = match.explanation.say(language) if match.explanation else ""
    described = entities.describe(match.entity).say(language)
    return {
        "id": match.entity.id,
        "name": match.entity.name,
        "description": f"{described}. {told}" if told else described,
        "type": kinds(match.entity, language),
        "score": match.score,
        "features": [{"id": id, "value": value} for id, value in match.features.items()],
        "match": match.certain,
    }


def kinds(entity: Entity, language: Language) -> list[dict[str, object]]:
    """Write the types of an entity, the narrowest first."""
    return [type_of(types()[id], language, broader=False) for id in entity.types]


def extension(
    rows: Iterable[tuple[str, Entity | None]], wanted: Sequence[Property], known: Known, language: Language
) -> dict[str, object]:
    """Write the answer to a data extension query; an unknown identifier has no values.

    :param rows: each identifier as it was asked for, with its entity.
    """
    return {
        "meta": [{"id": each.id, "name": each.label.say(language)} for each in wanted],
        "rows": {
            id: {
                each.id: [_value(value) for value in each.values(known, entity)] if entity else []
                for each in wanted
            }
            for id, entity in rows
        },
    }


def _value(value: Value) -> dict[str, object]:
    if isinstance(value, Entity):
        return {"id": value.id, "name": value.name}
    if isinstance(value, date):
        return {"date": f"{value.isoformat()}T00:00:00Z"}
    return {"int": value} if isinstance(value, int) else {"str": value}
