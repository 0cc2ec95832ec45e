"""What a query may cost, and how many may be under way: one table, set on the command line."""

import os
from dataclasses import dataclass

KB = 1_000
MB = 1_000_000

LEAST_QUICK = 0.05
"""Seconds that every query has before it counts as a long one, however many clients wait."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of the query workers. Times are in seconds, sizes in bytes."""

    seconds: float = 10.0
    """Time from the arrival of a query to the last byte of its answer; the wait for a place counts."""
    quick_seconds: float = 0.3
    """After this time a query is a long one: it needs one of the places for these and gives way to others.
    The more clients wait, the sooner (:meth:`quick`)."""
    memory: int = 512 * MB
    """Memory that a worker may take beyond what the open database needs."""
    rows: int = 1_000_000
    """Solutions or triples of an answer."""
    bytes: int = 256 * MB
    """Length of an answer before it is compressed."""
    whole_bytes: int = 4 * MB
    """An answer up to this length is finished before its first header; a longer one is sent as it comes."""
    workers: int = max(4, 2 * (os.cpu_count() or 1))
    """Queries under way at once, in processes of their own."""
    waiting: int = 400
    """Queries that may wait for a place."""
    waiting_per_client: int = 100
    """Of these, from one address."""

    @property
    def places_for_long(self) -> int:
        """Give the number of workers that long queries may occupy: half of them."""
        return max(1, self.workers // 2)

    @property
    def places_per_client(self) -> int:
        """Give the number of workers that one address may occupy: half of them."""
        return max(1, self.workers // 2)

    @property
    def places_kept(self) -> int:
        """Give the number of workers kept for those who asked no long query lately: a quarter of them."""
        return self.workers // 4

    def quick(self, clients: int) -> float:
        """Give the seconds after which a query is a long one while so many clients wait for a turn.

        >>> Limits(workers=4).quick(0), Limits(workers=4).quick(4), Limits(workers=4).quick(400)
        (0.3, 0.15, 0.05)
        """
        return max(self.quick_seconds / (1 + clients / self.workers), min(LEAST_QUICK, self.quick_seconds))
