"""/search and /search.json: one box over all that the award graphs name, and the places of the registers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flask import Blueprint, Response, json, render_template, request
from pyoxigraph import NamedNode

from innograph.names import bare_name
from innograph.namespaces import ID, inno, term
from innograph.registry.entries import Entry
from innograph.registry.file import Registry
from innograph.search.index import Found
from innograph.search.stems import marked
from innograph.web.links import path_to
from innograph.web.live import Version
from innograph.web.reader import Reader, Shown
from innograph.web.words import Language, language_of_request, word

LONGEST = 200
"""Characters of a search; what follows is left out."""

MOST, MOST_SUGGESTIONS = 200, 8


ORDER = (
    "Concept",
    "Initiative",
    "Organization",
    "Territory",
    "Award",
    "Edition",
    "CategorySeries",
    "Distinction",
    "Person",
    "Document",
)
"""The kinds of what is found, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that was found, as pages and programs show it."""

    shown: Shown
    kind: str
    field: str
    words: str
    pieces: list[tuple[str, bool]]
    """The words, cut where they fit what was looked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. ``some`` tells that no thing holds all the words, and these hold some."""

    words: str
    results: list[Result]
    some: bool = False

    def groups(self) -> list[tuple[str, list[Result]]]:
        """Give the results by kind: that of the best one first, the others in the order of the page."""
        groups: dict[str, list[Result]] = {}
        for result in self.results:
            groups.setdefault(result.kind, []).append(result)
        best = self.results[0].kind if self.results else ""
        return sorted(groups.items(), key=lambda group: (group[0] != best, ORDER.index(group[0])))


def search_routes(version: Callable[[], Version], registry: Registry) -> Blueprint:
    """Make the routes of search.

    :param registry: where places that the index does not hold are looked for.
    """
    routes = Blueprint("search", __name__)

    @routes.route("/search")
    def page() -> str:
        answer = search(version(), registry, _words(), language_of_request())
        return render_template("search.html", words=answer.words, answer=answer, own_search=True)

    @routes.route("/search.json")
    def data() -> Response:
        language = language_of_request()
        suggest = "suggest" in request.args
        answer = search(version(), registry, _words(), language, suggest=suggest)
        results = [_as_json(result, language) for result in answer.results]
        text = json.dumps(
            {"query": answer.words, "some": answer.some, "results": results}, ensure_ascii=False
        )
        return Response(text, content_type="application/json; charset=utf-8")

    return routes


def search(
    version: Version, registry: Registry, words: str, language: Language, *, suggest: bool = False
) -> Answer:
    """Look for ``words``: all of them, else some; ``suggest`` takes the last one as a beginning."""
    limit = MOST_SUGGESTIONS if suggest else MOST
    found = version.index.find(words, limit=limit, prefix=suggest) if version.index else []
    some = False
    if not found and not suggest and version.index:
        found = version.index.find_some(words, limit=50)
        some = bool(found)
    results = [_result(each, language) for each in found]
    places = _places(registry, version.reader, words, {result.shown.address for result in results})
    results += islice(places, limit)
    return Answer(words, results[:limit], some and not any(result.field == "register" for result in results))


def _words() -> str:
    return " ".join(request.args.get("q", "")[:LONGEST].split())


def _result(found: Found, language: Language) -> Result:
    pieces = list(marked(found.words, found.matched))
    return Result(Shown(found.name, "fr", found.thing), found.kind, found.field, found.words, pieces)


def _places(registry: Registry, reader: Reader, words: str, known: set[str | None]) -> Iterator[Result]:
    """Find what the registers call by this name and is not known yet, where the graph has a page for it."""
    for entry, _ in registry.named("bare", bare_name(words)) if words else []:
        for kind, address in _addresses(entry):
            if entry.in_force and address not in known and reader.holds(NamedNode(address)):
                known.add(address)
                told = f"{entry.name} ({entry.department or entry.region})"
                yield Result(Shown(told, "fr", address), kind, "register", told, [(told, False)])


def _addresses(entry: Entry) -> list[tuple[str, str]]:
    found = []
    if entry.siren:
        found.append(("Organization", f"{ID}organization/siren-{entry.siren}"))
    if entry.territory_kind:
        found.append(("Territory", f"{ID}territory/{entry.id}"))
    return found


def _as_json(result: Result, language: Language) -> dict[str, Any]:
    kind = word(f"kind {result.kind}", language)
    return {
        "name": result.shown.text,
        "kind": kind,
        "class": (term("skos:Concept") if result.kind == "Concept" else getattr(inno, result.kind)).value,
        "iri": result.shown.address,
        "path": path_to(result.shown),
        "why": {"field": result.field, "words": result.words},
    }
