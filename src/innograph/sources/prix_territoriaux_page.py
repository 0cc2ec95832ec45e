"""The Prix Territoriaux as a web page copied as text (2020).

Layout: a headline « <award> : les lauréats de la <n>ème édition », a sentence on the award, « Le palmarès
<year> », then one dossier for each prize: a bullet « • <Prix> : <laureate> », and indented under it the
title, prose with sub-headings, and a last sentence that names the prize. What stands at the margin after them
belongs to the web site; its heading « Le palmarès des éditions précédentes » shows that the copy is whole.
"""

import re
from itertools import pairwise

from innograph.records import BodyMention, Category, Edition, StatedOrdinal, StatedYear
from innograph.sources.prix_territoriaux_dossiers import (
    NAMED_ORGANISER,
    ORDINAL,
    YEAR,
    Heading,
    Row,
    edition_label,
    read_dossier,
)
from innograph.sources.reading import Listing, Reading
from innograph.text import fold

_HEADLINE = re.compile(r"(?P<award>Prix Territoriaux (?P<bodies>.+?))\s*: les lauréats de la .+ édition")
_PALMARES = re.compile(rf"Le palmarès ({YEAR})")
_FOUNDED = re.compile(rf"\bLancés? en ({YEAR})\b")
_BULLET = re.compile(r"•\s*(?P<prize>Prix\s.+?)\s*:\s+(?P<laureate>.+)")
_NAMES_A_PRIZE = re.compile(r"\bPrix (?![Tt]erritoriaux)\w")
_WHOLE = "Le palmarès des éditions précédentes"

_IMAGE = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){2,}")
"""The alternative text of a stock picture: keywords in English, each with a capital, nothing else."""

_FURNITURE = {
    "video-notice": re.compile(
        r"Youtube est désactivé\. Autorisez le dépôt de cookies pour accéder au contenu\."
    ),
    "cookie-notice": re.compile(r"Paramétrez vos cookies"),
    "former-palmares": re.compile(r"(?:L|Découvrez l)e palmarès des éditions précédentes|Je découvre"),
    "rating": re.compile(r"Avez-vous aimé cet article \?(?: [1-5])*"),
    "sharing": re.compile(r"Partagez cet article"),
    "related-articles": re.compile(r"Cet article vous a intéressé \?|Ces articles peuvent vous intéresser"),
}


def recognises_page(rows: list[Row]) -> bool:
    """Tell whether any of ``rows`` is a bullet of this layout, or its headline."""
    return any(text.startswith("•") or _HEADLINE.fullmatch(text) for _, text in rows)


def read_page(reading: Reading) -> Edition:
    """Read the page; the caller closes the account of its lines.

    :raises SourceError: something stands where the layout has something else, or is missing.
    """
    rows = reading.document.numbered()
    first_bullet = next((i for i, (_, text) in enumerate(rows) if text.startswith("•")), len(rows))
    head, rest = rows[:first_bullet], rows[first_bullet:]
    edition = _read_head(reading, head, _read_dossiers(reading, rest))
    _check_last_sentences(reading, edition.categories)
    for line, text in rest:
        if not _indented(reading, line):
            for rule, form in _FURNITURE.items():
                if form.fullmatch(text):
                    reading.ledger.furniture(line, rule)
    return edition


def check_page_whole(reading: Reading) -> None:
    """Complain where the margin that follows the prizes is missing.

    :raises SourceError: it is, and the reader is not lenient.
    """
    rows = reading.document.numbered()
    if not any(text == _WHOLE and not _indented(reading, line) for line, text in rows):
        reading.complain(
            reading.last_line(), f"the document seems cut: « {_WHOLE} » should follow the prizes"
        )


def _read_head(reading: Reading, head: list[Row], categories: tuple[Category, ...]) -> Edition:
    """Read what stands before the first prize: award, year, ordinal, organisers, foundation."""
    first, _ = reading.document.numbered()[0]
    stray = [line for line, _ in head if _indented(reading, line)]
    if stray:
        raise reading.refuse(stray[0], "text of a dossier before the first prize: its heading is missing")
    headlines = [(line, found) for line, text in head if (found := _HEADLINE.fullmatch(text))]
    years = [(line, found) for line, text in head if (found := _PALMARES.fullmatch(text))]
    if not headlines:
        raise reading.refuse(first, "no headline « Prix Territoriaux … : les lauréats de la … édition »")
    if not years:
        raise reading.refuse(first, "no line « Le palmarès <year> » before the prizes: the year is missing")
    (headline, named), (year_line, printed_year) = headlines[0], years[0]
    year = StatedYear(int(printed_year[1]), reading.lines(year_line))
    evidence = reading.lines(headline)
    label, label_lines = edition_label(reading, year) or (named["award"], ())
    introduction = [row for row in head if row[0] not in (headline, year_line)]
    return Edition(
        award="prix-territoriaux",
        label=label,
        lines=(*evidence, *label_lines),
        year=year,
        categories=categories,
        ordinal=_ordinal(reading, (headline, named.string), introduction),
        founded=_founded(reading, introduction, year.value),
        # The page says who gives its name to the award, not who organises it: concluded, not stated.
        organisers=tuple(
            BodyMention(body, evidence, basis="inferred", rule=NAMED_ORGANISER)
            for body in _bodies_of_award(reading, headline, named["bodies"])
        ),
    )


