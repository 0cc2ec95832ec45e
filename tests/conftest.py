"""What every test may ask for: the directory of the real documents, where there is one; the registers.

The publishers' documents are not part of the project. A test that reads them asks for ``sources_dir``
and is skipped where they are absent; nothing else in the suite needs them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from innograph import resources
from innograph.curation.bodies import read_bodies
from innograph.journeys.build import build
from innograph.linking.gazetteer import Gazetteer
from innograph.linking.registered import register_links
from innograph.registry.entries import reached
from innograph.registry.file import Registry, write_registry
from innograph.store.snapshots import Home
from publisher import Publisher, publishing

SOURCES_VARIABLE = "INNOGRAPH_SOURCES"
HOME_VARIABLE = "INNOGRAPH_TEST_HOME"
REGISTERS_VARIABLE = "INNOGRAPH_REGISTER_FILES"
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


@pytest.fixture(scope="session")
def official() -> Path:
    """Give the folder of the publishers' register files; skip the test, and say why, where it is absent."""
    named = os.environ.get(REGISTERS_VARIABLE)
    folder = Path(named) if named else CHECKOUT.parent / "shared" / "registry"
    if not (folder / "cog2026-communes.csv.gz").is_file():
        pytest.skip(
            f"the publishers' register files are not here: set {REGISTERS_VARIABLE} to their folder, "
            "or put them in ../shared/registry beside the checkout"
        )
    return folder


@pytest.fixture(scope="session")
def registry() -> Iterator[Registry]:
    """Open the registers of this installation."""
    with closing(Registry(resources.registry_file())) as whole:
        yield whole


@pytest.fixture(scope="session")
def small_registry_file(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a part of the registers, with which a build takes two seconds instead of thirty.

    It has every département and région, the bodies of ``data/organizations.tsv``, and all that these name.
    """
    links = register_links(read_bodies(resources.data()), Gazetteer(registry)).values()
    wanted = {link.entry.id for link in links if link.entry}
    wanted |= {entry.id for kind in ("department", "region") for entry in registry.of_kind(kind)}
    path = tmp_path_factory.mktemp("registers") / "registry.sqlite"
    known = {entry.id: entry for entry in registry}
    write_registry(path, reached(known, wanted), [], registry.meta)
    return path


@pytest.fixture(scope="session")
def small_registry(small_registry_file: Path) -> Iterator[Registry]:
    """Open the part of the registers that ``small_registry_file`` holds."""
    with closing(Registry(small_registry_file)) as part:
        yield part


@pytest.fixture(scope="session")
def whole_home(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Build the whole graph from ``data/`` and the registers, once for all tests: half a minute.

    Whoever runs one test again and again names a home with an up-to-date snapshot in the environment.
    """
    named = os.environ.get(HOME_VARIABLE)
    home = Path(named) if named else tmp_path_factory.mktemp("whole")
    if not named:
        build(resources.data(), registry, home, lambda step: None)
    return Home(home)
