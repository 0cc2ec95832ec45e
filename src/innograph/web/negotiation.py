"""Content negotiation: which of the offered forms a client prefers (RFC 9110, section 12.5.1)."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from flask import Request
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import NotAcceptable
from werkzeug.http import parse_accept_header

from innograph.store.formats import Format, find_format

HTML = "text/html"

T = TypeVar("T")


def choose(accept: str | None, offers: Iterable[tuple[T, Sequence[str]]]) -> T | None:
    """Choose among ``offers`` by the header ``Accept``.

    With each offer stand the media type of the answer, and others by which clients may ask for it.
    The most specific range that fits a media type gives its quality; the highest quality wins, the first
    offer among equals. Without a header the first offer is taken; None if the client wants none of them.

    >>> offers = [("json", ["application/json"]), ("html", ["text/html"])]
    >>> choose("text/html,*/*;q=0.8", offers), choose("*/*", offers), choose("image/png", offers)
    ('html', 'json', None)
    """
    ranges = [
        (value.partition(";")[0].strip().lower(), quality)
        for value, quality in parse_accept_header(accept, MIMEAccept)
    ]
    if not ranges:
        return next((offer for offer, _ in offers), None)
    best: T | None = None
    best_quality = 0.0
    for offer, media_types in offers:
        exact = [quality for value, quality in ranges if value in media_types[1:]]
        quality = max(_quality(media_types[0], ranges), *exact, 0.0)
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def choose_format(request: Request, formats: Sequence[Format], *, html: bool = True) -> Format | None:
    """Choose the format of an answer: ``?format=`` if given, else by ``Accept``; None stands for a page.

    :param html: whether there is a page as well.
    :raises NotAcceptable: the client wants none of the formats; says which there are.
    """
    known = ", ".join(format.name for format in formats)
    wanted = request.args.get("format") or request.form.get("format")
    if wanted:
        if html and wanted.lower() in ("html", HTML):
            return None
        found = find_format(wanted, formats)
        if not found:
            raise NotAcceptable(f"no format {wanted!r} for this answer; there are: {known}")
        return found
    # in a tuple of one, because choose() says None where nothing fits, and None stands for the page here
    offers: list[tuple[tuple[Format | None], Sequence[str]]] = [((f,), f.media_types) for f in formats]
    if html:
        offers.append(((None,), (HTML, "application/xhtml+xml")))
    chosen = choose(request.headers.get("Accept"), offers)
    if chosen is None:
        raise NotAcceptable(f"nothing that the header Accept asks for; there are: {known}")
    return chosen[0]


def prefers_page(request: Request) -> bool:
    """Tell whether the client is a browser: it prefers a page to plain text."""
    return choose(request.headers.get("Accept"), [(False, ["text/plain"]), (True, [HTML])]) is True


def _quality(media_type: str, ranges: Iterable[tuple[str, float]]) -> float:
    kind = media_type.partition("/")[0]
    specificity = {media_type: 3, f"{kind}/*": 2, "*/*": 1}
    fitting = [(specificity[value], quality) for value, quality in ranges if value in specificity]
    return max(fitting)[1] if fitting else 0.0
