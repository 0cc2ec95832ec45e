"""``data/editions/<edition>.yaml``: what one document states, reviewed, with its addresses."""

from collections.abc import Iterator
from pathlib import Path

from innograph.curation.yaml_records import dump_record, load_record
from innograph.errors import DataError
from innograph.records import Edition
from innograph.resources import read_text
from innograph.text import is_key


def dump_edition(edition: Edition) -> str:
    """Write an edition in the one canonical form."""
    return dump_record(edition)


def read_edition(path: Path) -> Edition:
    """Read one edition.

    :raises DataError: the file is missing, is no YAML, or is no edition; names the line.
    """
    return load_record(Edition, read_text(path), path)


def read_editions(data: Path) -> list[Edition]:
    """Read every edition of the folder ``data``, in order of file name.

    :raises DataError: a file is no edition, is not named after its key, or an address in it is missing,
        malformed, or in use already.
    """
    editions = []
    owners: dict[tuple[str, str], str] = {}
    for path in sorted((data / "editions").glob("*.yaml")):
        edition = read_edition(path)
        if edition.key != path.stem:
            raise DataError(f"holds the edition {edition.key!r}: name the file after its key", path)
        for kind, key in _addresses(edition):
            if not is_key(key):
                raise DataError(f"{kind} {key!r} cannot stand in an address: run innograph extract", path)
            if kind in ("category", "distinction"):
                if (kind, key) in owners:
                    raise DataError(f"{kind} {key!r} stands in {owners[kind, key]} already", path)
                owners[kind, key] = path.name
        editions.append(edition)
    if not editions:
        raise DataError("no edition: nothing to build", data / "editions")
    return editions


def _addresses(edition: Edition) -> Iterator[tuple[str, str]]:
    """List what stands in addresses: the kind of thing and its key."""
    yield from (("edition", edition.key), ("award", edition.award), ("document", edition.document))
    for category in edition.categories:
        yield from (("category", category.key), ("series", category.series))
        for distinction in category.distinctions:
            yield from (("distinction", distinction.key), ("initiative", distinction.initiative))
