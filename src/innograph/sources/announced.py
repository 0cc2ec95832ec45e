"""Numbers that a sentence announces: found, joined where they are said twice, audited."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from innograph.records import Count, Counted, RankName, Span, Stage
from innograph.text import fold

RANKS: dict[str, RankName] = {
    "or": "gold",
    "argent": "silver",
    "bronze": "bronze",
    "fraternite": "fraternity",
}
"""The words for the ranks, folded, from the highest down."""

_SPELT = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_VALUES = {word: value for value, word in enumerate(_SPELT.split(), start=1)} | {"une": 1}
_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d{1,9}"
NUMBER = rf"(?:(?<![\d,.])(?:{_DIGITS})|\b(?:{'|'.join(_VALUES)})\b)"
"""A regular expression for what :func:`read_number` reads."""

_HEDGE = r"(?:\b(?P<qualifier>plus de|près de|environ|quelque|quelques|au moins|presque)\s)?"


@dataclass(frozen=True, slots=True)
class Announcement:
    """How a family of documents announces one number: the words after it, and what the number counts.

    The words are a regular expression; a group ``rank`` in it holds a word for a rank. So are ``before`` and
    ``after``: words of the sentence that must stand around, and are not part of what is printed.
    """

    words: str
    stage: Stage
    counted: Counted
    before: str = ""
    after: str = ""

    def find(self, text: str, lines: tuple[Span, ...]) -> list[Count]:
        """Find every number of this kind that ``text`` announces, in its order.

        :raises KeyError: a word for a rank that is unknown.

        >>> (count,) = Announcement("villes", "laureates", "bodies").find("Plus de 1 200 villes", ())
        >>> count.value, count.printed, count.qualifier
        (1200, 'Plus de 1 200 villes', 'Plus de')
        """
        return [self.count(found, lines) for found in self.matches(text)]

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Find where ``text`` announces it; the group ``printed`` is what :meth:`count` makes a count of."""
        printed = rf"(?P<printed>{_HEDGE}(?P<value>{NUMBER})\s{self.words})"
        return re.finditer(rf"{self.before}{printed}{self.after}", text, re.IGNORECASE)

    def count(self, found: re.Match[str], lines: tuple[Span, ...]) -> Count:
        """Make the count of one of :meth:`matches`.

        :raises KeyError: its word for a rank is unknown.
        """
        groups = found.groupdict()
        return Count(
            self.stage,
            self.counted,
            value=read_number(found["value"]),
            printed=found["printed"],
            lines=lines,
            rank=RANKS[fold(groups["rank"])] if groups.get("rank") else None,
            qualifier=groups["qualifier"],
        )


def read_number(printed: str) -> int:
    """Read digits, blanks between thousands allowed, or a small number in words.

    :raises KeyError: neither.

    >>> read_number("1 130"), read_number("quatre")
    (1130, 4)
    """
    digits = re.sub(r"\s", "", printed)
    return int(digits) if digits.isdecimal() else _VALUES[fold(printed)]


def merge_counts(counts: Iterable[Count]) -> tuple[Count, ...]:
    """Join counts that give the same number for the same thing: the words of the first, the lines of all."""
    merged: dict[Count, Count] = {}
    for count in counts:
        same = replace(count, printed="", lines=())
        first = merged.setdefault(same, count)
        merged[same] = replace(first, lines=tuple(dict.fromkeys(first.lines + count.lines)))
    return tuple(merged.values())


def differing(counts: tuple[Count, ...]) -> list[str]:
    """Tell which counts give two numbers for one thing; both stay."""
    first: dict[tuple[str, str, str | None], Count] = {}
    notes = []
    for count in counts:
        other = first.setdefault((count.stage, count.counted, count.rank), count)
        if other.value != count.value:
            notes.append(f"two numbers for one thing: {shown(other)} and {shown(count)}")
    return notes


def shown(count: Count) -> str:
    """Give the words of a count and its lines, for messages."""
    return f"« {count.printed} » (line {', '.join(map(str, count.lines))})"


def unused_numbers(text: str, used: Iterable[str]) -> list[str]:
    """List the numbers in digits that ``text`` holds beside the words ``used`` by facts.

    >>> unused_numbers("En 2024, 180 candidatures et 12 villes", ["2024", "180 candidatures"])
    ['12']
    """
    for words in sorted(used, key=len, reverse=True):
        text = re.sub(rf"(?<!\d){re.escape(words)}(?!\d)", " ", text)
    return re.findall(r"\d+", text)
