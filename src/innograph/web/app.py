"""The pages: a Flask application over the version that is served."""

import logging
from collections.abc import Mapping
from contextlib import ExitStack
from urllib.parse import quote

from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from innograph.store.queries import NamedQuery
from innograph.web.about import PUBLIC_ADDRESS, about_routes
from innograph.web.exchange import LONGEST_BODY
from innograph.web.headers import PREFLIGHT, SECURITY
from innograph.web.live import Live, Version
from innograph.web.negotiation import prefers_page
from innograph.web.pages import page_routes
from innograph.web.reader import Shown, path_of
from innograph.web.refusals import FAULT, Refusal, refusal
from innograph.web.sparql import sparql_routes
from innograph.web.things import thing_routes
from innograph.web.words import has_word, language_of_request, word
from innograph.workers.limits import Limits

_log = logging.getLogger(__name__)


def create_app(
    live: Live,
    pages: Mapping[str, NamedQuery],
    examples: Mapping[str, NamedQuery],
    limits: Limits | None = None,
    public_address: str | None = None,
) -> Flask:
    """Make the pages over the version that ``live`` gives.

    :param pages: the queries of ``queries/pages``, and ``examples`` those of ``queries/examples``.
    :param limits: what the engine of ``live`` keeps to, for whoever is told that a query went over them.
    :param public_address: of the site, with a slash at its end; by default the one that a client used.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = LONGEST_BODY
    app.config[PUBLIC_ADDRESS] = public_address
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    limits = limits or Limits()

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

    app.register_blueprint(sparql_routes(version, examples, limits))
    app.register_blueprint(about_routes(version, examples))
    app.register_blueprint(thing_routes(version))
    app.register_blueprint(page_routes(version, pages, examples))
    app.register_error_handler(HTTPException, lambda error: _refused(error, limits))
    app.register_error_handler(Exception, lambda error: _refused(error, limits))
    app.before_request(_without_last_slash)
    app.after_request(_add_headers)
    app.teardown_appcontext(let_go)
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


def _refused(error: Exception, limits: Limits) -> Response:
    """Answer with an error, as a page to browsers: a French page says first in French what sort it is."""
    told = refusal(error, limits)
    if told is None:
        # what it says may name files of this machine, so the client is not told
        _log.error("%s %a", request.method, request.path, exc_info=error)
        told = FAULT
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
    title = word("not found" if told.status == 404 else "error", language)
    known = f"error {told.status}"
    message = (told.french if language == "fr" and told.french else told.english) if ours else None
    sentence = word(known, language) if has_word(known) else None if ours else told.english
    foreign = language == "fr" and not told.french
    if ours and not foreign:
        sentence = None
    return render_template(
        "error.html", title=title, sentence=sentence, message=message, foreign=foreign, nearest=nearest
    )


def _add_headers(response: Response) -> Response:
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


def _keep_language(endpoint: str, values: dict[str, object]) -> None:
    """Keep a language that was asked for in the address when following a link."""
    if "lang" in request.args and endpoint != "static":
        values.setdefault("lang", language_of_request())


def _in_other_language() -> str:
    other = "fr" if language_of_request() == "en" else "en"
    kept = "&".join(f"{quote(k)}={quote(v)}" for k, v in request.args.items(multi=True) if k != "lang")
    return f"{request.path}?{kept}&lang={other}" if kept else f"{request.path}?lang={other}"
