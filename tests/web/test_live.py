"""The served version follows the pointer, without failing a request, and a broken one is never served."""

import logging
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from pyoxigraph import Literal, NamedNode, Quad

from innograph.errors import DataError, SnapshotError
from innograph.namespaces import inno
from innograph.store.snapshots import Home
from innograph.web import live
from innograph.web.app import create_app
from innograph.web.reader import Reader

COUNT = """SELECT ?stated (COUNT(?n) AS ?counted) {
  ?x inno:value ?stated ; inno:order ?n
} GROUP BY ?stated"""


def numbers(number: int) -> list[Quad]:
    """Make a graph that states ``number`` and holds as many values."""
    thing = NamedNode("https://w3id.org/innograph/id/award/x")
    values = [Quad(thing, inno.order, Literal(n)) for n in range(number)]
    return [Quad(thing, inno.value, Literal(number)), *values]


def counted(app: Flask) -> tuple[int, str]:
    """Ask the application how many values there are: the status, and the line of CSV."""
    response = app.test_client().get("/sparql", query_string={"query": COUNT, "format": "csv"})
    return response.status_code, response.text.splitlines()[-1]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_without_a_snapshot_there_is_no_application(home: Home) -> None:
    with pytest.raises(SnapshotError, match="run « innograph build »"):
        create_app(home)


def test_the_pointer_is_followed_forth_and_back(
    home: Home, publish: Callable[[Home, list[Quad]], str]
) -> None:
    first = publish(home, numbers(3))
    app = create_app(home)
    assert counted(app) == (200, "3,3")
    second = publish(home, numbers(5))
    assert counted(app) == (200, "5,5")
    assert app.test_client().get("/healthz").text == f"ok {second}\n"
    home.rollback()
    assert counted(app) == (200, "3,3")
    assert app.test_client().get("/healthz").text == f"ok {first}\n"


def test_requests_go_on_while_versions_change(home: Home, publish: Callable[[Home, list[Quad]], str]) -> None:
    publish(home, numbers(1))
    app = create_app(home)
    answers: list[tuple[int, str]] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            answers.append(counted(app))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(2, 12):
        publish(home, numbers(number))
    done.set()
    for thread in threads:
        thread.join(timeout=30)
    assert set(answers) <= {(200, f"{number},{number}") for number in range(1, 12)}
    assert len(set(answers)) > 1
    assert counted(app) == (200, "11,11")


def test_a_broken_new_version_is_not_served(
    home: Home, publish: Callable[[Home, list[Quad]], str], caplog: pytest.LogCaptureFixture
) -> None:
    first = publish(home, numbers(3))
    app = create_app(home)
    broken = home.write(numbers(4), {}, counts={})
    broken.dump("innograph.nq.gz").write_bytes(b"")
    (home.path / "current").unlink()
    (home.path / "current").symlink_to(f"snapshots/{broken.version}")
    assert counted(app) == (200, "3,3")
    shutil.rmtree(home.path / "snapshots" / first)
    (home.path / "current").unlink()
    with caplog.at_level(logging.ERROR):
        assert counted(app) == (200, "3,3")  # from what is open
    assert f"version {first} is still served" in caplog.text
    publish(home, numbers(6))
    assert counted(app) == (200, "6,6")


def test_a_version_that_is_still_being_copied_is_served_once_it_is_whole(
    home: Home, publish: Callable[[Home, list[Quad]], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(live, "monotonic", lambda: now)
    publish(home, numbers(3))
    app = create_app(home)
    copied = home.write(numbers(4), {}, counts={})
    late = copied.dump("innograph.nq.gz").rename(home.path / "late.nq")
    (home.path / "current").unlink()
    (home.path / "current").symlink_to(f"snapshots/{copied.version}")
    assert counted(app) == (200, "3,3")
    late.rename(copied.dump("innograph.nq.gz"))
    now += live.SECONDS_BETWEEN_TRIES - 1
    assert counted(app) == (200, "3,3")  # not at every request
    now += 1
    assert counted(app) == (200, "4,4")


def test_the_newest_whole_version_stands_in_at_the_start(
    home: Home, publish: Callable[[Home, list[Quad]], str], caplog: pytest.LogCaptureFixture
) -> None:
    publish(home, numbers(3))
    publish(home, numbers(4))
    home.current().dump("innograph.nq.gz").unlink()
    with caplog.at_level(logging.WARNING):
        assert counted(create_app(home)) == (200, "3,3")
    assert "the newest whole snapshot, is served" in caplog.text


def test_a_database_damaged_at_the_same_size_is_not_served(
    home: Home, publish: Callable[[Home, list[Quad]], str], caplog: pytest.LogCaptureFixture
) -> None:
    publish(home, numbers(3))
    damage_the_database(home, publish(home, numbers(4)))
    with caplog.at_level(logging.WARNING):
        assert counted(create_app(home)) == (200, "3,3")
    assert "is not what was written" in caplog.text
    assert "the newest whole snapshot, is served" in caplog.text


def damage_the_database(home: Home, version: str) -> None:
    for file in (home.get(version).path / "store").glob("*.sst"):
        file.write_bytes(b"x" * file.stat().st_size)


def test_our_own_errors_are_logged_and_the_client_learns_no_path(
    home: Home,
    publish: Callable[[Home, list[Quad]], str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(home, numbers(1))
    app = create_app(home)

    def broken(*_args: object, **_names: object) -> None:
        raise DataError("malformed", home.path / "x.ttl", 3)

    monkeypatch.setattr(Reader, "rows", broken)
    response = app.test_client().get("/")
    assert (response.status_code, response.text) == (
        500,
        "something went wrong here; it has been logged\n",
    )
    assert f"{home.path}/x.ttl:3: malformed" in caplog.text


def test_what_nobody_foresaw_is_logged_and_told_without_a_traceback(
    home: Home,
    publish: Callable[[Home, list[Quad]], str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(home, numbers(1))
    app = create_app(home)
    monkeypatch.setattr(Reader, "rows", lambda *_args, **_names: [][1])
    response = app.test_client().get("/", headers={"Accept": "text/html"})
    assert response.status_code == 500
    assert '<p lang="en">something went wrong here; it has been logged</p>' in response.text
    assert "IndexError" in caplog.text and "IndexError" not in response.text
