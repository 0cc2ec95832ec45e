"""Permanent addresses of answers: they ask the same of the same snapshot."""

from urllib.parse import urlencode

from innograph.web.exchange import Exchange
from innograph.web.protocol import Asked

LONGEST_PERMALINK = 4_000
"""Characters; clients take no longer headers."""

_PLAIN = bytes(range(0x21, 0x7F)).translate(None, b'<>"\\^`{|}')


def permalink(exchange: Exchange, asked: Asked, snapshot: str) -> bytes | None:
    """Give the address that asks the same of the same snapshot; None if it would be too long."""
    if exchange.method == "POST":
        text = asked.question.text if asked.question else ""
        if len(text) > LONGEST_PERMALINK:
            return None
        values = {**asked.values, "query": [text]}
        values.pop("snapshot", None)
        string = urlencode(values, doseq=True).encode()
    else:
        string = exchange.query_string
        if string.translate(None, _PLAIN):  # what has no place in a header
            string = urlencode(asked.values, doseq=True).encode()
        if "snapshot" in asked.values:  # of two the first counts, even an empty one
            string = b"&".join(part for part in string.split(b"&") if not part.startswith(b"snapshot="))
    path = exchange.path.rstrip("/").encode("ascii", "replace")
    address = b"%s?%s%ssnapshot=%s" % (path, string, b"&" if string else b"", snapshot.encode())
    return address if len(address) <= LONGEST_PERMALINK else None
