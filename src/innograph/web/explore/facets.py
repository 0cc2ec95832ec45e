"""What distinctions can be chosen by: the facets, and how their values are written in an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from innograph.namespaces import ID
from innograph.web.reader import Node

SIZES: Final = (0, 2_000, 10_000, 50_000, 100_000)
"""The number of people at which each bracket of populations begins; the last one is open.

``queries/facets/size.rq`` cuts at the same numbers, as ``queries/examples`` do; a test compares them.
"""


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: the file of ``queries/facets`` that says what it means, and the address of its values."""

    name: str
    folder: str = ""
    """Where its values stand below ``https://w3id.org/innograph/id/``; empty where they are numbers."""

    def key(self, value: Node) -> str:
        """Give a value as addresses of pages have it: ``ageing``, ``2019``, ``78``."""
        return value.value.removeprefix(f"{ID}{self.folder}") if self.folder else value.value

    def written(self, key: str) -> str:
        """Give a value as a parameter of its query: ``id:theme/ageing``, ``2019``."""
        return f"id:{self.folder}{key}" if self.folder else key


FACETS: Final[Mapping[str, Facet]] = {
    facet.name: facet
    for facet in (
        Facet("theme", "theme/"),
        Facet("award", "award/"),
        Facet("year"),
        Facet("rank", "rank/"),
        Facet("kind", "organization-kind/"),
        Facet("size"),
        Facet("region", "territory/region/"),
        Facet("department", "territory/department/"),
        Facet("audience", "audience/"),
        Facet("sponsor", "organization/"),
    )
}
"""The facets by name, in the order of addresses and of the page."""


def bracket(population: int) -> str:
    """Give the bracket that a population falls in.

    >>> bracket(1999), bracket(9019), bracket(2_103_778)
    ('0', '2000', '100000')
    """
    return str(max(size for size in SIZES if size <= population))


def neighbours(size: str) -> list[str]:
    """Give the brackets below and above one.

    >>> neighbours("0"), neighbours("10000")
    (['2000'], ['2000', '50000'])
    """
    place = SIZES.index(int(size))
    return [str(each) for each in SIZES[max(place - 1, 0) : place + 2] if str(each) != size]
