"""``data/editions/<edition>.yaml``: what one document states, reviewed, with its addresses."""

from pathlib import Path

from innograph.curation.yaml_records import dump_record, load_record
from innograph.errors import DataError
from innograph.records import Edition


def dump_edition(edition: Edition) -> str:
    """Write an edition in the one canonical form."""
    return dump_record(edition)


def read_edition(path: Path) -> Edition:
    """Read one edition.

    :raises DataError: the file is missing, is no YAML, or is no edition; names the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DataError("no such edition", path) from error
    except UnicodeDecodeError as error:
        raise DataError("not UTF-8 text", path) from error
    except OSError as error:
        raise DataError(f"cannot be read ({error.strerror})", path) from error
    return load_record(Edition, text, path)


def read_editions(data: Path) -> list[Edition]:
    """Read every edition of the folder ``data``, in order of file name.

    :raises DataError: a file is no edition, lacks an address, or is not named after its key.
    """
    editions = []
    for path in sorted((data / "editions").glob("*.yaml")):
        edition = read_edition(path)
        if edition.key != path.stem:
            raise DataError(f"holds the edition {edition.key!r}: name the file after its key", path)
        addresses = [
            *((category.key, category.series) for category in edition.categories),
            *((distinction.key, distinction.initiative) for distinction in edition.distinctions()),
        ]
        if not all(key and other for key, other in addresses):
            raise DataError("a category or distinction has no address: run innograph extract", path)
        editions.append(edition)
    if not editions:
        raise DataError("no edition: nothing to build", data / "editions")
    return editions
