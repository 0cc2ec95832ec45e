"""The shapes against their examples: each example breaks exactly what its first line says."""

import re
from pathlib import Path

import pytest

from innograph.namespaces import SHAPES
from innograph.resources import house
from innograph.validation.shapes import house_shapes
from innograph.validation.validate import UNDECLARED, validate_files

EXAMPLES = house() / "shapes" / "examples"
AROUND = EXAMPLES / "around.ttl"
FILES = sorted(EXAMPLES.glob("*/*.*"))


def broken(path: Path) -> set[str]:
    """Read which shapes an example says it breaks: ``# breaks: insh:A, insh:B``."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    said = re.fullmatch(r"# breaks: (insh:\w+(?:, insh:\w+)*)", first)
    assert bool(said) == path.name.startswith("invalid-"), f"{path}: only invalid-* says '# breaks: insh:…'"
    return set(said[1].replace("insh:", SHAPES).split(", ")) if said else set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(EXAMPLES)))
def test_example_breaks_what_it_says(path: Path) -> None:
    report = validate_files([AROUND, path])
    found = {finding.shape for finding in report.violations + report.warnings}
    assert found - {UNDECLARED} == broken(path)
    # what a closed shape refuses may be a property that nobody declares
    assert UNDECLARED not in found or path.name == "invalid-property.ttl"


def test_surroundings_of_the_examples_break_nothing() -> None:
    report = validate_files([AROUND])
    assert report.violations + report.warnings == ()


def test_every_shape_with_a_message_has_an_invalid_example() -> None:
    proven = set().union(*(broken(path) for path in FILES))
    lacking = sorted(house_shapes().messages.keys() - proven)
    assert not lacking, f"write shapes/examples/<class>/invalid-*.ttl that breaks: {', '.join(lacking)}"


def test_every_folder_of_examples_has_a_valid_one() -> None:
    folders = {path.parent.name for path in FILES}
    valid = {path.parent.name for path in FILES if path.name.startswith("valid")}
    assert sorted(folders - valid) == []
