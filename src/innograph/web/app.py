"""The pages: a Flask application over the version that is served."""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from urllib.parse import quote

from flask import Flask, Response, g, make_response, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from innograph import resources
from innograph.errors import DataError, StoreError
from innograph.registry.file import Registry
from innograph.reports import Reports
from innograph.store.queries import NamedQuery, read_queries
from innograph.web.address import PUBLIC_ADDRESS
from innograph.web.builder import builder_routes
from innograph.web.dataset import dataset_routes
from innograph.web.exchange import LONGEST_BODY
from innograph.web.explore.routes import explore_routes
from innograph.web.finding import search_routes
from innograph.web.frame import add_frame
from innograph.web.frontend import Frontend
from innograph.web.headers import PREFLIGHT, SECURITY
from innograph.web.live import Live, Version
from innograph.web.machines import machine_routes
from innograph.web.negotiation import prefers_page
from innograph.web.pages import page_routes
from innograph.web.questions import question_routes
from innograph.web.reader import Shown
from innograph.web.reconcile import reconcile_routes
from innograph.web.reconcile_live import Services
from innograph.web.refusals import FAULT, Refusal, refusal
from innograph.web.reporting import report_routes
from innograph.web.security import policy
from innograph.web.service import functions
from innograph.web.sparql import sparql_routes
from innograph.web.texts import text_routes
from innograph.web.things import thing_routes
from innograph.web.vocabulary import vocabulary_routes
from innograph.web.words import has_word, language_of_request, word
from innograph.web.workbench import workbench_routes
from innograph.workers.limits import Limits

_OF_FILES = ("search.page", "search.data", "dataset.dumps", "dataset.dump")
"""Routes that need the index of search or the published files."""

_log = logging.getLogger(__name__)


def create_app(
    live: Live,
    pages: Mapping[str, NamedQuery],
    examples: Mapping[str, NamedQuery],
    registry: Registry,
    reports: Reports,
    *,
    limits: Limits | None = None,
    public_address: str | None = None,
    functions: Callable[[], Sequence[str]] = functions,
    federated: bool = False,
    today: Callable[[], date] = lambda: datetime.now(UTC).date(),
) -> Flask:
    """Make the pages over the version that ``live`` gives.

    :param pages: what pages ask (:func:`page_queries`), and ``examples`` the queries of ``queries/examples``.
    :param reports: where readers' reports of errors are kept.
    :param limits: what the engine of ``live`` keeps to, for whoever is told that a query went over them.
    :param functions: lists what the engine of ``live`` can do beyond SPARQL.
    :param federated: whether queries may ask other endpoints.
    :param public_address: of the site, with a slash at its end; by default the one that a client used.
    :raises DataError: the questions offer choices that there are not, or the front-end is missing.
    """
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = LONGEST_BODY
    app.config[PUBLIC_ADDRESS] = public_address
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    limits = limits or Limits()
    _check_choices(pages, examples)
    frontend = Frontend(resources.frontend())
    services = Services(registry)

    def version() -> Version:
        if "version" not in g:
            g.holding = ExitStack()
            g.version = g.holding.enter_context(live.held())
        found: Version = g.version
        return found

    def let_go(_error: BaseException | None) -> None:
        holding = g.pop("holding", None)
        if holding:
            holding.close()

    app.register_blueprint(frontend.routes())
    app.register_blueprint(sparql_routes(version, examples, limits, functions, federated=federated))
    app.register_blueprint(workbench_routes(version, examples))
    app.register_blueprint(builder_routes())
    app.register_blueprint(thing_routes(version, today))
    app.register_blueprint(page_routes(version, examples, today))
    app.register_blueprint(explore_routes(version, lambda: services.over(version()), today))
    app.register_blueprint(search_routes(version, registry))
    app.register_blueprint(question_routes(version, examples))
    app.register_blueprint(vocabulary_routes(version, pages))
    app.register_blueprint(dataset_routes(version))
    app.register_blueprint(report_routes(version, reports))
    app.register_blueprint(text_routes(version, frontend))
    app.register_blueprint(machine_routes(version, frontend, examples))
    app.register_blueprint(reconcile_routes(lambda: services.over(version())))
    app.register_error_handler(HTTPException, lambda error: _refused(error, limits))
    app.register_error_handler(Exception, lambda error: _refused(error, limits))
    app.before_request(_without_last_slash)
    app.before_request(lambda: _check_is_here(version))
    app.after_request(_add_headers)
    app.teardown_appcontext(let_go)
    add_frame(app, frontend, version)
    return app


