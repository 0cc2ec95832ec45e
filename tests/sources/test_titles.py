"""Titles as printed, and what is left when the marks around them are dropped."""

import pytest

from innograph.sources.titles import unwrap_title


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("« Ma culture numérique »", "Ma culture numérique"),
        ("«\u00a0Ma culture\u00a0»", "Ma culture"),
        ("« *La table commune* »  ", "La table commune"),
        ("*« Marcher » pour réapprendre la rue*", "« Marcher » pour réapprendre la rue"),
        ("« *Tiny LLM* » pour *verdir le budget*", "« Tiny LLM » pour verdir le budget"),
        ("« Lire » et « Dire »", "« Lire » et « Dire »"),
        ("« Lire les « Essais » ensemble »", "Lire les « Essais » ensemble"),
        ("“L’eau vive”", "L’eau vive"),
        ('"L\'eau vive"', "L'eau vive"),
        ("Convention \"L'heure de l'IA\"", "Convention \"L'heure de l'IA\""),
        ('"Lire" et "dire"', '"Lire" et "dire"'),
        ("*L’école  dehors :\u00a0un essai*", "L’école  dehors :\u00a0un essai"),
        ("**Le *pont* neuf**", "Le pont neuf"),
        ("***Tout* ensemble**", "***Tout* ensemble**"),
        ("_Le pont_ de mon_fichier", "Le pont de mon_fichier"),
        ("2 * 3 = 6", "2 * 3 = 6"),
        ("« Lire", "« Lire"),
        ("»", "»"),
        ("« »", ""),
        ("", ""),
    ],
)
def test_only_what_wraps_is_dropped(printed: str, title: str) -> None:
    assert unwrap_title(printed) == title
