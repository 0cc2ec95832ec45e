"""Headers of every response: who may read it, and what a browser must not do with it."""

from innograph.web.security import FOR_DATA

SECURITY = (
    ("Access-Control-Allow-Origin", "*"),
    (
        "Access-Control-Expose-Headers",
        "ETag, Innograph-Complete, Innograph-Rows, Innograph-Snapshot, Link, Retry-After, Server-Timing",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", FOR_DATA),
    ("Referrer-Policy", "same-origin"),
)

VARY = ("Vary", "Accept, Accept-Encoding, Accept-Language")

PREFLIGHT = (
    ("Access-Control-Allow-Headers", "Accept, Accept-Language, Content-Type, If-None-Match"),
    ("Access-Control-Max-Age", "86400"),
)
"""What a page of another site may send, and for how long it need not ask again."""


def encoded(headers: "tuple[tuple[str, str], ...]") -> list[tuple[bytes, bytes]]:
    """Give headers as ASGI has them.

    >>> encoded((("Vary", "Accept"),))
    [(b'vary', b'Accept')]
    """
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
