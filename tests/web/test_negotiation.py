"""Which form a client gets, by its header Accept (RFC 9110, section 12.5.1)."""

import pytest

from innograph.store.formats import SOLUTIONS, TRIPLES, Format
from innograph.web.negotiation import HTML, choose

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


def offers(formats: tuple[Format, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [*((format.name, format.media_types) for format in formats), ("html", (HTML,))]


@pytest.mark.parametrize(
    ("accept", "solutions", "triples"),
    [
        (None, "json", "turtle"),
        ("", "json", "turtle"),
        ("*/*", "json", "turtle"),
        (BROWSER, "html", "html"),
        ("text/html", "html", "html"),
        ("application/json", "json", "jsonld"),
        ("application/sparql-results+json", "json", None),
        ("application/sparql-results+xml;q=0.5, text/csv;q=0.6", "csv", None),
        ("application/xml", "xml", "rdfxml"),
        ("text/*", "csv", "turtle"),
        ("text/*;q=0.5, text/html", "html", "html"),
        ("application/*", "json", "jsonld"),
        ("text/turtle;q=0, */*;q=0.1", "json", "jsonld"),
        ("text/html;q=0, text/*", "csv", "turtle"),
        ("text/html;q=0.1, */*", "json", "turtle"),
        ("text/turtle; charset=utf-8", None, "turtle"),
        ("TEXT/CSV", "csv", None),
        ("application/ld+json;profile=\"http://www.w3.org/ns/json-ld#compacted\"", None, "jsonld"),
        ("application/n-triples, text/turtle;q=0.9", None, "ntriples"),
        ("image/png", None, None),
        ("image/*, text/tab-separated-values;q=0.001", "tsv", None),
        ("*/*;q=0", None, None),
    ],
)  # fmt: skip
def test_choice(accept: str | None, solutions: str | None, triples: str | None) -> None:
    assert (choose(accept, offers(SOLUTIONS)), choose(accept, offers(TRIPLES))) == (solutions, triples)


def test_nothing_on_offer() -> None:
    assert choose("*/*", []) is None
    assert choose(None, []) is None
