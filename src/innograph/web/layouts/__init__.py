"""What the pages of some kinds of things have of their own, above what every page has.

A layout is a module here (what is asked), a template in ``templates/things/`` (how it looks) and queries in
``queries/pages/``. The kind of a thing is the first part of its address: ``/id/edition/…``.
"""

from collections.abc import Mapping

from innograph.web.layouts.award import AWARD
from innograph.web.layouts.category import CATEGORY, CATEGORY_SERIES
from innograph.web.layouts.distinction import DISTINCTION
from innograph.web.layouts.document import DOCUMENT
from innograph.web.layouts.edition import EDITION
from innograph.web.layouts.initiative import INITIATIVE
from innograph.web.layouts.layout import Layout
from innograph.web.layouts.organization import ORGANIZATION
from innograph.web.layouts.passage import PASSAGE
from innograph.web.layouts.person import PERSON
from innograph.web.layouts.territory import TERRITORY
from innograph.web.layouts.theme import THEME

LAYOUTS: Mapping[str, Layout] = {
    "award": AWARD,
    "category": CATEGORY,
    "category-series": CATEGORY_SERIES,
    "distinction": DISTINCTION,
    "document": DOCUMENT,
    "edition": EDITION,
    "initiative": INITIATIVE,
    "organization": ORGANIZATION,
    "passage": PASSAGE,
    "person": PERSON,
    "territory": TERRITORY,
    "theme": THEME,
}
"""Layouts by kind; a thing of another kind has :data:`PLAIN`."""

PLAIN = Layout("thing.html", lambda reader, thing, language: {})
"""The layout of a thing that is described by its facts alone."""

__all__ = ["LAYOUTS", "PLAIN", "Layout"]
