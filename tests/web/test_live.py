"""The served version follows the pointer, without failing a request, and a broken one is never served."""

import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from innograph.errors import DataError, SnapshotError
from innograph.store.engine import Engine
from innograph.store.snapshot import Snapshot
from innograph.store.snapshots import Home
from innograph.web import live
from innograph.web.live import Live
from innograph.web.reader import Reader

from .conftest import Publish
from .graphs import numbers
from .site_client import SiteClient

COUNT = """SELECT ?stated (COUNT(?n) AS ?counted) {
  ?x inno:value ?stated ; inno:order ?n
} GROUP BY ?stated"""

Start = Callable[[], SiteClient]


def counted(client: SiteClient, **more: str) -> tuple[int, str]:
    """Ask how many values there are: the status, and the line of CSV."""
    response = client.get("/sparql", query_string={"query": COUNT, "format": "csv", **more})
    return response.status_code, response.text.splitlines()[-1]


def becomes(client: SiteClient, expected: tuple[int, str], seconds: float = 10) -> bool:
    """Ask until the answer is as expected, for some seconds at most."""
    end = time.monotonic() + seconds
    while (found := counted(client)) != expected:
        assert time.monotonic() < end, found
        time.sleep(0.02)
    return True


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def start(home: Home) -> Iterator[Start]:
    """Give a function that starts a site over ``home``."""
    started: list[SiteClient] = []

    def start_site() -> SiteClient:
        started.append(SiteClient(home))
        return started[-1]

    yield start_site
    for client in started:
        client.close()


def test_without_a_snapshot_there_is_no_site(start: Start) -> None:
    with pytest.raises(SnapshotError, match="run « innograph build »"):
        start()


def test_the_pointer_is_followed_forth_and_back(home: Home, publish: Publish, start: Start) -> None:
    first = publish(home, numbers(3))
    site = start()
    assert counted(site) == (200, "3,3")
    second = publish(home, numbers(5))
    assert becomes(site, (200, "5,5"))
    assert site.get("/healthz").text == f"ok {second}\n"
    home.rollback()
    assert becomes(site, (200, "3,3"))
    assert site.get("/healthz").text == f"ok {first}\n"


def test_requests_go_on_while_versions_change(home: Home, publish: Publish, start: Start) -> None:
    publish(home, numbers(1))
    site = start()
    answers: list[tuple[int, str]] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            answers.append(counted(site))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for number in range(2, 5):
            publish(home, numbers(number))
            assert becomes(site, (200, f"{number},{number}"))
    finally:
        done.set()
        for thread in threads:
            thread.join(timeout=30)
    assert set(answers) == {(200, f"{number},{number}") for number in range(1, 5)}
    assert [version.snapshot.version for version in site.site.live.opened()] == [home.current_version()]


def test_an_older_version_can_be_asked_while_it_is_kept(home: Home, publish: Publish, start: Start) -> None:
    versions = [publish(home, numbers(number)) for number in range(1, 6)]
    site = start()
    for number, version in enumerate(versions, 1):
        assert counted(site, snapshot=version) == (200, f"{number},{number}")
    assert counted(site) == (200, "5,5")
    opened = site.site.live.opened()
    assert len(opened) == 1 + live.MOST_OLDER
    gone = site.get("/sparql", query_string={"query": COUNT, "snapshot": "0" * 16})
    assert gone.status_code == 404
    assert gone.text == f"no snapshot '{'0' * 16}' is kept here; the current one is {versions[-1]}\n"
    home.prune(1)
    assert counted(site, snapshot=versions[0])[0] == 404


def test_a_permalink_gives_the_same_answer_after_the_graph_has_changed(
    home: Home, publish: Publish, start: Start
) -> None:
    publish(home, numbers(3))
    site = start()
    answer = site.get("/sparql", query_string={"query": COUNT, "format": "csv"})
    address, _, rel = answer.headers["Link"].partition("; ")
    assert rel == 'rel="bookmark"'
    publish(home, numbers(4))
    assert becomes(site, (200, "4,4"))
    again = site.get(address.strip("<>"))
    assert (again.data, again.headers["Innograph-Snapshot"]) == (
        answer.data,
        answer.headers["Innograph-Snapshot"],
    )
    assert again.headers["Cache-Control"] == "public, max-age=31536000"
    assert site.get(again.headers["Link"].partition(">")[0].strip("<")).data == answer.data
    page = site.get(address.strip("<>").replace("format=csv", "format=html")).text
    assert f"<code>{again.headers['Innograph-Snapshot']}</code>" in page
    assert '<td class="number">3</td>' in page
    by_post = site.post("/sparql", data={"query": COUNT, "format": "csv"})
    assert site.get(by_post.headers["Link"].partition(">")[0].strip("<")).data == by_post.data


