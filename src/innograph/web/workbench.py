"""/workbench.json and /workbench/map: what the SPARQL workbench asks of this site beside queries."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, json, render_template, request

from innograph.namespaces import PREFIXES
from innograph.store.queries import NamedQuery
from innograph.web.frame import question_in
from innograph.web.live import Version
from innograph.web.maps import map_of
from innograph.web.places import marks_of
from innograph.web.subjects import by_subject
from innograph.web.words import language_of_request, word

_WORDS = ("query", "chart", "map", "no map")


def workbench_routes(version: Callable[[], Version], examples: Mapping[str, NamedQuery]) -> Blueprint:
    """Make the routes: prefixes, terms and examples; and a map of the laureates among some addresses."""
    routes = Blueprint("workbench", __name__)

    @routes.route("/workbench.json")
    def knowledge() -> Response:
        language = language_of_request()
        terms = {
            row["term"].value: "class" if row["type"].value.endswith("#Class") else "property"
            for row in version().reader.rows("terms")
        }
        known = {
            "prefixes": dict(PREFIXES),
            "terms": [{"iri": iri, "kind": kind} for iri, kind in terms.items()],
            "examples": [
                {
                    "subject": word(f"subject {subject}", language),
                    "questions": [
                        {
                            "question": question_in(query, language),
                            "query": query.bound({}),
                        }
                        for query in queries
                    ],
                }
                for subject, queries in by_subject(examples)
            ],
            "words": {name: word(f"workbench {name}", language) for name in _WORDS},
        }
        response = Response(
            json.dumps(known, ensure_ascii=False), content_type="application/json; charset=utf-8"
        )
        response.add_etag()
        response.make_conditional(request)
        return response

    @routes.post("/workbench/map")
    def laureates() -> tuple[str, int]:
        things = request.get_data(as_text=True).split()
        drawn = map_of(marks_of(version().reader, things, language_of_request()))
        return (render_template("workbench-map.html", drawn=drawn), 200) if drawn else ("", 204)

    return routes
