"""Queries are answered by processes that can be stopped: whatever one does, the others are answered."""

import asyncio
import gzip
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from innograph.errors import Busy, FormatError, QueryError, QueryStopped
from innograph.store.engine import Question
from innograph.store.heavy import reasons
from innograph.workers.messages import BEGIN, END, PIECE, Delivery, Heading, frame, line, note
from innograph.workers.pool import Pool
from innograph.workers.reply import Reply
from innograph.workers.run import Answer
from innograph.workers.worker import AHEAD

from .conftest import Play

SMALL = "SELECT ?name { ?s <http://example.org/name> ?name }"
ALL = "SELECT * { ?s ?p ?o }"
NEVER_ENDS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FLOODS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GOES_ON = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
SORTS = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c"


async def ask(pool: Pool, text: str, client: str = "somebody", **delivery: object) -> Answer:
    return await pool.answer(Question(text), Delivery(**delivery), client)  # type: ignore[arg-type]


async def small(pool: Pool, client: str = "somebody") -> None:
    answer = await ask(pool, SMALL, client, solutions="csv")
    assert answer.body == "name\r\nzéro\r\n".encode()


def pids(pool: Pool) -> set[int]:
    return {worker.pid for worker in pool._alive}


async def until_gone(pid: int, seconds: float) -> None:
    """Wait until a process has ended."""
    end = time.monotonic() + seconds
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < end, f"process {pid} goes on"
        await asyncio.sleep(0.01)


async def until_whole(pool: Pool) -> None:
    """Wait until every worker that was lost is replaced, and nobody holds anything."""
    async with asyncio.timeout(10):
        while pool.alive < pool.limits.workers + 1:
            await asyncio.sleep(0.01)
    assert pool.turns.free == pool.limits.workers
    assert pool.long.free == pool.limits.places_for_long


