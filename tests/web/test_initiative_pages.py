"""Pages of initiatives and distinctions: figures with their lines, what was done, what partners do."""

import pytest

from .site_client import SiteClient
from .test_things import page, rows

CAFE = "/doc/distinction/cafe-des-ages"
DOSSIER = "Dossier du Prix Boussole 2031"


@pytest.mark.parametrize("path", [CAFE, "/doc/initiative/cafe"])
def test_figures_stand_in_a_table_with_their_lines(client: SiteClient, path: str) -> None:
    assert rows(page(client, path), "Chiffres cités") == [
        "Chiffre | Unité | Ce qu’il mesure | Mots du document | Lignes qui le disent",
        f"plus de 1 452 | personne | clients du café par an | « plus de 1452 clients » | {DOSSIER}, ligne 20",
        "0,5–2 | euro | prix d'un café | « de 50 centimes à 2 euros »"
        f" | {DOSSIER}, ligne 14 , {DOSSIER}, ligne 20",
    ]


def test_figures_are_written_in_the_language_of_the_reader(client: SiteClient) -> None:
    written = rows(page(client, f"{CAFE}?lang=en"), "Figures stated")
    assert written[1].startswith("plus de 1,452 | person | customers of the café par an |")
    assert written[2].startswith("0.5–2 | euro | price of a coffee |")


def test_a_distinction_shows_what_its_document_says_was_done(client: SiteClient) -> None:
    shown = page(client, CAFE)
    assert rows(shown, "Ce qui a été fait, selon ce document") == [
        "Fait | Valeur",
        f"résumé | On s'y rencontre. ( {DOSSIER}, ligne 20 )",
        f"inno:milestone | Ouverture – « en 2030 » ( {DOSSIER}, ligne 20 )",
    ]
    assert "partenaire : financeur | Association Cap" in rows(shown, "Qui prend part, et où c’est écrit")[2]


def test_an_initiative_shows_who_read_its_summary(client: SiteClient) -> None:
    (summary,) = [row for row in rows(page(client, "/doc/initiative/cafe"), "Faits") if "résumé" in row]
    assert "On s'y rencontre." in summary and "jugé par une lectrice (2031-05-02)" in summary


def test_a_thing_without_figures_has_no_such_table(client: SiteClient) -> None:
    shown = page(client, "/doc/distinction/puits-partages")
    assert "Chiffres cités" not in shown and "Ce qui a été fait" not in shown


def test_the_data_of_an_initiative_hold_its_figures_and_their_lines(client: SiteClient) -> None:
    text = client.get("/doc/initiative/cafe.nt").text
    assert 'figure/cafe-des-ages/clients> <https://w3id.org/innograph/ontology#value> "1452"' in text
    assert "passage/boussole-2031/L14> <https://w3id.org/innograph/ontology#startLine>" in text
