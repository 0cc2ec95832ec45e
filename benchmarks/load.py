"""A load generator: some connections, each asking again as soon as it is answered, for some seconds.

    python benchmarks/load.py PORT CONNECTIONS SECONDS < requests

Standard input holds whole HTTP requests, each after a line with its length; they are asked in turn. Printed
is a line of JSON: how many were answered, how many with another status than 200 or 304, bytes, latencies. It
costs little beside what it measures: raw sockets, and no more of HTTP than where an answer ends.
"""

import json
import re
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field

SECONDS_WITHOUT_ANSWER = 60

LAST_CHUNK = re.compile(rb"\r\n0+\r\n\r\n\Z")
"""At least a line break before the zero: a chunk may end with 0, a line break and its own end."""


@dataclass
class Connection:
    """One client: what it has received of the answer that it waits for, and since when."""

    socket: socket.socket
    since: float = 0.0
    received: bytearray = field(default_factory=bytearray)
    length: int | None = None
    """Length of the whole answer, once its head is there; -1 if it comes in chunks."""


def read_requests() -> list[bytes]:
    """Read the requests from standard input."""
    requests = []
    stream = sys.stdin.buffer
    while line := stream.readline():
        requests.append(stream.read(int(line)))
    return requests


def is_whole(connection: Connection) -> bool:
    """Tell whether the answer that a connection waits for is there."""
    received = connection.received
    if connection.length is None:
        end = received.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(received[:end]).lower()
        at = head.find(b"content-length:")
        if at >= 0:
            connection.length = end + 4 + int(head[at + 15 :].split(b"\r\n", 1)[0])
        else:
            connection.length = end + 4 if b" 304 " in head[:20] else -1
    if connection.length == -1:
        return LAST_CHUNK.search(received, max(0, len(received) - 40)) is not None
    return len(received) >= connection.length


def main(port: int, connections: int, seconds: float) -> None:
    """Ask, and print what came of it."""
    requests = read_requests()
    selector = selectors.DefaultSelector()
    asked = refused = size = 0
    latencies: list[float] = []

    def ask(connection: Connection) -> None:
        nonlocal asked
        connection.received.clear()
        connection.length = None
        connection.since = time.perf_counter()
        connection.socket.sendall(requests[asked % len(requests)])
        asked += 1

    for _ in range(connections):
        opened = Connection(socket.create_connection(("127.0.0.1", port), timeout=60))
        opened.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(opened.socket, selectors.EVENT_READ, opened)
        ask(opened)
    began = time.perf_counter()
    waiting = connections
    while waiting:
        ready = selector.select(SECONDS_WITHOUT_ANSWER)
        if not ready:
            raise SystemExit("the server does not answer any more")
        for key, _ in ready:
            connection: Connection = key.data
            data = connection.socket.recv(1_000_000)
            if not data:
                raise SystemExit("the server closed a connection")
            connection.received += data
            if not is_whole(connection):
                continue
            now = time.perf_counter()
            latencies.append(now - connection.since)
            size += len(connection.received)
            refused += bytes(connection.received[9:12]) not in (b"200", b"304")
            if now - began < seconds:
                ask(connection)
            else:
                selector.unregister(connection.socket)
                connection.socket.close()
                waiting -= 1
    elapsed = time.perf_counter() - began
    latencies.sort()
    quantiles = {f"p{q}": latencies[min(len(latencies) - 1, len(latencies) * q // 100)] for q in (50, 95, 99)}
    print(
        json.dumps(
            {"answered": len(latencies), "refused": refused, "bytes": size, "seconds": elapsed, **quantiles}
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
