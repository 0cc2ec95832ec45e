"""The Flask application over a home of snapshots."""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime
from urllib.parse import quote

from flask import Flask, Response, g, make_response, redirect, render_template, request
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError
from werkzeug.wrappers import Response as AnyResponse

from innograph import resources
from innograph.errors import DataError, QueryError
from innograph.registry.file import Registry
from innograph.reports import FILE, Reports
from innograph.store.queries import NamedQuery, read_queries
from innograph.store.snapshots import Home
from innograph.web.builder import builder_routes
from innograph.web.dataset import dataset_routes
from innograph.web.finding import search_routes
from innograph.web.frame import add_frame
from innograph.web.frontend import Frontend
from innograph.web.live import Live, Version
from innograph.web.machines import machine_routes
from innograph.web.negotiation import prefers_page
from innograph.web.pages import page_routes
from innograph.web.questions import question_routes
from innograph.web.reconcile import reconcile_routes
from innograph.web.reconcile_live import Services
from innograph.web.reporting import report_routes
from innograph.web.security import policy
from innograph.web.sparql import LONGEST_REQUEST, sparql_routes
from innograph.web.texts import text_routes
from innograph.web.things import thing_routes
from innograph.web.vocabulary import vocabulary_routes
from innograph.web.words import has_word, language_of_request, word
from innograph.web.workbench import workbench_routes

_log = logging.getLogger(__name__)


def create_app(
    home: Home,
    registry: Registry | None = None,
    today: Callable[[], date] = lambda: datetime.now(UTC).date(),
) -> Flask:
    """Make the application. It serves the current snapshot of ``home`` and follows the pointer.

    :param registry: the registers; those of this installation if there is none.
    :raises SnapshotError: the home has no whole snapshot.
    :raises DataError: a file of ``queries/`` is wrong, or the front-end is missing.
    :raises RegistryError: the registers are missing or not whole.
    """
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = LONGEST_REQUEST
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    pages, examples = page_queries(), read_queries(resources.queries() / "examples")
    _check_choices(pages, examples)
    frontend = Frontend(resources.frontend())
    live = Live(home, pages)
    registry = registry or Registry(resources.registry_file())
    services = Services(registry)

    def version() -> Version:
        if "version" not in g:
            g.version = live.version()
        found: Version = g.version
        return found

    app.register_blueprint(frontend.routes())
    app.register_blueprint(sparql_routes(version, examples))
    app.register_blueprint(workbench_routes(version, examples))
    app.register_blueprint(builder_routes())
    app.register_blueprint(thing_routes(version))
    app.register_blueprint(page_routes(version, examples, today))
    app.register_blueprint(search_routes(version, registry))
    app.register_blueprint(question_routes(version, examples))
    app.register_blueprint(vocabulary_routes(version, pages))
    app.register_blueprint(dataset_routes(version))
    app.register_blueprint(report_routes(version, Reports(home.path / FILE)))
    app.register_blueprint(text_routes(version, frontend))
    app.register_blueprint(machine_routes(version, frontend, list(examples)))
    app.register_blueprint(reconcile_routes(lambda: services.over(version())))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(QueryError, _query_error)
    app.register_error_handler(Exception, _unforeseen_error)
    app.before_request(_without_last_slash)
    app.after_request(_add_headers)
    add_frame(app, frontend, version)
    return app


def page_queries() -> dict[str, NamedQuery]:
    """Read what pages ask: ``queries/pages/`` by name, ``queries/choices/`` as ``choices/<name>``.

    :raises DataError: one of the files is wrong.
    """
    choices = read_queries(resources.queries() / "choices")
    return {
        **read_queries(resources.queries() / "pages"),
        **{f"choices/{name}": query for name, query in choices.items()},
    }


def _check_choices(pages: dict[str, NamedQuery], examples: dict[str, NamedQuery]) -> None:
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


def _http_error(error: HTTPException) -> Response:
    """Answer with an error; in a French page a French sentence stands before what we say, in English."""
    ours = error.description if error.description != type(error).description else None
    if not prefers_page(request):
        response = make_response(f"{error.description or error.name}\n")
        response.content_type = "text/plain; charset=utf-8"
    else:
        nearest = getattr(error, "nearest", [])
        language = language_of_request()
        title = word("not found" if error.code == 404 else "error", language)
        known = f"error {error.code}"
        general = word(known, language) if has_word(known) else None if ours else error.name
        sentence = None if ours and language == "en" else general
        response = make_response(
            render_template("error.html", title=title, sentence=sentence, message=ours, nearest=nearest)
        )
    response.status_code = error.code or 500
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            response.headers[name] = value
    return response


def _query_error(error: QueryError) -> Response:
    return _http_error(BadRequest(str(error)))


def _unforeseen_error(error: Exception) -> Response:
    """Log an error whole; what it says may name files of this machine, so the client is not told."""
    _log.error("%s %s", request.method, request.path, exc_info=error)
    return _http_error(InternalServerError("something went wrong here; it has been logged"))


def _add_headers(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET, HEAD, OPTIONS")
        response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Content-Type"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Content-Security-Policy"] = policy(request.endpoint)
    response.vary.update(("Accept", "Accept-Language"))
    return response
