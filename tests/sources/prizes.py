"""Prizes of the Prix Territoriaux as records, each a category with one distinction; the real documents."""

from pathlib import Path

import pytest

from innograph.records import BodyMention, Category, CategoryKind, Distinction, StatedAddress
from innograph.sources.document import Document, read_document
from spans import at

RULE = "organiser-named-in-award"
"""The rule by which the name of the award names its organisers."""


def named(mention: str, *lines: str) -> BodyMention:
    return BodyMention(mention, at(*lines))


def prize(
    label: str,
    heading: str,
    laureates: list[str],
    title: str,
    title_line: str,
    description: str,
    kind: CategoryKind = "named-prize",
    sponsors: tuple[BodyMention, ...] = (),
    website: StatedAddress | None = None,
) -> Category:
    """Make a category with its one distinction, as every prize of this family is."""
    return Category(
        label=label,
        lines=at(heading),
        kind=kind,
        distinctions=(
            Distinction(
                title=title,
                lines=at(title_line),
                laureates=tuple(named(mention, heading) for mention in laureates),
                description=at(description),
                website=website,
            ),
        ),
        sponsors=sponsors,
    )


def real(sources_dir: Path, name: str) -> Document:
    path = sources_dir / name
    if not path.exists():
        pytest.skip(f"{name} is not among the documents of {sources_dir.name}/")
    return read_document(path)
