"""When a candidate may be linked without a person: nothing speaks against it, and no other is as close.

A wrong link is worse than none. How often a rule is wrong is measured by ``innograph link --evaluate``.
"""

from collections.abc import Sequence
from typing import Final

from innograph.linking.gazetteer import Candidate

_CLASSES: Final = {"siren": 0, "code": 0, "plain": 1, "bare": 1, "core": 2, "short": 3, "near": 4}
"""How close the ways of finding are: names that differ by an article alone are as close as the same name."""

NEAR_ENOUGH: Final = 90.0
"""Likeness from which a misspelt name is linked, if its département agrees and no other name is near."""

MARGIN: Final = 5.0
"""By how much a misspelt name must be more like the one linked than like any other, in percent."""


def judge(candidates: Sequence[Candidate]) -> Candidate | None:
    """Give the one candidate that is certain, or None: then a person decides.

    >>> judge([]) is None
    True
    """
    possible = [each for each in candidates if not each.conflicts]
    lasting = [each for each in possible if not {"gone", "place-alone"} & set(each.reasons)]
    named = [each for each in lasting if "former-name" not in each.reasons] or lasting
    if not named:
        return None
    closest = min(_CLASSES[each.found] for each in named)
    same = [each for each in named if _CLASSES[each.found] == closest]
    exact = [each for each in same if "grouping-differs" not in each.reasons] or same
    if closest == _CLASSES["near"]:
        return _near(exact)
    return exact[0] if len({each.entry.id for each in exact}) == 1 else None


def _near(same: Sequence[Candidate]) -> Candidate | None:
    first, *others = sorted(same, key=lambda each: -each.likeness)
    alone = all(first.likeness - other.likeness >= MARGIN for other in others)
    return first if alone and first.likeness >= NEAR_ENOUGH and "department-agrees" in first.reasons else None
