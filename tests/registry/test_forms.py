"""The forms of names: what each entry is looked for under."""

import pytest

from innograph.registry.entries import Entry
from innograph.registry.forms import forms_of, short_name


def test_the_forms_of_a_grouping_and_of_its_other_name() -> None:
    entry = Entry(
        "epci/200000001",
        "Communauté de communes des Abers",
        "community-of-communes",
        "200000001",
        aliases=("CCPA",),
    )
    assert set(forms_of(entry)) == {
        ("plain", "communaute de communes des abers"),
        ("bare", "communaute de communes des abers"),
        ("joined", "communautedecommunesdesabers"),
        ("core", "abers communaute communes"),
        ("short", "abers"),
        ("plain", "ccpa"),
        ("bare", "ccpa"),
        ("joined", "ccpa"),
        ("core", "ccpa"),
    }


def test_the_forms_of_a_commune_with_an_article() -> None:
    assert set(forms_of(Entry("commune/76351", "Le Havre", "commune", "76351"))) == {
        ("plain", "le havre"),
        ("bare", "havre"),
        ("joined", "lehavre"),
        ("joined", "havre"),
        ("core", "havre"),
    }


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Métropole Européenne de Lille", "europeenne lille"),
        ("Communauté d'agglomération Mont de Marsan Agglomération", "marsan mont"),
        ("Paris 5e Arrondissement", "5 paris"),
        ("Romans-sur-Isère", ""),
        ("Métropole", ""),
    ],
)
def test_the_short_form_leaves_out_what_says_the_kind(name: str, short: str) -> None:
    assert short_name(name) == short
