"""The reader's tables agree with the documents they were typed from, and with one another."""

from collections import Counter
from pathlib import Path

import pytest

from innograph import resources
from innograph.curation.editions import read_editions
from innograph.curation.facts import facts_of
from innograph.records import Span
from innograph.sources.document import Document, read_document
from innograph.text import fold
from queries.reading import edition_labels, facts, laureates

_RANKS = {
    "prix-territoriaux-2020": {"": 6},
    "prix-territoriaux-2022": {"": 6},
    "territoire-innovant-2024": {"gold": 5, "silver": 6, "bronze": 10},
    "territoria-2019": {"gold": 21, "silver": 20, "bronze": 9},
    "territoria-2024": {"gold": 18, "silver": 19, "bronze": 15, "fraternity": 1},
}

_IN_LETTERS = {
    "prix-territoriaux-2022": [("counts", "5", "6")],
    "territoire-innovant-2024": [("counts", "21", "4")],
}
"""Numbers that the document writes in letters."""


def test_the_ranks_add_up_to_what_the_organisers_announce() -> None:
    counted = {edition: Counter[str]() for edition in edition_labels()}
    for row in facts("distinctions"):
        counted[row["edition"]][row["rank"]] += 1
    assert counted == _RANKS


def test_every_laureate_has_a_kind_and_a_mention() -> None:
    rows = facts("distinctions")
    assert {name for row in rows for name in laureates(row)} == {row["name"] for row in facts("bodies")}
    assert [len(laureates(row)) for row in rows] == [row["mentions"].count(" | ") + 1 for row in rows]


def test_the_ranks_worked_out_by_hand_keep_the_rules() -> None:
    """Within a category ranks never rise, and each has a gold."""
    order = ["gold", "silver", "bronze"]
    by_category: dict[str, list[int]] = {}
    for row in facts("distinctions"):
        if row["edition"] == "territoria-2019":
            by_category.setdefault(row["category"], []).append(order.index(row["rank"]))
    assert all(ranks == sorted(ranks) and ranks[0] == 0 for ranks in by_category.values())


@pytest.mark.parametrize("edition", edition_labels())
def test_the_lines_print_what_the_tables_say(edition: str, sources_dir: Path) -> None:
    document = _document(sources_dir, edition)
    wrong = [
        (row["title_line"], row["title"])
        for row in facts("distinctions")
        if row["edition"] == edition
        and not (
            row["title"] in _plain(document, row["title_line"])
            and row["category"] in _plain(document, row["category_line"])
        )
    ]
    assert not wrong


@pytest.mark.parametrize("edition", edition_labels())
def test_the_lines_print_the_other_tables_too(edition: str, sources_dir: Path) -> None:
    document = _document(sources_dir, edition)
    printed = {
        "sponsors": ("mention", "line"),
        "jury": ("mention", "line"),
        "people": ("office", "lines"),
        "criteria": ("label", "lines"),
        "counts": ("value", "lines"),
        "partners": ("mention", "lines"),
        "told-places": ("words", "lines"),
    }
    wrong = [
        (table, row[lines], row[words])
        for table, (words, lines) in printed.items()
        for row in facts(table)
        if row["edition"] == edition and not _says(document, row[lines], row[words])
    ]
    assert wrong == _IN_LETTERS.get(edition, [])
    declared = {row["edition"]: row["document_lines"] for row in facts("editions")}
    assert str(len(document.lines)) == declared[edition]


def test_the_organisers_in_data_are_those_of_the_table() -> None:
    """Their words and their lines, as a reader of the documents typed them."""
    stated = sorted(
        (edition.key, body.mention, ", ".join(map(str, body.lines)))
        for edition in read_editions(resources.data())
        for body in edition.organisers
    )
    assert stated == sorted((row["edition"], row["mention"], row["lines"]) for row in facts("organisers"))


def test_the_partners_in_data_are_those_of_the_table() -> None:
    """Their words, what a reader made of them, their roles and their lines, typed from the documents."""
    stated = sorted(
        (key, partner.mention, partner.name or "", partner.role, ", ".join(map(str, partner.lines)))
        for key in edition_labels()
        for facts_read in [facts_of(resources.data(), key)]
        if facts_read
        for entry in facts_read.distinctions
        for partner in entry.partners
    )
    columns = ("edition", "mention", "reading", "role", "lines")
    assert stated == sorted(tuple(row[name] for name in columns) for row in facts("partners"))


def _document(folder: Path, edition: str) -> Document:
    name = {"territoire-innovant-2024": "interconnectes-2024"}.get(edition, edition)
    return read_document(folder / f"{name}.txt")


def _plain(document: Document, line: str) -> str:
    return document.line(int(line)).replace("*", "")


def _says(document: Document, lines: str, words: str) -> bool:
    """Tell whether the places ``lines`` print ``words``, whatever the case and the line ends.

    A hyphen at a line end joins. A place that does not print them alone goes on in the next one; none may be
    left over.
    """
    said = ""
    for place in lines.split(", "):
        said = f"{said} {fold(document.text(Span.parse(place)))}".strip().replace("- ", "-")
        if fold(words) in said:
            said = ""
    return not said
