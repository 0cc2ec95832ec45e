"""Small pure functions on French text: slugs, sort keys, and one form of a name for comparison."""

import re
import unicodedata

_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "’": "'", "ʼ": "'", "‐": "-", "‑": "-"}
)


def fold(text: str) -> str:
    """Drop accents, case and ligatures, and make every run of blanks one space.

    >>> fold("Prix  Coup de Cœur")
    'prix coup de coeur'
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.casefold().split())


def words(text: str) -> list[str]:
    """Cut folded text into words of letters and digits.

    >>> words("L'Haÿ-les-Roses, 94")
    ['l', 'hay', 'les', 'roses', '94']
    """
    return re.findall(r"[a-z0-9]+", fold(text))


def slug(text: str, longest: int = 60) -> str:
    """Make the readable part of an address: ASCII words joined by hyphens, cut between words.

    >>> slug("Pilotage / Évaluation des politiques publiques")
    'pilotage-evaluation-des-politiques-publiques'
    >>> slug("Prix « Œuvre » 2024", longest=10)
    'prix-oeuvre'
    """
    result = ""
    for word in words(text):
        longer = f"{result}-{word}" if result else word
        if result and len(longer) > longest + 1:
            break
        result = longer
    return result or "x"


def sort_key(text: str) -> str:
    """Give a key under which French names sort as a reader expects (É beside E, articles kept).

    >>> sorted(["Épinal", "Zuydcoote", "Évreux", "Hem"], key=sort_key)
    ['Épinal', 'Évreux', 'Hem', 'Zuydcoote']
    """
    return " ".join(words(text))


def is_key(text: str) -> bool:
    """Tell whether a text can stand in an address: small ASCII words joined by hyphens.

    >>> is_key("saint-remy-en-comte"), is_key("Saint Rémy"), is_key("")
    (True, False, False)
    """
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None


def is_web_address(text: str) -> bool:
    """Tell whether a text is an address of the web, as an IRI may be written.

    >>> is_web_address("http://www.vlko.org/"), is_web_address("www.vlko.org"), is_web_address("http://a b")
    (True, False, False)
    """
    return re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", text) is not None
