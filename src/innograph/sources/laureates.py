"""Printed laureates, taken apart: one mention for each body that the words name.

Documents join bodies by « & », commas, « et », or a dash; they also name two bodies at once (« Épinal (Ville
et CA) », « Ville et Métropole du Grand Nancy »), a body and unnamed ones around it (« et les communes
membres »), and add in brackets what tells homonyms apart (« Le Lamentin (Martinique) »). « Et » is also part
of many names (« CC Mad et Moselle »): it joins only where what stands beside it says so. Words that fit none
of this are refused by a ``ValueError``, which the parsers turn into a refusal at the line.
"""

import re
from dataclasses import replace
from itertools import pairwise

from innograph.records import BodyMention, Lines
from innograph.text import fold

_SHORT_KINDS = frozenset((
    "CA", "CC", "CD", "CR", "CU", "CE", "CCAS", "CIAS", "EPT", "GIP", "PETR", "SDIS", "SICTOM", "SIVOM",
    "SIVU", "SMICTOM",
))  # fmt: skip
_KINDS = frozenset((
    "agence", "agglo", "agglomeration", "centre", "collectivite", "communaute", "commune", "conseil",
    "departement", "etablissement", "eurometropole", "mairie", "metropole", "office", "parc", "region",
    "service", "syndicat", "ville",
))  # fmt: skip
_NAMES_HOLD_ET = frozenset((
    "agence", "ca", "cc", "centre", "communaute", "cu", "ept", "etablissement", "office", "parc", "pays",
    "petr", "sdis", "service", "sictom", "sivom", "sivu", "smictom", "syndicat",
))  # fmt: skip
"""Bodies whose own names often hold « et »: groupings of communes above all."""
_DEPARTEMENTS_WITH_ET = frozenset((
    "eure loir", "ille vilaine", "indre loire", "loir cher", "lot garonne", "maine loire", "meurthe moselle",
    "saone loire", "seine marne", "tarn garonne",
))  # fmt: skip
"""Every département whose name holds « et », without it (INSEE, Code officiel géographique 2026)."""

