"""The prose about one distinction, and what of it no fact accounts for: numbers, and names of bodies.

Whatever facts cite is marked as accounted for; what remains is reported, so that a person either reads a fact
out of it or says why there is none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from innograph.records import Lines
from innograph.sources.document import Document
from innograph.sources.running_text import RunningText, running_text
from innograph.text import words

_NUMBER = re.compile(
    r"\d+|\b(?:deux|trois|quatre|cinq|six|sept|huit|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente"
    r"|quarante|cinquante|soixante|cents?|mille|(?:milli|centain|dizain|douzain|quinzain|vingtain)\w*|moitié"
    r"|aucune?|zéro|doubl\w+|tripl\w+)\b",
    re.IGNORECASE,
)
"""Digits, and numbers in words; not « un », an article, nor « neuf » and « tiers », mostly something else."""
_CAPITAL = r"[A-ZÀ-ÖØ-ÞŒ]"
_NAME = re.compile(rf"(?<![\w-]){_CAPITAL}[\w&]*(?:[-.]\w+)*")
_ACRONYM = re.compile(rf"{_CAPITAL}[A-Z0-9.&]*{_CAPITAL}|{_CAPITAL}\d")
_SENTENCE_END = re.compile(r"[.!?:…]\s*[»\"”)]?\s*$")


@dataclass(frozen=True, slots=True)
class Remainder:
    """Something in the prose that no fact accounts for."""

    line: int
    words: str
    around: str


class Prose:
    """The lines of a document that speak of one distinction."""

    def __init__(self, document: Document, lines: Lines) -> None:
        numbers = [number for span in lines for number in range(span.start, span.end + 1)]
        printed = [(number, document.line(number)) for number in numbers]
        self._joined: RunningText = running_text((number, text) for number, text in printed if text)
        self._known: set[int] = set()
        """Places of the characters that facts account for."""

    def prints(self, printed: str, lines: Lines) -> bool:
        """Tell whether ``lines`` print these words, whatever the blanks, and mark them as accounted for."""
        inside = {number for span in lines for number in range(span.start, span.end + 1)}
        text = self._joined.text
        places = [
            place
            for place, number in enumerate(self._joined.line_of)
            if number in inside and not text[place].isspace()
        ]
        searched = "".join(text[place] for place in places)
        wanted = "".join(printed.split())
        found = [match.start() for match in re.finditer(re.escape(wanted), searched)] if wanted else []
        for start in found:
            self._known.update(places[start : start + len(wanted)])
        return bool(found)

    def numbers(self) -> Iterator[Remainder]:
        """Give the numbers, in digits or words, that nothing accounts for."""
        for match in _NUMBER.finditer(self._joined.text):
            if not self._known.issuperset(range(*match.span())):
                yield self._remainder(match)

    def names(self, known: Iterable[str]) -> Iterator[Remainder]:
        """Give the words that look like names and of which no text of ``known`` speaks.

        That is: acronyms, and words with a capital that do not open a sentence.
        """
        spoken = {word for text in known for word in words(text)}
        for match in _NAME.finditer(self._joined.text):
            if self._opens_a_sentence(match.start()) and not _ACRONYM.match(match[0]):
                continue
            if not spoken.issuperset(words(match[0])) and not self._known.issuperset(range(*match.span())):
                yield self._remainder(match)

    def _opens_a_sentence(self, start: int) -> bool:
        """Tell whether the word at ``start`` is the first of a sentence, a heading or a paragraph."""
        before = self._joined.text[:start].rstrip()
        if not before or _SENTENCE_END.search(before):
            return True
        return self._joined.line_of[start] - self._joined.line_of[len(before) - 1] > 1  # a blank line between

    def _remainder(self, match: re.Match[str]) -> Remainder:
        text = self._joined.text
        around = " ".join(text[max(0, match.start() - 30) : match.end() + 30].split())
        return Remainder(self._joined.line_of[match.start()], match[0], around)
