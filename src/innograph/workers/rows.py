"""Counting the solutions of a result while it is being written, and cutting it after some of them.

Oxigraph writes results itself and does not count. Here the bytes are read once more, at the speed of the
methods of ``bytes``: what stands in quotes is thrown away, and in the rest each format has a sign for a row.
"""

from bisect import bisect_left
from copy import copy

_SIGNS = {"csv": (b"\n",), "tsv": (b"\n",), "xml": (b"<result>",), "json": (b",{", b"[{")}
"""In CSV and TSV the end of a row (or of the line of names), in XML and JSON its beginning."""

_CLOSING = {"xml": b"</results></sparql>", "json": b"]}}"}


class Counter:
    r"""Count the rows of one result, over the pieces in which it is written.

    >>> counter = Counter("csv")
    >>> counter.feed(b'x\r\n"a\nb"\r\n'), counter.feed(b"c\r\n")
    (1, 2)
    """

    def __init__(self, format: str) -> None:
        self._format = format
        self._signs = _SIGNS[format]
        self._counted = -1 if format in ("csv", "tsv") else 0
        self._quoted = False
        self._escape = b""  # the first half of one, at the end of a piece
        self._before = b""  # what may be the first half of a sign

    def feed(self, piece: bytes) -> int:
        """Take the next piece; give the number of rows that ended (CSV, TSV) or began (XML, JSON) so far."""
        if self._format == "json":
            piece = self._without_escapes(piece)
        if self._format in ("csv", "json"):
            piece = self._outside_quotes(piece)
        piece = self._before + piece
        self._counted += sum(piece.count(sign) for sign in self._signs)
        self._before = piece[max(0, len(piece) - len(self._signs[0]) + 1) :]
        return max(0, self._counted)

    def _without_escapes(self, piece: bytes) -> bytes:
        if not self._escape and b"\\" not in piece:
            return piece
        piece = self._escape + piece
        halved = (len(piece) - len(piece.rstrip(b"\\"))) % 2
        self._escape = b"\\" * halved
        return piece[: len(piece) - halved].replace(b"\\\\", b"").replace(b'\\"', b"")

    def _outside_quotes(self, piece: bytes) -> bytes:
        parts = piece.split(b'"')
        outside = parts[self._quoted :: 2]
        self._quoted ^= len(parts) % 2 == 0
        return b"".join(outside)


def cut(written: bytes | bytearray, rows: int, start: int, before: Counter) -> bytes:
    r"""Give the result with the first ``rows`` rows of the beginning of a result that has more.

    :param start: an offset at which ``before`` had counted fewer rows than are wanted.

    >>> cut(b"?x\n1\n2\n3\n", 2, 0, Counter("tsv"))
    b'?x\n1\n2\n'
    >>> cut(b'{"head":{"vars":["x"]},"results":{"bindings":[{},{},{"x":{"ty', 2, 0, Counter("json"))
    b'{"head":{"vars":["x"]},"results":{"bindings":[{},{}]}}'
    """
    format = before._format
    # one more than is wanted of what is counted: of line ends the line of names, of beginnings the next row
    wanted = rows + 1 - (format in ("csv", "tsv"))

    def counted(end: int) -> int:
        counter = copy(before)
        counter.feed(bytes(written[start:end]))
        return counter._counted

    end = start + bisect_left(range(len(written) - start), wanted, key=lambda length: counted(start + length))
    if format in ("csv", "tsv"):
        return bytes(written[:end])
    sign = next(sign for sign in _SIGNS[format] if written[:end].endswith(sign))
    kept = bytes(written[: end - len(sign)]) + (b"[" if sign == b"[{" else b"")
    return kept + _CLOSING[format]
