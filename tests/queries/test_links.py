"""The questions that are asked of others than this graph: they can be pasted anywhere."""

import pytest
from pyoxigraph import QuerySolutions, Store

from innograph import resources
from innograph.store.queries import read_queries

LINKS = read_queries(resources.queries() / "links")


def test_there_is_one_for_wikidata() -> None:
    assert set(LINKS) == {"wikidata-items"}


@pytest.mark.parametrize("name", LINKS)
def test_it_stands_alone(name: str) -> None:
    query = LINKS[name]
    assert query.question_fr.endswith("?") and query.question_en.endswith("?")
    assert isinstance(Store().query(query.text), QuerySolutions)  # without the prefixes that innograph knows
