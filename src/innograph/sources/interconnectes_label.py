"""The press release by which Les Interconnectés announce the laureates of the label « Territoire Innovant ».

The day and the town, a heading that names the label and its year, two paragraphs on the Forum where the label is
awarded and on the projects presented, the criteria as a list, the jury. Under « Les lauréats », categories:
a heading for the category, a heading for each rank (« LABEL OR : »), and under it a bullet in bold for the
laureates, the title on the line after. Headings change their hashes and their bold type halfway; only their
words and their place count. A section on the association and the press contacts close the release.
"""

import re
from dataclasses import dataclass, replace

from innograph.records import (
    BodyMention,
    Count,
    Criterion,
    Distinction,
    Edition,
    Event,
    Extraction,
    Jury,
    Lines,
    RankStatement,
    Span,
    StatedYear,
)
from innograph.sources.announced import NUMBER, RANKS, Announcement, differing, merge_counts, read_number
from innograph.sources.dates import find_days
from innograph.sources.document import Document
from innograph.sources.reading import Listing, Reading
from innograph.sources.titles import drop_emphasis
from innograph.text import fold

FAMILY = "interconnectes-label"
ORGANISER_RULE = "organiser-of-label"
"""Rule: the release does not say who organises; the association presents the label as one of its own."""

_HEADING = re.compile(r"#+\s+(?P<hashed>.*\S)|\*{2,3}(?P<bold>[^*]*[^*.])\*{2,3}")
_TITLE = re.compile(r"(?P<label>Label\s+«\s*(?P<name>[^«»]+?)\s*»\s+(?P<year>(?:19|20)\d\d))\b", re.IGNORECASE)
_LABEL_WITH_YEAR = re.compile(r"\bLabel\s+«[^«»]*»\s+(?P<year>\d{4})", re.IGNORECASE)
_OUR_LABEL = re.compile(r"territoires? innovants?")
_RANK = re.compile(r"(?P<label>LABEL\s+(?P<rank>.*?\S))\s*:?", re.IGNORECASE)
_LAUREATES_SECTION = re.compile(r"les laureats(?: (?P<year>\d{4}))?")
_ABOUT = re.compile(r"à propos (?:des|de la|du|de l['’]|d['’])\s*(?P<name>.+?)\s*:?", re.IGNORECASE)
_CONTACTS = re.compile(r"contacts? (?:de )?presse\s*:?")
_RULE = re.compile(r"[-*_](?:\s?[-*_]){2,}")
_BULLET = re.compile(r"[-•]\s+(?P<text>.*\S)")

_PRESS_RELEASE = re.compile(r"communique de presse\s*:?")
_DATELINE = re.compile(r"(?P<day>\d{1,2}(?:er)? \w+ \d{4}) à (?P<town>[^\d,.]+)")
_INVITATION = re.compile(
    r"à l['’]invitation d(?:e la|e l['’]|e|u|es|['’])\s*(?P<host>.+?) a réuni .*? participants?"
    r" (?:au|aux|à la|à l['’]|à)\s*(?P<venue>.+?) à (?P<town>[^.,]+)",
    re.IGNORECASE,
)
_FORUM_DAYS = re.compile(r"organisé (?P<days>(?:les?|du) .*?\b(?:19|20)\d\d)\b", re.IGNORECASE)
_ATTENDANCE = Announcement("participants?", "attendance", "people")
_ANNOUNCED = (
    Announcement("projets(?: ont été)? présentés", "applications", "initiatives"),
    Announcement("(?:projets )?ont été auditionnés", "auditioned", "initiatives"),
    Announcement("territoires", "laureates", "bodies"),
)
_HEARINGS = Announcement("sessions", "hearings", "sessions")
_HEARINGS_PLACE = re.compile(r"\bsessions en (?P<venue>visio[-\s]?conférence)", re.IGNORECASE)
_JURY = re.compile(r"\bjury\b.*\bcomposé de représentants\b[^:]*:\s*(?P<members>.*?)\s*\.?", re.IGNORECASE)
_CRITERIA = re.compile(rf".*?(?:(?P<number>{NUMBER})\s)?critères\b[^.:]*:", re.IGNORECASE)
_EDITORIAL = re.compile(r"Cette récompense\b\D*")
_OWN_LABELS = re.compile(rf".*\bses labels?\b.*«\s*{_OUR_LABEL.pattern}\s*».*", re.IGNORECASE)
_FOUNDATION = re.compile(r"\bCréée? en (?:19|20)\d\d\b")
_LINK = re.compile(r"<?https?://\S+")
_CONTACT_DETAIL = re.compile(r".*(?:@|\+\d{2}|\b0\d(?:[ .]?\d\d){4}\b).*|[^\d,]+, [^\d]+")
_RECOGNISED = re.compile(r"Label\s+«\s*Territoires? Innovants?\s*»|#+\s+\W*LABEL (?:OR|ARGENT|BRONZE)\b", re.IGNORECASE)


def recognises(document: Document) -> bool:
    """Tell whether ``document`` names the label or has the rank headings of this layout, whole or damaged."""
    return any(_RECOGNISED.search(text) for _, text in document.numbered())
