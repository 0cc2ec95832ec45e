"""The page of an initiative: whose it is, its honours, what was done, and what resembles it, by what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from innograph.text import sort_key
from innograph.web.layouts.distinctions import distinctions, several
from innograph.web.layouts.layout import Layout
from innograph.web.reader import Node, Reader, Row, Shown
from innograph.web.schema_org import body
from innograph.web.words import Language, word

MOST_SIMILAR: Final = 6


@dataclass(frozen=True, slots=True)
class Alike:
    """Another initiative, and what it has in common with this one."""

    initiative: Shown
    laureates: list[Shown]
    editions: list[Shown]
    themes: list[Shown]
    kinds: list[Shown]
    audiences: list[Shown]


def _read(reader: Reader, initiative: NamedNode, language: Language) -> Mapping[str, Any]:
    rows = reader.rows("initiative-honours", thing=initiative.value)
    compared = reader.unnamed_rows("initiative-similar", thing=initiative.value)
    abstract = next(iter(reader.rows("abstract", thing=initiative.value)), {}).get("abstract")
    others = by_likeness(initiative, compared)
    near = {initiative, *others[:MOST_SIMILAR]}
    reader.expect(node for row in compared if row["other"] in near for node in row.values())
    found = distinctions(reader, rows, language)
    laureates = [reader.show(node, language) for node in several(rows, "laureate")]
    honoured = "; ".join(
        ", ".join(each.text for each in (honour.rank_label, honour.category, honour.edition) if each)
        for honour in found
    )
    told = word("initiative summary", language).format(
        laureates=", ".join(each.text for each in laureates), honours=honoured
    )
    return {
        "honours": found,
        "laureates": laureates,
        "similar": [_alike(reader, other, initiative, compared, language) for other in others[:MOST_SIMILAR]],
        "more_similar": max(len(others) - MOST_SIMILAR, 0),
        "summary": abstract.value if isinstance(abstract, Literal) else told if found else "",
        "linked": {
            "award": [", ".join(e.text for e in (h.rank_label, h.category, h.edition) if e) for h in found],
            "creator": [body(each) for each in laureates],
        },
    }


def by_likeness(initiative: Node, compared: list[Row]) -> list[Node]:
    """Order the initiatives that have a theme in common with ``initiative``, the most alike first.

    What counts, in this order: narrow themes in common, then whether a body of the same kind did it, then
    audiences in common, then broad themes. Among equals the order is that of addresses.
    """
    broad = {row["broad"] for row in compared if "broad" in row}
    had = {name: _by_initiative(compared, name) for name in ("theme", "kind", "audience")}

    def common(other: Node, name: str) -> set[Node]:
        return had[name].get(other, set()) & had[name].get(initiative, set())

    def order(other: Node) -> tuple[int, bool, int, int, str]:
        themes = common(other, "theme")
        return (
            -len(themes - broad),
            not common(other, "kind"),
            -len(common(other, "audience")),
            -len(themes & broad),
            str(other),
        )

    return sorted({row["other"] for row in compared} - {initiative}, key=order)


def _by_initiative(rows: list[Row], name: str) -> dict[Node, set[Node]]:
    found: dict[Node, set[Node]] = {}
    for row in rows:
        if name in row:
            found.setdefault(row["other"], set()).add(row[name])
    return found


def _alike(reader: Reader, other: Node, initiative: Node, compared: list[Row], language: Language) -> Alike:
    its = [row for row in compared if row["other"] == other]
    ours = [row for row in compared if row["other"] == initiative]

    def shown(nodes: list[Node]) -> list[Shown]:
        return sorted((reader.show(node, language) for node in nodes), key=lambda each: sort_key(each.text))

    def common(name: str) -> list[Shown]:
        own = several(ours, name)
        return shown([node for node in several(its, name) if node in own])

    return Alike(
        reader.show(other, language),
        shown(several(its, "laureate")),
        shown(several(its, "edition")),
        common("theme"),
        common("kind"),
        common("audience"),
    )


INITIATIVE = Layout(
    "things/initiative.html",
    _read,
    frozenset({"identifiers", "held_roles", "backlinks", "done"}),
    placed=frozenset({"figures"}),
    question="initiative-honours",
)
