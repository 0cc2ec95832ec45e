"""The dossiers of a press pack: under the heading of a category, for each laureate a head and prose.

The heading stands alone (a subtitle may follow on the next line); a head is the laureate's line and the line
or lines of the title; blank lines stand between heading, head and prose. At the top of a page a heading or a
head may follow prose without a blank line. Page numbers and the addresses of hyperlinks stand on lines of
their own, sometimes in the middle of a dossier. What is a heading and what a head is told by this layout
alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from innograph.records import Category, Distinction, Lines, Span, StatedAddress
from innograph.sources.press_pack_pages import SHORT, STOPPED, page_furniture
from innograph.sources.reading import Listing, Reading
from innograph.sources.running_text import running_text
from innograph.text import is_web_address, words

Line = tuple[int, str]
Block = list[Line]

SITE_RULE = "site-named-in-title"
"""Rule: an address at the foot of a page belongs to the one dossier whose title has the name of the site."""

_LONGEST_HEAD = 3
_SENTENCE_END = re.compile(r"[.!?…][\s»”\")\]]*$")
_NOT_A_HEAD = re.compile(r"^[^\w«“\"]|@|https?:|www\.|[.,;]$")
_SITE = re.compile(r"^(?:https?://)?(?:www\.)?([\w-]+).*$")


@dataclass(slots=True)
class _Dossier:
    """A dossier while its prose is being read."""

    laureate: Line
    title: Block
    prose: Block = field(default_factory=list)


@dataclass(slots=True)
class _Heading:
    """A category while its dossiers are being read."""

    lines: Block
    dossiers: list[_Dossier] = field(default_factory=list)


def read_dossiers(reading: Reading, first: int) -> tuple[Category, ...]:
    """Read the categories and their dossiers, yet without ranks, from line ``first`` to the end.

    :raises SourceError: a line is no heading, no head and no prose; a category or a dossier stands twice;
        prose stops in the middle of a sentence; a dossier stands before the first category.
    """
    addresses: Block = []
    listing = Listing(reading)
    for heading in _read_blocks(reading, _blocks(reading, first, addresses)):
        lines = reading.document.spans(number for number, _ in heading.lines)
        reading.ledger.use(lines)
        label, *subtitle = (text for _, text in heading.lines)
        listing.open(lines, label, subtitle[0] if subtitle else None)
        for dossier in heading.dossiers:
            distinction = _distinction(reading, dossier)
            listing.add(distinction.lines[0].start, distinction)
    return _with_websites(reading, listing.close(), addresses)


def _blocks(reading: Reading, first: int, addresses: Block) -> list[Block]:
    """Cut the text at blank lines and page furniture, and before a head that follows prose directly."""
    document = reading.document
    blocks: list[Block] = [[]]
    for number in range(first, len(document.lines) + 1):
        line = document.line(number)
        furniture = page_furniture(document, number)
        if furniture:
            reading.ledger.furniture(number, furniture)
            if furniture == "hyperlink-footer":
                addresses.append((number, line))
        if furniture or not line:
            blocks.append([])
        else:
            blocks[-1].append((number, line))
    return [part for block in blocks if block for part in _without_tail(block)]


def _without_tail(block: Block) -> Iterator[Block]:
    """Cut off the heading or head that ends a block of prose: short lines after the end of a sentence."""
    for size in range(1, min(_LONGEST_HEAD, len(block) - 1) + 1):
        prose, tail = block[:-size], block[-size:]
        if _SENTENCE_END.search(prose[-1][1]) and not _may_be_head(prose) and _may_be_head(tail, smallest=1):
            yield prose
            yield tail
            return
    yield block


def _may_be_head(block: Block, smallest: int = 2) -> bool:
    """Tell whether a block is laid out as a head: a short line, then a title, and no sentence's end."""
    return (
        smallest <= len(block) <= _LONGEST_HEAD
        and len(block[0][1]) < SHORT
        and not any(_NOT_A_HEAD.search(text) for _, text in block)
    )


