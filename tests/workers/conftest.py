"""A database on disk, and a pool of workers over it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from innograph.workers.limits import MB, Limits
from innograph.workers.pool import Pool

LIMITS = Limits(seconds=10, quick_seconds=0.2, memory=300 * MB, workers=2)

Scene = Callable[[Pool], Awaitable[None]]
Play = Callable[..., None]


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a database of two thousand triples: enough for queries that never end."""
    folder = tmp_path_factory.mktemp("database") / "store"
    store = Store(str(folder))
    links = NamedNode("http://example.org/links")
    store.bulk_extend(
        Quad(
            NamedNode(f"http://example.org/{n}"), links, NamedNode(f"http://example.org/{(n * m + 1) % 1000}")
        )
        for n in range(1000)
        for m in (2, 3)
    )
    store.add(Quad(NamedNode("http://example.org/0"), NamedNode("http://example.org/name"), Literal("zéro")))
    store.flush()
    return folder


@asynccontextmanager
async def running(database: Path, **limits: Any) -> AsyncIterator[Pool]:
    """Start a pool, and end all its processes at last."""
    pool = Pool(database, replace(LIMITS, **limits))
    await pool.start()
    try:
        yield pool
    finally:
        await asyncio.wait_for(pool.close(), 20)


@pytest.fixture
def play(database: Path) -> Play:
    """Give a function that plays a scene with a pool of such limits."""

    def play_with(scene: Scene, **limits: Any) -> None:
        async def main() -> None:
            async with running(database, **limits) as pool:
                await asyncio.wait_for(scene(pool), 30)

        asyncio.run(main())

    return play_with
