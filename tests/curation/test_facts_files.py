"""Facts read in descriptions: one written form; what does not suit its edition is refused at its line."""

from decimal import Decimal
from pathlib import Path

import pytest

from case_tables import rows
from innograph.curation.facts import dump_facts, facts_of, read_facts
from innograph.curation.passages import cited
from innograph.errors import DataError
from innograph.records import (
    BodyMention,
    Category,
    Distinction,
    Edition,
    Figure,
    Milestone,
    Span,
    StatedYear,
)

SCHEMES = {
    "theme": frozenset({"culture", "arts", "heritage"}),
    "audience": frozenset({"residents"}),
    "unit": frozenset({"percent", "euro", "visit"}),
    "partner-role": frozenset({"funder"}),
}


def _honour(key: str, line: int, description: tuple[Span, ...] = ()) -> Distinction:
    return Distinction(
        "Un titre",
        (Span(line, line),),
        (BodyMention("Épinal", (Span(line, line),)),),
        description=description,
        key=f"exemple-2023-{key}",
        initiative=key,
    )


EDITION = Edition(
    award="exemple",
    label="Prix Exemple 2023",
    lines=(Span(1, 1),),
    year=StatedYear(2023, (Span(1, 1),)),
    categories=(
        Category(
            "Culture",
            (Span(3, 3),),
            "thematic",
            (_honour("musee", 5, (Span(6, 9), Span(12, 14))), _honour("livre", 16)),
            key="exemple-2023-culture",
        ),
        Category(
            "Prix du jury",
            (Span(18, 18),),
            "named-prize",
            (_honour("orgue", 20),),
            key="exemple-2023-jury",
        ),
    ),
    document="d",
    key="exemple-2023",
)
CASES = Path(__file__).parent / "cases"
WRITTEN = (CASES / "facts.yaml").read_text(encoding="utf-8")


def _read(folder: Path, text: str, name: str = "exemple-2023") -> list[object]:
    (folder / "facts").mkdir(exist_ok=True)
    (folder / "facts" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return list(read_facts(folder, [EDITION], SCHEMES))


def test_facts_have_one_written_form_and_come_back_from_it(tmp_path: Path) -> None:
    _read(tmp_path, WRITTEN)
    facts = facts_of(tmp_path, "exemple-2023")
    assert facts is not None and dump_facts(facts) == WRITTEN
    musee = facts.distinctions[0]
    assert [(f.value, f.lower, f.upper) for f in musee.figures] == [
        (Decimal("12.5"), None, None),
        (None, Decimal(30), Decimal(45)),
    ]
    assert musee.partners[0].understood() == "la Fabrique d'Épinal"


def test_an_edition_need_not_have_facts(tmp_path: Path) -> None:
    assert facts_of(tmp_path, "exemple-2023") is None
    assert read_facts(tmp_path, [EDITION], SCHEMES) == []


def test_what_is_ignored_cites_nothing(tmp_path: Path) -> None:
    _read(tmp_path, WRITTEN)
    spans = {str(span) for span in cited(facts_of(tmp_path, "exemple-2023"))}
    assert "8-9" in spans and "9" not in spans


@pytest.mark.parametrize(("before", "after", "at", "says"), rows(CASES / "facts-refused.tsv"))
def test_what_does_not_hold_is_refused_at_its_line(
    tmp_path: Path, before: str, after: str, at: str, says: str
) -> None:
    assert before in WRITTEN
    wrong = WRITTEN.replace(before, after, 1)
    with pytest.raises(DataError) as refusal:
        _read(tmp_path, wrong)
    assert says in str(refusal.value)
    assert at in wrong.splitlines()[(refusal.value.line or 0) - 1]


def test_a_figure_given_twice_under_two_keys_is_refused(tmp_path: Path) -> None:
    figure = WRITTEN[WRITTEN.index("      - key: visites") : WRITTEN.index("      - key: entrees")]
    again = figure.replace("key: visites", "key: autres").replace("par an", "chaque année")
    with pytest.raises(DataError, match="a figure of the same value, unit, measure and lines"):
        _read(tmp_path, WRITTEN.replace(figure, figure + again))


@pytest.mark.parametrize(
    ("cut", "says"),
    [
        ("  - distinction: exemple-2023-orgue\n", "the distinction exemple-2023-orgue is missing"),
        ("  - category: exemple-2023-culture\n", "the thematic category exemple-2023-culture has no theme"),
    ],
)
def test_every_initiative_and_thematic_category_needs_a_theme(tmp_path: Path, cut: str, says: str) -> None:
    before, _, after = WRITTEN.partition(cut)
    rest = "\n".join(after.split("\n")[3 if "distinction" in cut else 2 :])
    text = before + rest if "distinction" in cut else before.replace("categories:\n", "") + rest
    with pytest.raises(DataError) as refusal:
        _read(tmp_path, text)
    assert says in str(refusal.value) and refusal.value.line == 1


def test_facts_of_no_edition_or_under_another_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="name the file after its edition"):
        _read(tmp_path, WRITTEN, "exemple-2024")
    (tmp_path / "facts" / "exemple-2024.yaml").unlink()
    with pytest.raises(DataError, match="no edition 'exemple-2022' in data/editions/"):
        _read(tmp_path, WRITTEN.replace("edition: exemple-2023", "edition: exemple-2022"), "exemple-2022")


def test_what_the_document_does_not_date_has_no_year() -> None:
    lines = (Span(6, 6),)
    assert Milestone(name="Suite", printed="bientôt", lines=lines).year is None
    assert Milestone(name="Suite", month=9, printed="dès septembre", lines=lines).month == 9
    with pytest.raises(ValueError, match="cannot stand in an address"):
        Figure(
            key="Visites",
            value=Decimal(1),
            unit="visit",
            measures="v",
            measures_en="v",
            printed="1",
            lines=lines,
        )
