"""/id/… and /doc/…: a thing and its description, as a page or as data (https://www.w3.org/TR/cooluris/)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from flask import Blueprint, Response, redirect, render_template, request, url_for
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from innograph.namespaces import ID
from innograph.store.formats import ONE_GRAPH, write_triples
from innograph.web.address import root
from innograph.web.citing import MEDIA_TYPES, cite
from innograph.web.description import describe
from innograph.web.layouts import LAYOUTS, PLAIN, Layout
from innograph.web.links import path_to
from innograph.web.live import Version
from innograph.web.moved import look_elsewhere
from innograph.web.negotiation import choose_format
from innograph.web.reader import Node, Shown
from innograph.web.schema_org import page_in_schema_org
from innograph.web.words import Language, language_of_request
from innograph.web.years import around, grid, known_editions, of_one

SUFFIXES = {format.extension: format for format in ONE_GRAPH}
SUFFIXES["json"] = SUFFIXES["jsonld"]
"""What may follow the path of a description, after a dot, to ask for a format: ``.json`` is JSON-LD too."""

MOST_NEAREST = 8

_FROM_THE_ROOT: Final = ("award", "territory/region", "territory", "theme", "edition", "document", "category")
"""Beginnings of addresses of what breadcrumbs show, in their order; whatever else comes first."""


class NoSuchThing(NotFound):
    """Nothing has this address. ``nearest`` are things with a similar name."""

    def __init__(self, path: str, nearest: list[Shown]) -> None:
        super().__init__(f"nothing has the address {ID}{path}")
        self.nearest = nearest


def thing_routes(version: Callable[[], Version], today: Callable[[], date]) -> Blueprint:
    """Make the routes /id/… and /doc/… over the version of each request."""
    routes = Blueprint("things", __name__)

    @routes.route("/id/<path:path>")
    def thing(path: str) -> AnyResponse:
        _find(version(), path, lambda other: _with_query(url_for("things.thing", path=other, lang=None)))
        return redirect(url_for("things.doc", path=path), 303)

    @routes.route("/doc/<path:path>")
    def doc(path: str) -> Response:
        live = version()
        path, suffix = _without_suffix(path)
        ending = f".{suffix}" if suffix else ""
        node = _find(
            live, path, lambda other: _with_query(url_for("things.doc", path=other + ending, lang=None))
        )
        language = language_of_request()
        if suffix in MEDIA_TYPES:
            citation = cite(live.reader, live.snapshot, node, language)
            return Response(citation.written_as(suffix) + "\n", content_type=MEDIA_TYPES[suffix])
        format = SUFFIXES.get(suffix) or (None if suffix else choose_format(request, ONE_GRAPH))
        if format:
            triples = live.reader.triples("describe", thing=node.value)
            return Response(write_triples(triples, format), content_type=format.content_type)
        layout = LAYOUTS.get(path.partition("/")[0], PLAIN)
        return Response(
            render_template(layout.template, **_page(live, node, path, layout, today(), language))
        )

    return routes


def _without_suffix(path: str) -> tuple[str, str]:
    """Part the path of a description from the suffix that asks for a format, or for the page.

    >>> _without_suffix("rank/gold.csl.json"), _without_suffix("rank/gold"), _without_suffix(".ttl")
    (('rank/gold', 'csl.json'), ('rank/gold', ''), ('.ttl', ''))
    """
    for suffix in ("html", *MEDIA_TYPES, *SUFFIXES):
        stem = path.removesuffix(f".{suffix}")
        if stem and stem != path:
            return stem, suffix
    return path, ""


def _page(
    live: Version, node: NamedNode, path: str, layout: Layout, today: date, language: Language
) -> Mapping[str, Any]:
    """Give all that the template of a layout shows of a thing."""
    reader = live.reader
    steps = sorted((row["parent"] for row in reader.rows("crumbs", thing=node.value)), key=_depth)
    own = layout.read(reader, node, language)
    it = describe(reader, node, language, layout.shows, layout.listed)
    parents = [reader.show(each, language) for each in steps]
    crumbs = own.get("own_crumbs") or [
        *((each.text, path_to(each)) for each in parents),
        (it.types[0].text if it.types else path, None),
    ]
    site = root().rstrip("/")
    page = site + url_for("things.doc", path=path)
    way = [*((name, site + address) for name, address in crumbs if address), (it.title.text, page)]
    linked = page_in_schema_org(
        it, path.partition("/")[0], own.get("summary", ""), own.get("linked", {}), way, page, language
    )
    years: dict[str, Any] = {}
    if layout.years:
        every = grid(reader, known_editions(live.snapshot), today.year, language)
        years = {"grid": of_one(every, node.value), "around": around(every, node.value)}
    return {
        "it": it,
        "path": path,
        "suffixes": SUFFIXES,
        "plain": layout is PLAIN,
        "placed": layout.placed,
        "crumbs": crumbs,
        "page_in_schema_org": linked,
        "citation": cite(reader, live.snapshot, node, language),
        "citations": MEDIA_TYPES,
        "query": reader.text("thing", thing=node.value),
        "useful_query": reader.text_about(layout.question, node) if layout.question != "thing" else "",
        **years,
        **own,
    }


def _depth(parent: Node) -> tuple[int, str]:
    """Tell how far from the root of the breadcrumbs stands what a thing is part of."""
    path = parent.value.removeprefix(ID)
    kinds = (
        place for place, kind in enumerate(_FROM_THE_ROOT) if path == kind or path.startswith(f"{kind}/")
    )
    return (next(kinds, 0), path)


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