def page_queries() -> dict[str, NamedQuery]:
    """Read what pages ask: ``queries/pages/`` by name, the other folders as ``choices/<name>`` and so on.

    :raises DataError: one of the files is wrong.
    """
    found = read_queries(resources.queries() / "pages")
    for folder in ("choices", "facets", "explore"):
        found |= {
            f"{folder}/{name}": query for name, query in read_queries(resources.queries() / folder).items()
        }
    return found


def _check_choices(pages: Mapping[str, NamedQuery], examples: Mapping[str, NamedQuery]) -> None:
    for query in examples.values():
        for parameter in query.parameters:
            if parameter.choices and f"choices/{parameter.choices}" not in pages:
                raise DataError(
                    f"{query.name} offers the choices {parameter.choices!r}, which are no file here",
                    resources.queries() / "choices",
                )


def _without_last_slash() -> AnyResponse | None:
    """Send whoever puts a slash behind an address to the one without; only /dumps/ is a folder."""
    path = request.path
    if request.endpoint == "dataset.dumps" or not path.endswith("/") or not path.strip("/"):
        return None
    asked = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    return redirect("/" + quote(path.strip("/")) + asked, 308)  # quoted, and one slash: no other host


def _check_is_here(version: Callable[[], Version]) -> None:
    """Refuse what needs files that are not here, where the graph is read from another server.

    :raises StoreError: so it is.
    """
    if request.endpoint in _OF_FILES and not version().snapshot.here:
        raise StoreError("the files of this version are not here", "elsewhere")


def _refused(error: Exception, limits: Limits) -> Response:
    """Answer with an error, as a page to browsers: a French page says first in French what sort it is."""
    told = refusal(error, limits)
    if told is None:
        # what it says may name files of this machine, so the client is not told
        _log.error("%s %a", request.method, request.path, exc_info=error)
        told = FAULT
    elif isinstance(error, StoreError):
        _log.warning("%s", error)
    if prefers_page(request.headers.get("Accept")):
        ours = not isinstance(error, HTTPException) or error.description != type(error).description
        response = make_response(_error_page(told, ours, getattr(error, "nearest", [])))
    else:
        response = make_response(told.text)
        response.content_type = "text/plain; charset=utf-8"
    response.status_code = told.status
    response.headers.extend(told.headers)
    return response


def _error_page(told: Refusal, ours: bool, nearest: list[Shown]) -> str:
    """Write the page of a refusal; ``ours`` tells whether its sentence is our own, or that of the library."""
    language = language_of_request()
    title = word("not found" if told.status in (404, 410) else "error", language)
    known = f"error {told.status}"
    message = (told.french if language == "fr" and told.french else told.english) if ours else None
    sentence = word(known, language) if has_word(known) else None if ours else told.english
    foreign = language == "fr" and not told.french
    if ours and not foreign:
        sentence = None
    return render_template(
        "error.html",
        title=title,
        sentence=sentence,
        message=message,
        foreign=foreign,
        nearest=nearest,
        gone=told.status == 410,
    )


def _add_headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = policy(request.endpoint)
    for name, value in SECURITY:
        response.headers.setdefault(name, value)
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET, HEAD, OPTIONS")
        response.headers.extend(PREFLIGHT)
    if request.method in ("GET", "HEAD") and response.status_code == 200:
        response.headers.setdefault("Cache-Control", "public, no-cache")
        if not response.direct_passthrough:
            response.add_etag(weak=True)
            response.make_conditional(request)
    response.vary.update(("Accept", "Accept-Encoding", "Accept-Language"))
    return response
