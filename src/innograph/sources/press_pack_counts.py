"""The numbers that a press pack announces, each as a :class:`~innograph.records.Count` with its lines.

A number printed twice in the same sense is one count with both places; two numbers for one thing are both
kept.
"""

from collections.abc import Iterator, Sequence

from innograph.records import Category, Count
from innograph.sources.announced import Announcement, differing, merge_counts, shown
from innograph.sources.document import Document
from innograph.sources.reading import Reading
from innograph.sources.running_text import RunningText

_ANNOUNCED = (
    Announcement("collectivités", "laureates", "bodies", after=" ont été distinguées"),
    Announcement("collectivités", "laureates", "bodies", before="a distingué "),
    Announcement("lauréats", "laureates", "distinctions", before="sélectionné "),
    Announcement(r"(?P<rank>Or|Argent|Bronze)\b", "laureates", "distinctions"),
    Announcement(r"TERRITORIA (?P<rank>\w+)", "laureates", "distinctions"),
    Announcement("(?:projets|dossiers)", "applications", "initiatives", after=" ont été présentés"),
    Announcement("candidatures", "applications", "initiatives"),
    Announcement("domaines", "applications", "categories", before="réparties en "),
    Announcement("initiatives", "to-date", "initiatives", after=" récompensées"),
)


def announced_counts(document: Document, text: RunningText) -> tuple[Count, ...]:
    """Find the counts that ``text`` announces, in its order.

    :raises SourceError: a number is announced for a rank that is unknown.
    """
    return merge_counts(sorted(_counts(document, text), key=lambda count: count.lines))


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
    for announcement in _ANNOUNCED:
        for match in announcement.matches(text.text):
            try:
                yield announcement.count(match, text.part(match, "printed"))
            except KeyError:
                line = text.part(match, "rank")[0].start
                raise document.refuse(line, f"unknown rank {match['rank']!r}") from None
