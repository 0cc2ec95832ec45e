"""Turns are fair: nobody's crowd keeps out others, no place is lost, and nobody waits for ever."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from innograph.errors import Busy
from innograph.workers.turns import Turns


def run(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(scene())


def turns(places: int = 2, per_client: int = 2, waiting: int = 9, waiting_per_client: int = 5) -> Turns:
    return Turns(places, per_client, waiting=waiting, waiting_per_client=waiting_per_client)


def soon(seconds: float = 5) -> float:
    return asyncio.get_running_loop().time() + seconds


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_a_client_that_comes_later_is_served_before_the_crowd_of_another() -> None:
    async def scene() -> None:
        places = turns()
        served: list[str] = []

        async def one(client: str) -> None:
            await places.take(client, soon())
            served.append(client)

        for _ in range(2):
            await one("crowd")
        waiting = [asyncio.create_task(one("crowd")) for _ in range(3)]
        await settle()
        waiting.append(asyncio.create_task(one("other")))
        await settle()
        assert served == ["crowd", "crowd"]
        places.give_back("crowd")
        await settle()
        assert served == ["crowd", "crowd", "other"]
        for client in ("crowd", "other", "crowd"):
            places.give_back(client)
            await settle()
        assert served == ["crowd", "crowd", "other", "crowd", "crowd", "crowd"]
        assert (places.free, places.waiting) == (0, 0)

    run(scene)


def test_one_client_never_holds_all_places() -> None:
    async def scene() -> None:
        places = turns(places=3, per_client=2)
        assert [places.take_now("crowd") for _ in range(3)] == [True, True, False]
        third = asyncio.create_task(places.take("crowd", soon()))
        await settle()
        assert places.take_now("other")  # who may not go does not stand in the way
        assert not third.done()
        places.give_back("crowd")
        await settle()
        assert third.done()

    run(scene)


def test_places_held_elsewhere_count() -> None:
    async def scene() -> None:
        elsewhere = {"crowd": 1}
        places = Turns(
            4, 2, waiting=9, waiting_per_client=9, also_held=lambda client: elsewhere.get(client, 0)
        )
        assert [places.take_now("crowd") for _ in range(2)] == [True, False]
        second = asyncio.create_task(places.take("crowd", soon()))
        await settle()
        elsewhere.clear()
        places.go_round()
        await settle()
        assert second.done()

    run(scene)


@pytest.mark.parametrize(("waiting", "waiting_per_client"), [(1, 5), (5, 1)])
def test_who_finds_too_many_waiting_is_sent_away(waiting: int, waiting_per_client: int) -> None:
    async def scene() -> None:
        places = turns(1, 1, waiting, waiting_per_client)
        assert places.take_now("a")
        first = asyncio.create_task(places.take("a", soon()))
        await settle()
        with pytest.raises(Busy, match="too many"):
            await places.take("a", soon())
        places.give_back("a")
        await first

    run(scene)


def test_nobody_waits_beyond_the_time() -> None:
    async def scene() -> None:
        places = turns(1, 1)
        assert places.take_now("a")
        with pytest.raises(Busy, match="in time"):
            await places.take("b", soon(0.02))
        assert places.waiting == 0
        places.give_back("a")
        assert places.free == 1

    run(scene)


def test_who_goes_away_while_waiting_takes_no_place() -> None:
    async def scene() -> None:
        places = turns(1, 1)
        assert places.take_now("a")
        gone = asyncio.create_task(places.take("b", soon()))
        too_late = asyncio.create_task(places.take("c", soon()))
        await settle()
        gone.cancel()
        places.give_back("a")
        too_late.cancel()  # its turn has come, but it does not know yet
        for task in (gone, too_late):
            with pytest.raises(asyncio.CancelledError):
                await task
        assert (places.free, places.waiting) == (1, 0)

    run(scene)


def test_who_asks_short_queries_is_served_before_newcomers_and_these_before_the_slow() -> None:
    async def scene() -> None:
        ranks = {"quick": 0, "new": 1, "slow": 2}
        places = Turns(1, 1, waiting=9, waiting_per_client=9, rank=ranks.__getitem__)
        served: list[str] = []

        async def one(client: str) -> None:
            await places.take(client, soon())
            served.append(client)

        assert places.take_now("new")
        tasks = [asyncio.create_task(one(client)) for client in ("slow", "new", "quick")]
        await settle()
        places.give_back("new")
        for client in ("quick", "new", "slow"):
            await settle()
            places.give_back(client)
        await asyncio.gather(*tasks)
        assert served == ["quick", "new", "slow"]

    run(scene)


def test_a_place_is_kept_for_who_asks_short_queries() -> None:
    async def scene() -> None:
        places = Turns(
            3, 2, waiting=9, waiting_per_client=9, rank=lambda client: int(client != "quick"), kept=1
        )
        assert [places.take_now(client) for client in ("a", "b", "c")] == [True, True, False]
        third = asyncio.create_task(places.take("c", soon()))
        await settle()
        assert places.take_now("quick")
        places.give_back("quick")
        await settle()
        assert not third.done()
        places.give_back("a")
        await third

    run(scene)
