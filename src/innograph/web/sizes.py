"""What is counted in a snapshot, for what the site says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from innograph.web.reader import Reader


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is counted in a snapshot, once."""

    by_graph: Mapping[str, int]
    by_class: Mapping[str, int]
    by_property: Mapping[str, int]
    links: tuple[tuple[str, str, int], ...]
    """Property, site and number."""
    subjects: int
    objects: int

    @property
    def triples(self) -> int:
        """Give the size of the default graph."""
        return sum(self.by_property.values())


def loaded(reader: Reader) -> dict[str, int]:
    """Count editions and distinctions, as the build would have: for where it left no figures."""
    (row,) = reader.rows("loaded")
    return {name: int(node.value) for name, node in row.items()}


def count(reader: Reader) -> Sizes:
    """Count a snapshot; on a large one that keeps no answers this takes seconds."""

    def counted(query: str, key: str, number: str) -> dict[str, int]:
        return {row[key].value: int(row[number].value) for row in reader.rows(query)}

    (distinct,) = reader.rows("distinct-nodes")
    links = reader.rows("links-to-others")
    return Sizes(
        counted("triples-by-graph", "graph", "triples"),
        counted("entities-by-class", "class", "entities"),
        counted("triples-by-property", "property", "triples"),
        tuple((r["property"].value, r["site"].value, int(r["links"].value)) for r in links),
        int(distinct["subjects"].value),
        int(distinct["objects"].value),
    )
