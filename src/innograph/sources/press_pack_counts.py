"""The numbers that a press pack announces, each as a :class:`~innograph.records.Count` with its lines.

A number printed twice in the same sense is one count with both places; two numbers for one thing are both
kept.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from innograph.records import Category, Count, Counted, RankName, Span, Stage
from innograph.sources.announced import RANKS, differing, shown
from innograph.sources.document import Document
from innograph.sources.reading import Reading
from innograph.sources.running_text import RunningText
from innograph.text import fold

_NUMBER = r"\b(?P<value>\d{1,3}(?: \d{3})+|\d{1,7})"
_SENTENCES: tuple[tuple[Stage, Counted, str], ...] = (
    ("laureates", "bodies", rf"(?P<printed>{_NUMBER} collectivités) ont été distinguées"),
    ("laureates", "bodies", rf"a distingué (?P<printed>{_NUMBER} collectivités)"),
    ("laureates", "distinctions", rf"sélectionné (?P<printed>{_NUMBER} lauréats)"),
    ("laureates", "distinctions", rf"(?P<printed>{_NUMBER} (?:TERRITORIA )?(?P<rank>Or|Argent|Bronze)\b)"),
    ("laureates", "distinctions", rf"(?P<printed>{_NUMBER} TERRITORIA (?P<rank>\w+))"),
    ("applications", "initiatives", rf"(?P<printed>{_NUMBER} (?:projets|dossiers)) ont été présentés"),
    ("applications", "initiatives", rf"(?P<printed>{_NUMBER} candidatures)"),
    ("applications", "categories", rf"réparties en (?P<printed>{_NUMBER} domaines)"),
    (
        "to-date",
        "initiatives",
        rf"(?P<printed>(?:(?P<qualifier>quelques|près de|plus de) )?{_NUMBER} initiatives) récompensées",
    ),
)


def announced_counts(document: Document, text: RunningText) -> tuple[Count, ...]:
    """Find the counts that ``text`` announces, in its order.

    :raises SourceError: a number is announced for a rank that is unknown.
    """
    merged: dict[object, Count] = {}
    for count in sorted(_counts(document, text), key=lambda count: count.lines):
        identity = (count.stage, count.counted, count.rank, count.value)
        known = merged.get(identity)
        merged[identity] = replace(known, lines=_joined(known, count)) if known else count
    return tuple(merged.values())


def compare_counts(reading: Reading, counts: tuple[Count, ...], categories: Sequence[Category]) -> None:
    """Hold the announced counts to each other and to what is listed; note what differs.

    :raises SourceError: more laureates, in all or of a rank, are announced than listed: the document is cut.
    """
    reading.notes += differing(counts)
    listed = [each.rank.value for category in categories for each in category.distinctions if each.rank]
    for count in counts:
        if (count.stage, count.counted) == ("laureates", "distinctions"):
            reading.compare(count, listed.count(count.rank) if count.rank else len(listed))
        elif count.counted == "categories" and count.value != len(categories):
            reading.notes.append(f"{shown(count)} are announced, {len(categories)} have laureates")


def _counts(document: Document, text: RunningText) -> Iterator[Count]:
    for stage, counted, sentence in _SENTENCES:
        for match, _ in text.find(re.compile(sentence)):
            groups = match.groupdict()
            yield Count(
                stage,
                counted,
                value=int(match["value"].replace(" ", "")),
                printed=match["printed"],
                lines=(text.part(match, "printed"),),
                rank=_rank(document, text, match) if "rank" in groups else None,
                qualifier=groups.get("qualifier"),
            )


def _rank(document: Document, text: RunningText, match: re.Match[str]) -> RankName:
    rank = RANKS.get(fold(match["rank"]))
    if rank is None:
        raise document.refuse(text.part(match, "rank").start, f"unknown rank {match['rank']!r}")
    return rank


def _joined(known: Count, again: Count) -> tuple[Span, ...]:
    return known.lines + tuple(span for span in again.lines if span not in known.lines)