def _stands_out(block: Block) -> bool:
    """Tell whether a block is too short, and too unfinished, to be prose."""
    unfinished = len(block[0][1]) < SHORT and not _SENTENCE_END.search(block[-1][1])
    return _may_be_head(block, smallest=1) or (len(block) <= _LONGEST_HEAD and unfinished)


def _is_head(block: Block, following: Sequence[Block]) -> bool:
    return _may_be_head(block) and bool(following) and not _may_be_head(following[0], smallest=1)


def _is_heading(block: Block, following: Sequence[Block]) -> bool:
    """Tell whether a block heads a category: one line before a head, or two, which a head may be as well."""
    if not following or not _may_be_head(block, smallest=1):
        return False
    if len(block) == 1:
        return _may_be_head(following[0])
    return len(block) == 2 and _is_head(following[0], following[1:])


def _read_blocks(reading: Reading, blocks: list[Block]) -> list[_Heading]:
    headings: list[_Heading] = []
    prose: Block = []
    for place, block in enumerate(blocks):
        following = blocks[place + 1 : place + 3]
        is_head = _is_head(block, following)
        if is_head or _is_heading(block, following):
            _check_stopped(reading, prose, block[0][0])
            prose = []
        if is_head:
            if not headings:
                raise reading.refuse(block[0][0], f"a dossier before the first category: {block[0][1]!r}")
            headings[-1].dossiers.append(_Dossier(block[0], block[1:], prose))
        elif _is_heading(block, following):
            headings.append(_Heading(block))
        elif not _stands_out(block) and headings and headings[-1].dossiers:
            prose.extend(block)
        else:
            number, text = (following or [block])[0][0] if _may_be_head(block) else block[0]
            reading.complain(
                number, f"neither the heading of a category, nor of a dossier, nor prose: {text[:60]!r}"
            )
    if prose:
        _check_stopped(reading, prose, prose[-1][0])
    return headings


def _check_stopped(reading: Reading, prose: Block, line: int) -> None:
    if prose and not STOPPED.search(prose[-1][1]):
        reading.complain(
            line, f"the text before this stops in the middle of a sentence on line {prose[-1][0]}: is it cut?"
        )


def _distinction(reading: Reading, dossier: _Dossier) -> Distinction:
    number, printed = dossier.laureate
    lines = (Span(dossier.title[0][0], dossier.title[-1][0]),)
    description = reading.document.spans(number for number, _ in dossier.prose)
    reading.ledger.use(lines)
    reading.ledger.use(description, "description")
    title = dossier.title[0][1] if len(dossier.title) == 1 else running_text(dossier.title).text
    return Distinction(
        title=reading.title(title, lines[0].start),
        lines=lines,
        laureates=reading.bodies(printed, number),
        description=description,
    )


def _with_websites(
    reading: Reading, categories: tuple[Category, ...], addresses: Block
) -> tuple[Category, ...]:
    """Give each address of a hyperlink to the one dossier whose title has the name of the site."""
    websites: dict[Lines, StatedAddress] = {}
    for number, address in addresses:
        if not is_web_address(address):
            reading.notes.append(f"line {number}: not a whole address: {address}")
            continue
        site = set(words(_SITE.sub(r"\1", address)))
        owners = [
            each.lines
            for category in categories
            for each in category.distinctions
            if site.issubset(words(each.title))
        ]
        known = websites.get(owners[0]) if len(owners) == 1 else None
        if len(owners) == 1 and (known is None or known.value == address):
            lines = (known.lines if known else ()) + reading.lines(number)
            websites[owners[0]] = StatedAddress(address, lines, basis="inferred", rule=SITE_RULE)
        else:
            reading.notes.append(
                f"line {number}: {len(owners) or 'no'} dossiers have a title that names the site {address}"
            )
    return tuple(
        replace(
            category,
            distinctions=tuple(
                replace(each, website=websites.get(each.lines)) for each in category.distinctions
            ),
        )
        for category in categories
    )
