"""The page of a theme: the initiatives about it or about a narrower one, whatever the award and the year."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import NamedNode

from innograph.text import sort_key
from innograph.web.layouts.distinctions import several
from innograph.web.layouts.layout import NO_ROLES, Layout
from innograph.web.paging import asked_part
from innograph.web.reader import Reader, Row, Shown
from innograph.web.words import Language, word

PER_PAGE: Final = 30
"""Initiatives on one page."""


@dataclass(frozen=True, slots=True)
class OnTheme:
    """One initiative: under which themes it falls, whose it is, where it was honoured."""

    initiative: Shown
    about: list[Shown]
    laureates: list[Shown]
    editions: list[Shown]
    year: int
    """The latest in which it was honoured."""


def _read(reader: Reader, theme: NamedNode, language: Language) -> Mapping[str, Any]:
    rows = reader.rows("theme-initiatives", theme=theme.value)
    narrower = reader.rows("theme-narrower", theme=theme.value)

    def counted(node: Any, name: str) -> int:
        return len({row["initiative"] for row in rows if row[name] == node})

    def by_name(name: str) -> list[tuple[Shown, int]]:
        nodes = several(narrower if name == "about" else rows, name)
        shown = [(reader.show(node, language), counted(node, name)) for node in nodes]
        return sorted(shown, key=lambda pair: sort_key(pair[0].text))

    initiatives = sorted(
        (
            _on_theme(reader, [row for row in rows if row["initiative"] == node], language)
            for node in several(rows, "initiative")
        ),
        key=lambda each: (-each.year, sort_key(each.initiative.text)),
    )
    part = asked_part(len(initiatives), size=PER_PAGE, name="initiatives")
    return {
        "part": part,
        "initiatives": initiatives[part.rows.start : part.rows.stop],
        "narrower": by_name("about"),
        "by_edition": by_name("edition"),
        "summary": word("theme summary", language).format(
            title=reader.show(theme, language).text, initiatives=len(initiatives)
        ),
        "linked": {"inDefinedTermSet": "https://w3id.org/innograph/id/theme"},
    }


def _on_theme(reader: Reader, rows: list[Row], language: Language) -> OnTheme:
    def shown(name: str) -> list[Shown]:
        return [reader.show(node, language) for node in several(rows, name)]

    return OnTheme(
        reader.show(rows[0]["initiative"], language),
        shown("about"),
        shown("laureate"),
        shown("edition"),
        max(int(row["year"].value) for row in rows),
    )


THEME = Layout(
    "things/theme.html",
    _read,
    NO_ROLES | {"done", "figures", "backlinks"},
    question="theme-initiatives",
)
