"""Holding facts against a made-up page: what is overlooked is reported, and a fact that is not there too."""

import hashlib
import shutil
from pathlib import Path

import pytest

from innograph.curation.facts import facts_path
from innograph.errors import DataError
from innograph.journeys.extract import extract, keep
from innograph.journeys.facts import Counted, count_facts, overlooked
from innograph.journeys.verify import verify

CASE = Path(__file__).parents[1] / "sources" / "cases" / "prix-territoriaux" / "page.txt"
DECLARED = """\
[page]
title = "Palmarès 2030"
date = "2030"
family = "prix-territoriaux"
sha256 = "{}"
lines = 57
edition = "prix-territoriaux-2030"
categories = 3
distinctions = 3
laureates = 4
rights = "Inventé pour l’exemple."
"""
FACTS = """\
edition: prix-territoriaux-2030
curator: lectrice
date: 2026-01-02
distinctions:
  - distinction: prix-territoriaux-2030-ville-de-clairbourg-bibliotheque-qui-se-deplace-on-attend
    summary: Des livres vont vers les gens.
    themes:
      - theme: arts
        lines: [13]
    places:
      - name: Clairbourg
        lines: [13]
    figures:
      - key: quartiers
        value: 3
        unit: other
        measures: quartiers desservis
        measures_en: quarters served
        printed: trois quartiers
        lines: [15]
      - key: ouvrages
        value: 1200
        unit: book
        measures: livres prêtés
        measures_en: books lent
        printed: 1 200 ouvrages
        lines: [19]
    milestones:
      - name: Départ
        year: 2028
        printed: Depuis 2028
        lines: [17]
    ignored:
      - words: Prix du jury des Prix Territoriaux 2030
        lines: [21]
        why: nom de la distinction
  - distinction: prix-territoriaux-2030-ccas-de-montrieux-ma-voisine
    summary: On peut téléphoner.
    themes:
      - theme: social-inclusion
        lines: [27]
    ignored:
      - words: Prix coup de coeur
        lines: [29]
        why: nom de la distinction
  - distinction: prix-territoriaux-2030-communaute-d-agglomeration-val-de-brune-si-eau-revenait
    summary: On garde la pluie.
    themes:
      - theme: water-and-sanitation
        lines: [35]
    ignored:
      - words: Institut des Rivières (IDR)
        lines: [39]
        why: parrain du prix
      - words: Prix spécial sobriété des Prix Territoriaux 2030
        lines: [41]
        why: nom de la distinction
"""


@pytest.fixture
def page_data(tmp_path: Path) -> Path:
    """Make a folder of data with the edition of the page, and its facts; the page lies beside it."""
    folder, documents = tmp_path / "data", tmp_path / "documents"
    folder.mkdir()
    documents.mkdir()
    shutil.copy(CASE, documents / "page.txt")
    digest = hashlib.sha256(CASE.read_bytes()).hexdigest()
    (folder / "documents.toml").write_text(DECLARED.format(digest), encoding="utf-8")
    facts_path(folder, "x").parent.mkdir()
    facts_path(folder, "prix-territoriaux-2030").write_text(FACTS, encoding="utf-8")
    keep(extract(CASE, folder), folder / "editions", folder / "passages")
    return folder


def _found(data: Path) -> list[tuple[int, str, str]]:
    survey = overlooked(data, data.parent / "documents")
    assert (survey.checked, survey.without_document) == (3, ())
    return [(found.line, found.what, found.words) for found in survey.overlooked]


def _change(data: Path, before: str, after: str) -> None:
    path = facts_path(data, "prix-territoriaux-2030")
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_facts_that_cover_everything_leave_nothing(page_data: Path) -> None:
    assert _found(page_data) == []


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("printed: 1 200 ouvrages", "printed: ouvrages", [(19, "number", "1"), (19, "number", "200")]),
        ("printed: Depuis 2028", "printed: Depuis", [(17, "number", "2028")]),
        (
            "lines: [15]",
            "lines: [17]",
            [(17, "not there", "trois quartiers"), (15, "number", "trois")],
        ),
        ("Institut des Rivières (IDR)", "(IDR)", [(39, "name", "Institut"), (39, "name", "Rivières")]),
        ("name: Clairbourg", "name: Clairebourg", [(13, "not there", "Clairebourg")]),
    ],
)
def test_what_facts_do_not_cover_is_reported(
    page_data: Path, before: str, after: str, found: list[tuple[int, str, str]]
) -> None:
    _change(page_data, before, after)
    assert _found(page_data) == found


def test_without_facts_every_digit_and_every_name_is_reported(page_data: Path) -> None:
    facts_path(page_data, "prix-territoriaux-2030").unlink()
    found = _found(page_data)
    assert (19, "number", "200") in found and (39, "name", "IDR") in found
    assert count_facts(page_data) == [Counted("prix-territoriaux-2030", {})]


def test_facts_are_counted(page_data: Path) -> None:
    (counted,) = count_facts(page_data)
    assert counted.counts == {
        "distinctions": 3,
        "descriptions": 3,
        "themes": 3,
        "audiences": 0,
        "places": 1,
        "figures": 2,
        "partners": 0,
        "milestones": 1,
        "reuse": 0,
    }


def test_a_document_that_is_not_at_hand_is_said_to_be_missing(page_data: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="none of the documents"):
        overlooked(page_data, tmp_path)
    with pytest.raises(DataError, match="name the folder that holds them"):
        overlooked(page_data, tmp_path / "nowhere")


def test_passages_of_facts_are_hashed_with_those_of_the_edition(page_data: Path) -> None:
    """The lines that facts cite are verified against the document like all others; what is ignored is not."""
    spans = {str(check.span): check.same for check in verify(CASE, page_data)}
    assert spans["15"] and spans["17"] and spans["19"]
    assert "41" not in spans


def test_facts_that_cite_lines_beyond_the_document_are_refused(page_data: Path) -> None:
    _change(page_data, "lines: [19]", "lines: [190]")
    with pytest.raises(DataError, match="cites lines 190, which the document has not"):
        extract(CASE, page_data)
