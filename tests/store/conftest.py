"""An empty home."""

from pathlib import Path

import pytest

from innograph.store.snapshots import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")
