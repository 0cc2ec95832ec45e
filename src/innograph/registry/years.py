"""The year of populations, which the publishers' service does not tell: held against the registers at hand.

Figures of one year are the same everywhere; of two years, few are equal by chance (one in thirteen, between
2022 and 2023). So a year that somebody gives can be believed or refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from innograph.errors import RegistryError
from innograph.registry.entries import Entry
from innograph.registry.groupings import Json
from innograph.registry.publishers import MAYOTTE, Years

_SAME: Final = 0.99
_OTHER: Final = 0.5


def years_of(claimed: int, at_hand: Iterable[Entry], communes: Sequence[Json], source: str) -> Years:
    """Give the years of current populations.

    Those of Mayotte, which are of another year than all others, have the year of the registers at hand if
    they are the same, and none otherwise.

    :param claimed: the year that the populations are said to be of.
    :param communes: current communes, each with ``population`` where it is known.
    :param source: where they are from, for errors.
    :raises RegistryError: the populations are not of the year claimed.
    """
    current = {row["code"]: row["population"] for row in communes if row.get("population") is not None}
    counted = [entry for entry in at_hand if entry.id.startswith("commune/") and entry.population_year]
    mayotte = [entry for entry in counted if entry.department == MAYOTTE]
    others = [entry for entry in counted if entry.department != MAYOTTE]
    known = {entry.population_year for entry in others}
    share = _share(others, current)
    if (claimed in known and share < _SAME) or (claimed not in known and share > _OTHER):
        there = " and ".join(str(year) for year in sorted(filter(None, known)))
        raise RegistryError(
            f"the populations are not of {claimed}: {share:.0%} are those of {there} in the registers at"
            " hand; give their year as --populations",
            source,
        )
    of_mayotte = {entry.population_year for entry in mayotte} if _share(mayotte, current) == 1 else {None}
    return Years(claimed, next(iter(of_mayotte)) if len(of_mayotte) == 1 else None)


def _share(entries: Sequence[Entry], current: Mapping[str, int]) -> float:
    """Give the share of entries, of those listed now too, whose population is still the same."""
    listed = [entry for entry in entries if entry.code in current]
    same = sum(entry.population == current[entry.code] for entry in listed)
    return same / len(listed) if listed else 1.0
