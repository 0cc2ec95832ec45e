"""The page of a distinction: rank as printed or concluded, laureates, and its place in the palmarès."""

from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from innograph.web.layouts.distinctions import distinctions
from innograph.web.layouts.layout import Layout
from innograph.web.reader import Node, Reader, Row, Shown
from innograph.web.schema_org import body
from innograph.web.words import Language, word


def _read(reader: Reader, distinction: NamedNode, language: Language) -> Mapping[str, Any]:
    rows = reader.rows("distinction-honour", distinction=distinction.value)
    if not rows:
        return {"honour": None}
    first = rows[0]
    order = reader.once(_orders).get(first["edition"], [])

    def shown(name: str) -> Shown | None:
        return reader.show(first[name], language) if name in first else None

    place = order.index(distinction) if distinction in order else -1
    before, after = order[max(place - 1, 0) : max(place, 0)], order[place + 1 : place + 2]
    reader.expect((*before, *after))
    (honour,) = distinctions(reader, rows, language)
    what = [each.text for each in (honour.rank_label, honour.category, honour.edition) if each]
    return {
        "honour": honour,
        "mentions": _mentions(rows),
        "initiative": shown("initiative"),
        "rule": shown("rule"),
        "rule_definition": _definition(reader, first.get("rule"), language),
        "before": reader.show(before[0], language) if before else None,
        "after": reader.show(after[0], language) if after else None,
        "summary": word("distinction summary", language).format(
            honour=", ".join(what), laureates=", ".join(each.text for each in honour.laureates)
        ),
        "linked": _linked(first, honour.laureates, what, reader, language),
    }


def _orders(reader: Reader) -> Mapping[Node, list[Node]]:
    """Give the distinctions of each edition in the order of the palmarès."""

    def place(row: Row) -> tuple[int, str, int, str]:
        category, distinction = row["category"].value, row["distinction"].value
        return int(row["categoryOrder"].value), category, int(row["order"].value), distinction

    found: dict[Node, list[Node]] = {}
    for row in sorted(reader.every_row("palmares-order"), key=place):
        found.setdefault(row["edition"], []).append(row["distinction"])
    return found


def _definition(reader: Reader, rule: Node | None, language: Language) -> Shown | None:
    rows = reader.rows("definition", thing=rule.value, language=language) if rule else []
    return reader.show(rows[0]["definition"], language) if rows else None


def _mentions(rows: list[Row]) -> list[str | None]:
    """Give the document's words for each laureate, in the order of the laureates."""
    return [
        mention
        for _, mention in dict.fromkeys(
            (row["laureate"], row["mention"].value if "mention" in row else None) for row in rows
        )
    ]


def _linked(
    first: Row, laureates: list[Shown], what: list[str], reader: Reader, language: Language
) -> Mapping[str, Any]:
    """Say in schema.org what was honoured; an honour itself it has no type for."""
    if "initiative" not in first:
        return {}
    return {
        "subjectOf": {
            "@type": "CreativeWork",
            "@id": first["initiative"].value,
            "name": reader.show(first["initiative"], language).text,
            "award": ", ".join(what),
            "creator": [body(each) for each in laureates],
        }
    }


DISTINCTION = Layout(
    "things/distinction.html",
    _read,
    frozenset({"identifiers", "held_roles", "backlinks"}),
    placed=frozenset({"done", "figures", "sources"}),
    question="distinction-honour",
)
