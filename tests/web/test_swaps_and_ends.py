"""A running server goes over to another snapshot, and ends, without failing a request."""

import http.client
import os
import signal
import threading
import time
from pathlib import Path

from pyoxigraph import Quad

from innograph.store.snapshots import Home

from .conftest import Publish
from .graphs import numbers
from .server_process import serving


def test_another_snapshot_is_served_without_a_failed_request(
    tmp_path: Path, small_graph: list[Quad], publish: Publish
) -> None:
    home = Home(tmp_path)
    first = publish(home, small_graph)
    with serving(home.path, {"workers": 2}) as server:
        seen: list[tuple[int, str]] = []
        done = threading.Event()

        def ask() -> None:
            while not done.is_set():
                connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
                connection.request("GET", f"/sparql?query=ASK+%7B%7D+%23{len(seen)}")
                answer = connection.getresponse()
                answer.read()
                seen.append((answer.status, answer.getheader("Innograph-Snapshot") or ""))
                connection.close()

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        second = publish(home, [*small_graph, *numbers(3)])
        os.kill(server.process.pid, signal.SIGHUP)
        end = time.monotonic() + 15
        while seen[-1:] != [(200, second)]:
            assert time.monotonic() < end
            time.sleep(0.05)
        done.set()
        for thread in threads:
            thread.join()
        assert {status for status, _ in seen} == {200}
        assert {version for _, version in seen} == {first, second}
        server.until("innograph_workers", 3)


def test_what_is_under_way_is_answered_before_the_server_stops(busy_home: Home) -> None:
    with serving(busy_home.path, {"workers": 2, "seconds": 10}) as server:
        connection = server.send_query(
            "SELECT (COUNT(*) AS ?n) {"
            " { SELECT ?a { ?a ?b ?c } LIMIT 700 } ?d ?e ?f FILTER(STR(?a) > STR(?f)) }"
        )
        server.until("innograph_workers_busy", 1)
        server.process.send_signal(signal.SIGTERM)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        assert (answer.status, answer.getheader("Innograph-Complete")) == (200, "yes")
        answer.read()
        connection.close()
        assert server.process.wait(15) == 0
