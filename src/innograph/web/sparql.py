"""/sparql: the query part of https://www.w3.org/TR/sparql11-protocol/, and a form for browsers."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from innograph.store.evaluate import evaluate
from innograph.store.queries import NamedQuery
from innograph.web.answers import links_to_formats, respond
from innograph.web.live import Version
from innograph.web.negotiation import prefers_page

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"

LONGEST_REQUEST = 1_000_000
"""Bytes of the body of a request; a longer one is answered with 413."""

_FIRST_QUERY = """PREFIX inno: <https://w3id.org/innograph/ontology#>

SELECT ?edition ?year WHERE {
  ?edition a inno:Edition ; inno:year ?year
}
ORDER BY ?year ?edition
"""


def sparql_routes(version: Callable[[], Version], examples: Mapping[str, NamedQuery]) -> Blueprint:
    """Make the route /sparql over the version of each request."""
    routes = Blueprint("sparql", __name__)

    @routes.route("/sparql", methods=["GET", "POST"])
    def endpoint() -> Response:
        query = _query_of_request()
        if query is None:
            if not prefers_page(request):
                raise BadRequest("no query: give ?query=, or POST the text as application/sparql-query")
            return Response(
                render_template(
                    "sparql.html",
                    query=_FIRST_QUERY,
                    first_query=_FIRST_QUERY,
                    examples=examples,
                    answered=False,
                )
            )
        reader = version().reader
        answer = evaluate(
            reader.store,
            query,
            default_graph_uris=request.values.getlist("default-graph-uri"),
            named_graph_uris=request.values.getlist("named-graph-uri"),
        )
        return respond(
            answer,
            "sparql.html",
            reader,
            query=query,
            first_query=_FIRST_QUERY,
            examples=examples,
            answered=True,
            links=lambda formats: links_to_formats("sparql.endpoint", formats, {"query": query}),
        )

    return routes


def read_body() -> bytes:
    """Read the body of the request, which the form is then read from.

    Werkzeug cuts a body that comes in chunks at its limit and says nothing: here one byte more is read.

    :raises RequestEntityTooLarge: it is longer than :data:`LONGEST_REQUEST`.
    """
    request.max_content_length = LONGEST_REQUEST + 1
    body = request.get_data()
    if len(body) > LONGEST_REQUEST:
        raise RequestEntityTooLarge(f"the request is longer than {LONGEST_REQUEST} bytes")
    return body


def _query_of_request() -> str | None:
    """Find the query where the protocol says that it may stand (section 2.1); None if there is none."""
    if request.method == "POST":
        body = read_body()
        if request.mimetype == QUERY:
            if "query" in request.args:
                raise BadRequest("two queries: one in the address and one in the body")
            try:
                return body.decode("utf-8")
            except UnicodeDecodeError as error:
                raise BadRequest(f"the query is not UTF-8 (byte {error.start + 1})") from error
        if request.mimetype != FORM:
            raise UnsupportedMediaType(
                f"POST a query as {FORM} or as {QUERY}, not as {request.mimetype or 'nothing'}"
            )
    if "update" in request.values:
        raise BadRequest("this endpoint answers queries; it takes no updates")
    queries = request.values.getlist("query")
    if len(queries) > 1:
        raise BadRequest("more than one query: ask one at a time")
    return queries[0] if queries else None
