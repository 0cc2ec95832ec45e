"""A name as somebody wrote it: its proper part, and what its words and brackets say beside it.

« CD HAUTE-SAONE » says a kind; « Le Lamentin (Martinique) », « Vertou (44) » and « 44120 Vertou » say where.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from innograph.names import plain_name, split_kind

LONGEST = 200
"""Characters of a name; what is longer is no name."""

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]?\s*")
_POSTCODE = re.compile(
    r"(?<!\d)((?:0[1-9]|[1-8]\d|9[0-5]|97|98)\d{3})(?!\d)(?:\s*cedex(?:\s*\d+)?)?", re.IGNORECASE
)
_NUMBER = r"(0[1-9]|[1-8]\d|9[0-5]|2[ABab]|97[1-8])"
_AFTER = re.compile(rf"[\s,;–—-]+{_NUMBER}\s*$")
_BEFORE = re.compile(rf"^\s*{_NUMBER}\s*[,;:–—-]\s*(?=\D)")
_ARTICLE_LAST = re.compile(r"^(.*\S)\s*\((La|Le|Les|L['’])\)\s*$", re.IGNORECASE)
_KIND_LAST = re.compile(r"^([^,]+),\s*([^,]+)$")
_NUMBERED = re.compile(rf"^(.*?[^\W\d])\s*{_NUMBER}$")
_KIND_WORDS = [
    "agglomeration",
    "commune",
    "communaute",
    "conseil",
    "departement",
    "mairie",
    "metropole",
    "municipalite",
    "region",
    "ville",
]
_TAIL = re.compile(r"\s*[,;]\s*([^,;]+)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """What a name says: its words, the kind that they tell, and the places that stand beside it."""

    whole: str
    """The words as they stand."""
    text: str
    """The words, without what stood in brackets or was a number of a place."""
    kind: str
    """A concept of the scheme organization-kind, or empty."""
    proper: str
    """The words without those of the kind, in the form of :func:`innograph.names.plain_name`."""
    departments: frozenset[str] = frozenset()
    """Codes of départements that the name says, one of which it lies in; of a région, all of its."""
    postcodes: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()
    """What stood in brackets and is no place: an acronym, a remark."""


def read_mention(text: str, places: Mapping[str, frozenset[str]]) -> Mention:
    """Read a name; an article behind it, as in an index, goes back before it.

    :param places: codes of départements by the plain names of départements and régions, and by code.

    >>> places = {"martinique": frozenset({"972"}), "44": frozenset({"44"})}
    >>> read_mention("Le Lamentin (Martinique)", places).departments
    frozenset({'972'})
    >>> read_mention("Rochelle (La)", places).text
    'La Rochelle'
    >>> vertou = read_mention("Ville de Vertou - 44", places)
    >>> vertou.text, vertou.kind, vertou.proper, vertou.departments
    ('Ville de Vertou', 'commune', 'vertou', frozenset({'44'}))
    """
    text = _ARTICLE_LAST.sub(r"\2 \1", text)
    departments: set[str] = set()
    unread = []
    for inside in _BRACKETS.findall(text):
        found = _places_in(inside, places)
        if found is not None:
            departments |= found
        elif inside.strip():
            unread.append(inside.strip())
    rest = " ".join(_BRACKETS.sub(" ", text).split())
    postcodes = frozenset(_POSTCODE.findall(rest)) | frozenset(_POSTCODE.findall(" ".join(unread)))
    rest = " ".join(_POSTCODE.sub(" ", rest).split()).strip(" ,;-–—")
    for pattern in (_AFTER, _BEFORE):
        number = pattern.search(rest)
        if number and number[1].upper() in places:
            departments.add(number[1].upper())
            rest = pattern.sub("", rest)
    tail = _TAIL.search(rest)
    told = places.get(plain_name(tail[1])) if tail else None
    if tail and told:
        departments |= told
        rest = rest[: tail.start()]
    kind, proper = _kind_of(rest, text)
    others = tuple(word for word in unread if not _POSTCODE.search(word))
    return Mention(text, rest, kind or "", proper, frozenset(departments), postcodes, others)


def _kind_of(rest: str, text: str) -> tuple[str | None, str]:
    """Cut the kind from a name: before it, behind it (« Tarbes, commune de »), or by number (« CD 44 »)."""
    numbered = _NUMBERED.match(text.strip())
    if numbered and split_kind(f"{numbered[1]} x") == ("department", "x"):
        return "department", numbered[2].upper()
    kind, proper = split_kind(rest)
    last = _KIND_LAST.match(rest)
    if kind is None and last:
        behind = split_kind(f"{last[2]} {last[1]}")
        return behind if behind[0] else (kind, proper)
    return kind, proper


def repaired(name: str) -> str | None:
    """Give a name whose first word is a mistyped word of kind with the word put right, or None.

    >>> repaired("Mairei de Hennebont"), repaired("Vile de Maubeuge"), repaired("Rennes")
    ('mairie de hennebont', 'ville de maubeuge', None)
    """
    first, _, rest = plain_name(name).partition(" ")
    right = [word for word in _KIND_WORDS if OSA.distance(first, word) == 1]
    return f"{right[0]} {rest}" if right and rest else None


def _places_in(inside: str, places: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """Read what stands in brackets as places; None where it is none."""
    parts = [part for part in re.split(r"[,;/]| et ", inside) if part.strip()]
    found = [places.get(part.strip().upper()) or places.get(plain_name(part)) for part in parts]
    if not parts or any(each is None for each in found):
        return None
    return frozenset().union(*(each for each in found if each is not None))
