"""Rows are counted and cut right in every format, whatever stands in the values and wherever pieces end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, Store, parse_query_results

from innograph.store.formats import SOLUTIONS, Format
from innograph.workers.rows import Counter, cut

VALUES = st.lists(st.text(alphabet="ab\"\\,{}[]<>&\n\r\té<result>'", max_size=8) | st.none(), max_size=6)


def result(values: list[str | None], format: Format) -> bytes:
    rows = " ".join(f"({Literal(v)} {n})" if v is not None else f"(UNDEF {n})" for n, v in enumerate(values))
    answer = Store().query(f"SELECT ?x ?n {{ VALUES (?x ?n) {{ {rows} }} }}")
    assert isinstance(answer, QuerySolutions) and isinstance(format.syntax, QueryResultsFormat)
    written = answer.serialize(None, format.syntax)
    assert written is not None
    return written


@pytest.mark.parametrize("format", SOLUTIONS, ids=lambda format: format.name)
@given(values=VALUES, data=st.data())
def test_rows_are_counted_over_pieces(format: Format, values: list[str | None], data: st.DataObject) -> None:
    written = result(values, format)
    counter = Counter(format.name)
    counted = 0
    while written:
        length = data.draw(st.integers(1, len(written)))
        counted = counter.feed(written[:length])
        written = written[length:]
    assert counted == len(values)


@pytest.mark.parametrize("format", SOLUTIONS, ids=lambda format: format.name)
@given(values=VALUES.filter(bool), data=st.data())
def test_a_cut_result_is_the_result_with_fewer_rows(
    format: Format, values: list[str | None], data: st.DataObject
) -> None:
    rows = data.draw(st.integers(0, len(values) - 1))
    written = result(values, format)
    reached = next(n for n in range(len(written) + 1) if Counter(format.name).feed(written[:n]) > rows)
    expected = result(values[:rows], format)
    assert cut(written, rows, 0, Counter(format.name)) == expected
    begun = next(n for n in range(len(written)) if Counter(format.name).feed(written[:n]) >= rows)
    start = data.draw(st.integers(0, max(0, begun - 1)))
    before = Counter(format.name)
    before.feed(written[:start])
    assert cut(written[:reached], rows, start, before) == expected


def test_rows_without_any_value_count_too() -> None:
    for format in SOLUTIONS:
        answer = Store().query("SELECT ?x { VALUES ?y { 1 2 3 } }")
        assert isinstance(answer, QuerySolutions) and isinstance(format.syntax, QueryResultsFormat)
        assert Counter(format.name).feed(answer.serialize(None, format.syntax) or b"") == 3


def test_a_triple_as_a_value_is_one_value() -> None:
    query = 'SELECT ?x { VALUES ?x { <<( <x:a> <x:b> "},{" )>> <<( <x:a> <x:b> <<( <x:a> <x:b> 1 )>> )>> } }'
    for format in SOLUTIONS[:2]:
        answer = Store().query(query)
        assert isinstance(answer, QuerySolutions) and isinstance(format.syntax, QueryResultsFormat)
        written = answer.serialize(None, format.syntax) or b""
        assert Counter(format.name).feed(written) == 2
        again = parse_query_results(cut(written, 1, 0, Counter(format.name)), format.syntax)
        assert isinstance(again, QuerySolutions)
        assert len(list(again)) == 1
