"""Titles as printed, freed of Markdown emphasis and of quotation marks around the whole."""

import re

_EMPHASIS = re.compile(r"(?<!\*)(\*{1,3})(?![*\s])([^*]+)\1(?!\*)|(?<!\w)(_{1,2})(?![_\s])([^_]+)\3(?!\w)")
_QUOTES = (("«", "»"), ("“", "”"), ('"', '"'))


def unwrap_title(printed: str) -> str:
    """Drop Markdown emphasis, the blanks around, and quotation marks that wrap the whole title.

    Everything inside is kept as printed: inner quotes, typographic apostrophes, spaces. The result is empty
    where the marks wrap nothing.

    >>> unwrap_title("« Ma culture numérique »  ")
    'Ma culture numérique'
    >>> unwrap_title("*« Concours Cosme Tech » pour faire rayonner une filière d'excellence*")
    "« Concours Cosme Tech » pour faire rayonner une filière d'excellence"
    >>> unwrap_title("« *Tiny LLM* » pour *verdir le budget*")
    '« Tiny LLM » pour verdir le budget'
    >>> unwrap_title("« Lire » et « Dire »")
    '« Lire » et « Dire »'
    """
    title = drop_emphasis(printed).strip()
    for opening, closing in _QUOTES:
        if len(title) > 1 and title[0] == opening and _closes_at(title, opening, closing) == len(title) - 1:
            return title[1:-1].strip()
    return title


def drop_emphasis(printed: str) -> str:
    """Drop the pairs of asterisks or underscores with which Markdown stresses words; lone ones are kept.

    >>> drop_emphasis("**Prix : *Or* et Argent**, mon_fichier, 2 * 3")
    'Prix : Or et Argent, mon_fichier, 2 * 3'
    """
    text, found = printed, 1
    while found:
        text, found = _EMPHASIS.subn(lambda marks: marks[2] or marks[4], text)
    return text


def _closes_at(title: str, opening: str, closing: str) -> int:
    """Find where the quotation that begins the title ends; -1 where it does not."""
    depth = 1
    for place, character in enumerate(title[1:], start=1):
        depth += (character == opening != closing) - (character == closing)
        if depth == 0:
            return place
    return -1
