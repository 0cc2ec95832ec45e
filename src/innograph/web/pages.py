"""The other pages: home, questions, search, vocabulary, rules, files to download."""

from collections.abc import Callable, Mapping
from functools import cache

from flask import Blueprint, Response, render_template, request, send_file
from pyoxigraph import Store
from werkzeug.exceptions import NotFound

from innograph.rdf import read_quads
from innograph.resources import shape_files
from innograph.store.engine import InProcess, Question
from innograph.store.formats import ONE_GRAPH, write_triples
from innograph.store.queries import NamedQuery
from innograph.web.answers import links_to_formats, page_of
from innograph.web.catalogue import media_type_of
from innograph.web.live import Version
from innograph.web.negotiation import choose_format
from innograph.web.reader import Reader
from innograph.web.words import language_of_request


def page_routes(
    version: Callable[[], Version], pages: Mapping[str, NamedQuery], examples: Mapping[str, NamedQuery]
) -> Blueprint:
    """Make the routes of the pages over the version of each request."""
    routes = Blueprint("pages", __name__)

    @routes.route("/")
    def home() -> str:
        live = version()
        language = language_of_request()
        editions = [
            {name: live.reader.show(node, language) for name, node in row.items()}
            for row in live.reader.rows("editions")
        ]
        return render_template("home.html", editions=editions, snapshot=live.snapshot, examples=examples)

    @routes.route("/search")
    def find() -> str:
        words = request.args.get("q", "")
        found = version().reader.search(words, language_of_request())
        return render_template("search.html", words=words, found=found)

    @routes.route("/queries")
    def questions() -> str:
        return render_template("queries.html", examples=examples)

    @routes.route("/queries/<name>")
    def question(name: str) -> Response:
        if name not in examples:
            raise NotFound(f"no question is called {name!r}; the list is at /queries")
        query = examples[name]
        given = {key: value for key, value in request.args.items() if key not in ("format", "lang")}
        live = version()
        bound = query.bound(given)
        return page_of(
            live.engine.answer(Question(bound)),
            "query.html",
            live.reader,
            brief=True,
            question=query,
            values={**query.defaults, **given},
            bound=bound,
            links=lambda formats: links_to_formats("pages.question", formats, {"name": name, **given}),
        )

    @routes.route("/ontology")
    def ontology() -> Response:
        reader = version().reader
        format = choose_format(request, ONE_GRAPH)
        if format:
            return Response(
                write_triples(reader.triples("vocabulary"), format), content_type=format.content_type
            )
        language = language_of_request()
        terms = [
            {name: reader.show(node, language) for name, node in row.items()}
            for row in reader.rows("terms")
            if getattr(row.get("comment"), "language", None) in (language, None)
        ]
        return Response(render_template("ontology.html", terms=terms, formats=ONE_GRAPH))

    @routes.route("/shapes")
    def shapes() -> Response:
        rules = _rules()
        format = choose_format(request, ONE_GRAPH)
        if format:
            triples = sorted((quad.triple for quad in rules), key=str)
            return Response(write_triples(triples, format), content_type=format.content_type)
        language = language_of_request()
        reader, terms = Reader(InProcess(rules), pages), version().reader
        rows = [
            {name: (reader if name == "shape" else terms).show(node, language) for name, node in row.items()}
            for row in reader.rows("shapes")
            if getattr(row.get("message"), "language", None) in (language, None)
        ]
        return Response(render_template("shapes.html", rows=rows, formats=ONE_GRAPH))

    @routes.route("/dumps/")
    def dumps() -> str:
        snapshot = version().snapshot
        sizes = {name: snapshot.dump(name).stat().st_size for name in snapshot.dumps()}
        return render_template("dumps.html", sizes=sizes, snapshot=snapshot)

    @routes.route("/dumps/<path:name>")
    def dump(name: str) -> Response:
        try:
            path = version().snapshot.dump(name)
        except KeyError:
            raise NotFound(f"this version publishes no file {name!r}; the list is at /dumps/") from None
        return send_file(path, mimetype=media_type_of(name), conditional=True)

    @routes.route("/favicon.ico")
    def icon() -> Response:
        return Response(status=204)  # there is none, and browsers ask for it at every page

    return routes


@cache
def _rules() -> Store:
    """Load the shapes; they come with the program and do not change while it runs."""
    store = Store()
    for path in shape_files():
        store.extend(read_quads(path))
    return store
