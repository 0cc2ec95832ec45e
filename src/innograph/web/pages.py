"""/: the first page."""

from collections.abc import Callable, Mapping
from datetime import date

from flask import Blueprint, render_template

from innograph.store.queries import NamedQuery
from innograph.web.live import Version
from innograph.web.subjects import featured
from innograph.web.words import language_of_request
from innograph.web.years import grid, known_editions


def page_routes(
    version: Callable[[], Version], examples: Mapping[str, NamedQuery], today: Callable[[], date]
) -> Blueprint:
    """Make the route of the first page."""
    routes = Blueprint("pages", __name__)

    @routes.route("/")
    def home() -> str:
        live = version()
        language = language_of_request()
        editions = [
            {name: live.reader.show(node, language) for name, node in row.items()}
            for row in live.reader.rows("editions")
        ]
        years = grid(live.reader, known_editions(live.snapshot), today().year, language)
        return render_template(
            "home.html",
            editions=editions,
            grid=years,
            snapshot=live.snapshot,
            questions=featured(examples),
            number_of_questions=len(examples),
            own_search=True,
        )

    return routes
