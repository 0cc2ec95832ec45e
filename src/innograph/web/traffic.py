"""How many bytes of requests and of finished answers are kept in memory for clients that are slow."""

from collections.abc import Iterator
from contextlib import contextmanager

from innograph.errors import Busy

MOST_BYTES = 256_000_000
"""Of all together; what would go over it is refused."""

SMALL = 64_000
"""Bytes of what is never refused nor counted: whoever asks little is not harmed by those who ask much."""


class Traffic:
    """Count the bytes that are on their way."""

    def __init__(self) -> None:
        self.bytes = 0

    def add(self, length: int) -> None:
        """Count more.

        :raises Busy: too many are on their way already.
        """
        if self.bytes + length > MOST_BYTES:
            raise Busy("too much is under way for slow clients")
        self.bytes += length

    def remove(self, length: int) -> None:
        """Count less."""
        self.bytes -= length

    @contextmanager
    def carrying(self, length: int) -> Iterator[None]:
        """Count an answer while it is being sent.

        :raises Busy: too many are on their way already.
        """
        counted = length if length > SMALL else 0
        self.add(counted)
        try:
            yield
        finally:
            self.remove(counted)
