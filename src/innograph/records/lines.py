"""Lines of a document, and the walk over what cites them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Lines ``start`` to ``end`` of a document, counted from 1, both included.

    >>> str(Span(164, 169)), str(Span(19, 19))
    ('164-169', '19')
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 1 <= self.start <= self.end:
            raise ValueError(f"no such lines: {self.start}-{self.end}")

    def __str__(self) -> str:
        return f"{self.start}" if self.start == self.end else f"{self.start}-{self.end}"

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Read ``"19"`` or ``"164-169"``.

        :raises ValueError: the text is neither.

        >>> Span.parse("164-169")
        Span(start=164, end=169)
        """
        first, dash, last = text.partition("-")
        if not (first.isascii() and first.isdigit()) or (dash and not (last.isascii() and last.isdigit())):
            raise ValueError(f"not lines of a document: {text!r}")
        return cls(int(first), int(last) if dash else int(first))


Lines = tuple[Span, ...]


def parts(record: object, *, leaving: tuple[type, ...] = ()) -> Iterator[object]:
    """Give a record and every record inside it, depth first; spans are records too.

    :param leaving: classes of records to leave out, with what is inside them.

    >>> [str(part) for part in parts((Span(3, 3), (Span(5, 6),)))]
    ['3', '5-6']
    """
    if isinstance(record, tuple):
        for item in record:
            yield from parts(item, leaving=leaving)
    elif is_dataclass(record) and not isinstance(record, leaving):
        yield record
        for each in fields(record):
            yield from parts(getattr(record, each.name), leaving=leaving)
