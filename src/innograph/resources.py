"""Where the files beside the code are, in a checkout or inside the installed wheel; reading and writing text.

Nothing else in innograph knows whether it runs from a checkout: ask here for ``ontology``, ``shapes``,
``queries``, ``data``, the registers or the front-end. Only a test on the installed wheel, from another
folder, proves this module.
"""

import os
from contextlib import suppress
from pathlib import Path

from innograph.errors import DataError

_PACKAGE = Path(__file__).resolve().parent


def house() -> Path:
    """Find the folder that holds ``ontology/``, ``shapes/``, ``queries/`` and ``data/``.

    :raises DataError: the installation has lost them.
    """
    for candidate in (_PACKAGE / "_house", _PACKAGE.parent.parent):
        if (candidate / "ontology").is_dir() and (candidate / "shapes").is_dir():
            return candidate
    raise DataError("ontology/ and shapes/ are missing: reinstall innograph", _PACKAGE)


def ontology_files() -> list[Path]:
    """List the Turtle files of the vocabulary, in order of name.

    :raises DataError: there is none.
    """
    return _turtle("ontology")


def shape_files() -> list[Path]:
    """List the Turtle files of the rules, in order of name (their examples apart).

    :raises DataError: there is none: a graph without rules would conform to anything.
    """
    return _turtle("shapes")


def queries() -> Path:
    """Give the folder of SPARQL files."""
    return house() / "queries"


def data() -> Path:
    """Give the folder of reviewed data."""
    return house() / "data"


def registry_file() -> Path:
    """Give the path of the registers that came with this installation (in a checkout, from its build)."""
    root = house()
    return root / "registry.sqlite" if root.name == "_house" else root / "build" / "registry.sqlite"


def frontend() -> Path:
    """Give the folder of what pages load, as bundled by this installation (in a checkout, by its build)."""
    root = house()
    return root / "frontend" if root.name == "_house" else root / "build" / "frontend"


def _turtle(folder: str) -> list[Path]:
    files = sorted((house() / folder).glob("*.ttl"))
    if not files:
        raise DataError("no Turtle file here: reinstall innograph", house() / folder)
    return files


def read_text(path: Path) -> str:
    """Read a text file, UTF-8, without the byte-order mark that some editors put before it.

    :raises DataError: it is missing, cannot be read, or is no UTF-8 text (with the line).
    """
    try:
        return path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except FileNotFoundError as error:
        raise DataError("missing", path) from error
    except OSError as error:
        raise DataError(f"cannot be read ({error.strerror})", path) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise DataError("not UTF-8 text", path, line) from error


def write_text(path: Path, text: str) -> None:
    """Write a text file, UTF-8, aside and then in its place: the old one is whole until the new one is.

    :raises DataError: it cannot be written.
    """
    aside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(text, encoding="utf-8")
        os.replace(aside, path)
    except BaseException as error:  # Ctrl-C too leaves nothing aside
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise DataError(f"cannot be written ({error.strerror})", path) from error
        raise
