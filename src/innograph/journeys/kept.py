"""The queries of pages whose answers go with a snapshot: those that look at the whole graph."""

from typing import Final

from innograph import resources
from innograph.store.queries import read_queries, read_query

_OF_PAGES: Final = (
    "award-years",
    "distinct-nodes",
    "editions",
    "entities-by-class",
    "links-to-others",
    "triples-by-graph",
    "triples-by-property",
)
"""What the first page, ``/explore`` and ``/dataset`` tell of all editions, and of the graph as a whole."""

_OF_EXPLORE: Final = ("details", "distinctions", "themes", "values")


def kept_queries() -> dict[str, str]:
    """Give their SPARQL by the names under which pages ask them.

    :raises DataError: one of the files is wrong.
    """
    folder = resources.queries()
    found = {name: read_query(folder / "pages" / f"{name}.rq") for name in _OF_PAGES}
    found |= {f"explore/{name}": read_query(folder / "explore" / f"{name}.rq") for name in _OF_EXPLORE}
    found |= {f"facets/{name}": query for name, query in read_queries(folder / "facets").items()}
    return {name: query.text for name, query in found.items()}
