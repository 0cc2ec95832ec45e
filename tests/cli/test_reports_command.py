"""``innograph reports``: the maintainer reads the queue, settles a report, forgets old ones."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from innograph.cli.reports import command
from innograph.reports import FILE, Reports


@pytest.fixture
def reference(tmp_path: Path) -> str:
    kept = Reports(tmp_path / FILE).add(
        about="/doc/award/boussole",
        fact="année",
        words="C'est 2030.\nVoir le dossier.",
        version="v1",
        now=datetime(2031, 5, 2, tzinfo=UTC),
    )
    return kept.reference


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, "--home", str(home)])


def test_the_queue_is_listed_and_a_report_shown_whole(tmp_path: Path, reference: str) -> None:
    listed = run(tmp_path, "list")
    assert (listed.exit_code, listed.output) == (
        0,
        f"{reference}\t2031-05-02\topen\t/doc/award/boussole\tC'est 2030.\n",
    )
    shown = run(tmp_path, "show", reference.lower()).output
    assert shown == (
        f"{reference}  open  received 2031-05-02, version v1\nabout   /doc/award/boussole\nfact    année\n"
        "\nC'est 2030.\nVoir le dossier.\n\n"
    )


def test_a_settled_report_leaves_the_queue(tmp_path: Path, reference: str) -> None:
    closed = run(tmp_path, "close", reference, "--as", "corrected", "--answer", "Merci.")
    assert closed.exit_code == 0 and "Merci." in closed.output
    assert (run(tmp_path, "list").exit_code, run(tmp_path, "list").output) == (1, "")
    assert "corrected" in run(tmp_path, "list", "--all").output
    assert run(tmp_path, "forget", "--days", "1").output == "deleted 0\n"


def test_an_empty_queue_and_an_unknown_reference_exit_with_1(tmp_path: Path) -> None:
    assert run(tmp_path, "list").exit_code == 1
    assert run(tmp_path, "show", "AAAA-AAAA").exit_code == 1
    assert run(tmp_path, "close", "AAAA-AAAA", "--as", "declined").exit_code == 1
