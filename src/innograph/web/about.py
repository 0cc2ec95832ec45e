"""/dataset, /.well-known/void, /openapi.json: what this site says of its dataset and of itself."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import BadRequest

from innograph.errors import InnographError
from innograph.namespaces import shorten
from innograph.store.formats import ONE_GRAPH, write_triples
from innograph.store.queries import NamedQuery
from innograph.web.catalogue import catalogue
from innograph.web.live import Version
from innograph.web.negotiation import choose_format
from innograph.web.openapi import openapi
from innograph.web.void import void
from innograph.web.words import language_of_request

PUBLIC_ADDRESS = "PUBLIC_ADDRESS"
"""Key of the configuration of the application: the address of the site, where it cannot know it itself."""


def about_routes(version: Callable[[], Version], examples: Mapping[str, NamedQuery]) -> Blueprint:
    """Make the routes over the version of each request."""
    routes = Blueprint("about", __name__)

    @routes.route("/dataset")
    def dataset() -> Response:
        live = version()
        figures = live.figures()
        format = choose_format(request, ONE_GRAPH)
        if format:
            triples = catalogue(live.snapshot, figures, root())
            return Response(write_triples(triples, format), content_type=format.content_type)
        language = language_of_request()
        named = [
            (live.reader.show(NamedNode(name), language), shorten(name), number)
            for name, number in figures.by_class.items()
        ]
        page = render_template(
            "dataset.html", figures=figures, classes=named, snapshot=live.snapshot, formats=ONE_GRAPH
        )
        return Response(page)

    @routes.route("/.well-known/void")
    def well_known() -> Response:
        live = version()
        format = choose_format(request, ONE_GRAPH, html=False)
        assert format
        triples = void(live.snapshot, live.figures(), root())
        return Response(write_triples(triples, format), content_type=format.content_type)

    @routes.route("/openapi.json")
    def interface() -> Response:
        return jsonify(openapi(examples, root()))

    return routes


def root() -> str:
    """Give the address of this site, with a slash at its end.

    :raises BadRequest: the client calls it by a name that is none.
    """
    address: str = current_app.config.get(PUBLIC_ADDRESS) or request.url_root
    try:
        return NamedNode(address).value
    except ValueError:
        raise BadRequest("the header Host names no host") from None


def read_address(text: str | None) -> str | None:
    """Read the public address of a site as a person writes it; give it with a slash at its end.

    :raises InnographError: it is none.

    >>> read_address("https://prix.example")
    'https://prix.example/'
    """
    if text is None:
        return None
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise InnographError(f"not the address of a site: {text!r}; write https://…/")
    return text.rstrip("/") + "/"
