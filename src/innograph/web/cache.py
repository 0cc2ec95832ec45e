"""Answers that were given before. A snapshot never changes, so an answer that was right stays right."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from innograph.workers.messages import Heading

_OVERHEAD = 1_000
"""Bytes that an entry costs beside its body and its key, more or less."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was whole."""

    heading: Heading
    body: bytes


class Cache:
    """Keep the answers that were asked for last, as many as fit into a number of bytes."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self.hits = 0
        self.misses = 0
        self._kept: OrderedDict[Hashable, tuple[Given, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Given | None:
        """Give the answer that was put under this key, if it is still there."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, given: Given, length_of_key: int) -> None:
        """Keep an answer, unless it would push out most of the others."""
        size = len(given.body) + length_of_key + _OVERHEAD
        if size > self.most_bytes // 8 or key in self._kept:
            return
        self._kept[key] = given, size
        self.bytes += size
        while self.bytes > self.most_bytes:
            _, (_, dropped) = self._kept.popitem(last=False)
            self.bytes -= dropped
