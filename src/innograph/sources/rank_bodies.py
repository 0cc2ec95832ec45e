"""The one form in which bodies of the lists of ranks and bodies of the dossiers are compared: kind and name.

« aux départements … de la Haute Saône » and « CD HAUTE-SAONE » are one body; the town of Saint-Quentin and
« CA SAINT-QUENTINOIS », Paris and its 5th arrondissement are not.
"""

import re

from innograph.records import BodyMention
from innograph.text import words

Body = tuple[str, str]
"""A kind of body and its comparable name."""

_KINDS = {
    "cr": "region",
    "region": "region",
    "conseil regional": "region",
    "cd": "departement",
    "departement": "departement",
    "conseil departemental": "departement",
    "ca": "agglomeration",
    "communaute d agglomeration": "agglomeration",
    "cc": "communes",
    "communaute de communes": "communes",
    "cu": "communaute urbaine",
    "communaute urbaine": "communaute urbaine",
    "metropole": "metropole",
    "ville": "ville",
    "commune": "ville",
    "ccas": "ccas",
    "cias": "cias",
    "syndicat": "syndicat",
    "sivom": "syndicat",
}

_ARTICLES = frozenset({"de", "du", "des", "d", "la", "le", "les", "l"})
_ORDINAL = re.compile(r"(\d+)(?:er|re|e|eme)")


def comparable_name(name: str) -> str:
    """Give the form of a body's name that lists and dossiers share: folded, without article and ordinal mark.

    >>> comparable_name("du Saint-Quentinois") == comparable_name("SAINT QUENTINOIS")
    True
    >>> comparable_name("La Colle-sur-Loup"), comparable_name("Paris 5e")
    ('colle sur loup', 'paris 5')
    """
    parts = words(name)
    while len(parts) > 1 and parts[0] in _ARTICLES:
        parts = parts[1:]
    return " ".join(_ORDINAL.sub(r"\1", part) if _ORDINAL.fullmatch(part) else part for part in parts)


def body_of(mention: BodyMention) -> Body:
    """Give the kind and the comparable name of a body; one without a kind word is a town.

    >>> body_of(BodyMention("CD HAUTE-SAONE", ())), body_of(BodyMention("LANNION-TREGOR CA", ()))
    (('departement', 'haute saone'), ('agglomeration', 'lannion tregor'))
    >>> body_of(BodyMention("PARIS 5", ())), body_of(BodyMention("Paris 5e", ()))
    (('ville', 'paris 5'), ('ville', 'paris 5'))
    """
    parts = words(mention.name or mention.mention)
    for length in (3, 2, 1):
        if len(parts) > length and (kind := _KINDS.get(" ".join(parts[:length]))):
            return kind, comparable_name(" ".join(parts[length:]))
    if len(parts) > 1 and (kind := _KINDS.get(parts[-1])):
        return kind, comparable_name(" ".join(parts[:-1]))
    return "ville", comparable_name(" ".join(parts))
