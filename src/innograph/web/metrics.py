"""Figures for those who watch over the site, in the format of Prometheus."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from innograph.web.cache import Cache
from innograph.workers.pool import Pool

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """Count requests, and describe what serves them."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "innograph_requests",
            "Requests, by route and status.",
            ["route", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "innograph_request_seconds",
            "Seconds from the arrival of a request to the last byte of the response.",
            ["route"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._waited = Histogram(
            "innograph_query_wait_seconds",
            "Seconds that a query waited for a worker.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._stopped = Counter(
            "innograph_queries_stopped",
            "Queries that were not answered, by why: a limit, busy, gone.",
            ["why"],
            registry=self._registry,
        )
        self._bytes = Counter(
            "innograph_response_bytes", "Bytes of the bodies of responses.", registry=self._registry
        )

    def request(self, route: str, status: int, seconds: float, sent: int) -> None:
        """Note a request that is over."""
        counter, histogram = self._children(route, status)
        counter.inc()
        histogram.observe(seconds)
        self._bytes.inc(sent)

    @lru_cache(maxsize=256)  # noqa: B019  # there is one of these for each process
    def _children(self, route: str, status: int) -> tuple[Counter, Histogram]:
        return self._requests.labels(route, str(status)), self._seconds.labels(route)

    def waited(self, seconds: float) -> None:
        """Note how long a query waited."""
        self._waited.observe(seconds)

    def stopped(self, why: str) -> None:
        """Note a query that was not answered."""
        self._stopped.labels(why).inc()

    def watch(self, state: Callable[[], "State"]) -> None:
        """Describe, whenever somebody asks, what ``state`` gives."""
        self._registry.register(_Now(state))

    def text(self) -> bytes:
        """Write all figures."""
        return generate_latest(self._registry)


class State:
    """What is now: the snapshot, its workers, the cache, the requests under way."""

    def __init__(self, snapshot: str, pool: Pool, cache: Cache, under_way: int) -> None:
        self.snapshot = snapshot
        self.pool = pool
        self.cache = cache
        self.under_way = under_way


class _Now:
    def __init__(self, state: Callable[[], State]) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        state = self._state()
        pool, cache, figures = state.pool, state.cache, state.pool.figures
        yield InfoMetricFamily(
            "innograph_snapshot", "The snapshot that is served.", {"version": state.snapshot}
        )
        for name, text, number in (
            ("innograph_requests_under_way", "Requests that are being answered.", state.under_way),
            ("innograph_workers", "Query workers that run.", pool.alive),
            ("innograph_workers_busy", "Query workers at work.", pool.limits.workers - pool.turns.free),
            ("innograph_queries_long", "Long queries.", pool.limits.places_for_long - pool.long.free),
            ("innograph_queries_waiting", "Queries that wait.", pool.turns.waiting + pool.long.waiting),
            (
                "innograph_workers_without_network",
                "1 if no worker can reach a network, but those that ask endpoints of --allow-service.",
                int(pool.walled),
            ),
            ("innograph_cache_bytes", "Size of the answers that are kept.", cache.bytes),
            ("innograph_cache_answers", "Answers that are kept.", len(cache)),
        ):
            yield GaugeMetricFamily(name, text, number)
        for name, text, number in (
            (
                "innograph_workers_started",
                "Query workers started since this snapshot is served.",
                pool.figures.started,
            ),
            ("innograph_workers_lost", "Of these, that ended by themselves.", figures.lost),
            (
                "innograph_workers_stopped",
                "Of these, that were killed with their query.",
                pool.figures.stopped,
            ),
            ("innograph_cache_hits", "Queries answered from what is kept.", cache.hits),
            ("innograph_cache_misses", "Queries that were not kept.", cache.misses),
        ):
            yield CounterMetricFamily(name, text, number)