_LONGEST = 2_000
_ET = re.compile(r"\s(?:et|ET)\s")
_COMMA = re.compile(r"\s?,\s?(?:et\s)?")
_AMPERSAND = re.compile(r"\s?&\s?")
_DASH = re.compile(r"\s[-–—]\s")
_UNKNOWN_JOINER = re.compile(r"\b(?:avec|ainsi que|puis|ou)\b|(?:^|\s)[/+](?:\s|$)|[;*|<>]", re.IGNORECASE)
_PAIRED = re.compile(r"[^()]*(?:\([^()]+\)[^()]*)*")
_BRACKETED = re.compile(r"(?P<name>[^()]*[^()\s])\s?\((?P<inside>[^()]+)\)")
_FORMED_OF = re.compile(r"(?:GIP|GIE|SPL|Entente|Groupement|Syndicat mixte)\s(?P<members>.+)", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:l[ae]s?\s|l['’]\s?)", re.IGNORECASE)
_LOWER_ARTICLE = re.compile(r"^(?:l[ae]s?\s|l['’]\s?)")
_PREPOSITION = re.compile(r"(?:de|du|des|à|au|aux)\s(?:l[ae]s?\s|l['’])?|d['’]", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:sa|son|ses|leurs?)\s", re.IGNORECASE)
_PARTNERS = re.compile(r"partenaires?\b", re.IGNORECASE)
_GROUP = re.compile(
    r"(?:les|ses|leurs)\s(?:\d+\s)?(?:communes|villes|collectivités|intercommunalités)"
    r"(?:\s(?:membres|adhérentes|partenaires|associées))?",
    re.IGNORECASE,
)
_TWO_KINDS = re.compile(
    r"(?:la\s|le\s|l['’])?(?P<first>\w+)\set\s(?:la\s|le\s|l['’])?(?P<second>\w+)(?:\s(?P<rest>.+))?",
    re.IGNORECASE,
)
_DANGLING = re.compile(r"(?:^|\s)(?:et|de|du|des|la|le|les|à|au|aux|[dl]['’])$|[-–—:.]$", re.IGNORECASE)


def split_laureates(printed: str, lines: Lines) -> tuple[BodyMention, ...]:
    """Take apart the bodies that ``printed`` names, in its order; every mention carries ``lines``.

    Mentions keep the document's typography. An article in lower case before a name belongs to the sentence
    and is dropped.

    :raises ValueError: the words name bodies in a way that is not understood; the message says which words.

    >>> [body.mention for body in split_laureates("Ville de Rennes et Rennes Métropole", ())]
    ['Ville de Rennes', 'Rennes Métropole']
    >>> [body.mention for body in split_laureates("CC Mad et Moselle", ())]
    ['CC Mad et Moselle']
    >>> [(body.mention, body.name) for body in split_laureates("Épinal (Ville et CA)", ())]
    [('Épinal (Ville et CA)', "Ville d'Épinal"), ('Épinal (Ville et CA)', 'CA Épinal')]
    >>> [(body.mention, body.context) for body in split_laureates("Le Lamentin (Martinique)", ())]
    [('Le Lamentin', 'Martinique')]
    """
    text = " ".join(printed.split())
    if len(text) > _LONGEST:
        raise ValueError(f"over {_LONGEST} characters are no names of bodies: {text[:60]!r}")
    if not _PAIRED.fullmatch(text):
        raise ValueError(f"brackets that do not pair in {text!r}")
    unknown = _UNKNOWN_JOINER.search(_mask(text))
    if unknown:
        raise ValueError(f"{unknown.group().strip()!r} does not say how many bodies {text!r} names")
    bodies = [body for phrase in _phrases(text) for body in _bodies(phrase)]
    if bodies[0].group:
        raise ValueError(f"no body is named before {text!r}")
    return tuple(replace(body, lines=lines) for body in bodies)


def _mask(text: str) -> str:
    """Blank out what stands in brackets, at the same length, so that nothing in there joins bodies."""
    return re.sub(r"\([^()]*\)", lambda bracket: "\0" * len(bracket.group()), text)


def _cut(joiner: re.Pattern[str], text: str) -> list[str]:
    """Cut ``text`` at every ``joiner`` outside brackets."""
    pieces, start = [], 0
    for found in joiner.finditer(_mask(text)):
        pieces.append(text[start : found.start()])
        start = found.end()
    return [*pieces, text[start:]]


def _phrases(text: str) -> list[str]:
    """Cut at ampersands, commas, each « et » that joins bodies, and dashes."""
    phrases: list[str] = []
    joined_by_ampersand = _cut(_AMPERSAND, text)
    for left, right in pairwise(joined_by_ampersand):
        if _name_holds_et(left) and not _ET.search(_mask(left)) and not _names_itself(right):
            raise ValueError(f"'& {right}' may be a second body or the rest of a name: {left!r}")
    for joined in joined_by_ampersand:
        *listed, last = _cut(_COMMA, joined)
        for item in listed:
            phrases += _cut_at_et(item, closes_list=False)
        phrases += _cut_at_et(last, closes_list=bool(listed) and not joined.endswith(f" et {last}"))
    return [part for phrase in phrases for part in _cut_at_dash(phrase)]


def _cut_at_et(item: str, *, closes_list: bool) -> list[str]:
    """Cut at each « et » that joins; the only one that ends a list (« A, B et C ») joins whatever B is."""
    bodies: list[str] = []
    start = 0
    found = list(_ET.finditer(_mask(item)))
    for number, et in enumerate(found, start=1):
        left = item[start : et.start()]
        right = item[et.end() : found[number].start() if number < len(found) else len(item)]
        ends_list = closes_list and not bodies and number == len(found)
        if _joins(left, et.group().strip(), right, ends_list=ends_list):
            bodies.append(left)
            start = et.end()
    return [*bodies, item[start:]]


def _joins(left: str, et: str, right: str, *, ends_list: bool) -> bool:
    """Tell whether « et » between ``left`` and ``right`` joins two bodies, or is part of one name."""
    if _is_kind(_ARTICLE.sub("", left)):
        return False
    if _GROUP.fullmatch(right) or _begins_with_kind(right):
        return True
    if _POSSESSIVE.match(right):
        raise ValueError(f"'et {right}' names no body")
    if et == "ET" or _is_departement(left, right):
        return False
    preposition = _PREPOSITION.match(right)
    if preposition:
        unnamed = _PARTNERS.match(right, preposition.end())
        if unnamed or (_begins_with_kind(left) and not _name_holds_et(left)):
            raise ValueError(f"'et {right}' may be a second body or the rest of a name: {left!r}")
        return False
    if _names_itself(right):
        return True
    # « la Caisse des Dépôts et Consignations »: a second body would have its article, too
    return ends_list or not (_name_holds_et(left) or _LOWER_ARTICLE.match(left))


def _names_itself(right: str) -> bool:
    """Tell whether what follows a joiner is a body by its own words: a group, a kind or an article in it."""
    return bool(
        _GROUP.fullmatch(right)
        or _begins_with_kind(right)
        or _ARTICLE.match(right)
        or fold(right).split()[-1:] in (["metropole"], ["agglo"], ["agglomeration"])
    )


def _cut_at_dash(phrase: str) -> list[str]:
    first, *others = _cut(_DASH, phrase)
    for other in others:
        if not _begins_with_kind(other):
            raise ValueError(f"the dash before {other!r} does not say whether that is a second body")
    return [first, *others]


def _bodies(phrase: str) -> list[BodyMention]:
    """Read what is one body, two bodies of one place, or a group."""
    if _GROUP.fullmatch(phrase):
        return [BodyMention(phrase, (), group=True)]
    two = _TWO_KINDS.fullmatch(phrase)
    if two and _is_kind(two["first"]) and _is_kind(two["second"]):
        if not two["rest"] or not _PREPOSITION.match(two["rest"]):
            raise ValueError(f"{phrase!r} does not say of which place")
        return [BodyMention(phrase, (), name=f"{two[kind]} {two['rest']}") for kind in ("first", "second")]
    bracketed = _BRACKETED.fullmatch(phrase)
    if not bracketed:
        return [BodyMention(_name(phrase), ())]
    name, inside = _name(bracketed["name"]), bracketed["inside"].strip()
    kinds = re.split(r"\s?[,&/]\s?|\set\s", inside)
    if len(kinds) > 1 and all(_is_kind(kind) for kind in kinds):
        return [BodyMention(phrase, (), name=_of_place(kind, name)) for kind in kinds]
    return [BodyMention(name, (), context=inside, constituents=_constituents(inside))]


def _constituents(inside: str) -> tuple[str, ...]:
    """List the bodies that form one, as « GIP CD 78 et CD 92 » says; none where it is not said."""
    formed = _FORMED_OF.fullmatch(inside)
    members = _phrases(formed["members"]) if formed else []
    return tuple(members) if len(members) > 1 and all(map(_begins_with_kind, members)) else ()


def _name(printed: str) -> str:
    """Check that ``printed`` can be a body's name, and drop an article of the sentence before it."""
    article = _LOWER_ARTICLE.match(printed)
    name = printed[article.end() :] if article else printed
    begins_well = re.match(r"[^\W\d_a-z]|\d+[^\W\d_]|«\s", name) and not name[0].islower()
    if not (begins_well or _begins_with_kind(name)) or _DANGLING.search(name) or re.search(r"[(),]", name):
        raise ValueError(f"{printed!r} is not the name of a body")
    bare = _ARTICLE.sub("", name)
    if _is_kind(bare):
        raise ValueError(f"{printed!r} is a kind of body and does not say of which place")
    first = fold(bare).split()[0]
    if first.endswith("s") and first[:-1] in _KINDS:
        raise ValueError(f"{printed!r} names several bodies in one")
    return name


def _of_place(kind: str, place: str) -> str:
    """Join a kind and a place in French; abbreviations take no preposition.

    >>> [_of_place("Ville", place) for place in ("Nancy", "Épinal", "Yvetot", "La Baule")]
    ['Ville de Nancy', "Ville d'Épinal", "Ville d'Yvetot", 'Ville de La Baule']
    >>> [_of_place("Ville", "Le Mans"), _of_place("Ville", "Les Lilas"), _of_place("CA", "Épinal")]
    ['Ville du Mans', 'Ville des Lilas', 'CA Épinal']
    """
    if kind in _SHORT_KINDS:
        return f"{kind} {place}"
    for article, contracted in (("Le ", "du"), ("Les ", "des")):
        if place.startswith(article):
            return f"{kind} {contracted} {place.removeprefix(article)}"
    return f"{kind} d'{place}" if re.match(r"[aeiou]|y[^aeiou]", fold(place)) else f"{kind} de {place}"


def _is_kind(text: str) -> bool:
    return text in _SHORT_KINDS or fold(text) in _KINDS


def _begins_with_kind(text: str) -> bool:
    return _is_kind(_ARTICLE.sub("", text).partition(" ")[0])


def _name_holds_et(text: str) -> bool:
    return fold(_ARTICLE.sub("", text)).partition(" ")[0] in _NAMES_HOLD_ET


def _is_departement(left: str, right: str) -> bool:
    around = fold(left).split()[-1:] + fold(right).split()[:1]
    return " ".join(around) in _DEPARTEMENTS_WITH_ET
