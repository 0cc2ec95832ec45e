"""The kind and the proper name inside the name of a French public body.

« CD HAUTE-SAONE », « Conseil départemental de la Haute-Saône » and « Département de la Haute-Saône » all give
``("department", "haute saone")``; « Brest » gives no kind.
"""

import re

from innograph.text import words

_KIND_WORDS: tuple[tuple[str, str], ...] = (
    ("(?:communaute|cte|comm?) d agglo(?:meration)?", "agglomeration-community"),
    ("(?:communaute|cte|comm?) de communes?", "community-of-communes"),
    ("communaute urbaine", "urban-community"),
    ("etablissement public territorial", "territorial-public-establishment"),
    ("cons(?:eil)? (?:departemental|dep|general|gal|gen)", "department"),
    ("cons(?:eil)? (?:regional|reg)", "region"),
    ("cons(?:eil)? (?:municipal|mun)", "commune"),
    ("commune nouvelle", "commune"),
    ("hotel de ville", "commune"),
    ("centre (?:inter)?communal d action sociale?", "social-action-centre"),
    ("service departemental d incendie et de secours", "fire-service"),
    ("departement", "department"),
    ("region", "region"),
    ("metropole", "metropolis"),
    ("commune", "commune"),
    ("mairie", "commune"),
    ("municipalite", "commune"),
    ("ville", "commune"),
    ("syndicat(?: intercommunal| mixte)?", "joint-authority"),
    ("sivom", "joint-authority"),
    ("agglo", "agglomeration-community"),
    ("ccas", "social-action-centre"),
    ("cias", "social-action-centre"),
    ("sdis", "fire-service"),
    ("ca", "agglomeration-community"),
    ("cc", "community-of-communes"),
    ("cd", "department"),
    ("cdc", "community-of-communes"),
    ("cg", "department"),
    ("com ?com", "community-of-communes"),
    ("cr", "region"),
    ("cu", "urban-community"),
    ("ept", "territorial-public-establishment"),
)
_LINK = r"(?:de la|de l|de|du|des|d|la|le|les|l)"
_LEADING = re.compile(rf"^(?:{_LINK} )+")
_BEFORE = tuple(
    (re.compile(rf"^(?:{_LINK} )?{kind_words}(?P<link>(?: {_LINK})*) (?P<name>.+)$"), kind)
    for kind_words, kind in _KIND_WORDS
)
_AFTER = tuple((re.compile(rf"^(?P<name>.+) {kind_words}$"), kind) for kind_words, kind in _KIND_WORDS)
_SPELLINGS = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "stes": "saintes",
    "lez": "les",
    "nd": "notre dame",
    "arr": "arrondissement",
    "arrdt": "arrondissement",
    "arrond": "arrondissement",
}
_SMALL = frozenset(
    ["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "sous", "sur", "s"]
)
_INITIALS = re.compile(r"(?<!\w)(?:[A-Za-z]\.[ -]?){2,}")
_OVER = re.compile(r"(?<=\w) ?[sS]\s?/\s?(?=\w)")
_ROMAN_NUMBERS = [
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
    "xix",
    "xx",
]
_ROMAN = re.compile(rf"\b({'|'.join(_ROMAN_NUMBERS)})(?:er|re|e|eme) (?=arrondissement\b)")
_ORDINAL = re.compile(r"\b(\d+)(?:er|re|e|eme)\b")


def analyse(name: str) -> tuple[str | None, str]:
    """Cut a name into the kind of body that its words tell, if any, and the rest in one form.

    The kind is a concept of the scheme ``organization-kind``. The rest is :func:`bare_name`'s.

    >>> analyse("CD HAUTE-SAONE"), analyse("Conseil départemental de la Haute-Saône")
    (('department', 'haute saone'), ('department', 'haute saone'))
    >>> analyse("LANNION-TREGOR CA"), analyse("Epernay Agglo Champagne")
    (('agglomeration-community', 'lannion tregor'), (None, 'epernay agglo champagne'))
    >>> analyse("La Ville d'Istres"), analyse("Le Pont de Claix"), analyse("CA LE GRAND CHALON")
    (('commune', 'istres'), (None, 'pont de claix'), ('agglomeration-community', 'grand chalon'))
    """
    kind, proper = split_kind(name)
    return kind, _LEADING.sub("", proper)


def split_kind(name: str) -> tuple[str | None, str]:
    """Cut a name as :func:`analyse` does, but leave the article of the proper name, out of its contraction.

    >>> split_kind("Ville du Havre"), split_kind("Mairie des Ulis"), split_kind("Commune de L'Isle-Adam")
    (('commune', 'le havre'), ('commune', 'les ulis'), ('commune', 'l isle adam'))
    >>> split_kind("CD Drôme"), split_kind("Dijon Métropole"), split_kind("Le Mans")
    (('department', 'drome'), ('metropolis', 'dijon'), (None, 'le mans'))
    """
    plain = plain_name(name)
    for pattern, kind in _BEFORE:
        found = pattern.match(plain)
        if found:
            return kind, f"{_article(found['link'])}{found['name']}"
    for pattern, kind in _AFTER:
        found = pattern.match(plain)
        if found:
            return kind, found["name"]
    return None, plain


def _article(link: str) -> str:
    """Give the article that the words between a kind and a name hold.

    >>> _article(" du"), _article(" de la"), _article(" d")
    ('le ', 'la ', '')
    """
    last = link.split(" ")[-1]
    article = {"du": "le", "des": "les"}.get(last, last)
    return f"{article} " if article in ("le", "la", "les", "l") else ""


def bare_name(name: str) -> str:
    """Give the one form of a name that tells no kind, as :func:`analyse` gives it.

    >>> bare_name("du Saint-Quentinois"), bare_name("Metropole"), bare_name("Paris 5e")
    ('saint quentinois', 'metropole', 'paris 5')
    """
    return _LEADING.sub("", plain_name(name))


def core_name(name: str) -> str:
    """Give the words of a name that matter, sorted: small words and word order are lost.

    >>> core_name("Romans sur Isère"), core_name("5e arrondissement de Paris"), core_name("Les")
    ('isere romans', '5 arrondissement paris', 'les')
    """
    plain = plain_name(name)
    return " ".join(sorted(word for word in plain.split() if word not in _SMALL)) or plain


def plain_name(name: str) -> str:
    """Give a name in small letters and digits, abbreviations and ordinals in one form.

    >>> plain_name("XVIe arr. de Paris"), plain_name("N.-D.-de-Bondeville"), plain_name("Louis XIV")
    ('16 arrondissement de paris', 'notre dame de bondeville', 'louis xiv')
    >>> plain_name("St-Rémy-lez-Chevreuse"), plain_name("C.A. Chalon s/ Saône"), plain_name("PARIS 5ème")
    ('saint remy les chevreuse', 'ca chalon sur saone', 'paris 5')
    """
    together = _INITIALS.sub(lambda found: re.sub(r"[. -]", "", found[0]) + " ", name)
    spoken = _OVER.sub(" sur ", together).replace("&", " et ")
    plain = _ORDINAL.sub(r"\1", " ".join(_SPELLINGS.get(word, word) for word in words(spoken)))
    return _ROMAN.sub(lambda found: f"{_ROMAN_NUMBERS.index(found[1]) + 1} ", plain)
