"""The canonical YAML of records: it comes back the same, and whatever else is refused at its line."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.curation.yaml_records import dump_record, load_record
from innograph.errors import DataError
from innograph.records import (
    BodyMention,
    Category,
    Count,
    Distinction,
    Edition,
    Event,
    RankStatement,
    Span,
    StatedYear,
)

HERE = Path("edition.yaml")
EDITION = Edition(
    award="prix-exemple",
    label="Prix Exemple 2023",
    lines=(Span(1, 1),),
    year=StatedYear(2023, (Span(1, 1),)),
    ceremony=Event((Span(4, 5),), start=date(2023, 11, 13), venue="Salle des fêtes"),
    counts=(Count("laureates", "distinctions", 1, "1 lauréat", (Span(3, 3),)),),
    categories=(
        Category(
            "Culture : lire & écrire",
            (Span(7, 7),),
            "thematic",
            (
                Distinction(
                    "« Lire » à l'école : oui",
                    (Span(9, 10),),
                    (BodyMention("ÉPINE-SUR-MER", (Span(9, 9),), context="03"),),
                    rank=RankStatement("gold", "OR", (Span(8, 8),), "inferred", "rank-join"),
                    key="prix-exemple-2023-epine-lire",
                    initiative="epine-lire",
                ),
            ),
            key="prix-exemple-2023-culture",
            series="prix-exemple-culture",
        ),
    ),
    key="prix-exemple-2023",
    document="exemple-2023",
)
WRITTEN = """\
award: prix-exemple
document: exemple-2023
key: prix-exemple-2023
label: Prix Exemple 2023
lines: [1]
year:
  value: 2023
  lines: [1]
ceremony:
  lines: [4-5]
  start: 2023-11-13
  venue: Salle des fêtes
counts:
  - stage: laureates
    counted: distinctions
    value: 1
    printed: 1 lauréat
    lines: [3]
categories:
  - key: prix-exemple-2023-culture
    series: prix-exemple-culture
    label: 'Culture : lire & écrire'
    lines: [7]
    kind: thematic
    distinctions:
      - key: prix-exemple-2023-epine-lire
        initiative: epine-lire
        title: '« Lire » à l''école : oui'
        lines: [9-10]
        laureates:
          - mention: ÉPINE-SUR-MER
            lines: [9]
            context: '03'
        rank:
          value: gold
          label: OR
          lines: [8]
          basis: inferred
          rule: rank-join
"""


def test_an_edition_has_one_written_form_and_comes_back_from_it() -> None:
    assert dump_record(EDITION) == WRITTEN
    assert load_record(Edition, WRITTEN, HERE) == EDITION


@pytest.mark.parametrize(
    ("before", "after", "at", "says"),
    [
        ("label: Prix", "labell: Prix", "labell", "unknown key 'labell' in the file"),
        ("kind: thematic", "kind: other", "kind: other", "must be one of thematic, named-prize"),
        ("label: Prix Exemple 2023\n", "", "award:", "the file lacks label"),
        ("lines: [9-10]", "lines: [10-9]", "lines: [10-9]", "no such lines: 10-9"),
        ("lines: [9-10]", "lines: 9", "lines: 9", "'lines' must be a list"),
        ("value: 2023", "value: '2023'", "value: '2023'", "'value' must be of type int"),
        ("context: '03'", "context: 03", "context: 03", "'context' must be of type str (put it in quotes)"),
        ("start: 2023-11-13", "start: 2023-11-31", "start:", "'start'"),
        ("rule: rank-join", "rule: ''", "value: gold", "a rule goes with the basis inferred"),
        ("kind: thematic", "label: twice", "label: twice", "'label' is given twice"),
        ("lines: [1]\nyear", "lines: [1\nyear", "year", "not YAML"),
    ],
)
def test_what_is_wrong_is_refused_at_its_line(before: str, after: str, at: str, says: str) -> None:
    assert before in WRITTEN
    wrong = WRITTEN.replace(before, after, 1)
    with pytest.raises(DataError) as refusal:
        load_record(Edition, wrong, HERE)
    assert at in wrong.splitlines()[(refusal.value.line or 0) - 1]
    assert says in str(refusal.value)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(DataError, match=r"edition\.yaml: the file is empty"):
        load_record(Edition, "# nothing\n", HERE)


@given(st.text(min_size=1).filter(lambda text: text.isprintable()), st.integers(1, 9), st.integers(0, 9))
def test_any_printable_words_survive(words: str, start: int, more: int) -> None:
    mention = BodyMention(words, (Span(start, start + more),), name=words)
    assert load_record(BodyMention, dump_record(mention), HERE) == mention
