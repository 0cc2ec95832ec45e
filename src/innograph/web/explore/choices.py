"""What a reader chose at /explore, and its one address."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, get_args

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, NotFound

from innograph.web.explore.facets import FACETS
from innograph.web.paging import NoNumber

View = Literal["cards", "table", "map", "charts"]
VIEWS: Final[tuple[View, ...]] = get_args(View)

MOST_DIGITS: Final = 9
"""Of the number of a page; a longer one is not read."""

_PAGE = re.compile(r"[1-9][0-9]*")
_OTHERS = ("view", "like", "page", "format", "lang")


@dataclass(frozen=True)
class Choices:
    """The chosen values of each facet, and how what fits them is shown. One state has one address."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By facet, in the order of :data:`FACETS`; keys sorted, none twice; only facets with a value."""
    view: View = "cards"
    like: str = ""
    """The body that the reader named, as reconciliation names it: what it was honoured for is left out."""
    page: int = 1

    def of(self, facet: str) -> tuple[str, ...]:
        """Give the chosen values of a facet."""
        return self.values.get(facet, ())

    def having(self, facet: str, keys: Iterable[str]) -> "Choices":
        """Give these choices with other values of one facet, from the first page on.

        >>> Choices({"year": ("2019",)}).having("theme", ["b", "a", "b"]).values
        {'theme': ('a', 'b'), 'year': ('2019',)}
        """
        changed = {**self.values, facet: tuple(sorted(set(keys)))}
        return replace(self, values={name: changed[name] for name in FACETS if changed.get(name)}, page=1)

    def toggled(self, facet: str, key: str) -> "Choices":
        """Give these choices with one value more, or less."""
        return self.having(facet, set(self.of(facet)) ^ {key})

    def showing(self, view: View) -> "Choices":
        """Give these choices in another view, from its first page on."""
        return replace(self, view=view, page=1)

    def on(self, page: int) -> "Choices":
        """Give another page of what is shown."""
        return replace(self, page=page)

    def narrowing(self) -> "Choices":
        """Give what decides which distinctions are shown, and leave out how."""
        return Choices(self.values, like=self.like)

    def arguments(self) -> dict[str, Any]:
        """Give the parameters of the address, lists of text in their order; what is as usual is left out."""
        found: dict[str, list[str]] = {name: list(keys) for name, keys in self.values.items()}
        if self.view != "cards":
            found["view"] = [self.view]
        if self.like:
            found["like"] = [self.like]
        if self.page != 1:
            found["page"] = [str(self.page)]
        return found


def read_choices(given: MultiDict[str, str]) -> Choices:
    """Read the parameters of an address; empty ones, as forms send them, are none.

    :raises BadRequest: a parameter is none of ours, or stands twice, or there is no such view.
    :raises NotFound: there cannot be such a page.
    """
    for name in given:
        if name not in FACETS and name not in _OTHERS:
            raise BadRequest(
                f"there is no parameter {name[:60]!r}; there are: {', '.join((*FACETS, *_OTHERS))}"
            )
        if name not in FACETS and len(set(given.getlist(name))) > 1:
            raise BadRequest(f"{name} can be given once")
    view = given.get("view") or "cards"
    if view not in VIEWS:
        raise BadRequest(f"there is no view {view[:60]!r}; there are: {', '.join(VIEWS)}")
    page = given.get("page") or "1"
    if not _PAGE.fullmatch(page):
        raise NoNumber("page", page)
    if len(page) > MOST_DIGITS:
        raise NotFound("there are fewer pages")
    chosen = Choices(view=view, like=given.get("like", ""))
    for name in FACETS:
        chosen = chosen.having(name, (key for key in given.getlist(name) if key))
    return chosen.on(int(page))


def unknown_values(choices: Choices, known: Mapping[str, frozenset[str]]) -> list[tuple[str, str]]:
    """Give what was chosen and does not exist: facet and value."""
    return [(name, key) for name, keys in choices.values.items() for key in keys if key not in known[name]]
