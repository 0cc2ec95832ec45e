"""Fair turns: a number of places, given to those who wait so that nobody's crowd keeps out others.

Whoever is served next has the first rank of those who wait, then holds the fewest places, then waits longest.
Some places are kept for clients of rank 0: however many others there are, these are served at once.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Callable

from innograph.errors import Busy


class Turns:
    """Give turns at ``places`` places, of which one client holds at most ``per_client``."""

    def __init__(
        self,
        places: int,
        per_client: int,
        *,
        waiting: int,
        waiting_per_client: int,
        also_held: Callable[[str], int] = lambda client: 0,
        rank: Callable[[str], int] = lambda client: 0,
        kept: int = 0,
    ) -> None:
        """Begin with all places free.

        :param waiting: how many may wait in all, and ``waiting_per_client`` how many of one client.
        :param also_held: tells how many places a client holds elsewhere that count against ``per_client``.
        :param rank: tells in which order clients are served; those beyond rank 0 leave ``kept`` places free.
        """
        self.free = places
        self.waiting = 0
        self._per_client = per_client
        self._most_waiting = waiting
        self._most_waiting_per_client = waiting_per_client
        self._also_held = also_held
        self._rank = rank
        self._kept = kept
        self._held: Counter[str] = Counter()
        self._queues: dict[str, deque[asyncio.Future[None]]] = {}  # in the order in which clients came

    @property
    def clients(self) -> int:
        """Count the clients that wait for a turn."""
        return len(self._queues)

    def waiting_of(self, client: str) -> int:
        """Give the number of turns that a client waits for."""
        return len(self._queues.get(client, ()))

    def take_now(self, client: str) -> bool:
        """Take a place if there is one and nobody waits for it; tell whether it was taken."""
        if self.free < 1 or not self._may(client) or any(map(self._may, self._queues)):
            return False
        self._give(client)
        return True

    async def take(self, client: str, by: float) -> None:
        """Take a place, as soon as it is this client's turn.

        :raises Busy: too many wait, or it was nobody's turn to leave until ``by``, a time of the loop.
        """
        if self.take_now(client):
            return
        if self.waiting >= self._most_waiting or self.waiting_of(client) >= self._most_waiting_per_client:
            raise Busy("too many queries wait for a place")
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self._queues.setdefault(client, deque()).append(turn)
        self.waiting += 1
        timer = loop.call_at(by, _send_away, turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and not turn.exception():
                self.give_back(client)  # the turn came, but whoever waited has gone
            raise
        finally:
            timer.cancel()
            self._forget(client, turn)

    def give_back(self, client: str) -> None:
        """Leave a place."""
        self.free += 1
        self._held[client] -= 1
        if not self._held[client]:
            del self._held[client]
        self.go_round()

    def go_round(self) -> None:
        """Give free places to those whose turn it is."""
        while self.free:
            eligible = [client for client in self._queues if self._may(client)]
            if not eligible:
                return
            client = min(eligible, key=lambda client: (self._rank(client), self._holds(client)))
            turn = self._queues[client][0]
            self._forget(client, turn)
            if not turn.done():  # else whoever waited has gone
                self._give(client)
                turn.set_result(None)

    def _may(self, client: str) -> bool:
        free = self.free - self._kept if self._rank(client) else self.free
        return free > 0 and self._holds(client) < self._per_client

    def _holds(self, client: str) -> int:
        return self._held[client] + self._also_held(client)

    def _give(self, client: str) -> None:
        self.free -= 1
        self._held[client] += 1

    def _forget(self, client: str, turn: asyncio.Future[None]) -> None:
        queue = self._queues.get(client)
        if queue and turn in queue:
            queue.remove(turn)
            self.waiting -= 1
            if not queue:
                del self._queues[client]


def _send_away(turn: asyncio.Future[None]) -> None:
    if not turn.done():
        turn.set_exception(Busy("no place became free in time"))
