"""/sparql without a query, and its page: answers as data are given by :mod:`innograph.web.endpoint`."""

from collections.abc import Callable, Mapping, Sequence

from flask import Blueprint, Response, render_template, request

from innograph.store.formats import ONE_GRAPH, write_triples
from innograph.store.queries import NamedQuery
from innograph.web import protocol
from innograph.web.address import root
from innograph.web.answers import links_to_formats, page_of
from innograph.web.live import Version
from innograph.web.negotiation import choose_format
from innograph.web.service import service
from innograph.workers.limits import Limits

_FIRST_QUERY = """PREFIX inno: <https://w3id.org/innograph/ontology#>

SELECT ?edition ?year WHERE {
  ?edition a inno:Edition ; inno:year ?year
}
ORDER BY ?year ?edition
"""


def sparql_routes(
    version: Callable[[], Version],
    examples: Mapping[str, NamedQuery],
    limits: Limits,
    functions: Callable[[], Sequence[str]],
    *,
    federated: bool,
) -> Blueprint:
    """Make the route /sparql over the version of each request.

    It tells its ``limits`` and ``functions``, and whether ``SERVICE`` may name any endpoint.
    """
    routes = Blueprint("sparql", __name__)

    @routes.route("/sparql", methods=["GET", "POST"])
    def endpoint() -> Response:
        asked = protocol.read(request.method, request.query_string, request.content_type, request.get_data())
        if asked.question is None:
            format = choose_format(request, ONE_GRAPH)
            if format:
                live = version()
                described = service(
                    live.snapshot, live.sizes(), root(), limits, functions(), federated=federated
                )
                return Response(write_triples(described, format), content_type=format.content_type)
            return Response(
                render_template(
                    "sparql.html",
                    query=_FIRST_QUERY,
                    first_query=_FIRST_QUERY,
                    examples=examples,
                    answered=False,
                )
            )
        live = version()
        again = {"query": asked.question.text} | ({"snapshot": asked.snapshot} if asked.snapshot else {})
        return page_of(
            live.engine.answer(asked.question),
            "sparql.html",
            live.reader,
            query=asked.question.text,
            first_query=_FIRST_QUERY,
            version=asked.snapshot,
            examples=examples,
            answered=True,
            links=lambda formats: links_to_formats("sparql.endpoint", formats, again),
        )

    return routes
