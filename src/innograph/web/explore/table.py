"""All distinctions with the values of their facets, read once for each version of the graph.

A line is a distinction and one of its laureates, so that kind, size and place are those of one body: a
village and a metropolis honoured together are no large village.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from pyoxigraph import NamedNode

from innograph.namespaces import ID, inno, term
from innograph.web.explore.choices import Choices
from innograph.web.explore.facets import FACETS, SIZES
from innograph.web.reader import Node, Reader, Row


@dataclass(frozen=True, slots=True)
class Line:
    """A distinction and one of its laureates."""

    row: Row
    """What ``queries/explore/distinctions.rq`` says of them."""
    values: Mapping[str, frozenset[str]]
    """The values of each facet."""

    def node(self, name: str) -> NamedNode:
        """Give a thing of the row."""
        return cast(NamedNode, self.row[name])

    def fits(self, facet: str, chosen: frozenset[str]) -> bool:
        """Tell whether one of the values of a facet is among the chosen ones; nothing chosen fits all."""
        return not chosen or not chosen.isdisjoint(self.values[facet])


@dataclass(frozen=True)
class Table:
    """The lines of one version, in the order in which they are shown."""

    lines: list[Line]
    known: Mapping[str, frozenset[str]]
    """Every value that each facet can have, whether a distinction has it or not."""
    broader: Mapping[tuple[str, str], str]
    """The value above one: of a theme the broader theme, of a département its région."""
    details: Mapping[tuple[Node, str], list[str]]
    """What ``details.rq`` says, by thing and property: summaries, websites, which laureates are groups."""
    editions: int

    def chosen(self, choices: Choices) -> list[Line]:
        """Give the lines that fit every facet, without those of the body that the reader named."""
        wanted, own = _wanted(choices), self.honours_of(choices.like)
        return [
            line
            for line in self.lines
            if line.row["distinction"] not in own and all(line.fits(*each) for each in wanted.items())
        ]

    def counts(self, choices: Choices) -> dict[str, dict[str, int]]:
        """Count, for each value of each facet, the distinctions that there are with it, given the others."""
        wanted, own = _wanted(choices), self.honours_of(choices.like)
        found: dict[str, dict[str, set[Node]]] = {facet: {} for facet in FACETS}
        for line in (each for each in self.lines if each.row["distinction"] not in own):
            failed = [facet for facet, keys in wanted.items() if not line.fits(facet, keys)]
            if len(failed) > 1:
                continue
            for facet in failed or FACETS:
                for key in line.values[facet]:
                    found[facet].setdefault(key, set()).add(line.row["distinction"])
        return {facet: {key: len(nodes) for key, nodes in keys.items()} for facet, keys in found.items()}

    def count(self, choices: Choices) -> int:
        """Count the distinctions that fit every facet."""
        return len(distinctions(self.chosen(choices)))

    def honours_of(self, body: str) -> frozenset[Node]:
        """Give the distinctions of a body, named as in an address, those that it shares with others too."""
        return self._honours.get(f"{ID}{body}", frozenset())

    @cached_property
    def _honours(self) -> Mapping[str, frozenset[Node]]:
        found: dict[str, set[Node]] = {}
        for line in self.lines:
            found.setdefault(line.row["laureate"].value, set()).add(line.row["distinction"])
        return {laureate: frozenset(nodes) for laureate, nodes in found.items()}

    def narrowest(self, themes: Iterable[str]) -> list[str]:
        """Leave out of some themes those that hold another one of them."""
        all_themes = set(themes)
        above = {self.broader.get(("theme", theme)) for theme in all_themes}
        return sorted(all_themes - above)

    def detail(self, thing: Node, property: str) -> list[str]:
        """Give what is said of a thing under one of the properties of ``details.rq``."""
        return self.details.get((thing, property), [])

    def bodies(self, lines: Iterable[Line]) -> set[Node]:
        """Give the laureates of some lines, each once, without groups: nobody knows how many they are."""
        laureates = {line.row["laureate"] for line in lines}
        return {each for each in laureates if not self.detail(each, term("rdf:type").value)}

    def websites(self, thing: Node) -> list[str]:
        """Give the website of a body or an award, the printed page of a distinction."""
        return self.detail(thing, inno.website.value) or self.detail(thing, term("foaf:page").value)

    def summaries(self, initiative: Node) -> list[str]:
        """Give our summaries of an initiative: one for each description of it."""
        return self.detail(initiative, term("dcterms:abstract").value)


def read_table(reader: Reader) -> Table:
    """Ask for everything: one query for the lines, and one for each facet."""
    values: dict[str, dict[tuple[Node, Node | None], set[str]]] = {}
    for facet in FACETS.values():
        found = values.setdefault(facet.name, {})
        for row in reader.every_row(f"facets/{facet.name}"):
            owner = row["distinction"], row.get("laureate")
            found.setdefault(owner, set()).add(facet.key(row[facet.name]))
    lines = []
    for row in reader.every_row("explore/distinctions"):
        owners = (row["distinction"], row["laureate"]), (row["distinction"], None)
        of_line = {
            name: frozenset(key for owner in owners for key in found.get(owner, ()))
            for name, found in values.items()
        }
        lines.append(Line(row, of_line))
    known: dict[str, set[str]] = {
        name: {key for line in lines for key in line.values[name]} for name in FACETS
    }
    known["size"] = {str(size) for size in SIZES}
    broader: dict[tuple[str, str], str] = {}
    for row in reader.every_row("explore/values"):
        for name, key in _facets_of(row["value"]):
            known[name].add(key)
            if "broader" in row:
                above = "region" if name == "department" else name
                broader[name, key] = FACETS[above].key(row["broader"])
    details: dict[tuple[Node, str], list[str]] = {}
    for row in reader.every_row("explore/details"):
        details.setdefault((row["thing"], row["property"].value), []).append(row["value"].value)
    editions = len({row["edition"] for row in reader.every_row("award-years") if "edition" in row})
    return Table(lines, {name: frozenset(keys) for name, keys in known.items()}, broader, details, editions)


def read_themes(reader: Reader) -> Mapping[str, str]:
    """Ask for the themes of what was honoured, without the table: the first page needs no more.

    :returns: the theme above each, the broader ones among them; empty where there is none.
    """
    key = FACETS["theme"].key
    above = {
        key(row["theme"]): key(row["broader"]) if "broader" in row else ""
        for row in reader.every_row("explore/themes")
    }
    return {**dict.fromkeys(filter(None, above.values()), ""), **above}


def distinctions(lines: Iterable[Line]) -> set[Node]:
    """Give the distinctions of some lines, each once."""
    return {line.row["distinction"] for line in lines}


def _facets_of(value: Node) -> Iterator[tuple[str, str]]:
    if not isinstance(value, NamedNode):
        yield "year", value.value
        return
    for facet in FACETS.values():
        key = facet.key(value)
        if facet.folder and key != value.value:
            yield facet.name, key


def _wanted(choices: Choices) -> dict[str, frozenset[str]]:
    return {facet: frozenset(keys) for facet, keys in choices.values.items() if keys}
