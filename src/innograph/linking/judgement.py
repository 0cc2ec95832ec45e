"""When a candidate may be linked without a person: nothing speaks against it, and no other is as close.

A wrong link is worse than none. How often a rule is wrong is measured by ``innograph link --evaluate``.
"""

from collections.abc import Sequence
from typing import Final

from innograph.linking.gazetteer import Candidate

_CLASSES: Final = {
    "siren": 0,
    "code": 0,
    "label": 1,
    "plain": 1,
    "bare": 1,
    "core": 2,
    "short": 3,
    "near": 4,
}
"""How close the ways of finding are: names that differ by an article alone are as close as the same name."""

_NO_BODY_TODAY: Final = frozenset({"gone", "place-alone"})
_LONG_ENOUGH: Final = 6
"""Letters of a name from which one mistyped letter leaves no doubt."""
_RIVALS: Final = 2
"""Edits within which another name is a rival of a misspelt one."""


def judge(candidates: Sequence[Candidate]) -> Candidate | None:
    """Give the one candidate that is certain, or None: then a person decides.

    A body that bears the name today goes before one that bore it; of two groupings of one name, the one of
    the kind that was told; what is no grouping before a grouping whose kind nobody told.

    >>> judge([]) is None
    True
    """
    possible = [each for each in candidates if not each.conflicts]
    named = _without(possible, *_NO_BODY_TODAY) if possible else []
    if not named:
        return None
    closest = min(_CLASSES[each.found] for each in named)
    same = [each for each in named if _CLASSES[each.found] == closest]
    for lesser in ("former-name", "grouping-differs", "kind-untold"):
        same = _without(same, lesser) or same
    if len({each.entry.id for each in same}) != 1:
        return None
    return same[0] if _alone(same[0], possible) else None


def _without(candidates: Sequence[Candidate], *reasons: str) -> list[Candidate]:
    return [each for each in candidates if not set(reasons) & set(each.reasons)]


def _alone(one: Candidate, possible: Sequence[Candidate]) -> bool:
    """Tell whether no mistyped name may be meant instead; a mistyped name itself needs its département."""
    bodies = _without(possible, *_NO_BODY_TODAY)
    others = [each for each in bodies if each.entry.id != one.entry.id and each.found == "near"]
    if one.found == "near":
        sure = one.edits == 1 and "department-agrees" in one.reasons and len(one.entry.name) >= _LONG_ENOUGH
        return sure and all(each.edits > _RIVALS for each in others)
    return one.found != "bare" or all(each.edits > 1 for each in others)
