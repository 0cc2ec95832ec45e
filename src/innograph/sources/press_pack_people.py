"""The people whom a press pack names in public roles: who presided over the jury, speaks, and hands over.

Names are printed in several cases (« Jacqueline GOURAULT »): of all spellings that the pages print, the one
with the fewest capitals is kept. Offices are kept as their lines print them.
"""

import re
from collections.abc import Iterable, Iterator

from innograph.records import PersonMention, Span
from innograph.sources.reading import Reading
from innograph.sources.running_text import PARAGRAPH_GAP, RunningText
from innograph.text import fold

_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’-]+(?: (?:de |d['’])?[A-ZÀ-ÖØ-Þ][\w'’-]+)+"
_ARTICLE = r"(?:la |le |l['’])"
_PRESIDENT = re.compile(
    rf"sous la présidence d(?:e |['’])(?:(?i:madame|monsieur|mme|m\.) )?(?P<name>{_NAME}),"
    r" (?P<after>[^.\n]{1,400}?), le jury"
)
_PRESIDED = re.compile(r"sous la présidence\b", re.IGNORECASE)
_WORD = re.compile(rf"\bMot d(?:e la|u) (?P<before>[^,\n]{{1,200}}?), (?P<name>{_NAME})")
_BODY_OF_OFFICE = re.compile(r"^\S+ (?:de la |de l['’]|du )(?P<body>.+)$")
_GUESTS = re.compile(r"remise [^.\n]{0,400}?en présence (?P<people>[^.\n]{1,600}+)(?=[.\n]|$)")
_GUEST = re.compile(
    rf"d(?:e la |u |e l['’])(?P<before>[^,]+), (?P<name>{_NAME})(?:, (?P<after>[^,]+?))?(?= et d(?:e |u )|$)"
)
_PRESENTERS = re.compile(r"remis [^.\n]{0,400}?, (?P<people>par [^.\n]{1,600}+)(?=[.\n]|$)")
_PRESENTER = re.compile(
    rf"\b(?:par|et) {_ARTICLE}?(?P<before>[a-zé][^,]*? )?(?P<name>{_NAME})"
    rf"(?:, (?P<after>.+?))?(?= et [^,]*{_NAME}|$)"
)


def jury_president(reading: Reading, text: RunningText) -> PersonMention | None:
    """Find who presided over the jury, with the office printed after the name.

    :raises SourceError: somebody presided, and who cannot be read.
    """
    for match, _ in text.find(_PRESIDENT):
        return _person(text, match)
    for _, lines in text.find(_PRESIDED):
        reading.complain(lines[0].start, "who presided over the jury cannot be read here")
    return None


def spokesperson(text: RunningText, front: Iterable[tuple[int, str]]) -> PersonMention | None:
    """Find whose word the pack prints: named in its contents, and by a signature with offices on lines below.

    The body for which the person speaks is the one of the office in the contents.
    """
    for match, _ in text.find(_WORD):
        named = _person(text, match)
        signature = list(_signature(front, named.name))
        offices = tuple(office for _, office in signature[1:]) or named.offices
        lines = named.lines + tuple(Span(number, number) for number, _ in signature)
        body = _BODY_OF_OFFICE.match(match["before"])
        return PersonMention(named.name, lines, offices, body["body"] if body else None)
    return None


def presenters(text: RunningText) -> tuple[PersonMention, ...]:
    """Find who hands over the prizes: in whose presence, and by whom, one mention for each person."""
    people: dict[str, PersonMention] = {}
    for clause, names in ((_GUESTS, _GUEST), (_PRESENTERS, _PRESENTER)):
        for found, _ in text.find(clause):
            for match in names.finditer(text.text, *found.span("people")):
                person = _person(text, match)
                known = people.get(fold(person.name))
                people[fold(person.name)] = _merged(known, person) if known else person
    return tuple(people.values())


def plainest(text: RunningText, printed: str) -> str:
    """Choose, of all spellings of some words that ``text`` prints, the one with the fewest capitals.

    >>> from innograph.sources.running_text import running_text
    >>> plainest(running_text([(1, "par Anne LEGRAND"), (2, "et Anne Legrand, maire")]), "Anne LEGRAND")
    'Anne Legrand'
    """
    tokens = [token.strip(",.;:()«»") for token in text.text.split()]
    folded = [fold(token) for token in tokens]
    wanted = fold(printed).split()
    size = len(wanted)
    places = [place for place in range(len(tokens)) if folded[place : place + size] == wanted]
    found = [" ".join(tokens[place : place + size]) for place in places]
    return min([printed, *found], key=lambda spelling: sum(character.isupper() for character in spelling))


def _person(text: RunningText, match: re.Match[str]) -> PersonMention:
    """Make a person of the groups ``name``, ``before`` and ``after`` (offices around the name)."""
    offices = [match[group] for group in ("before", "after") if match.groupdict().get(group)]
    start = min(match.start(group) for group, words in match.groupdict().items() if words)
    return PersonMention(
        plainest(text, match["name"]),
        text.lines(start, max(match.end(group) for group in match.groupdict())),
        tuple(office.strip() for office in offices),
    )


def _merged(known: PersonMention, again: PersonMention) -> PersonMention:
    """Join two mentions of one person; an office that only begins another one (« ministre ») is left out."""
    offices = {fold(office): office for office in reversed(known.offices + again.offices)}
    full = tuple(
        office
        for folded, office in reversed(offices.items())
        if not any(other != folded and other.startswith(folded) for other in offices)
    )
    return PersonMention(known.name, known.lines + again.lines, full, known.on_behalf_of)


def _signature(front: Iterable[tuple[int, str]], name: str) -> Iterator[tuple[int, str]]:
    """Find the line that is the name alone, and the short lines of the same paragraph below it."""
    last: int | None = None
    for number, line in front:
        if last is None and fold(line) == fold(name):
            yield number, line
            last = number
        elif last is not None:
            if number - last >= PARAGRAPH_GAP:
                return
            yield number, line
            last = number
