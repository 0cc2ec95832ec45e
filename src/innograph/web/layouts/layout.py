"""What a layout is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from innograph.web.reader import Reader
from innograph.web.words import Language


@dataclass(frozen=True, slots=True)
class Layout:
    """How the page of one kind of thing begins."""

    template: str
    """File of ``templates/``; extends ``thing.html``, fills its block ``own``."""
    read: Callable[[Reader, NamedNode, Language], Mapping[str, Any]]
    """Ask, in a bounded number of queries, for what the template shows: its variables."""
    shows: frozenset[str] = frozenset()
    """Parts of the general description that it shows itself: ``without`` of ``description.describe``."""
    placed: frozenset[str] = frozenset()
    """Parts of it that are asked for, and that its template writes where it wants (``_description.html``)."""
    listed: str = "participant"
    """A property of ours: what refers to the thing by it is listed by the template."""
