"""Reports of readers: bounded, cleaned, followed by reference, settled and forgotten."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from innograph import reports
from innograph.errors import ReportError
from innograph.reports import Report, Reports

DAY = datetime(2031, 5, 2, tzinfo=UTC)


@pytest.fixture
def queue(tmp_path: Path) -> Reports:
    return Reports(tmp_path / reports.FILE)


def add(queue: Reports, **other: str) -> Report:
    texts = {
        "about": "/doc/award/boussole",
        "fact": "année",
        "words": "C'est 2030.",
        "version": "v1",
        **other,
    }
    return queue.add(**texts, now=DAY)


def test_a_report_is_kept_and_followed(queue: Reports) -> None:
    kept = add(queue)
    assert kept == Report(
        kept.reference, "2031-05-02", "/doc/award/boussole", "année", "C'est 2030.", "v1", "open", "", ""
    )
    assert queue.get(kept.reference.lower().replace("-", " ")) == kept
    assert queue.get("AAAA-AAAA") is None
    assert list(queue.list("open")) == [kept]


def test_a_report_is_settled_once_or_again(queue: Reports) -> None:
    kept = add(queue)
    settled = queue.close(kept.reference, "corrected", "Merci.", DAY)
    assert (settled.status, settled.answer, settled.closed) == ("corrected", "Merci.", "2031-05-02")
    assert list(queue.list("open")) == [] and list(queue.list()) == [settled]
    with pytest.raises(ReportError, match="there is no report 'AAAA-AAAA'"):
        queue.close("AAAA-AAAA", "declined", "", DAY)


def test_only_what_was_settled_long_ago_is_forgotten(queue: Reports) -> None:
    waiting, settled = add(queue), add(queue)
    queue.close(settled.reference, "declined", "", DAY)
    assert queue.forget("2031-05-02") == 0
    assert queue.forget("2031-05-03") == 1
    assert list(queue.list()) == [waiting]


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ({"words": " \n "}, "words are missing"),
        ({"words": "x" * 4001}, "words has more than 4000 characters"),
        ({"about": "//evil.example/"}, "about is no path"),
        ({"about": "javascript:alert(1)"}, "about is no path"),
        ({"fact": "x" * 301}, "fact has more than 300 characters"),
    ],
)
def test_odd_reports_are_refused(queue: Reports, texts: dict[str, str], says: str) -> None:
    with pytest.raises(ReportError, match=says):
        add(queue, **texts)
    assert not queue.path.exists()


def test_signs_for_terminals_and_turned_text_are_taken_out(queue: Reports) -> None:
    assert add(queue, words="a\x1b[31m\u202eb\nc d e").words == "a[31mb\nc d e"


def test_the_queue_is_bounded(queue: Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "MOST_OPEN", 2)
    first, _ = add(queue), add(queue)
    with pytest.raises(ReportError, match="too many reports"):
        add(queue)
    queue.close(first.reference, "declined", "", DAY)
    add(queue)


def test_a_file_that_is_no_queue_is_told(tmp_path: Path) -> None:
    path = tmp_path / "reports.sqlite"
    path.write_bytes(b"no database at all, but long enough to be read as one")
    with pytest.raises(ReportError, match="cannot be kept"):
        Reports(path).get("AAAA-AAAA")