def test_an_answer_is_whole_and_says_so(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        answer = await ask(pool, SMALL, solutions="csv")
        assert answer.heading == Heading("solutions", "csv", rows=1)
        assert answer.body == "name\r\nzéro\r\n".encode()
        answer = await ask(pool, "ASK { ?s ?p ?o }")
        assert (answer.heading, answer.body) == (
            Heading("boolean", "json"),
            b'{"head":{},"boolean":true}',
        )
        answer = await ask(pool, "CONSTRUCT WHERE { <http://example.org/0> ?p ?o }", triples="ntriples")
        assert answer.heading == Heading("triples", "ntriples", rows=2)
        assert answer.body and len(answer.body.splitlines()) == 2

    play(scene)


@pytest.mark.parametrize(
    ("coding", "decode"),
    [
        ("gzip", gzip.decompress),
        ("zstd", lambda coded: zstandard.ZstdDecompressor().decompressobj().decompress(coded)),
    ],
    ids=["gzip", "zstd"],
)
def test_long_enough_answers_are_compressed(
    play: Play, coding: str, decode: Callable[[bytes], bytes]
) -> None:
    async def scene(pool: Pool) -> None:
        plain, coded = await ask(pool, ALL), await ask(pool, ALL, coding=coding)
        assert coded.heading == Heading("solutions", "json", coding=coding, rows=2000)
        assert coded.body and plain.body and len(coded.body) < len(plain.body) / 5
        assert decode(coded.body) == plain.body
        assert (await ask(pool, SMALL, coding=coding)).heading.coding is None

    play(scene)


@pytest.mark.parametrize("coding", [None, "gzip"])
def test_a_long_answer_comes_in_pieces(play: Play, coding: str | None) -> None:
    async def scene(pool: Pool) -> None:
        answer = await ask(pool, ALL, coding=coding)
        assert answer.heading == Heading("solutions", "json", coding=coding)
        assert answer.body is None
        body = b"".join([piece async for piece in answer.pieces()])
        answer.close()
        found = json.loads(gzip.decompress(body) if coding else body)
        assert len(found["results"]["bindings"]) == 2000
        await until_whole(pool)

    play(scene, whole_bytes=10_000)


def test_rows_are_cut_only_when_asked(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        for format in ("csv", "tsv", "xml", "json"):
            for most, rows, cut in ((5, 5, True), (2000, 2000, False)):
                answer = await ask(pool, ALL, solutions=format, most_rows=most)
                assert answer.heading == Heading("solutions", format, rows=rows, cut=cut)
        answer = await ask(pool, "CONSTRUCT WHERE { ?s ?p ?o }", triples="ntriples", most_rows=5)
        assert answer.heading == Heading("triples", "ntriples", rows=5, cut=True)
        assert answer.body and answer.body.count(b"\n") == 5

    play(scene)


def test_what_is_refused(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        with pytest.raises(QueryError, match=r"line 2, column 12: not SPARQL near « FOO } »") as raised:
            await ask(pool, "SELECT * {\n?s ?p ?o . FOO }")
        assert raised.value.line == 2
        with pytest.raises(QueryError, match="SERVICE is not available here"):
            await ask(pool, "SELECT * { SERVICE <http://127.0.0.1/> {} }")
        with pytest.raises(FormatError, match="boolean"):
            await ask(pool, "ASK {}", solutions=None)
        with pytest.raises(FormatError, match="triples"):
            await ask(pool, "DESCRIBE <http://example.org/0>", triples=None)
        with pytest.raises(QueryError, match="rdfxml cannot hold this answer"):
            await ask(pool, "CONSTRUCT { ?s rdf:li ?o } WHERE { ?s ?p ?o }", triples="rdfxml")
        assert (pool.figures.started, pool.figures.lost) == (3, 0)

    play(scene)


@pytest.mark.parametrize(
    ("query", "limits", "limit"),
    [
        (NEVER_ENDS, {"seconds": 1}, "time"),
        (SORTS, {"memory": 60_000_000}, "memory"),
        (ALL, {"rows": 1999}, "rows"),
        (ALL, {"bytes": 10_000}, "bytes"),
        ("SELECT (GROUP_CONCAT(STR(?c)) AS ?x) { ?a ?b ?c . ?d ?e ?f }", {"memory": 30_000_000}, "memory"),
    ],
    ids=["time", "memory", "rows", "bytes", "one long value"],
)
def test_limits_are_kept_and_named(play: Play, query: str, limits: dict[str, float], limit: str) -> None:
    async def scene(pool: Pool) -> None:
        began = time.monotonic()
        with pytest.raises(QueryStopped) as raised:
            await ask(pool, query)
        assert raised.value.limit == limit
        assert raised.value.reasons == reasons(query)
        if limit == "time":
            assert 1 <= time.monotonic() - began < 1.5
        await small(pool)
        await until_whole(pool)

    play(scene, **limits)


def test_a_stopped_query_leaves_no_process(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        before = pids(pool)
        with pytest.raises(QueryStopped):
            await ask(pool, NEVER_ENDS)
        (stopped,) = before - pids(pool)
        await until_gone(stopped, 1)
        await until_whole(pool)
        assert (pool.figures.started, pool.figures.stopped) == (4, 1)

    play(scene, seconds=0.6)


def test_an_answer_in_pieces_breaks_off_at_the_limit(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        began = time.monotonic()
        answer = await ask(pool, FLOODS)
        with pytest.raises(QueryStopped, match="too long"):
            async for _ in answer.pieces():
                pass
        answer.close()
        assert time.monotonic() - began < 1.5
        await until_whole(pool)

    play(scene, seconds=1, whole_bytes=10_000)


def test_who_does_not_read_makes_the_worker_wait(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        answer = await ask(pool, FLOODS)
        await asyncio.sleep(0.5)
        reply = answer._run._reply
        assert reply and reply.ahead < 2_000_000
        answer.close()
        await until_whole(pool)

    play(scene, whole_bytes=10_000)


def test_who_reads_slowly_what_is_all_there_keeps_no_worker(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        worker = pool._ready[-1]
        worker._reply = reply = Reply()
        begin, end = frame(BEGIN, line(Heading("solutions", "csv"))), note(END, spent=False)
        worker.data_received(begin + frame(PIECE, bytes(AHEAD)) + end)
        assert reply.finished and reply.ahead == AHEAD
        await small(pool)
        assert worker._reply is not reply

    play(scene)


def test_who_hangs_up_frees_the_worker(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        before = pids(pool)
        task = asyncio.create_task(ask(pool, NEVER_ENDS))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await small(pool)
        await asyncio.sleep(pool.limits.quick_seconds)
        (stopped,) = before - pids(pool)
        await until_gone(stopped, 0.5)
        await until_whole(pool)

    play(scene)


def test_short_queries_of_people_who_hang_up_cost_no_worker(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        for _ in range(20):
            task = asyncio.create_task(ask(pool, SMALL))
            await asyncio.sleep(0)
            task.cancel()
        await asyncio.sleep(2 * pool.limits.quick_seconds)
        await until_whole(pool)
        assert (pool.figures.started, pool.figures.stopped) == (3, 0)

    play(scene)


def test_long_queries_leave_workers_for_short_ones(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        crowd = [asyncio.create_task(ask(pool, NEVER_ENDS, f"client {n % 6}")) for n in range(12)]
        await asyncio.sleep(1)
        durations = []
        for _ in range(20):
            began = time.monotonic()
            await small(pool, "polite")
            durations.append(time.monotonic() - began)
        durations.sort()
        assert durations[10] < 0.05 and durations[-1] < 4 * pool.limits.quick_seconds, durations
        outcomes = await asyncio.gather(*crowd, return_exceptions=True)
        assert {type(outcome) for outcome in outcomes} <= {QueryStopped, Busy}
        assert sum(isinstance(outcome, QueryStopped) for outcome in outcomes) >= pool.limits.places_for_long
        await until_whole(pool)

    play(scene, workers=4, seconds=4)


def niceness(pool: Pool) -> set[int]:
    """List how far the threads of the workers give way (proc(5): the 19th field of stat)."""
    threads = [stat for pid in pids(pool) for stat in Path(f"/proc/{pid}/task").glob("*/stat")]
    return {int(stat.read_text().rpartition(")")[2].split()[16]) for stat in threads}


def test_a_worker_that_gave_way_is_as_quick_as_ever_afterwards(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        before, usual = pids(pool), niceness(pool)
        for _ in range(2):
            asking = asyncio.create_task(ask(pool, GOES_ON))
            async with asyncio.timeout(5):
                while max(niceness(pool)) < 19:
                    await asyncio.sleep(0.005)
            answer = await asking
            assert answer.body and b"4000000" in answer.body
            async with asyncio.timeout(5):
                while len(pool._ready) < len(before):
                    await asyncio.sleep(0.005)
            await small(pool)
        assert (pids(pool), niceness(pool)) == (before, usual)
        assert (pool.figures.started, pool.figures.lost, pool.figures.stopped) == (3, 0, 0)
        await until_whole(pool)

    play(scene, quick_seconds=0.01)


def test_a_crowd_from_one_address_does_not_keep_out_others(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        crowd = [asyncio.create_task(ask(pool, ALL, "crowd")) for _ in range(100)]
        await asyncio.sleep(0.05)
        await small(pool, "polite")
        assert sum(task.done() for task in crowd) < 50
        await asyncio.gather(*crowd)

    play(scene)


def test_the_last_workers_are_kept_for_who_asks_short_queries(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        loop = asyncio.get_running_loop()
        pool.standing.was_slow("slow")
        pool.standing.was_quick("quick")
        taken = [await pool.worker("quick", loop.time() + 5) for _ in range(pool.alive - 1)]
        with pytest.raises(Busy, match="no query worker became ready in time"):
            await asyncio.wait_for(pool.worker("slow", loop.time() + 0.05), 2)
        taken.append(await pool.worker("quick", loop.time() + 5))
        waiting = asyncio.create_task(pool.worker("slow", loop.time() + 5))
        for worker in taken[:2]:
            pool.keep(worker)
        taken[0] = await waiting
        for worker in (taken[0], *taken[2:]):
            pool.keep(worker)

    play(scene, workers=4)


def test_too_many_are_sent_away(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        crowd = [asyncio.create_task(ask(pool, SMALL)) for _ in range(10)]
        outcomes = await asyncio.gather(*crowd, return_exceptions=True)
        busy = [outcome for outcome in outcomes if isinstance(outcome, Busy)]
        assert len(busy) == 6  # one is answered at once and three wait
        await small(pool)

    play(scene, waiting_per_client=3)


def test_a_query_that_can_be_answered_is_answered_after_it_had_to_wait(play: Play) -> None:
    some_time = """SELECT (COUNT(*) AS ?n) {
        { SELECT ?a { ?a ?b ?c } LIMIT 100 } ?d ?e ?f . FILTER(STR(?a) > STR(?f))
    }"""

    async def scene(pool: Pool) -> None:
        began = time.monotonic()
        await ask(pool, some_time)
        assert time.monotonic() - began > pool.limits.quick_seconds
        answers = await asyncio.gather(*(ask(pool, some_time, f"client {n}") for n in range(3)))
        assert len({answer.body for answer in answers}) == 1
        await until_whole(pool)

    play(scene, seconds=25, quick_seconds=0.05)


def test_a_worker_that_dies_is_replaced(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        for pid in pids(pool):
            os.kill(pid, signal.SIGKILL)
        await asyncio.sleep(0.05)
        await small(pool)
        await until_whole(pool)
        assert (pool.figures.started, pool.figures.lost) == (6, 3)

    play(scene)


def test_what_is_under_way_is_finished_before_the_pool_closes(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        answer = await ask(pool, FLOODS)
        before = pids(pool)
        closing = asyncio.create_task(pool.close())
        await asyncio.sleep(0.1)
        assert not closing.done()
        assert await anext(answer.pieces())
        answer.close()
        await closing
        for pid in before:
            await until_gone(pid, 2)

    play(scene, whole_bytes=10_000)


def test_deep_queries_end_no_worker(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        for query in (
            "ASK " + "{" * 900 + "}" * 900,
            "ASK { FILTER(" + "!" * 1900 + "true) }",
            "ASK { FILTER(" + "(" * 900 + "1" + ")" * 900 + ") }",
        ):
            assert (await ask(pool, query)).heading.form == "boolean"
        with pytest.raises(QueryError, match="more than 2000 words and signs"):
            await ask(pool, "ASK " + "{" * 2000 + "}" * 2000)
        assert pool.figures.lost == 0

    play(scene)
