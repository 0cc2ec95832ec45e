"""Addresses are written once: whatever is corrected later, they stay."""

from dataclasses import replace

import pytest

from innograph.curation.keys import with_addresses
from innograph.errors import DataError
from innograph.records import BodyMention, Category, Distinction, Edition, Span, StatedYear


def _distinction(line: int, laureate: str, title: str) -> Distinction:
    span = (Span(line, line),)
    return Distinction(title, span, (BodyMention(laureate, span),))


def _edition(*categories: tuple[str, tuple[Distinction, ...]]) -> Edition:
    return Edition(
        award="prix-exemple",
        label="Prix Exemple 2023",
        lines=(Span(1, 1),),
        year=StatedYear(2023, (Span(1, 1),)),
        categories=tuple(
            Category(label, (Span(90 + n, 90 + n),), "thematic", distinctions)
            for n, (label, distinctions) in enumerate(categories)
        ),
    )


LIBRARY = _distinction(10, "Épine-sur-Mer", "La bibliothèque des sables")
GARDEN = _distinction(11, "CD Garde", "Le jardin des élèves")
FRESH = _edition(("Culture", (LIBRARY,)), ("Écoles & jardins", (GARDEN,)))


def _keys(edition: Edition) -> list[tuple[str, str]]:
    return [(distinction.key, distinction.initiative) for distinction in edition.distinctions()]


def test_new_addresses_are_readable() -> None:
    named = with_addresses(FRESH, None, "exemple-2023")
    assert (named.key, named.document) == ("prix-exemple-2023", "exemple-2023")
    assert [(category.key, category.series) for category in named.categories] == [
        ("prix-exemple-2023-culture", "prix-exemple-culture"),
        ("prix-exemple-2023-ecoles-jardins", "prix-exemple-ecoles-jardins"),
    ]
    assert _keys(named) == [
        ("prix-exemple-2023-epine-sur-mer-bibliotheque-sables", "epine-sur-mer-bibliotheque-sables"),
        ("prix-exemple-2023-cd-garde-jardin-eleves", "cd-garde-jardin-eleves"),
    ]


@pytest.mark.parametrize(
    "corrected",
    [
        _edition(
            ("Culture", (replace(LIBRARY, title="Une autre bibliothèque"),)), ("Écoles & jardins", (GARDEN,))
        ),
        _edition(
            ("Culture", (_distinction(40, "Épine-sur-Mer", LIBRARY.title),)), ("Écoles & jardins", (GARDEN,))
        ),
        _edition(("Culture", (_distinction(10, "Épine", LIBRARY.title),)), ("Écoles & jardins", (GARDEN,))),
        _edition(("Culture et lecture", (LIBRARY,)), ("Écoles & jardins", (GARDEN,))),
    ],
    ids=["title", "line", "laureate", "category"],
)
def test_a_correction_renames_nothing(corrected: Edition) -> None:
    kept = with_addresses(FRESH, None, "exemple-2023")
    assert _keys(with_addresses(corrected, kept, "exemple-2023")) == _keys(kept)
    assert [category.key for category in with_addresses(corrected, kept, "exemple-2023").categories] == [
        category.key for category in kept.categories
    ]


def test_keys_that_a_person_wrote_are_kept() -> None:
    kept = with_addresses(FRESH, None, "exemple-2023")
    own = replace(kept.categories[0].distinctions[0], key="prix-exemple-2023-a", initiative="b")
    written = replace(
        kept, categories=(replace(kept.categories[0], distinctions=(own,)), *kept.categories[1:])
    )
    assert _keys(with_addresses(FRESH, written, "exemple-2023"))[0] == ("prix-exemple-2023-a", "b")


def test_an_initiative_of_another_edition_is_not_taken_over() -> None:
    named = with_addresses(FRESH, None, "exemple-2023", taken={"cd-garde-jardin-eleves"})
    assert _keys(named)[1][1] == "cd-garde-jardin-eleves-prix-exemple-2023"


def test_two_distinctions_that_collide_are_refused() -> None:
    again = _distinction(12, "Épine-sur-Mer", "La bibliothèque, des sables !")
    with pytest.raises(DataError, match="two distinctions of prix-exemple-2023 would both be"):
        with_addresses(_edition(("Culture", (LIBRARY, again))), None, "exemple-2023")


def test_two_categories_that_collide_are_refused() -> None:
    with pytest.raises(DataError, match="two things would have the address prix-exemple-2023-culture"):
        with_addresses(_edition(("Culture", (LIBRARY,)), ("culture", (GARDEN,))), None, "exemple-2023")
