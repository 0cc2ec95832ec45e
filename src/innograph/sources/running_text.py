"""Text that runs over several lines of a document and still knows the line of each of its characters."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from innograph.records import Lines, Span

PARAGRAPH_GAP = 3
"""Documents made from a PDF print a blank line inside a sentence; two blank lines end a paragraph."""

_CUT_WORD = re.compile(r"\w-$")


@dataclass(frozen=True, slots=True)
class RunningText:
    """Lines joined into one text: blanks made one, cut words healed, paragraphs apart by a line feed."""

    text: str
    line_of: tuple[int, ...]
    """The number of the line of each character."""

    def lines(self, start: int, end: int) -> Lines:
        """Give the lines of the characters ``start`` to ``end``, the last one excluded, as in a slice.

        The blank lines between them are left out.
        """
        spans: list[Span] = []
        for number in dict.fromkeys(self.line_of[start:end]):
            if spans and spans[-1].end == number - 1:
                spans[-1] = Span(spans[-1].start, number)
            else:
                spans.append(Span(number, number))
        return tuple(spans)

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Lines]]:
        """Find every match of ``pattern``, each with the lines on which it stands."""
        for match in pattern.finditer(self.text):
            yield match, self.lines(*match.span())

    def part(self, match: re.Match[str], group: str) -> Lines:
        """Give the lines on which one named group of ``match`` stands."""
        return self.lines(*match.span(group))


def running_text(numbered: Iterable[tuple[int, str]], alone: Collection[int] = ()) -> RunningText:
    r"""Join numbered lines. A hyphen at a line end stays and joins: French names keep theirs.

    The lines with the numbers ``alone`` are paragraphs of their own.

    >>> joined = running_text([(4, "aux villes de Marcq-en-"), (5, "Barœul  et Lyon"), (8, "Fin.")])
    >>> joined.text
    'aux villes de Marcq-en-Barœul et Lyon\nFin.'
    >>> [[str(span) for span in lines] for _, lines in joined.find(re.compile("Marcq-en-Barœul|Fin"))]
    [['4-5'], ['8']]
    """
    text = ""
    lines: list[int] = []
    previous = 0
    for number, printed in numbered:
        words = " ".join(printed.split())
        if text and (number - previous >= PARAGRAPH_GAP or number in alone or previous in alone):
            words = "\n" + words
        elif text and not _CUT_WORD.search(text[-2:]):
            words = " " + words
        text += words
        lines.extend([number] * len(words))
        previous = number
    return RunningText(text, tuple(lines))
