"""Content negotiation: which of the offered forms a client prefers (RFC 9110, section 12.5.1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from flask import Request
from werkzeug.datastructures import CharsetAccept, MIMEAccept
from werkzeug.exceptions import NotAcceptable
from werkzeug.http import parse_accept_header

from innograph.store.formats import SOLUTIONS, TRIPLES, Format, find_format

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
    name = request.args.get("format") or request.form.get("format")
    if name:
        if html and name.lower() in ("html", HTML):
            return None
        found = find_format(name, formats)
        if not found:
            raise not_acceptable(name, formats)
        return found
    # in a tuple of one, because choose() says None where nothing fits, and None stands for the page here
    offers: list[tuple[tuple[Format | None], Sequence[str]]] = [((f,), f.media_types) for f in formats]
    if html:
        offers.append(((None,), (HTML, "application/xhtml+xml")))
    chosen = choose(request.headers.get("Accept"), offers)
    if chosen is None:
        raise not_acceptable(None, formats)
    return chosen[0]


def not_acceptable(name: str | None, formats: Sequence[Format]) -> NotAcceptable:
    """Say that an answer has none of the formats that were asked for: by ``name``, or by Accept."""
    known = ", ".join(format.name for format in formats)
    if name:
        return NotAcceptable(f"no format {name!r} for this answer; there are: {known}")
    return NotAcceptable(f"nothing that the header Accept asks for; there are: {known}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """In which formats a client wants the answer to a query, by what it turns out to be.

    Each is the name of a format, or :data:`HTML` for a page, or nothing that there is.
    """

    solutions: str | None
    triples: str | None

    @property
    def page(self) -> bool:
        """Tell whether the client wants a page, whatever the answer."""
        return self.solutions == self.triples == HTML


_LONGEST_REMEMBERED = 500  # characters: what a client sends must not fill the memory


def wanted(accept: str | None, name: str | None) -> Wanted:
    """Choose the formats of an answer that is not known yet: ``name`` (``?format=``), else by Accept.

    >>> wanted("text/csv, application/*;q=0.5", None)
    Wanted(solutions='csv', triples='jsonld')
    >>> wanted("*/*", "ttl")
    Wanted(solutions=None, triples='turtle')
    """
    short = len(accept or "") + len(name or "") <= _LONGEST_REMEMBERED
    return _remembered(accept, name) if short else _remembered.__wrapped__(accept, name)


@lru_cache(maxsize=1024)
def _remembered(accept: str | None, name: str | None) -> Wanted:
    if name:
        if name.lower() in ("html", HTML):
            return Wanted(HTML, HTML)
        found = (find_format(name, SOLUTIONS), find_format(name, TRIPLES))
        return Wanted(*(format.name if format else None for format in found))
    chosen = (
        choose(accept, [*((f.name, f.media_types) for f in formats), (HTML, (HTML, "application/xhtml+xml"))])
        for formats in (SOLUTIONS, TRIPLES)
    )
    return Wanted(*chosen)


def coding(accept_encoding: str | None) -> str | None:
    """Choose how to compress: ``zstd`` or ``gzip`` if the client takes it, else nothing.

    >>> coding("gzip, deflate, br, zstd"), coding("gzip;q=0.5"), coding("identity, zstd;q=0"), coding(None)
    ('zstd', 'gzip', None, None)
    """
    if not accept_encoding:
        return None
    takes = {value.lower(): quality for value, quality in parse_accept_header(accept_encoding, CharsetAccept)}
    qualities = {name: takes.get(name, takes.get("*", 0.0)) for name in ("zstd", "gzip")}
    best = max(qualities, key=lambda name: qualities[name])
    return best if qualities[best] else None


def prefers_page(accept: str | None) -> bool:
    """Tell whether the client is a browser: it prefers a page to plain text."""
    return choose(accept, [(False, ["text/plain"]), (True, [HTML])]) is True


def _quality(media_type: str, ranges: Iterable[tuple[str, float]]) -> float:
    kind = media_type.partition("/")[0]
    specificity = {media_type: 3, f"{kind}/*": 2, "*/*": 1}
    fitting = [(specificity[value], quality) for value, quality in ranges if value in specificity]
    return max(fitting)[1] if fitting else 0.0
