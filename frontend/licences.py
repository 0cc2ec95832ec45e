"""Which packages of npm are inside what the pages load, and under which licences."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

_PACKAGE = re.compile(r"(?:^|/)node_modules/((?:@[^/]+/)?[^/]+)/")
_LICENCE_FILES = re.compile(r"(?:licen[cs]e|copying|notice)(?:[.-].*)?", re.IGNORECASE)
_WITHOUT_CODE = frozenset(["webpack"])
"""What a bundler leaves of itself in a bundle is a few lines, and its sources are not in the package."""


def bundled_packages(modules: Path, inputs: Iterable[str], prebuilt: Mapping[str, str]) -> list[str]:
    """List the packages that a bundle is made of, sorted.

    :param modules: the folder ``node_modules``.
    :param inputs: paths of the files that went into it.
    :param prebuilt: packages that are bundles themselves, each with the path of its source map.
    """
    found = {name for path in inputs if (name := _package_of(path))} | set(prebuilt)
    for package, source_map in prebuilt.items():
        sources = json.loads((modules / package / source_map).read_text(encoding="utf-8"))["sources"]
        found |= {name for path in sources if (name := _package_of(path))}
    return sorted(found - _WITHOUT_CODE)


def licence_text(modules: Path, packages: Iterable[str]) -> str:
    """Write the name, version and licence of each package, then the words of its licence.

    :raises RuntimeError: a package is not installed or tells no licence.
    """
    parts = ["The pages of innograph load code of these packages. Each stands with its licence.\n"]
    for name in packages:
        try:
            about = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise RuntimeError(
                f"{name} is bundled, but not among the packages that npm brought in"
            ) from error
        licence, words = about.get("license"), _words(modules / name)
        if not licence and not words:
            raise RuntimeError(f"{name} tells no licence")
        parts.append(f"\n{'=' * 78}\n{name} {about['version']}\n{licence or ''}\n{words}")
    return "".join(parts)


def _package_of(path: str) -> str | None:
    """Give the innermost package that a path lies in.

    >>> _package_of("../node_modules/@zazuko/yasgui/build/yasgui.esm.js"), _package_of("frontend/js/site.js")
    ('@zazuko/yasgui', None)
    """
    found = _PACKAGE.findall(path)
    return found[-1] if found else None


def _words(package: Path) -> str:
    files = sorted(
        path for path in package.iterdir() if path.is_file() and _LICENCE_FILES.fullmatch(path.name)
    )
    return "".join(f"\n{path.read_text(encoding='utf-8', errors='replace').strip()}\n" for path in files)
