"""Clients are remembered by how long their queries take: for a minute, and not too many of them."""

from innograph.workers.standing import MOST_REMEMBERED, NEW, QUICK, SECONDS_REMEMBERED, SLOW, Standing


def test_a_long_query_counts_for_a_minute() -> None:
    now = [0.0]
    standing = Standing(lambda: now[0])
    standing.was_slow("a")
    standing.was_quick("a")
    now[0] = SECONDS_REMEMBERED - 1
    assert standing.rank("a") == SLOW
    now[0] = SECONDS_REMEMBERED
    assert standing.rank("a") == NEW
    standing.was_quick("a")
    assert standing.rank("a") == QUICK


def test_whoever_was_not_seen_for_longest_is_forgotten() -> None:
    standing = Standing()
    for number in range(MOST_REMEMBERED):
        standing.was_quick(str(number))
    standing.was_quick("0")
    standing.was_slow("another")
    assert [standing.rank(client) for client in ("0", "1", "2", "another")] == [QUICK, NEW, QUICK, SLOW]
