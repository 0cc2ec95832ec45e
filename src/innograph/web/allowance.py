"""How much a client may send: so many in an hour, and so many from all together; kept in memory alone."""

import threading
from collections import deque
from collections.abc import Callable
from time import monotonic

SECONDS = 3600


class Allowance:
    """Count what clients sent in the last hour. Nothing is written down, and a restart forgets."""

    def __init__(self, each: int, together: int, clock: Callable[[], float] = monotonic) -> None:
        """Allow ``each`` client so many in an hour, and so many ``together``."""
        self._each, self._together, self._clock = each, together, clock
        self._sent: deque[tuple[float, str]] = deque()
        self._lock = threading.Lock()

    def take(self, client: str) -> bool:
        """Take one of what ``client`` may send; tell whether there was one left.

        >>> allowance = Allowance(each=1, together=2, clock=lambda: 0.0)
        >>> [allowance.take(client) for client in ("a", "a", "b", "c")]
        [True, False, True, False]
        """
        with self._lock:
            now = self._clock()
            while self._sent and self._sent[0][0] <= now - SECONDS:
                self._sent.popleft()
            if len(self._sent) >= self._together or sum(c == client for _, c in self._sent) >= self._each:
                return False
            self._sent.append((now, client))
            return True
