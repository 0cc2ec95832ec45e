"""/about, /legal, /privacy, /accessibility, /licences: pages of prose, in French and English."""

from collections.abc import Callable

from flask import Blueprint, Response, render_template

from innograph.web.frontend import Frontend
from innograph.web.live import Version
from innograph.web.words import language_of_request


def text_routes(version: Callable[[], Version], frontend: Frontend) -> Blueprint:
    """Make the routes of the pages of prose."""
    routes = Blueprint("texts", __name__)

    def text(name: str) -> str:
        template = f"texts/{name}.{language_of_request()}.html"
        return render_template(template, counts=version().counts())

    @routes.route("/about")
    def about() -> str:
        return text("about")

    @routes.route("/legal")
    def legal() -> str:
        return text("legal")

    @routes.route("/privacy")
    def privacy() -> str:
        return text("privacy")

    @routes.route("/accessibility")
    def accessibility() -> str:
        return text("accessibility")

    @routes.route("/licences")
    def licences() -> Response:
        return Response(frontend.read("licences.txt"), content_type="text/plain; charset=utf-8")

    return routes
