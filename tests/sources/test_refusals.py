"""What the parsers refuse, and at which line: made-up documents changed, or cut, as tables say."""

from typing import Any

import pytest

from case_tables import rows
from innograph.errors import SourceError
from innograph.sources.document import parse_document
from innograph.sources.families import family_of

from .made_up import CASES, changed


def table(name: str, *families: str) -> list[Any]:
    """Read a table that the cases of these families have; each case is named by its row."""
    cases = []
    for family in families:
        for number, cells in enumerate(rows(CASES / family / name), start=2):
            cases.append(pytest.param(family, *cells, id=f"{family}/{name}:{number}"))
    return cases


def refusal(family: str, text: str, document: str) -> SourceError:
    parsed = parse_document(text.encode(), document)
    with pytest.raises(SourceError) as refused:
        family_of(parsed, family).read(parsed)
    return refused.value


@pytest.mark.parametrize(
    ("family", "document", "old", "new", "line", "words"),
    table("refused.tsv", "interconnectes-label", "prix-territoriaux", "territoria-palmares"),
)
def test_what_is_not_understood_is_refused_at_its_line(
    family: str, document: str, old: str, new: str, line: str, words: str
) -> None:
    refused = refusal(family, changed(CASES / family / document, old, new), document)
    assert (refused.path, refused.line) == (document, int(line))
    assert words in refused.message


@pytest.mark.parametrize(
    ("family", "document", "kept", "line", "message"),
    table("cut.tsv", "interconnectes-label", "territoria-palmares"),
)
def test_a_document_that_is_cut_is_refused(
    family: str, document: str, kept: str, line: str, message: str
) -> None:
    lines = (CASES / family / document).read_text(encoding="utf-8").splitlines()[: int(kept)]
    refused = refusal(family, "\n".join(lines), document)
    assert (refused.line, refused.message) == (int(line), message)
