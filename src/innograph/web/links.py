"""Where the terms that pages show lead, and how they are written there.

A page writes hundreds of them: so the paths of our own things are put together here, as ``url_for`` would
(a test compares them), and a term is written by a function; a macro takes several times as long.
"""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from flask import request
from markupsafe import Markup, escape

from innograph.web.reader import Shown, path_of
from innograph.web.words import Language, language_of_request

_FOLDERS: Final = {"thing": "doc", "term": "ontology"}
_SAFE: Final = "!$&'()*+,/:;=@"
"""Signs that stand in a path as they are (https://url.spec.whatwg.org/#url-path-segment-string)."""
_PLAIN: Final = re.compile(rf"[A-Za-z0-9_.~{re.escape(_SAFE)}-]*")
"""A name that needs no quoting: most do not, and looking is quicker than quoting."""


def language_asked() -> Language | None:
    """Give the language that the address of the current page asks for, if it does: its links keep it."""
    return language_of_request() if "lang" in request.args else None


def path_to(shown: Shown) -> str | None:
    """Give the path or address that a shown term leads to; None where it leads nowhere."""
    if not shown.address:
        return None
    ours = path_of(shown.address)
    if ours:
        return _path(*ours)
    return shown.address if shown.address.startswith(("http://", "https://")) else None


def path_of_thing(name: str) -> str:
    """Give the path of the page of a thing, from what follows ``/id/`` in its address."""
    return _path("thing", name)


def link(shown: Shown | None, language: Language) -> Markup:
    """Write a term: a link where it leads somewhere, its language where the page has another."""
    if not shown:
        return Markup("")
    text, path = escape(shown.text), path_to(shown)
    foreign = shown.language and shown.language != language
    tag = f' lang="{escape(shown.language)}"' if foreign else ""
    if path:
        return Markup(f'<a href="{escape(path)}"{tag}>{text}</a>')
    return Markup(f"<span{tag}>{text}</span>") if foreign else text


def links(items: Iterable[Shown], language: Language) -> Markup:
    """Write several terms, with commas between them."""
    return Markup(", ").join([link(each, language) for each in items])


def _path(kind: str, name: str) -> str:
    language = language_asked()
    asked = f"?lang={language}" if language else ""
    quoted = name if _PLAIN.fullmatch(name) else quote(name, safe=_SAFE)
    return f"{request.script_root}/{_FOLDERS[kind]}/{quoted}{asked}"
