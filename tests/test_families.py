"""The list of families is complete, and nothing falls between two of them."""

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

from innograph import resources, sources
from innograph.curation.sources import read_documents
from innograph.errors import UnknownFamily
from innograph.sources.document import parse_document, read_document
from innograph.sources.families import FAMILIES, family_of

CASES = Path(__file__).parent / "sources" / "cases"
NAMES = [family.FAMILY for family in FAMILIES]


def test_every_module_with_a_family_is_in_the_list() -> None:
    modules = [
        import_module(f"innograph.sources.{module.name}") for module in pkgutil.iter_modules(sources.__path__)
    ]
    assert sorted(module.FAMILY for module in modules if hasattr(module, "FAMILY")) == sorted(NAMES)


def test_every_family_has_made_up_cases_and_every_document_a_family() -> None:
    assert sorted(path.name for path in CASES.iterdir() if any(path.glob("*.txt"))) == sorted(NAMES)
    assert {entry.family for entry in read_documents(resources.data()).values()} == set(NAMES)


@pytest.mark.parametrize("case", sorted(CASES.glob("*/*.txt")), ids=lambda path: path.stem)
def test_made_up_documents_are_recognised_by_their_own_family(case: Path) -> None:
    assert case.parent.name == family_of(read_document(case)).FAMILY


def test_real_documents_are_recognised_by_their_own_family(sources_dir: Path) -> None:
    declared = {key: entry.family for key, entry in read_documents(resources.data()).items()}
    found = {key: family_of(read_document(sources_dir / f"{key}.txt")).FAMILY for key in declared}
    assert found == declared


def test_an_unknown_document_is_refused_with_the_list_of_families() -> None:
    document = parse_document(b"Recette : la tarte aux pommes\n", "tarte.txt")
    with pytest.raises(
        UnknownFamily, match=r"tarte\.txt: no family recognises this document: .*prix-territoriaux"
    ):
        family_of(document)
    with pytest.raises(UnknownFamily, match="no family 'tartes'"):
        family_of(document, "tartes")
