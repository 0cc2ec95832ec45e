"""Words of French as search compares them: folded, without small words, without the endings of inflection.

The endings are those of the minimal stemmer of J. Savoy (Light stemming approaches for the French,
Portuguese, German and Hungarian languages, SAC 2006), over words without accents: plurals and feminines,
not derivation.
"""

from collections.abc import Iterator

from innograph.text import words

_SMALL = """
a au aux avec ce ces cette d dans de des du elle en entre est et eux il ils j je l la le les leur leurs lui
m ma mais me mes mon n ne nos notre nous on ou par pas pour qu que qui s sa se ses si son sont sur t ta te
tes ton tu un une vos votre vous y
"""
SMALL_WORDS = frozenset(_SMALL.split())
_SHORTEST = 5
"""Letters of a word that may lose an ending: shorter ones are too easily confused."""


def stem(word: str) -> str:
    """Give the stem of one folded word.

    >>> [stem(word) for word in ("numeriques", "numerique", "regionaux", "regionale", "innovantes")]
    ['numeriqu', 'numeriqu', 'regional', 'regional', 'innovant']
    >>> [stem(word) for word in ("gens", "eau", "eaux", "2024")]
    ['gens', 'eau', 'eau', '2024']
    """
    if word.endswith("eaux"):
        return word[:-1]
    if len(word) < _SHORTEST or word.isdigit():
        return word
    if word.endswith("aux"):
        return f"{word[:-2]}l"
    for ending in ("x", "s", "r", "e"):
        word = word.removesuffix(ending)
    if len(word) > 2 and word[-1] == word[-2]:
        word = word[:-1]
    return word


def stems(text: str) -> list[str]:
    """Cut a text into stems, in order, without small words.

    >>> stems("L'Agence de la Participation Citoyenne")
    ['agenc', 'participation', 'citoyen']
    """
    return [stem(word) for word in content_words(text)]


def content_words(text: str) -> list[str]:
    """Cut a text into folded words, without small words (unless it has no others).

    >>> content_words("La Région"), content_words("Les")
    (['region'], ['les'])
    """
    every = words(text)
    return [word for word in every if word not in SMALL_WORDS] or every


def marked(text: str, wanted: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Cut a text into pieces and tell which of them are words with a wanted stem.

    >>> list(marked("La Région innove", frozenset(["region"])))
    [('La ', False), ('Région', True), (' innove', False)]
    """
    plain = ""
    for piece in _pieces(text):
        if piece[0].isalnum() and wanted & {stem(word) for word in words(piece)}:
            if plain:
                yield plain, False
            yield piece, True
            plain = ""
        else:
            plain += piece
    if plain:
        yield plain, False


def _pieces(text: str) -> Iterator[str]:
    """Cut a text where letters and digits meet other signs.

    >>> list(_pieces("L'été 2024"))
    ['L', "'", 'été', ' ', '2024']
    """
    piece = ""
    for char in text:
        if piece and char.isalnum() != piece[-1].isalnum():
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece
