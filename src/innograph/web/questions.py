"""/queries: each file of ``queries/examples/`` as a page and a sh:SPARQLExecutable.

Answers as data are given by :mod:`innograph.web.endpoint`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotFound

from innograph.errors import QueryError
from innograph.namespaces import shorten
from innograph.store.engine import Question
from innograph.store.formats import TRIPLES, find_format, write_triples
from innograph.store.queries import NamedQuery, Parameter
from innograph.web.address import root
from innograph.web.answers import links_to_formats, page_of
from innograph.web.charts import chart_of
from innograph.web.executables import executables
from innograph.web.live import Version
from innograph.web.places import map_of_column
from innograph.web.reader import Reader, Row
from innograph.web.subjects import by_subject
from innograph.web.words import Language, language_of_request


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a parameter may have, as the form offers it."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as the form shows it; without ``choices`` any value of its type may be typed."""

    name: str
    type: str
    value: str
    choices: list[Choice]


def question_routes(version: Callable[[], Version], examples: Mapping[str, NamedQuery]) -> Blueprint:
    """Make the routes of the ready-made questions."""
    routes = Blueprint("questions", __name__)

    @routes.route("/queries")
    def index() -> str:
        return render_template("queries.html", subjects=by_subject(examples))

    @routes.route("/queries.ttl")
    def executable() -> Response:
        turtle = find_format("turtle", TRIPLES)
        assert turtle is not None
        triples = executables(examples.values(), root() + "sparql")
        return Response(write_triples(triples, turtle), content_type=turtle.content_type)

    @routes.route("/queries/<name>")
    def question(name: str) -> Response:
        if name not in examples:
            raise NotFound(f"no question is called {name!r}; the list is at /queries")
        query = examples[name]
        given = {key: value for key, value in request.args.items() if key not in ("format", "lang")}
        live = version()
        reader = live.reader
        bound = query.bound(given)
        return page_of(
            live.engine.answer(Question(bound)),
            "query.html",
            reader,
            brief=True,
            question=query,
            fields=lambda: [_field(reader, each, given) for each in query.parameters],
            chart=lambda table: chart_of(table, query.chart),
            places=lambda table: map_of_column(table, query.map, reader, language_of_request()),
            bound=bound,
            links=lambda formats: links_to_formats("questions.question", formats, {"name": name, **given}),
        )

    return routes


def _field(reader: Reader, parameter: Parameter, given: Mapping[str, str]) -> Field:
    """Offer the values that a parameter may have; one that was given and is not among them stays."""
    value = given.get(parameter.name, parameter.default)
    choices = []
    if parameter.choices:
        chosen = parameter.value(value)
        for row in _in_language(reader.rows(f"choices/{parameter.choices}"), language_of_request()):
            term = row["value"]
            written = shorten(term.value) if isinstance(term, NamedNode) else term.value
            choices.append(Choice(written, row["label"].value, _same(parameter, written, chosen)))
        if not any(choice.chosen for choice in choices):
            choices.append(Choice(value, value, True))
    return Field(parameter.name, parameter.type, value, choices)


def _in_language(rows: list[Row], language: Language) -> list[Row]:
    """Leave out the labels in the other language; what has no language, or French alone, is for everybody."""
    tags = {getattr(row["label"], "language", None) for row in rows}
    wanted = language if language in tags else "fr"
    return [row for row in rows if getattr(row["label"], "language", None) in (wanted, None)]


def _same(parameter: Parameter, written: str, chosen: object) -> bool:
    try:
        return parameter.value(written) == chosen
    except QueryError:
        return False
