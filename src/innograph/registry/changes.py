"""What became of communes: the movements that INSEE lists, cut down to names and codes that changed.

Source: INSEE, Code officiel géographique, « mouvements des communes » since 1943
(https://www.insee.fr/fr/information/2560452), whose codes of movement its dictionary explains.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from typing import Final, Literal

from innograph.text import words

Change = Literal["renamed", "recoded", "merged", "split", "detached"]

_FOUNDED: Final = ("20", "21")
_SUPPRESSED: Final = ("30",)
_MERGED: Final = ("31", "32", "33")
_RECODED: Final = ("41", "50")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Until the day ``until``, what is ``code`` and ``name`` since then was, or lay in, the former commune.

    ``change`` says what became of the former commune:

    - ``renamed``: the same commune, with the same code, has another name;
    - ``recoded``: the same commune has another code;
    - ``merged``: it is no more, but part of another;
    - ``split``: it is no more, but parts of others: one row for each;
    - ``detached``: it goes on; the other commune was founded, or founded again, out of it.
    """

    until: str
    former_code: str
    former_name: str
    change: str
    code: str
    name: str


def changes_of(movements: Iterable[Mapping[str, str]]) -> list[ChangeRow]:
    """Give the changes that movements tell, sorted; movements of communes déléguées and associées are none.

    :param movements: rows of INSEE's file, by its own column names.
    """
    outcomes: dict[tuple[str, str, str, str], set[tuple[str, str]]] = defaultdict(set)
    for row in movements:
        if row["TYPECOM_AV"] == "COM" and row["TYPECOM_AP"] == "COM":
            event = (row["DATE_EFF"], row["COM_AV"], row["LIBELLE_AV"], row["MOD"])
            outcomes[event].add((row["COM_AP"], row["LIBELLE_AP"]))
    rows = {
        ChangeRow(day, code, name, change, *after)
        for (day, code, name, movement), outcome in outcomes.items()
        for change, after in _changes(movement, (code, name), outcome)
    }
    return sorted(rows, key=astuple)


def _changes(
    movement: str, former: tuple[str, str], outcome: set[tuple[str, str]]
) -> Iterator[tuple[Change, tuple[str, str]]]:
    """Say what became of one commune in one movement: each change, and the code and name after it."""
    others = outcome - {former}
    if movement in _MERGED:
        yield from (("merged", after) for after in others)
    elif movement in _RECODED:
        yield from (("recoded", after) for after in others)
    elif movement in _FOUNDED or movement in _SUPPRESSED:
        yield from _cut_up(former, others, stays=former in outcome, founded=movement in _FOUNDED)
    else:
        yield from (("renamed", after) for after in others if after[0] == former[0])


def _cut_up(
    former: tuple[str, str], others: set[tuple[str, str]], *, stays: bool, founded: bool
) -> Iterator[tuple[Change, tuple[str, str]]]:
    """Say what became of a commune that others were cut out of, or that was shared out among them.

    One that keeps its name, be it otherwise spelt or under another code, goes on. One that loses it to
    several (« Bois-Guillaume-Bihorel » to « Bois-Guillaume » and « Bihorel ») is no more.
    """
    same_name = (after for after in sorted(others) if words(after[1]) == words(former[1]))
    heir = None if stays else next(same_name, None)
    if heir:
        yield ("renamed" if heir[0] == former[0] else "recoded"), heir
        stays = True
    for after in others - {heir}:
        if founded and stays:
            yield "detached", after
        elif not stays:
            yield "split", after
