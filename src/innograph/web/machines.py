"""What machines ask every site for: robots.txt, a sitemap, a feed, a manifest, an icon, its OpenAPI."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, jsonify, render_template, url_for
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response as AnyResponse

from innograph.namespaces import ID
from innograph.store.queries import NamedQuery
from innograph.web.address import root
from innograph.web.frontend import Frontend
from innograph.web.live import Version
from innograph.web.openapi import openapi
from innograph.web.reader import path_of
from innograph.web.words import language_of_request, word

PAGES = (
    "pages.home",
    "explore.page",
    "questions.index",
    "sparql.endpoint",
    "vocabulary.index",
    "vocabulary.shapes",
    "dataset.page",
    "dataset.dumps",
    "texts.about",
    "texts.legal",
    "texts.privacy",
    "texts.accessibility",
)


def machine_routes(
    version: Callable[[], Version], frontend: Frontend, examples: Mapping[str, NamedQuery]
) -> Blueprint:
    """Make the routes for machines.

    :param examples: the questions that are pages.
    """
    routes = Blueprint("machines", __name__)

    @routes.route("/robots.txt")
    def robots() -> Response:
        text = render_template("robots.txt", root=root().rstrip("/"))
        return Response(text, content_type="text/plain; charset=utf-8")

    @routes.route("/sitemap.xml")
    def sitemap() -> Response:
        rows = version().reader.rows("sitemap")
        paths = [url_for(endpoint) for endpoint in PAGES]
        paths += [url_for("questions.question", name=name) for name in examples]
        paths += [
            url_for("things.doc", path=ours[1])
            for row in rows
            if isinstance(row["thing"], NamedNode) and (ours := path_of(row["thing"].value))
        ]
        text = render_template("sitemap.xml", root=root().rstrip("/"), paths=paths)
        return Response(text, content_type="application/xml; charset=utf-8")

    @routes.route("/feed.atom")
    def feed() -> Response:
        language = language_of_request()
        reader = version().reader
        entries = [
            {name: reader.show(node, language) for name, node in row.items()}
            | {"address": row["distinction"].value}
            for row in reader.rows("feed")
        ]
        text = render_template(
            "feed.xml", root=root().rstrip("/"), entries=entries, language=language, id_root=ID
        )
        return Response(text, content_type="application/atom+xml; charset=utf-8")

    @routes.route("/site.webmanifest")
    def manifest() -> Response:
        text = render_template("site.webmanifest", description=word("description", language_of_request()))
        return Response(text, content_type="application/manifest+json; charset=utf-8")

    @routes.route("/openapi.json")
    def interface() -> Response:
        return jsonify(openapi(examples, root()))

    @routes.route("/favicon.ico")
    def icon() -> AnyResponse:
        response = Response((frontend.folder / "icon-180.png").read_bytes(), content_type="image/png")
        response.cache_control.max_age = 86400
        return response

    return routes
