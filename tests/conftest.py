"""What every test may ask for: the directory of the real documents, where there is one.

The publishers' documents are not part of the project. A test that reads them asks for ``sources_dir``
and is skipped where they are absent; nothing else in the suite needs them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from publisher import Publisher, publishing

SOURCES_VARIABLE = "INNOGRAPH_SOURCES"
CHECKOUT = Path(__file__).resolve().parents[1]


def find_sources() -> Path | None:
    """Find the directory of the real documents: the one the environment names, else that beside the checkout.

    :return: the directory, or nothing where none holds a document (``*.txt``).
    """
    named = os.environ.get(SOURCES_VARIABLE)
    directory = Path(named) if named else CHECKOUT.parent / "shared" / "sources"
    return directory if any(directory.glob("*.txt")) else None


@pytest.fixture(scope="session")
def sources_dir() -> Path:
    """Give the directory of the real documents; skip the test, and say why, where it is absent."""
    directory = find_sources()
    if directory is None:
        pytest.skip(
            f"the publishers' documents are not here: set {SOURCES_VARIABLE} to their directory, "
            "or put them in ../shared/sources beside the checkout"
        )
    return directory


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """Run a publisher on this machine that has nothing yet."""
    with publishing() as running:
        yield running
