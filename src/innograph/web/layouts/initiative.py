"""The page of an initiative: whose it is, its honours, what was done, and what resembles it, by what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from innograph.text import sort_key
from innograph.web.layouts.distinctions import distinctions, several
from innograph.web.layouts.layout import Layout
from innograph.web.reader import Node, Reader, Shown
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
    every = reader.once(read_initiatives)
    abstract = next(iter(reader.rows("abstract", thing=initiative.value)), {}).get("abstract")
    others = by_likeness(initiative, every)
    nearest = others[:MOST_SIMILAR]
    reader.expect(node for other in nearest for nodes in every[other].values() for node in nodes)
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
        "similar": [_alike(reader, other, every[other], every[initiative], language) for other in nearest],
        "more_similar": max(len(others) - MOST_SIMILAR, 0),
        "summary": abstract.value if isinstance(abstract, Literal) else told if found else "",
        "linked": {
            "award": [", ".join(e.text for e in (h.rank_label, h.category, h.edition) if e) for h in found],
            "creator": [body(each) for each in laureates],
        },
    }


Features = Mapping[str, list[Node]]
"""What initiatives are compared by, and what is shown of them: the columns of ``initiatives-compared.rq``."""


def read_initiatives(reader: Reader) -> Mapping[Node, Features]:
    """Read the features of every initiative (see :meth:`Reader.once`)."""
    found: dict[Node, dict[str, dict[Node, None]]] = {}
    for row in reader.every_row("initiatives-compared"):
        of_one = found.setdefault(row["initiative"], {})
        for name, node in row.items():
            of_one.setdefault(name, {})[node] = None
    return {node: {name: list(nodes) for name, nodes in of_one.items()} for node, of_one in found.items()}


def by_likeness(initiative: Node, every: Mapping[Node, Features]) -> list[Node]:
    """Order the initiatives that have a theme in common with ``initiative``, the most alike first.

    What counts, in this order: narrow themes in common, then whether a body of the same kind did it, then
    audiences in common, then broad themes. Among equals the order is that of addresses.
    """
    own = {name: set(nodes) for name, nodes in every.get(initiative, {}).items()}
    broad = {node for each in every.values() for node in each.get("broad", ())}

    def common(other: Node, name: str) -> set[Node]:
        return own.get(name, set()).intersection(every[other].get(name, ()))

    def order(other: Node) -> tuple[int, bool, int, int, str]:
        themes = common(other, "theme")
        return (
            -len(themes - broad),
            not common(other, "kind"),
            -len(common(other, "audience")),
            -len(themes & broad),
            str(other),
        )

    return sorted((other for other in every if other != initiative and common(other, "theme")), key=order)


def _alike(reader: Reader, other: Node, its: Features, ours: Features, language: Language) -> Alike:
    def shown(name: str, among: Collection[Node] | None = None) -> list[Shown]:
        nodes = [node for node in its.get(name, ()) if among is None or node in among]
        return sorted((reader.show(node, language) for node in nodes), key=lambda each: sort_key(each.text))

    return Alike(
        reader.show(other, language),
        shown("laureate"),
        shown("edition"),
        shown("theme", ours.get("theme", ())),
        shown("kind", ours.get("kind", ())),
        shown("audience", ours.get("audience", ())),
    )


INITIATIVE = Layout(
    "things/initiative.html",
    _read,
    frozenset({"identifiers", "held_roles", "backlinks", "done"}),
    placed=frozenset({"figures"}),
    question="initiative-honours",
)
