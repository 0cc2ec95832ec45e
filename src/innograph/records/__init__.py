"""What passes between the stages: frozen dataclasses that say what a document states.

A parser returns an :class:`Edition`; ``data/editions/*.yaml`` holds the same one, reviewed, and
``data/facts/*.yaml`` the :class:`Facts` that readers found in its prose. Linking and the graph read them from
there. Whatever a document says carries the ``lines`` that say it, the narrowest there are.
"""

from innograph.records.editions import (
    Basis,
    BodyMention,
    Category,
    CategoryKind,
    Count,
    Counted,
    Criterion,
    Distinction,
    Edition,
    Event,
    Jury,
    PersonMention,
    RankName,
    RankStatement,
    Stage,
    StatedAddress,
    StatedOrdinal,
    StatedYear,
)
from innograph.records.extraction import Extraction, LineUse
from innograph.records.facts import (
    AudienceReading,
    CategoryThemes,
    DistinctionFacts,
    Facts,
    Figure,
    Ignored,
    Milestone,
    Partner,
    Place,
    Reuse,
    ReuseKind,
    ThemeReading,
)
from innograph.records.lines import Lines, Span, parts
from innograph.records.links import Link, Linking, link_together

__all__ = [
    "AudienceReading",
    "Basis",
    "BodyMention",
    "Category",
    "CategoryKind",
    "CategoryThemes",
    "Count",
    "Counted",
    "Criterion",
    "Distinction",
    "DistinctionFacts",
    "Edition",
    "Event",
    "Extraction",
    "Facts",
    "Figure",
    "Ignored",
    "Jury",
    "LineUse",
    "Lines",
    "Link",
    "Linking",
    "Milestone",
    "Partner",
    "PersonMention",
    "Place",
    "RankName",
    "RankStatement",
    "Reuse",
    "ReuseKind",
    "Span",
    "Stage",
    "StatedAddress",
    "StatedOrdinal",
    "StatedYear",
    "ThemeReading",
    "link_together",
    "parts",
]
