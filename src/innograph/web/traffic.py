"""How many bytes of finished answers wait in memory for clients that are slow to take them."""

from collections.abc import Iterator
from contextlib import contextmanager

from innograph.errors import Busy

MOST_BYTES = 256_000_000
"""Of all answers together; one that goes over it is refused."""


class Traffic:
    """Count the bytes that are on their way."""

    def __init__(self) -> None:
        self.bytes = 0

    @contextmanager
    def carrying(self, length: int) -> Iterator[None]:
        """Count an answer while it is being sent.

        :raises Busy: too many wait already.
        """
        if self.bytes + length > MOST_BYTES:
            raise Busy("too many answers wait for slow clients")
        self.bytes += length
        try:
            yield
        finally:
            self.bytes -= length
