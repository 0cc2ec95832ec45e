"""Every question of ``queries/examples/`` has the answer that a reader of the documents expects.

Expected answers are files of ``expected/`` (or, where long, groupings of ``tests/facts/`` in
``tabulated.py``). Their header names the variables to compare; all rows are compared, in order. When one
differs, read the documents before touching it.
"""

import re
import time
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from case_tables import read_tsv
from innograph import resources
from innograph.namespaces import QUERY_PREFIXES
from innograph.store.evaluate import evaluate
from innograph.store.queries import read_query
from queries.ordering import ordering, with_ordering_projected
from queries.rendering import table, variables
from queries.tabulated import TABULATED

EXAMPLES = {path.stem: path for path in sorted((resources.queries() / "examples").glob("*.rq"))}
EXPECTED = {path.stem: path for path in sorted((Path(__file__).parent / "expected").glob("*.tsv"))}


def expected(name: str) -> tuple[list[str], list[list[str]]]:
    if name in TABULATED:
        return TABULATED[name]()
    header, rows = read_tsv(EXPECTED[name])
    return header, [list(row.values()) for row in rows]


def test_every_question_has_one_expected_answer_and_conversely() -> None:
    assert not set(EXPECTED) & set(TABULATED), "expected twice: as a file and as a grouping"
    assert set(EXPECTED) | set(TABULATED) == set(EXAMPLES)
    assert len(EXAMPLES) >= 34


@pytest.mark.parametrize("name", sorted(set(EXPECTED) | set(TABULATED)))
def test_an_empty_expected_answer_says_why(name: str) -> None:
    _, rows = expected(name)
    assert rows or "\n# empty: " in f"\n{EXPECTED[name].read_text(encoding='utf-8')}"


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_answer_is_the_one_that_a_reader_expects(name: str, graph_store: Store) -> None:
    query = read_query(EXAMPLES[name])
    columns, rows = expected(name)
    answer = table(evaluate(graph_store, query.bound({})), columns)
    assert answer == rows, (
        f"{name}: read the documents again, then correct the query, data/ or the expected answer"
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_without_its_prefixes_it_asks_the_same(name: str) -> None:
    """Our endpoint knows them. Of the two names of schema.org, a query for others writes the other one."""
    text = EXAMPLES[name].read_text(encoding="utf-8")
    declarations = re.compile(r"^PREFIX +([\w-]+): +<(.*)>\n", re.MULTILINE)
    declared = dict(declarations.findall(text))
    evaluate(Store(), declarations.sub("", text))
    other = {("award-as-schema-org", "schema"): "http://schema.org/"}
    assert {prefix: other.get((name, prefix), QUERY_PREFIXES[prefix]) for prefix in declared} == declared


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_file_can_be_pasted_anywhere(name: str) -> None:
    query = read_query(EXAMPLES[name])
    assert query.question_fr.endswith("?") and query.question_en.endswith("?")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    Store().query(query.text)  # without the prefixes that innograph knows


def test_no_two_files_ask_the_same() -> None:
    queries = [read_query(path) for path in EXAMPLES.values()]
    for wordings in ([q.question_fr for q in queries], [q.question_en for q in queries]):
        assert len(set(wordings)) == len(wordings)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_question_does_not_search_all_of_france(name: str, graph_store: Store) -> None:
    """No question takes over 50 ms here; a plan that joins with every name of France takes 400 and more.

    What is measured is time of the processor, the best of three, with room for a slower machine.
    """
    text = read_query(EXAMPLES[name]).bound({})
    durations = []
    for _ in range(3):
        begun = time.process_time()
        table(evaluate(graph_store, text), [])
        durations.append(time.process_time() - begun)
    assert min(durations) < 0.2, f"{name}: let what is rare come first, and no label after OPTIONAL"


@pytest.mark.parametrize("name", EXAMPLES)
def test_solutions_come_in_one_order(name: str, graph_store: Store) -> None:
    """ORDER BY tells any two solutions apart, so that every engine gives them in the same order."""
    query = read_query(EXAMPLES[name])
    first = evaluate(graph_store, query.bound({}))
    if not isinstance(first, QuerySolutions):
        return
    conditions = ordering(query.text)
    assert conditions, f"{name}: no ORDER BY"
    text, columns = with_ordering_projected(query.bound({}), conditions, variables(first))
    keys = [tuple(row) for row in table(evaluate(graph_store, text), columns)]
    assert len(set(keys)) == len(keys), (
        f"{name}: two solutions are equal under ORDER BY; add a variable to it"
    )