def _bodies_of_award(reading: Reading, line: int, printed: str) -> list[str]:
    """Cut the bodies whose names the award bears, at the dashes between blanks.

    :raises SourceError: a dash without blanks may stand in one name, or between two.
    """
    bodies = re.split(r"\s+[-–]\s+", printed)
    for body in bodies:
        if re.search(r"[-–]", body):
            raise reading.refuse(line, f"« {body} » may name one body or two: no blanks around its dash")
    return bodies


def _ordinal(reading: Reading, headline: Row, introduction: list[Row]) -> StatedOrdinal:
    """Read the number of the edition in the headline, and in the introduction where it agrees."""
    found = ORDINAL.search(headline[1])
    if not found:
        raise reading.refuse(headline[0], "the number of the edition cannot be read")
    ordinal = StatedOrdinal(int(found[1]), reading.lines(headline[0]))
    reading.audit_numbers(*headline, (found[1],))
    for line, text in introduction:
        again = ORDINAL.search(text)
        if again and int(again[1]) != ordinal.value:
            raise reading.refuse(line, f"edition {again[1]} here, {ordinal.value} in line {headline[0]}")
        if again:
            ordinal = StatedOrdinal(ordinal.value, ordinal.lines + reading.lines(line))
    return ordinal


def _founded(reading: Reading, introduction: list[Row], year: int) -> StatedYear | None:
    """Read since when the award exists; what else the introduction holds is editorial or a picture."""
    founded = None
    for line, text in introduction:
        found, ordinal = _FOUNDED.search(text), ORDINAL.search(text)
        if found and founded is None:
            founded = StatedYear(int(found[1]), reading.lines(line))
        used = [match[1] for match in (found, ordinal) if match]
        if used:
            reading.audit_numbers(line, text, [*used, str(year)])
        elif _IMAGE.fullmatch(text):
            reading.ledger.furniture(line, "image-alternative")
        elif text.endswith((".", "!", "?")) and not re.search(r"\d", text):
            reading.ledger.furniture(line, "editorial")
    return founded


def _read_dossiers(reading: Reading, rows: list[Row]) -> tuple[Category, ...]:
    """Read the dossiers: each runs from its bullet to the next, at most; margins are not theirs."""
    listing = Listing(reading)
    bullets = [index for index, (_, text) in enumerate(rows) if text.startswith("•")]
    for start, end in pairwise([*bullets, len(rows)]):
        line, text = rows[start]
        found = _BULLET.fullmatch(text)
        if not found:
            raise reading.refuse(line, f"unknown form of prize heading: {text[:60]!r}, not « • Prix … : … »")
        body = [row for row in rows[start + 1 : end] if _indented(reading, row[0])]
        heading = Heading(line, found["prize"], found["laureate"])
        read_dossier(reading, listing, heading, body[0] if body else None, body[1:])
    return listing.close()


def _check_last_sentences(reading: Reading, categories: tuple[Category, ...]) -> None:
    """Complain where a dossier goes on after the sentence that names its prize, or ends without it.

    Sub-headings look like titles: only these sentences show that a heading between two dossiers, or the end
    of one, was lost. In a page whose dossiers name no prize that is a note.
    """
    named_somewhere = False
    missing: list[tuple[str, int]] = []
    for category in categories:
        prize, prose = category.label, _prose(reading, category)
        named = [index for index, (_, text) in enumerate(prose) if fold(prize) in fold(text)]
        named_somewhere |= any(_NAMES_A_PRIZE.search(text) for _, text in prose)
        if not named:
            missing.append((prize, prose[-1][0]))
        elif named[-1] + 1 < len(prose):
            after, _ = prose[named[-1] + 1]
            reading.complain(
                after, f"text after the last sentence of « {prize} »: is a heading missing here?"
            )
    if not named_somewhere:
        reading.notes.append(
            "no dossier ends with a sentence that names its prize: compare with the document"
        )
        return
    for prize, line in missing:
        reading.complain(line, f"no sentence that names « {prize} » ends its dossier: it seems cut")


def _prose(reading: Reading, category: Category) -> list[Row]:
    """Give the prose about the distinction of a category."""
    prose = [span for distinction in category.distinctions for span in distinction.description]
    rows = reading.document.numbered()
    return [row for row in rows if any(span.start <= row[0] <= span.end for span in prose)]


def _indented(reading: Reading, line: int) -> bool:
    return reading.document.lines[line - 1][:1].isspace()
