"""/id/… and /doc/…: a thing and its description, as a page or as data (https://www.w3.org/TR/cooluris/)."""

from collections.abc import Callable

from flask import Blueprint, Response, redirect, render_template, request, url_for
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from innograph.namespaces import ID
from innograph.store.formats import ONE_GRAPH, write_triples
from innograph.web.description import describe
from innograph.web.layouts import LAYOUTS, PLAIN
from innograph.web.live import Version
from innograph.web.moved import look_elsewhere
from innograph.web.negotiation import choose_format
from innograph.web.reader import Shown
from innograph.web.words import language_of_request

SUFFIXES = {format.extension: format for format in ONE_GRAPH}
SUFFIXES["json"] = SUFFIXES["jsonld"]
"""What may follow the path of a description, after a dot, to ask for a format: ``.json`` is JSON-LD too."""

MOST_NEAREST = 8


class NoSuchThing(NotFound):
    """Nothing has this address. ``nearest`` are things with a similar name."""

    def __init__(self, path: str, nearest: list[Shown]) -> None:
        super().__init__(f"nothing has the address {ID}{path}")
        self.nearest = nearest


def thing_routes(version: Callable[[], Version]) -> Blueprint:
    """Make the routes /id/… and /doc/… over the version of each request."""
    routes = Blueprint("things", __name__)

    @routes.route("/id/<path:path>")
    def thing(path: str) -> AnyResponse:
        _find(version(), path, lambda other: _with_query(url_for("things.thing", path=other, lang=None)))
        return redirect(url_for("things.doc", path=path), 303)

    @routes.route("/doc/<path:path>")
    def doc(path: str) -> Response:
        live = version()
        reader = live.reader
        stem, _, suffix = path.rpartition(".")
        format = SUFFIXES.get(suffix) if stem else None
        as_page = bool(stem) and suffix == "html"
        if format or as_page:
            path = stem
        ending = f".{suffix}" if format or as_page else ""
        node = _find(
            live, path, lambda other: _with_query(url_for("things.doc", path=other + ending, lang=None))
        )
        if not (format or as_page):
            format = choose_format(request, ONE_GRAPH)
        if format:
            triples = reader.triples("describe", thing=node.value)
            return Response(write_triples(triples, format), content_type=format.content_type)
        language = language_of_request()
        layout = LAYOUTS.get(path.partition("/")[0], PLAIN)
        own = layout.read(reader, node, language)
        description = describe(reader, node, language, layout.shows, layout.listed)
        query = reader.text("thing", thing=node.value)
        page = render_template(
            layout.template,
            it=description,
            path=path,
            suffixes=SUFFIXES,
            query=query,
            plain=layout is PLAIN,
            placed=layout.placed,
            **own,
        )
        return Response(page)

    return routes


def _find(version: Version, path: str, lead: Callable[[str], str]) -> NamedNode:
    """Give the thing that has an address.

    :raises HTTPException: none has; leads to what took its place, or names the nearest.
    """
    try:
        node = NamedNode(ID + path)
    except ValueError:
        raise NoSuchThing(path, []) from None
    if version.reader.holds(node):
        return node
    look_elsewhere(version, path, lead)
    raise NoSuchThing(path, _nearest(version, path))


def _with_query(path: str) -> str:
    asked = request.query_string.decode("latin-1")
    return f"{path}?{asked}" if asked else path


def _nearest(version: Version, path: str) -> list[Shown]:
    """Find things whose names hold the words of the last part of ``path``, or some of them."""
    words = path.rpartition("/")[2]
    if version.index is None:
        return []
    found = version.index.find(words, limit=MOST_NEAREST) or version.index.find_some(
        words, limit=MOST_NEAREST
    )
    return [version.reader.show(NamedNode(each.thing), language_of_request()) for each in found]
