"""What every page has: its language, its words, its addresses in both languages, the version of the data."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, request, url_for

from innograph.store.queries import NamedQuery
from innograph.web.address import root
from innograph.web.figures import size_in_words, written
from innograph.web.frontend import Frontend
from innograph.web.links import language_asked, link, links, path_of_thing, path_to
from innograph.web.live import Version
from innograph.web.words import Language, has_word, language_of_request, typeset, word

SITE = "innograph"


def add_frame(app: Flask, frontend: Frontend, version: Callable[[], Version]) -> None:
    """Give the templates of ``app`` what :mod:`innograph.web.frame` says, and keep the language in links."""

    @app.context_processor
    def interface() -> dict[str, object]:
        language = language_of_request()
        return {
            "language": language,
            "w": lambda key: word(key, language),
            "known": has_word,
            "grouped": lambda number: written(str(number), language),
            "size_in_words": lambda size: size_in_words(size, language),
            "path_to": path_to,
            "path_of_thing": path_of_thing,
            "show": lambda shown: link(shown, language),
            "list": lambda items: links(items, language),
            "url_for": way_to,
            "question_of": lambda query: question_in(query, language),
            "static": frontend.address,
            "in_language": address_in,
            "address_with": address_with,
            "site_root": root().rstrip("/"),
            "report_path": url_for("reports.form", about=_path()),
            "current_version": lambda: version().snapshot.version,
            "editions_loaded": lambda: version().counts().get("editions", 0),
            "files_here": lambda: version().snapshot.here,
        }

    app.url_defaults(_keep_language)


def way_to(endpoint: str, **values: Any) -> str:
    """Give the path of a page of the site, as ``url_for`` does; those without parameters are remembered."""
    return url_for(endpoint, **values) if values else _way_to(endpoint, language_asked(), request.script_root)


@lru_cache(maxsize=500)  # the frame of each page has two dozen, and each takes 30 µs
def _way_to(endpoint: str, language: Language | None, _root: str) -> str:
    return url_for(endpoint, lang=language)


def question_in(query: NamedQuery, language: Language) -> str:
    """Give the wording of a ready-made question in a language."""
    return query.question_en if language == "en" else typeset(query.question_fr)


def address_in(language: Language) -> str:
    """Give the path of the current page in a language; French is what it is without being asked."""
    return address_with({"lang": language})


def address_with(changes: Mapping[str, object], anchor: str | None = None) -> str:
    """Give the path of the current page with some parameters changed, the others kept.

    :param anchor: the id of the part of the page to lead to.
    """
    kept = [(key, value) for key, value in request.args.items(multi=True) if key not in changes]
    asked = urlencode([*kept, *changes.items()])
    return f"{quote(_path())}?{asked}" + (f"#{anchor}" if anchor else "")


def _path() -> str:
    """Give the path of the current page; a description has one, whether ``.html`` was asked for or not."""
    return request.path.removesuffix(".html")


def _keep_language(endpoint: str, values: dict[str, object]) -> None:
    """Keep a language that was asked for in the address when following a link."""
    if "lang" in request.args and not endpoint.startswith("frontend."):
        values.setdefault("lang", language_of_request())
