"""Who organises the Prix Territoriaux and who speaks for them, in the layout of the press release."""

import re
from collections.abc import Iterator

from innograph.records import BodyMention, PersonMention
from innograph.sources.prix_territoriaux_dossiers import NAMED_ORGANISER, Found
from innograph.sources.reading import Reading
from innograph.text import fold

QUOTATION = re.compile(r"« (?P<words>.+) »\s+\*\*(?P<name>[^,*]+), (?P<office>[^*]+?)\.?\*\*\.?")
"""A quotation, a line of its own: the words between « », then the speaker and the office in bold."""

_CO_ORGANISES = re.compile(r"\bchez (?P<body>[^,.]+), [^.]*\bco-organiser les Prix Territoriaux\b")


def read_organisers(
    reading: Reading, headline: Found, introduction: Found, quotations: list[Found]
) -> tuple[BodyMention, ...]:
    """Tell who organises among those who reward the laureates.

    To reward is not to organise. Who says « co-organiser » of itself is stated; of another body it is
    concluded, because it rewards and the award bears its name.

    :param headline: the headline; its group 3 is what follows « PRIX TERRITORIAUX ».
    :param introduction: the sentence that says who rewards, in its group ``bodies``.
    :raises SourceError: nothing says what a body that rewards is to the award.
    """
    headline_line, award = headline
    line, rewards = introduction
    stated = {
        fold(said["body"]): at for at, quoted in quotations if (said := _CO_ORGANISES.search(quoted["words"]))
    }
    names = tuple(fold(name) for name in re.split(r"\s*[-–]\s*", award[3]))
    organisers = []
    for body in re.split(r", | et ", rewards["bodies"]):
        if fold(body) in stated:
            organisers.append(BodyMention(body, reading.lines(stated[fold(body)])))
        elif fold(body).startswith(names):
            evidence = reading.lines(headline_line, line)
            organisers.append(BodyMention(body, evidence, basis="inferred", rule=NAMED_ORGANISER))
        else:
            reading.complain(line, f"« {body} » rewards the laureates: nothing says that it organises")
    return tuple(organisers)


def read_spokespersons(
    reading: Reading, quotations: list[Found], organisers: tuple[BodyMention, ...], year: int
) -> Iterator[PersonMention]:
    """Read who is quoted, with their office and the organiser for which they speak.

    :raises SourceError: somebody is quoted twice, for no organiser, or with a number that no fact used.
    """
    before: set[str] = set()
    for line, quoted in quotations:
        name, office = quoted["name"], quoted["office"]
        reading.audit_numbers(line, quoted.string, (str(year),))
        if name in before:
            raise reading.refuse(line, f"{name} is quoted twice")
        before.add(name)
        bodies = [
            body.mention
            for body in organisers
            if re.search(rf"\W{re.escape(fold(body.mention))}$", fold(office))
        ]
        if not bodies:
            reading.complain(line, f"for which organiser {name} speaks cannot be read")
        # In the words of this line: the organiser's own mention may differ in capitals.
        on_behalf_of = office[-len(bodies[0]) :] if bodies else None
        yield PersonMention(name, reading.lines(line), (office,), on_behalf_of)
