"""The lists of a press pack that print ranks by body: « TERRITORIA OR : à la région …, aux villes de … ».

A list names kinds (« aux départements »), then bodies of that kind after commas, until the next kind. « de la
Drôme et à la ville de Romans » is one listing of two bodies; « Paris (2 fois) » is one listing used twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from innograph.names import bare_name
from innograph.records import Lines, RankName, Span
from innograph.sources.announced import RANKS
from innograph.sources.document import Document
from innograph.sources.running_text import RunningText, running_text
from innograph.text import fold

Body = tuple[str, str]
"""A body as lists and dossiers are compared: its kind and its bare name."""

_HEADING = re.compile(r"^(?P<label>TERRITORIA\s+(?P<word>[^:]{1,30}?))\s*:(?=\s*(?:$|(?:à|au|aux)\b))")
_KINDS = {
    r"régions?": "region",
    r"départements?": "department",
    r"communautés? d['’]agglomération": "agglomeration-community",
    r"communautés? de communes": "community-of-communes",
    r"communautés? urbaines?": "urban-community",
    r"métropoles?": "metropolis",
    r"villes?|communes?": "commune",
    r"CCAS": "social-action-centre",
    r"CIAS": "social-action-centre",
    r"syndicats?(?: mixtes?| intercommuna(?:l|ux))?": "joint-authority",
}
_INTRODUCTION = re.compile(rf"(?P<to>à la |à l['’]|au |aux )(?P<kind>(?:{'|'.join(_KINDS)})(?![\w-])|)")
_PREPOSITION = re.compile(r" ?(?:de la |de l['’]|du |des |de |d['’])?")
_COMMA = re.compile(r"\s*[;,]\s*(?:et )?")
_AND_NEXT = re.compile(r" et (?=(?:à la|à l['’]|au|aux|de|du|des|d['’])(?:\b|(?<=['’])))")
_AND_TOWN = re.compile(r" et ")
_TIMES = re.compile(r"\s*\((?P<times>[1-9]\d?) fois\)$")


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry of a list: a rank for a body, or for several together, ``times`` times."""

    rank: RankName
    label: str
    """The rank as the list's heading prints it: « TERRITORIA OR »."""
    printed: str
    bodies: frozenset[Body]
    lines: Lines
    """The line of the list's heading, and those of the names of the bodies with what introduces each."""
    in_list: Span
    """The lines of the whole list."""
    times: int = 1


def read_rank_lists(document: Document, stop: int) -> tuple[Listing, ...]:
    """Read the lists of ranks that stand before line ``stop``, in the order printed.

    :raises SourceError: there is no list, one stands twice or stops in the middle, its rank is unknown, or it
        names a body of a kind that nothing understands.
    """
    listings: list[Listing] = []
    for block in _lists(document, stop):
        heading = _HEADING.match(document.line(block.start))
        assert heading is not None  # _lists found the block by it
        label = " ".join(heading["label"].split())
        rank = RANKS.get(fold(heading["word"]))
        if rank is None:
            raise document.refuse(block.start, f"unknown rank {label!r}: known are {', '.join(RANKS)}")
        if any(listing.rank == rank for listing in listings):
            raise document.refuse(block.start, f"a second list for {label!r}")
        listings.extend(_read_list(document, block, label, rank))
    if not listings:
        raise document.refuse(stop, "no list of ranks (« TERRITORIA OR : … ») stands before this line")
    return tuple(listings)


def _lists(document: Document, stop: int) -> Iterator[Span]:
    """Find the lines of each list: from its heading to the next one or to a blank line."""
    start: int | None = None
    for number in range(1, stop):
        line = document.line(number)
        heading = bool(_HEADING.match(line))
        if start is not None and (heading or not line):
            yield Span(start, number - 1)
            start = None
        if heading:
            start = number
    if start is not None:
        yield Span(start, stop - 1)


@dataclass(frozen=True, slots=True)
class _Name:
    """One name in a list: where its characters are, its kind, and whether it shares the entry before it."""

    introduced: int
    """Where the words that introduce this very name begin (« au CCAS de »), or else the name itself."""
    start: int
    end: int
    kind: str
    shares: bool


def _read_list(document: Document, block: Span, label: str, rank: RankName) -> Iterator[Listing]:
    whole = running_text((number, document.line(number)) for number in range(block.start, block.end + 1))
    if not whole.text.endswith("."):
        raise document.refuse(block.end, f"the list {label!r} stops in the middle: it has no final stop")
    entries: list[list[_Name]] = []
    for name in _names(document, whole):
        if name.shares and entries:
            entries[-1].append(name)
        else:
            entries.append([name])
    for entry in entries:
        times = _TIMES.search(whole.text, entry[-1].start, entry[-1].end)
        last = times.start() if times else entry[-1].end
        named = [(name.kind, name.start, min(name.end, last)) for name in entry]
        yield Listing(
            rank,
            label,
            printed=" et ".join(whole.text[start:end] for _, start, end in named),
            bodies=frozenset((kind, bare_name(whole.text[start:end])) for kind, start, end in named),
            lines=_with_heading(block.start, whole, entry),
            in_list=block,
            times=int(times["times"]) if times else 1,
        )


def _with_heading(heading: int, whole: RunningText, entry: list[_Name]) -> Lines:
    """Give the line that prints the rank and the lines of the names; none is given twice."""
    spans = {span for name in entry for span in whole.lines(name.introduced, name.end)}
    if not any(span.start <= heading <= span.end for span in spans):
        spans.add(Span(heading, heading))
    return tuple(sorted(spans))


def _names(document: Document, whole: RunningText) -> Iterator[_Name]:
    text = whole.text
    kind = ""
    plural = False
    for start, end, after_and in _parts(text, text.index(":") + 1, len(text) - 1):
        introduction = _INTRODUCTION.match(text, start, end)
        if introduction:
            kind = _kind(introduction["kind"])
            plural = introduction["to"] == "aux "
            start = introduction.end()
        if not kind:
            line = whole.lines(start - 1, start)[0].start
            raise document.refuse(line, f"nothing tells what kind of body this is: {text[start:end][:40]!r}")
        preposition = _PREPOSITION.match(text, start, end)
        start = preposition.end() if preposition else start
        introduced = introduction.start() if introduction else start
        if start >= end:
            raise document.refuse(
                whole.lines(start - 1, start)[0].start, "a name is missing in the list of ranks"
            )
        if plural and kind == "commune":
            for town, town_end in _split(_AND_TOWN, text, start, end):
                yield _Name(introduced if town == start else town, town, town_end, kind, shares=False)
        else:
            yield _Name(
                introduced, start, end, kind, shares=after_and and introduction is not None and not plural
            )


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Cut a list at its commas, semicolons and « et de … »; say which parts come after an « et »."""
    for item_start, item_end in _split(_COMMA, text, start, end):
        for part_start, part_end in _split(_AND_NEXT, text, item_start, item_end):
            yield part_start, part_end, part_start > item_start


def _split(separator: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut ``text[start:end]`` as ``re.split`` would; give the places of the parts, without blanks."""
    cuts = [(found.start(), found.end()) for found in separator.finditer(text, start, end)]
    for part_start, part_end in zip(
        [start, *(after for _, after in cuts)], [*(before for before, _ in cuts), end], strict=True
    ):
        part = text[part_start:part_end]
        yield part_end - len(part.lstrip()), part_start + len(part.rstrip())


def _kind(printed: str) -> str:
    return next((kind for pattern, kind in _KINDS.items() if re.fullmatch(pattern, printed)), "")
