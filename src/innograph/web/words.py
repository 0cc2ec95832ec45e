"""The words of the interface (``words.tsv``), French first, English beside; and which of the two a reader
wants.

Terms of other vocabularies stand there too, because our ontology does not label them.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from flask import request

from innograph.errors import DataError
from innograph.resources import read_text

Language = Literal["fr", "en"]

_FILE = Path(__file__).with_name("words.tsv")
_BEFORE_HIGH_SIGNS = re.compile(r" (?=[:;?!»%])")
_AFTER_QUOTE = re.compile(r"(?<=«) ")


def word(key: str, language: Language) -> str:
    """Give a word of the interface.

    :raises KeyError: the interface has no such word.

    >>> word("questions", "en"), word("home", "fr")
    ('Questions', 'Accueil')
    """
    french, english = _words()[key]
    return english if language == "en" else french


def has_word(key: str) -> bool:
    """Tell whether the interface has a word for ``key``."""
    return key in _words()


def typeset(french: str) -> str:
    """Make the spaces of French typography unbreakable.

    >>> typeset("Vouliez-vous dire : « Orval » ?").count("\N{NO-BREAK SPACE}")
    4
    """
    return _AFTER_QUOTE.sub("\N{NO-BREAK SPACE}", _BEFORE_HIGH_SIGNS.sub("\N{NO-BREAK SPACE}", french))


def language_of_request() -> Language:
    """Give the language of the current request: ``?lang=``, else ``Accept-Language``, else French."""
    asked = request.args.get("lang") or request.accept_languages.best_match(["fr", "en"])
    return "en" if asked == "en" else "fr"


@cache
def _words() -> Mapping[str, tuple[str, str]]:
    """Read the words by key.

    :raises DataError: a line has not three cells, or a key stands twice.
    """
    found: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(read_text(_FILE).splitlines(), start=1):
        if line.startswith("#") or number == 2:
            continue
        key, _, texts = line.partition("\t")
        french, _, english = texts.partition("\t")
        if not (key and french and english) or "\t" in english or key in found:
            raise DataError(
                "not « key, French, English » between tabs, or a key that stands twice", _FILE, number
            )
        found[key] = (typeset(french), english)
    return found
