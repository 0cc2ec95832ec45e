"""Where the files beside the code are: in a checkout, or inside the installed wheel.

Nothing else in innograph knows whether it runs from a checkout: ask here for ``ontology``, ``shapes``,
``queries`` or ``data``. Only a test on the installed wheel, from another folder, proves this module.
"""

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
    """List the Turtle files of the vocabulary, in order of name."""
    return sorted((house() / "ontology").glob("*.ttl"))


def shape_files() -> list[Path]:
    """List the Turtle files of the rules, in order of name (their examples apart)."""
    return sorted((house() / "shapes").glob("*.ttl"))


def queries() -> Path:
    """Give the folder of SPARQL files."""
    return house() / "queries"


def data() -> Path:
    """Give the folder of reviewed data."""
    return house() / "data"
