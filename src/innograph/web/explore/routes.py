"""/explore: distinctions by facets, as cards, table, map and charts, and as files; bodies like mine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from innograph.journeys.reconcile.entities import Entity
from innograph.store.formats import Format
from innograph.web.explore import shown
from innograph.web.explore.choices import VIEWS, Choices, read_choices, unknown_values
from innograph.web.explore.exports import FORMATS, query_for, query_of
from innograph.web.explore.filters import address, chips, expect_names, filters, name_of
from innograph.web.explore.likeness import body_named, choices_like, find_bodies
from innograph.web.explore.table import Line, Table, distinctions, read_table, read_themes
from innograph.web.explore.widening import FEW, Offer, nearest, offers
from innograph.web.links import path_to
from innograph.web.live import Version
from innograph.web.negotiation import choose_format
from innograph.web.paging import Part, asked_part
from innograph.web.reader import Reader, Shown
from innograph.web.reconcile_live import Answering
from innograph.web.words import Language, language_of_request, word
from innograph.web.years import grid, known_editions

SUFFIXES = {format.extension: format for format in FORMATS}

MOST_MORE = 6
"""Initiatives shown of what wider choices would find."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Broad themes and what they hold, as a form offers them."""

    broad: tuple[str, Shown]
    narrower: list[tuple[str, Shown]]


def explore_routes(
    version: Callable[[], Version], answering: Callable[[], Answering], today: Callable[[], date]
) -> Blueprint:
    """Make the routes of exploration.

    :param answering: what finds bodies by their names.
    """
    routes = Blueprint("explore", __name__)

    @routes.route("/explore")
    def page() -> AnyResponse:
        table = version().reader.once(read_table)
        choices, like = _read(answering())
        wrong = _unknown(choices, table, like)
        format = choose_format(request, FORMATS)
        if format:
            return _file(choices, wrong, format)
        if wrong:
            return make_response(_page_of_unknown(version().reader, choices, wrong), 400)
        proper = address(choices)
        if parse_qsl(urlsplit(proper).query) != list(request.args.items(multi=True)):
            return redirect(proper, 301)
        return Response(_page(version(), table, choices, like, answering(), today().year))

    @routes.route("/explore.<any(csv, json, ttl):suffix>")
    def file(suffix: str) -> AnyResponse:
        choices, like = _read(answering())
        return _file(choices, _unknown(choices, version().reader.once(read_table), like), SUFFIXES[suffix])

    @routes.route("/explore/like")
    def like_mine() -> AnyResponse:
        table, service = version().reader.once(read_table), answering().service
        asked = tuple(key for key in request.args.getlist("theme") if key)
        unknown = [key for key in asked if key not in table.known["theme"]]
        if unknown:
            raise BadRequest(f"no theme is called {unknown[0][:60]!r}")
        name = request.args.get("body", "")
        if asked and not name.strip():
            return redirect(address(Choices().having("theme", asked)), 303)
        named = find_bodies(service.finder, name)
        if named.certain:
            return redirect(address(choices_like(named.found[0], table.known, asked)), 303)
        language = language_of_request()
        found = [
            (
                entity.name,
                service.entities.describe(entity).say(language),
                _people(entity, language),
                address(choices_like(entity, table.known, asked)),
            )
            for entity in named.found
        ]
        return Response(render_template("explore_like.html", found=found, chosen=asked, name=name[:200]))

    def _file(choices: Choices, wrong: list[tuple[str, str]], format: Format) -> AnyResponse:
        if wrong:
            facet, key = wrong[0]
            raise BadRequest(f"{facet}: there is no {key[:60]!r}")
        reader = version().reader
        written = reader.written(query_for(reader, choices.narrowing(), format), format)
        return Response(written, content_type=format.content_type)

    def shelves(language: Language) -> list[Shelf]:
        return shelves_of(version().reader, version().reader.once(read_themes), language)

    @routes.app_context_processor
    def form() -> dict[str, object]:
        return {"theme_shelves": lambda: shelves(language_of_request())}

    return routes


def shelves_of(reader: Reader, above: Mapping[str, str], language: Language) -> list[Shelf]:
    """Give the themes that distinctions have, under the broad ones, in the order of their names."""
    expect_names(reader, (("theme", key) for key in above))
    named = {key: name_of(reader, "theme", key, language) for key in above}
    order = sorted(above, key=lambda key: named[key].text.casefold())
    broad = [key for key in order if not above[key]]
    return [
        Shelf(
            (key, named[key]),
            [(each, named[each]) for each in order if above[each] == key],
        )
        for key in broad
    ]


def _read(answering: Answering) -> tuple[Choices, Entity | None]:
    """Read what was chosen, and the body that was named, whose address has one spelling."""
    choices = read_choices(request.args)
    like = body_named(answering.service.entities, choices.like)
    return (replace(choices, like=like.id) if like else choices), like


