"""What a layout is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import NamedNode

from innograph.web.reader import Reader
from innograph.web.words import Language

NO_ROLES: Final = frozenset({"identifiers", "participations", "held_roles"})
"""Parts of the general description that only bodies, places and what they take part in have."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the page of one kind of thing begins."""

    template: str
    """File of ``templates/``; extends ``thing.html``, fills its block ``own``."""
    read: Callable[[Reader, NamedNode, Language], Mapping[str, Any]]
    """Ask, in a bounded number of queries, for what the template shows: its variables.

    Two of them are known to every template: ``summary``, a sentence that is true of this thing alone, and
    ``linked``, what schema.org says of it beside name and address.
    """
    shows: frozenset[str] = frozenset()
    """Parts of the general description that it shows itself, or that things of this kind do not have:
    ``without`` of ``description.describe``."""
    placed: frozenset[str] = frozenset()
    """Parts of it that are asked for, and that its template writes where it wants (``_description.html``)."""
    listed: str = "participant"
    """A property of ours: what refers to the thing by it is listed by the template."""
    question: str = "thing"
    """The query of ``queries/pages/`` that readers may go on from; the thing is its first parameter."""
    years: bool = False
    """Whether it shows the years of its award (:mod:`innograph.web.years`), as the variable ``grid``."""
