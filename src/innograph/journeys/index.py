"""The graph → the index of search that goes with its snapshot."""

import tempfile
from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions, Store

from innograph import resources
from innograph.search.index import Text, write_index
from innograph.store.evaluate import evaluate
from innograph.store.queries import read_query


def index_of(store: Store) -> bytes:
    """Give the content of the index of a graph.

    :raises DataError: ``queries/search/texts.rq`` is wrong.
    """
    query = read_query(resources.queries() / "search" / "texts.rq")
    solutions = evaluate(store, query.text)
    assert isinstance(solutions, QuerySolutions)
    texts = []
    for row in solutions:
        thing, kind, name, field, text = (row[name] for name in ("thing", "kind", "name", "field", "text"))
        if isinstance(thing, NamedNode) and isinstance(kind, NamedNode):
            short = kind.value.rpartition("#")[2]
            texts.append(
                Text(thing.value, short, *(getattr(node, "value", "") for node in (name, field, text)))
            )
    with tempfile.TemporaryDirectory(prefix="innograph-") as folder:
        path = Path(folder) / "index"
        write_index(path, texts)
        return path.read_bytes()
