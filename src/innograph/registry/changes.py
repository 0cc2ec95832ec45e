"""What became of communes: the movements that INSEE lists, cut down to names and codes that are no more.

Source: INSEE, Code officiel géographique, « mouvements des communes » since 1943
(https://www.insee.fr/fr/information/2560452); its codes of movement are explained in its dictionary.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_RENAMED = ("10",)
_MERGED = ("31", "32", "33")
_RECODED = ("41", "50")
_SUPPRESSED = ("30",)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Until the day ``until``, a commune had this code and this name; since then it is part of another.

    ``change`` is ``renamed`` (same commune, same code), ``recoded`` (same commune, other code), ``merged`` or
    ``split`` (no more a commune; several rows with the same day and code are a split).
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
    targets: dict[tuple[str, str, str, str], set[tuple[str, str]]] = defaultdict(set)
    for row in movements:
        if row["TYPECOM_AV"] == "COM" and row["TYPECOM_AP"] == "COM":
            key = (row["DATE_EFF"], row["COM_AV"], row["LIBELLE_AV"], row["MOD"])
            targets[key].add((row["COM_AP"], row["LIBELLE_AP"]))
    changes = set()
    for (day, code, name, movement), after in targets.items():
        for new_code, new_name in after:
            change = _change(movement, code, new_code, stays=any(other == code for other, _ in after))
            if change and (code, name) != (new_code, new_name):
                changes.add(ChangeRow(day, code, name, change, new_code, new_name))
    return sorted(changes, key=lambda row: (row.until, row.former_code, row.code, row.former_name, row.name))


def _change(movement: str, code: str, new_code: str, *, stays: bool) -> str | None:
    """Name a change, or give None where the commune went on beside what was taken from it."""
    if movement in _MERGED:
        return "merged"
    if movement in _RECODED:
        return "recoded"
    if movement in _SUPPRESSED:
        return None if stays else "split"
    return "renamed" if code == new_code else None
