"""An award document as numbered lines of text, and the account of what became of each line."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from innograph.errors import SourceError
from innograph.records import LineUse, Span

_LARGEST = 20_000_000
_LONGEST_LINE = 10_000
"""Many times the longest paragraph of an award document; it bounds the work of every pattern on a line."""

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
"""Soft hyphens and characters without width: they break words for the eye and mean nothing."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Document:
    """A text document: its name for messages, its lines, and the SHA-256 of its bytes (hexadecimal)."""

    name: str
    lines: tuple[str, ...]
    sha256: str

    def line(self, number: int) -> str:
        """Give line ``number``, counted from 1, without the spaces around it.

        :raises IndexError: the document has no such line.
        """
        if not 1 <= number <= len(self.lines):
            raise IndexError(number)
        return self.lines[number - 1].strip()

    def text(self, span: Span) -> str:
        """Give the lines of ``span``, stripped, joined by line feeds."""
        return "\n".join(self.line(number) for number in range(span.start, span.end + 1))

    def spans(self, numbers: Iterable[int]) -> tuple[Span, ...]:
        """Give lines, in their order, as few spans: nothing but blank lines is added to them.

        >>> list(map(str, Document("d.txt", ("one", "", "two", "page 3", "three"), "").spans([1, 3, 5])))
        ['1-3', '5']
        """
        spans: list[Span] = []
        for number in numbers:
            if spans and not any(map(self.line, range(spans[-1].end + 1, number))):
                spans[-1] = Span(spans[-1].start, number)
            else:
                spans.append(Span(number, number))
        return tuple(spans)

    def numbered(self) -> list[tuple[int, str]]:
        """List ``(number, stripped text)`` of the lines that are not blank."""
        return [(n, text.strip()) for n, text in enumerate(self.lines, start=1) if text.strip()]

    def refuse(self, line: int, message: str) -> SourceError:
        """Make the error that refuses this document at ``line``."""
        return SourceError(message, self.name, line)


def read_document(path: Path) -> Document:
    """Read a plain-text or Markdown document, UTF-8 (a byte-order mark is dropped, CR LF is understood).

    Characters are composed (Unicode NFC), so that « é » is one character whatever the document used.

    :raises SourceError: the file cannot be read, is not text, or is empty.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise SourceError(f"larger than {_LARGEST // 1_000_000} MB: not an award document", path)
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", path) from error
    return parse_document(data, str(path))


def parse_document(data: bytes, name: str) -> Document:
    r"""Make a :class:`Document` of the bytes of a file; soft hyphens and characters without width go.

    :raises SourceError: the bytes are not UTF-8 text, or nothing but blanks, or have an endless line.

    >>> parse_document("\ufeffPalma\u00adrès\r\n".encode(), "p.txt").lines
    ('Palmarès',)
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SourceError(
            "not UTF-8 text: save the document as UTF-8 text and try again", name, line
        ) from error
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        message = f"not text (control character U+{ord(control[0]):04X}): export the document as text"
        raise SourceError(message, name, line)
    text = _INVISIBLE.sub("", text)
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    if lines[-1] == "":
        lines.pop()
    endless = [number for number, text in enumerate(lines, start=1) if len(text) > _LONGEST_LINE]
    if endless:
        message = f"a line of over {_LONGEST_LINE} characters: not an award document"
        raise SourceError(message, name, endless[0])
    if not any(line.strip() for line in lines):
        raise SourceError("the document is empty", name)
    return Document(name, tuple(lines), hashlib.sha256(data).hexdigest())


class Ledger:
    """The account of a document's lines: each is used for something, named furniture, or left over.

    Parsers take lines away as they understand them; :meth:`close` refuses the document if any is left.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._uses: dict[int, str] = {}

    def use(self, lines: Span | Iterable[Span], what: str = "fact") -> None:
        """Record that ``lines`` gave ``what``: ``fact`` or ``description``. A line may give several facts."""
        for span in (lines,) if isinstance(lines, Span) else lines:
            for number in range(span.start, span.end + 1):
                if self._uses.get(number) != "fact":
                    self._uses[number] = what

    def furniture(self, line: int, rule: str) -> None:
        """Record that ``line`` says nothing that the graph should hold, and by which rule."""
        self._uses.setdefault(line, f"furniture:{rule}")

    def used(self, line: int) -> bool:
        """Tell whether ``line`` is accounted for already."""
        return line in self._uses

    def unaccounted(self) -> tuple[int, ...]:
        """List the numbers of the lines that are neither blank nor accounted for."""
        return tuple(number for number, _ in self.document.numbered() if number not in self._uses)

    def close(self, *, lenient: bool = False) -> tuple[tuple[LineUse, ...], tuple[int, ...]]:
        """Give the uses, and the numbers of the lines left over (none unless ``lenient``).

        :raises SourceError: a line is left over (names the first and says how many more there are), or two
            lines that follow one another give facts in the same words, as a slip of the hand would have it.
        """
        left = self.unaccounted()
        if left and not lenient:
            more = f" (and {len(left) - 1} more lines)" if len(left) > 1 else ""
            shown = self.document.line(left[0])[:60]
            raise self.document.refuse(left[0], f"nothing understands this line: {shown!r}{more}")
        doubled = self._doubled()
        if doubled and not lenient:
            raise self.document.refuse(doubled, "says the same as the line before it: is it there twice?")
        blank = {n for n, text in enumerate(self.document.lines, start=1) if not text.strip()}
        uses = tuple(LineUse(n, use) for n, use in sorted(self._uses.items()) if n not in blank)
        return uses, left

    def _doubled(self) -> int | None:
        """Find a line that gives a fact in the very words of the line before it; addresses may repeat."""
        for (before, text), (number, same) in pairwise(self.document.numbered()):
            facts = self._uses.get(before) == self._uses.get(number) == "fact"
            if facts and text == same and "://" not in text:
                return number
        return None
