"""/reconcile: the W3C Reconciliation Service API 0.2 over the registers and the graph.

Specification: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from collections.abc import Callable, Iterable

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest, HTTPException, NotFound, UnsupportedMediaType

from innograph.errors import ReconciliationError, StoreError
from innograph.journeys.reconcile.entities import Entity
from innograph.journeys.reconcile.matching import FEATURES
from innograph.journeys.reconcile.properties import PROPERTIES, Property, proposed
from innograph.journeys.reconcile.types import Type, types
from innograph.linking.mentions import LONGEST
from innograph.text import sort_key
from innograph.web.negotiation import prefers_page
from innograph.web.protocol import FORM
from innograph.web.reconcile_answers import candidates, extension, json_answer, kinds, plain_json, refused
from innograph.web.reconcile_live import Answering
from innograph.web.reconcile_manifest import manifest, type_of
from innograph.web.reconcile_requests import (
    MOST_IDS,
    MOST_QUERIES,
    Query,
    read_batch,
    read_extension,
    read_number,
    read_single,
)
from innograph.web.refusals import told_of_store
from innograph.web.words import Language, language_of_request

SUGGESTIONS = 20
"""Suggestions in one answer; ``cursor`` skips those that were given."""

_ASKED = ("queries", "query", "extend")
_FORMS = (FORM, "multipart/form-data")
_WHAT = "<any(entity, type, property):what>"


def reconcile_routes(answering: Callable[[], Answering]) -> Blueprint:
    """Make the routes of the service over what answers each request."""
    routes = Blueprint("reconcile", __name__)

    @routes.route("/reconcile", methods=["GET", "POST"])
    def endpoint() -> Response:
        if request.method == "POST" and request.mimetype not in _FORMS:
            raise UnsupportedMediaType(f"POST queries=… as {FORM}, not as {request.mimetype or 'nothing'}")
        language = language_of_request()
        asked = [name for name in _ASKED if name in request.values]
        if len(asked) > 1:
            raise BadRequest(f"{' and '.join(asked)}: ask one at a time")
        if asked:
            return _answer(asked[0], request.values[asked[0]], answering(), language)
        if request.method == "POST":
            raise BadRequest("nothing is asked: give queries=… or extend=…")
        if prefers_page(request.headers.get("Accept")) and request.args.get("format") != "json":
            return _page()
        return json_answer(manifest(language))

    @routes.route(f"/reconcile/suggest/{_WHAT}")
    def suggest(what: str) -> Response:
        prefix, skip = request.args.get("prefix", ""), read_number("cursor", request.args.get("cursor", "0"))
        return json_answer({"result": _suggested(what, prefix, skip, answering(), language_of_request())})

    @routes.route(f"/reconcile/flyout/{_WHAT}")
    def flyout(what: str) -> Response:
        id, language = request.args.get("id", ""), language_of_request()
        if what == "entity":
            entity, facts = _described(answering(), id, language)
            name = entity.name
        else:
            labels = {each.id: each.label for each in _all(what)}
            if id not in labels:
                raise NotFound(f"no {what} has the identifier that is asked for")
            name, facts = labels[id].say(language), [(id, "")]
        return json_answer(
            {"id": id, "html": render_template("reconcile_flyout.html", name=name, facts=facts)}
        )

    @routes.route("/reconcile/preview")
    def preview() -> Response | tuple[str, int]:
        try:
            entity, facts = _described(answering(), request.args.get("id", ""), language_of_request())
        except NotFound:
            return render_template("reconcile_preview.html", entity=None, facts=[]), 404
        return Response(render_template("reconcile_preview.html", entity=entity, facts=facts))

    @routes.route("/reconcile/properties")
    def properties() -> Response:
        wanted, language = request.args.get("type", ""), language_of_request()
        found = [_property(each, language) for each in proposed(wanted)]
        answer: dict[str, object] = {"type": wanted, "properties": found}
        if "limit" in request.args:
            answer["limit"] = read_number("limit", request.args["limit"])
            answer["properties"] = found[: read_number("limit", request.args["limit"])]
        return json_answer(answer)

    @routes.errorhandler(HTTPException)
    def not_done(error: HTTPException) -> Response:
        return _refused(error.code or 500, error.description or error.name)

    @routes.errorhandler(StoreError)
    def not_answered(error: StoreError) -> Response:
        told = told_of_store(error)
        response = _refused(told.status, told.english)
        response.headers.extend(told.headers)
        return response

    @routes.errorhandler(ReconciliationError)
    def not_understood(error: ReconciliationError) -> Response:
        return _refused(400, str(error))

    return routes


def _refused(code: int, message: str) -> Response:
    return plain_json(refused(code, message), code)


def _answer(what: str, text: str, answering: Answering, language: Language) -> Response:
    if what == "extend":
        wanted = read_extension(text)
        unknown = [id for id in wanted.properties if id not in PROPERTIES or not PROPERTIES[id].read]
        if unknown:
            known = ", ".join(each.id for each in proposed(""))
            raise ReconciliationError(f"no property {unknown[0][:60]!r} can be fetched; there are: {known}")
        get = answering.service.entities.get
        rows = ((id, get(id)) for id in wanted.ids)
        asked = [PROPERTIES[id] for id in wanted.properties]
        return json_answer(extension(rows, asked, answering.known(language), language))

    def answer(query: Query) -> dict[str, object]:
        asked = answering.service.asking.ask(query.name, query.properties, query.types, query.strict)
        found = answering.service.reconciler.answer(asked, query.limit)
        return candidates(found, answering.service.entities, language)

    if what == "query":
        return json_answer(answer(read_single(text)))
    return json_answer({key: answer(query) for key, query in read_batch(text).items()})


def _page() -> Response:
    """Explain the service to a person."""
    return Response(
        render_template(
            "reconcile.html",
            types=types().values(),
            properties=PROPERTIES.values(),
            features=FEATURES,
            most_queries=MOST_QUERIES,
            most_ids=MOST_IDS,
            longest=LONGEST,
        )
    )


def _suggested(
    what: str, prefix: str, skip: int, answering: Answering, language: Language
) -> list[dict[str, object]]:
    if what == "entity":
        wanted = {id for id in request.args.getlist("type") if id in types()}
        service = answering.service
        found = service.finder.find(
            prefix, SUGGESTIONS, skip, lambda entity: not wanted or not wanted.isdisjoint(entity.types)
        )
        return [
            {
                "id": entity.id,
                "name": entity.name,
                "description": service.entities.describe(entity).say(language),
                "notable": kinds(entity, language)[:1],
            }
            for entity in found
        ]
    begun = [each for each in _all(what) if _begins(prefix, each.id, each.label)]
    if prefix:
        begun.sort(key=lambda each: (len(each.label.say(language)), each.id))
    written = [
        type_of(each, language) if isinstance(each, Type) else _property(each, language) for each in begun
    ]
    return written[skip : skip + SUGGESTIONS] if prefix else written[skip:]


def _all(what: str) -> Iterable[Type | Property]:
    return types().values() if what == "type" else PROPERTIES.values()


def _begins(prefix: str, id: str, names: Iterable[str]) -> bool:
    """Tell whether an identifier or a word of a name begins so."""
    wanted = sort_key(prefix)
    return id.lower().startswith(prefix.strip().lower()) or any(
        f" {sort_key(name)}".find(f" {wanted}") >= 0 for name in names
    )


def _property(property: Property, language: Language) -> dict[str, object]:
    return {"id": property.id, "name": property.label.say(language)}


_SHOWN = ("organizationKind", "siren", "inseeCode", "department", "region", "epci", "population", "history")


def _described(answering: Answering, id: str, language: Language) -> tuple[Entity, list[tuple[str, str]]]:
    """Give an entity and what a preview says of it.

    :raises NotFound: nothing has this identifier.
    """
    entity = answering.service.entities.get(id)
    if entity is None:
        raise NotFound("no entity has the identifier that is asked for")
    known = answering.known(language)
    year = ", ".join(map(str, PROPERTIES["populationYear"].values(known, entity)))
    facts = []
    for each in map(PROPERTIES.__getitem__, _SHOWN):
        values = [
            value.name if isinstance(value, Entity) else str(value) for value in each.values(known, entity)
        ]
        if values:
            told = ", ".join(values)
            facts.append((each.label.say(language), f"{told} ({year})" if each.id == "population" else told))
    return entity, facts