def test_a_broken_new_version_is_not_served(
    home: Home, publish: Publish, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    first = publish(home, numbers(3))
    site = start()
    broken = home.write(numbers(4), {}, counts={})
    broken.dump("innograph.nq.gz").write_bytes(b"")
    point_to(home, broken.version)
    site.site.live.look()
    assert counted(site) == (200, "3,3")
    shutil.rmtree(home.path / "snapshots" / first)
    (home.path / "current").unlink()
    with caplog.at_level(logging.ERROR):
        site.site.live.look()
        assert counted(site) == (200, "3,3")  # from what is open
    assert f"version {first} is still served" in caplog.text
    publish(home, numbers(6))
    assert becomes(site, (200, "6,6"))


def point_to(home: Home, version: str) -> None:
    (home.path / "current").unlink()
    (home.path / "current").symlink_to(f"snapshots/{version}")


def test_a_version_that_is_still_being_copied_is_served_once_it_is_whole(
    home: Home, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(live, "monotonic", lambda: now)
    first = publish(home, numbers(3))
    served = Live(home, {})
    copied = home.write(numbers(4), {}, counts={})
    late = copied.dump("innograph.nq.gz").rename(home.path / "late.nq")
    point_to(home, copied.version)

    def version() -> str:
        served.look()
        return served.version.snapshot.version

    assert version() == first
    late.rename(copied.dump("innograph.nq.gz"))
    now += live.SECONDS_BETWEEN_TRIES - 1
    assert version() == first  # not at every look
    now += 1
    assert version() == copied.version


def test_a_version_is_closed_when_nobody_holds_it_any_more(home: Home, publish: Publish) -> None:
    closed: list[str] = []

    def engine(snapshot: Snapshot, current: bool) -> tuple[Engine, Callable[[], object]]:
        return live.in_process(snapshot, current)[0], lambda: closed.append(snapshot.version)

    first = publish(home, numbers(3))
    served = Live(home, {}, engine)
    with served.held(), served.held() as version:
        publish(home, numbers(4))
        served.look()
        assert served.version is not version
        assert closed == []
    assert closed == [first]


def test_the_newest_whole_version_stands_in_at_the_start(
    home: Home, publish: Publish, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    publish(home, numbers(3))
    publish(home, numbers(4))
    home.current().dump("innograph.nq.gz").unlink()
    with caplog.at_level(logging.WARNING):
        assert counted(start()) == (200, "3,3")
    assert "the newest whole snapshot, is served" in caplog.text


def test_a_database_damaged_at_the_same_size_is_not_served(
    home: Home, publish: Publish, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    publish(home, numbers(3))
    damage_the_database(home, publish(home, numbers(4)))
    with caplog.at_level(logging.WARNING):
        assert counted(start()) == (200, "3,3")
    assert "is not what was written" in caplog.text
    assert "the newest whole snapshot, is served" in caplog.text


def damage_the_database(home: Home, version: str) -> None:
    for file in (home.get(version).path / "store").glob("*.sst"):
        file.write_bytes(b"x" * file.stat().st_size)


def test_our_own_errors_are_logged_and_the_client_learns_no_path(
    client: SiteClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_args: object, **_names: object) -> None:
        raise DataError("malformed", tmp_path / "x.ttl", 3)

    monkeypatch.setattr(Reader, "rows", broken)
    response = client.get("/")
    assert (response.status_code, response.text) == (
        500,
        "something went wrong here; it has been logged\n",
    )
    assert f"{tmp_path}/x.ttl:3: malformed" in caplog.text


def test_what_nobody_foresaw_is_logged_and_told_without_a_traceback(
    client: SiteClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reader, "rows", lambda *_args, **_names: [][1])
    response = client.get("/", headers={"Accept": "text/html"})
    assert response.status_code == 500
    assert '<p lang="en">something went wrong here; it has been logged</p>' in response.text
    assert "IndexError" in caplog.text and "IndexError" not in response.text
