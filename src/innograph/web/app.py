"""The Flask application over a home of snapshots."""

import logging
from urllib.parse import quote

from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError
from werkzeug.wrappers import Response as AnyResponse

from innograph.errors import QueryError
from innograph.registry.file import Registry
from innograph.resources import queries, registry_file
from innograph.store.queries import read_queries
from innograph.store.snapshots import Home
from innograph.web.live import Live, Version
from innograph.web.negotiation import prefers_page
from innograph.web.pages import page_routes
from innograph.web.reader import Shown, path_of
from innograph.web.reconcile import reconcile_routes
from innograph.web.reconcile_live import Services
from innograph.web.sparql import LONGEST_REQUEST, sparql_routes
from innograph.web.things import thing_routes
from innograph.web.words import has_word, language_of_request, word

_log = logging.getLogger(__name__)


def create_app(home: Home, registry: Registry | None = None) -> Flask:
    """Make the application. It serves the current snapshot of ``home`` and follows the pointer.

    :param registry: the registers; those of this installation if there is none.
    :raises SnapshotError: the home has no whole snapshot.
    :raises DataError: a file of ``queries/`` is wrong.
    :raises RegistryError: the registers are missing or not whole.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = LONGEST_REQUEST
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    pages = read_queries(queries() / "pages")
    examples = read_queries(queries() / "examples")
    live = Live(home, pages)
    services = Services(registry or Registry(registry_file()))

    def version() -> Version:
        if "version" not in g:
            g.version = live.version()
        found: Version = g.version
        return found

    app.register_blueprint(sparql_routes(version, examples))
    app.register_blueprint(thing_routes(version))
    app.register_blueprint(page_routes(version, pages, examples))
    app.register_blueprint(reconcile_routes(lambda: services.over(version())))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(QueryError, _query_error)
    app.register_error_handler(Exception, _unforeseen_error)
    app.before_request(_without_last_slash)
    app.after_request(_add_headers)
    app.url_defaults(_keep_language)

    @app.context_processor
    def interface() -> dict[str, object]:
        language = language_of_request()
        return {
            "language": language,
            "w": lambda key: word(key, language),
            "known": has_word,
            "path_to": path_to,
            "other_language": _in_other_language(),
        }

    return app


def path_to(shown: Shown) -> str | None:
    """Give the path or address that a shown term leads to; None where it leads nowhere."""
    if not shown.address:
        return None
    ours = path_of(shown.address)
    if ours:
        kind, name = ours
        return (
            url_for("things.doc", path=name) if kind == "thing" else url_for("pages.ontology", _anchor=name)
        )
    return shown.address if shown.address.startswith(("http://", "https://")) else None


def _without_last_slash() -> AnyResponse | None:
    """Send whoever puts a slash behind an address to the one without; only /dumps/ is a folder."""
    path = request.path
    if request.endpoint == "pages.dumps" or not path.endswith("/") or not path.strip("/"):
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
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'"
    )
    response.vary.update(("Accept", "Accept-Language"))
    return response


def _keep_language(endpoint: str, values: dict[str, object]) -> None:
    """Keep a language that was asked for in the address when following a link."""
    if "lang" in request.args and endpoint != "static":
        values.setdefault("lang", language_of_request())


def _in_other_language() -> str:
    other = "fr" if language_of_request() == "en" else "en"
    kept = "&".join(f"{quote(k)}={quote(v)}" for k, v in request.args.items(multi=True) if k != "lang")
    return f"{request.path}?{kept}&lang={other}" if kept else f"{request.path}?lang={other}"
