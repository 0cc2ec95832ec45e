"""When a candidate may be linked without a person: nothing speaks against it, and no other is as close.

A wrong link is worse than none. How often a rule is wrong is measured by ``innograph link --evaluate``.
"""

from collections.abc import Sequence
from typing import Final

from innograph.linking.weighing import Candidate

_CLASSES: Final = {
    "siren": 0,
    "code": 0,
    "label": 1,
    "plain": 1,
    "bare": 1,
    "joined": 2,
    "core": 3,
    "short": 4,
    "near": 5,
}
"""How close the ways of finding are: names that differ by an article alone are as close as the same name."""

_NO_BODY_TODAY: Final = frozenset({"gone", "not-yet", "place-alone"})
_LONG_ENOUGH: Final = 6
"""Letters that a name must have for each mistyped one to leave no doubt."""
_MOST_EDITS: Final = 2
"""Mistyped letters beyond which a person decides."""
_REMEMBERED: Final = "2010-01-01"
"""Since when a commune that is no more is still called by its name: communes nouvelles exist since then."""


def judge(candidates: Sequence[Candidate]) -> Candidate | None:
    """Give the one candidate that is certain, or None: then a person decides.

    A body that bears the name today goes before one that bore it; of two groupings of one name, the one of
    the kind that was told; what is no grouping before a grouping whose kind nobody told.

    >>> judge([]) is None
    True
    """
    possible = [each for each in candidates if not each.conflicts]
    named = _without(possible, *_NO_BODY_TODAY)
    if not named:
        return None
    closest = min((_CLASSES[each.found], each.edits) for each in named)
    same = [each for each in named if (_CLASSES[each.found], each.edits) == closest]
    for lesser in ("former-name", "grouping-differs", "kind-untold"):
        same = _without(same, lesser) or same
    one = same[0]
    if len({each.entry.id for each in same}) != 1 or not (_tells_enough(one) and _is_alone(one, candidates)):
        return None
    return _against_typing(one, _without(possible, *_NO_BODY_TODAY))


def _without(candidates: Sequence[Candidate], *reasons: str) -> list[Candidate]:
    return [each for each in candidates if not set(reasons) & set(each.reasons)]


def _tells_enough(one: Candidate) -> bool:
    """Tell whether a name is more than a letter or initials, which need their département."""
    bare = "initials" in one.reasons or len(one.entry.name) == 1
    return not bare or "department-agrees" in one.reasons


def _is_alone(one: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Tell whether nothing else of this very name leaves a doubt.

    A commune that was merged lately into another one is still called by its name; a former name that is the
    name of another kind of body today is more likely that body's, of which somebody told the wrong kind.
    """
    others = [each for each in candidates if each.entry.id != one.entry.id and _CLASSES[each.found] <= 1]
    if one.found == "near":
        return not others  # somewhere else a place has this very name
    if any(
        "gone" in each.reasons
        and not each.conflicts
        and each.entry.valid_until >= _REMEMBERED
        and one.entry.id not in each.entry.successors
        for each in others
    ):
        return False
    if "former-name" in one.reasons:
        return not any(each.reasons == ("kind-differs",) for each in others)
    return True


def _against_typing(one: Candidate, possible: Sequence[Candidate]) -> Candidate | None:
    """Give the one if no mistyped name may be meant instead; a mistyped name itself needs its département."""
    others = [each for each in possible if each.entry.id != one.entry.id and each.found == "near"]
    if one.found == "near":
        long = len(one.entry.name) >= _LONG_ENOUGH * one.edits
        sure = long and one.edits <= _MOST_EDITS and "department-agrees" in one.reasons
        return one if sure and all(each.edits > one.edits + 1 for each in others) else None
    article_differs = one.found == "bare" and "kind-agrees" not in one.reasons
    return None if article_differs and any(each.edits <= 1 for each in others) else one
