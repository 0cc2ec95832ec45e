"""Fetching from a real server: what is whole is given, what is not is refused by name; manners are kept."""

import threading
from pathlib import Path

import pytest

from innograph.errors import FetchError
from innograph.fetch.fetcher import Fetcher, Manners, user_agent
from innograph.fetch.kept import Answer, Kept
from publisher import Publisher, Reply, Request

ROWS = b'[{"code": "01001"}]'


class _Waiting:
    """Waits without waiting, and remembers how long."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.waited.append(seconds)


def _fetcher(waiting: _Waiting | None = None, kept: Path | None = None, **manners: float | int) -> Fetcher:
    limits = Manners(**{"timeout": 5.0, **manners})  # type: ignore[arg-type]
    return Fetcher(limits, Kept(kept) if kept else None, waiting or _Waiting())


def test_what_is_whole_is_given_with_what_was_said_of_it(publisher: Publisher) -> None:
    publisher.replies["/communes"] = Reply(
        ROWS, "application/json; charset=utf-8", headers={"Last-Modified": "Tue, 24 Nov 2026 06:00:00 GMT"}
    )
    answer = _fetcher().get(f"{publisher.address}/communes?a=1", "application/json")
    assert (answer.content, answer.media) == (ROWS, "application/json")
    assert (answer.modified, answer.unchanged) == ("Tue, 24 Nov 2026 06:00:00 GMT", False)
    (asked,) = publisher.asked
    assert asked.query == {"a": ["1"]}
    assert (asked.headers["Accept"], asked.headers["User-Agent"]) == ("application/json", user_agent())


def test_the_agent_names_innograph_and_its_address() -> None:
    assert user_agent() == "innograph/0.1.0 (+https://w3id.org/innograph)"


@pytest.mark.parametrize("reply", [Reply(ROWS, compressed=True), Reply(ROWS, chunked=True)])
def test_compressed_and_chunked_answers_are_read(publisher: Publisher, reply: Reply) -> None:
    publisher.replies["/x"] = reply
    assert _fetcher().get(f"{publisher.address}/x", "*/*").content == ROWS


def test_a_form_is_sent(publisher: Publisher) -> None:
    publisher.replies["/sparql"] = lambda request: Reply(request.form["query"][0].encode())
    answer = _fetcher().post(f"{publisher.address}/sparql", b"query=ASK%20%7B%7D", "*/*")
    assert answer.content == b"ASK {}"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(ROWS, sent=5),
        Reply(ROWS, sent=0),
        Reply(ROWS, chunked=True, sent=5),
        Reply(ROWS * 100, compressed=True, sent=20),
    ],
)
def test_an_answer_that_breaks_off_is_refused_after_some_attempts(publisher: Publisher, reply: Reply) -> None:
    publisher.replies["/x"] = reply
    waiting = _Waiting()
    with pytest.raises(FetchError, match=f"^{publisher.address}/x: breaks off$"):
        _fetcher(waiting).get(f"{publisher.address}/x", "*/*")
    assert (len(publisher.asked), waiting.waited) == (4, [1.0, 2.0, 4.0])


def test_an_answer_that_breaks_off_once_is_given(publisher: Publisher) -> None:
    replies = iter([Reply(ROWS, sent=5), Reply(status=500), Reply(ROWS)])
    publisher.replies["/x"] = lambda request: next(replies)
    assert _fetcher().get(f"{publisher.address}/x", "*/*").content == ROWS


def test_a_gzip_without_its_end_is_refused(publisher: Publisher) -> None:
    import gzip

    cut = gzip.compress(ROWS * 100)[:-9]
    publisher.replies["/x"] = Reply(cut, headers={"Content-Encoding": "gzip"})
    with pytest.raises(FetchError, match="breaks off"):
        _fetcher().get(f"{publisher.address}/x", "*/*")


@pytest.mark.parametrize(
    ("encoding", "message"),
    [("gzip", "is no gzip, as it says"), ("br", "is encoded as br, which nobody asked")],
)
def test_an_encoding_that_is_none_is_refused(publisher: Publisher, encoding: str, message: str) -> None:
    publisher.replies["/x"] = Reply(ROWS, headers={"Content-Encoding": encoding})
    with pytest.raises(FetchError, match=message):
        _fetcher().get(f"{publisher.address}/x", "*/*")


@pytest.mark.parametrize("compressed", [False, True])
def test_an_answer_that_is_too_large_is_refused(publisher: Publisher, compressed: bool) -> None:
    publisher.replies["/x"] = Reply(b"0" * 500_000, compressed=compressed)
    with pytest.raises(FetchError, match="is larger than 100000 bytes"):
        _fetcher(largest=100_000).get(f"{publisher.address}/x", "*/*")
    assert _fetcher(largest=500_000).get(f"{publisher.address}/x", "*/*").content == b"0" * 500_000


def test_a_publisher_that_is_slow_is_left(publisher: Publisher) -> None:
    stall = threading.Event()
    publisher.replies["/x"] = Reply(ROWS, stall=stall)
    with pytest.raises(FetchError, match=r"cannot be reached \(timed out\)"):
        _fetcher(timeout=0.05, attempts=2).get(f"{publisher.address}/x", "*/*")
    stall.set()
    assert len(publisher.asked) == 2


@pytest.mark.parametrize("status", [404, 403, 400])
def test_what_is_refused_is_not_asked_again(publisher: Publisher, status: int) -> None:
    publisher.replies["/x"] = Reply(b"no", status=status)
    with pytest.raises(FetchError, match=f"/x: answers {status} "):
        _fetcher().get(f"{publisher.address}/x", "*/*")
    assert len(publisher.asked) == 1


def test_we_wait_as_long_as_we_are_told(publisher: Publisher) -> None:
    replies = iter([Reply(status=429, headers={"Retry-After": "30"}), Reply(status=503), Reply(ROWS)])
    publisher.replies["/x"] = lambda request: next(replies)
    waiting = _Waiting()
    assert _fetcher(waiting).get(f"{publisher.address}/x", "*/*").content == ROWS
    assert waiting.waited == [30.0, 2.0]


def test_we_do_not_wait_for_ever(publisher: Publisher) -> None:
    publisher.replies["/x"] = Reply(status=429, headers={"Retry-After": "86400"})
    waiting = _Waiting()
    with pytest.raises(FetchError, match="answers 429 Too Many Requests"):
        _fetcher(waiting).get(f"{publisher.address}/x", "*/*")
    assert (len(publisher.asked), waiting.waited) == (1, [])


def test_there_is_a_pause_between_requests(publisher: Publisher) -> None:
    publisher.replies["/x"] = Reply(ROWS)
    waiting = _Waiting()
    fetcher = _fetcher(waiting, between=0.5)
    for _ in range(3):
        fetcher.get(f"{publisher.address}/x", "*/*")
    assert waiting.waited == [0.5, 0.5]


def test_nobody_there() -> None:
    with pytest.raises(FetchError, match=r"^http://127\.0\.0\.1:9/x: cannot be reached \(.*refused"):
        _fetcher(attempts=1).get("http://127.0.0.1:9/x", "*/*")


@pytest.mark.parametrize("address", ["file:///etc/hosts", "ftp://127.0.0.1/x", "127.0.0.1/x", ""])
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(FetchError, match="no address of the web"):
        _fetcher().get(address, "*/*")


def test_redirections_are_followed_within_the_web_only(publisher: Publisher) -> None:
    publisher.replies["/x"] = Reply(ROWS)
    publisher.replies["/old"] = Reply(status=302, headers={"Location": "/x"})
    publisher.replies["/bad"] = Reply(status=302, headers={"Location": "file:///etc/hosts"})
    publisher.replies["/ftp"] = Reply(status=302, headers={"Location": "ftp://127.0.0.1:9/x"})
    assert _fetcher().get(f"{publisher.address}/old", "*/*").content == ROWS
    for path in ("/bad", "/ftp"):
        with pytest.raises(FetchError):
            _fetcher(attempts=1).get(f"{publisher.address}{path}", "*/*")


def test_what_has_not_changed_is_not_sent_again(publisher: Publisher, tmp_path: Path) -> None:
    publisher.replies["/x"] = Reply(ROWS)
    address = f"{publisher.address}/x"
    first = _fetcher(kept=tmp_path).get(address, "*/*")
    again = _fetcher(kept=tmp_path).get(address, "*/*")
    assert (again.content, again.unchanged, first.unchanged) == (ROWS, True, False)
    assert publisher.asked[1].headers["If-None-Match"] == first.etag
    publisher.replies["/x"] = Reply(b"[]")
    changed = _fetcher(kept=tmp_path).get(address, "*/*")
    assert (changed.content, changed.unchanged) == (b"[]", False)
    assert _fetcher(kept=tmp_path).get(address, "*/*").unchanged


def test_the_day_of_change_is_enough_to_ask(publisher: Publisher, tmp_path: Path) -> None:
    day = "Tue, 24 Nov 2026 06:00:00 GMT"

    def reply(request: Request) -> Reply:
        same = request.headers.get("If-Modified-Since") == day
        return Reply(status=304) if same else Reply(ROWS, tagged=False, headers={"Last-Modified": day})

    publisher.replies["/x"] = reply
    _fetcher(kept=tmp_path).get(f"{publisher.address}/x", "*/*")
    assert _fetcher(kept=tmp_path).get(f"{publisher.address}/x", "*/*").content == ROWS


@pytest.mark.parametrize("suffix", [".body", ".json"])
def test_what_is_kept_and_damaged_is_fetched_again(publisher: Publisher, tmp_path: Path, suffix: str) -> None:
    publisher.replies["/x"] = Reply(ROWS)
    _fetcher(kept=tmp_path).get(f"{publisher.address}/x", "*/*")
    (file,) = tmp_path.glob(f"*{suffix}")
    file.write_bytes(file.read_bytes()[:-1])
    again = _fetcher(kept=tmp_path).get(f"{publisher.address}/x", "*/*")
    assert (again.content, again.unchanged) == (ROWS, False)
    assert "If-None-Match" not in publisher.asked[1].headers


def test_what_nobody_can_ask_about_again_is_not_kept(publisher: Publisher, tmp_path: Path) -> None:
    publisher.replies["/x"] = Reply(ROWS, tagged=False)
    _fetcher(kept=tmp_path).get(f"{publisher.address}/x", "*/*")
    assert list(tmp_path.iterdir()) == []


def test_an_answer_knows_its_checksum() -> None:
    assert (
        Answer("http://x", b"").sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