def _unknown(choices: Choices, table: Table, like: Entity | None) -> list[tuple[str, str]]:
    found = unknown_values(choices, table.known)
    return [*found, ("like", choices.like)] if choices.like and like is None else found


def _page_of_unknown(reader: Reader, choices: Choices, wrong: list[tuple[str, str]]) -> str:
    left = choices
    for facet, key in wrong:
        left = Choices(left.values, left.view) if facet == "like" else left.toggled(facet, key)
    return render_template("explore_unknown.html", wrong=wrong, left=address(left))


def _people(entity: Entity, language: Language) -> str:
    """Write how many people live in the territory of a body, and when; nothing where it is not known.

    >>> from innograph.registry.entries import Entry
    >>> _people(Entity("", "", "", Entry("", "", "", "", population=9019, population_year=2023)), "en")
    '9,019 inhabitants in 2023'
    """
    entry = entity.entry
    if entry is None or entry.population is None:
        return ""
    number = f"{entry.population:,}".replace(",", "," if language == "en" else "\N{NARROW NO-BREAK SPACE}")
    return f"{number} {word('inhabitants', language)} {word('in year', language)} {entry.population_year}"


def _page(
    version: Version, table: Table, choices: Choices, like: Entity | None, answering: Answering, year: int
) -> str:
    reader, language = version.reader, language_of_request()
    lines = table.chosen(choices)
    total = len(distinctions(lines))
    view, part = _view(version, table, choices, lines, year, language)
    few = total < FEW and bool(choices.values)
    found = nearest(table, choices) if few else None
    return render_template(
        "explore.html",
        choices=choices,
        total=total,
        initiatives=len(shown.initiatives(lines)),
        laureates=len(table.bodies(lines)),
        editions=table.editions,
        filters=filters(reader, table, choices, language),
        chips=chips(reader, choices, language),
        views=[(each, address(choices.showing(each))) for each in VIEWS],
        offers=[_offered(each) for each in offers(table, choices)] if few else [],
        nearest=_offered(found) if found else None,
        more=_more(reader, table, lines, found, language) if found and choices.view == "cards" else [],
        like=like,
        like_told=_told(answering, like, language) if like else "",
        like_honours=len(table.honours_of(like.id)) if like else 0,
        like_page=path_to(Shown(like.name, address=like.address)) if like else None,
        without_like=address(Choices(choices.values, choices.view)),
        part=part,
        apply=shown.where_to_apply(reader, table, lines, language),
        files=[(each, _address_of_file(choices, each)) for each in FORMATS],
        query=query_of(reader, choices),
        address=address,
        **view,
    )


def _told(answering: Answering, entity: Entity, language: Language) -> str:
    described = answering.service.entities.describe(entity).say(language)
    return "; ".join(each for each in (described, _people(entity, language)) if each)


def _address_of_file(choices: Choices, format: Format) -> str:
    given = choices.narrowing().arguments()
    return url_for("explore.file", suffix=format.extension, lang=None, **given)


def _offered(offer: Offer) -> tuple[tuple[str, ...], int, str]:
    return offer.changes, offer.count, address(offer.choices)


def _more(
    reader: Reader, table: Table, lines: list[Line], offer: Offer, language: Language
) -> list[shown.Card]:
    """Give the first initiatives that the nearest wider choices would add."""
    mine = set(shown.initiatives(lines))
    wider = [each for each in shown.initiatives(table.chosen(offer.choices)) if each not in mine]
    return shown.cards(reader, table, wider[:MOST_MORE], language)


def _view(
    version: Version, table: Table, choices: Choices, lines: list[Line], year: int, language: Language
) -> tuple[dict[str, Any], Part]:
    """Give what the template of the view shows, and which part of the whole that is.

    :raises NoSuchPage: there are not as many pages.
    """
    reader = version.reader
    if choices.view == "cards":
        found = shown.initiatives(lines)
        part = asked_part(len(found), size=shown.CARDS)
        return {"cards": shown.cards(reader, table, found[part.rows.start : part.rows.stop], language)}, part
    if choices.view == "table":
        part = asked_part(len(lines), size=shown.ROWS)
        on_page = lines[part.rows.start : part.rows.stop]
        names = ("edition", "category", "rank", "initiative", "laureate", "distinction")
        reader.expect(line.row.get(name) for line in on_page for name in names)
        rows = [{name: reader.show(node, language) for name, node in line.row.items()} for line in on_page]
        return {"rows": rows, "lines": len(lines)}, part
    part = asked_part(1)
    if choices.view == "map":
        marks = shown.marks(reader, lines, language)
        places = shown.by_department(reader, lines, language)
        return {"mapped": shown.mapped(marks, choices), "places": places}, part
    years = grid(reader, known_editions(version.snapshot), year, language)
    columns = (word("theme", language), word("distinctions", language))
    themes, bars = shown.by_theme(reader, table, lines, language, columns)
    return {"grid": years, "charts": shown.by_year(years, lines), "themes": themes, "theme_bars": bars}, part
