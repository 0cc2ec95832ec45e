"""What is known of those who ask: whose queries are short goes first, whose are long goes last."""

import time
from collections import OrderedDict
from collections.abc import Callable

SECONDS_REMEMBERED = 60.0
"""How long a long query counts against whoever asked it."""

MOST_REMEMBERED = 10_000

QUICK, NEW, SLOW = range(3)
"""Ranks of clients, in the order in which they are served."""


class Standing:
    """Remember clients by how long their queries take.

    >>> standing = Standing()
    >>> standing.rank("192.0.2.1") == NEW
    True
    >>> standing.was_quick("192.0.2.1")
    >>> standing.rank("192.0.2.1") == QUICK
    True
    >>> standing.was_slow("192.0.2.1")
    >>> standing.was_quick("192.0.2.1")
    >>> standing.rank("192.0.2.1") == SLOW
    True
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._slow_until: OrderedDict[str, float] = OrderedDict()  # the last seen are last, 0 if quick

    def was_quick(self, client: str) -> None:
        """Note that a query of a client took little time."""
        if self.rank(client) != SLOW:
            self._note(client, 0.0)

    def was_slow(self, client: str) -> None:
        """Note that a query of a client took long."""
        self._note(client, self._clock() + SECONDS_REMEMBERED)

    def rank(self, client: str) -> int:
        """Give the rank of a client: ``SLOW`` for a minute after a long query, ``QUICK`` after short ones."""
        until = self._slow_until.get(client)
        if until is None:
            return NEW
        if until > self._clock():
            return SLOW
        if until:
            del self._slow_until[client]
            return NEW
        return QUICK

    def _note(self, client: str, until: float) -> None:
        self._slow_until[client] = until
        self._slow_until.move_to_end(client)
        if len(self._slow_until) > MOST_REMEMBERED:
            self._slow_until.popitem(last=False)
