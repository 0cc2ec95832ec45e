"""Pages of bodies, places and persons: what was read in the documents stands on them, and all of it."""

import re

import pytest

from .site_client import SiteClient
from .test_pages import BROWSER


def main(client: SiteClient, path: str) -> str:
    """Give the content of a page, with plain spaces."""
    answer = client.get(path, headers={**BROWSER, "Accept-Language": "fr"})
    assert answer.status_code == 200
    text = answer.text.split("<main")[1].split("</main>")[0]
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "'")


def section(client: SiteClient, path: str, id: str) -> list[str]:
    """Give the lines of text from the heading with an id to the next one of its level."""
    html = re.split(rf'<h2 id="{id}">', main(client, path))[1].split("<h2")[0]
    text = re.sub(r"<[^>]+>", " ", re.sub(r"</(h2|h3|h4|p|li|figure|dl)>", "\n", html.replace("\n", " ")))
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def test_the_distinctions_of_a_body_stand_by_edition_with_rank_and_company(client: SiteClient) -> None:
    assert section(client, "/doc/organization/orval", "honours") == [
        "Distinctions",
        "2 distinctions dans la seule édition chargée.",
        "Prix Boussole 2031",
        "Les « puits » partagés",
        "Boussole Or Eau avec Communauté de communes des Sept-Monts",
        "Café des âges",
        "Lien",
        "On s'y rencontre.",
        "clients du café (personne) plus de 1 452 prix d'un café 0,5–2 €",
        "Partenaires : Association Cap ( financeur )",
        "Ce qui a été distingué chez des organismes semblables",
    ]


def test_a_body_of_the_documents(whole: SiteClient) -> None:
    """Lines 1096 and 1097 of the press pack of 2019, lines 55 and 77 of the palmarès of 2024."""
    lines = section(whole, "/doc/organization/elancourt", "honours")
    assert lines[:3] == [
        "Distinctions",
        "3 distinctions dans les 5 éditions chargées.",
        "Prix TERRITORIA 2024",
    ]
    assert lines[lines.index("Prix TERRITORIA 2019") + 1 :][:2] == [
        "La boxe éducative itinérante, sport et vecteur de lien social",
        "TERRITORIA ARGENT TERRITORIA / Unicef France",
    ]
    names = section(whole, "/doc/organization/elancourt", "held-roles")
    words = " ".join(names)
    assert re.findall("« (.*?) »", words) == ["ÉLANCOURT", "Elancourt", "Élancourt"]
    assert re.findall(r"20\d\d, ligne (\d+)", words) == ["1096", "77", "55"]


def test_a_body_without_distinctions_says_so_and_shows_who_is_near(whole: SiteClient) -> None:
    ablis = "/doc/organization/siren-217800036"
    assert section(whole, ablis, "honours")[1].startswith("Aucune distinction dans les 5 éditions chargées.")
    assert section(whole, ablis, "neighbours")[2:] == [
        "Yvelines",
        "Département des Yvelines (1 distinction)",
        "Élancourt (3 distinctions)",
        "Voir plus loin : Yvelines , Île-de-France .",
        "Ce qui a été distingué chez des organismes semblables",
    ]
    (like,) = re.findall(r'href="(/explore/like[^"]*)"', main(whole, ablis))
    assert whole.get(like, headers=BROWSER).headers["Location"].startswith("/explore?kind=commune&size=2000&")
    grouping = section(whole, "/doc/organization/antony", "neighbours")
    assert grouping[2:6] == [
        "Métropole du Grand Paris",
        "Issy-les-Moulineaux (2 distinctions)",
        "Orly (1 distinction)",
        "Paris (11 distinctions)",
    ]


def test_a_body_that_is_no_more_names_what_replaced_it(whole: SiteClient) -> None:
    before = main(whole, "/doc/organization/departement-du-haut-rhin")
    assert "son dernier jour fut le 2020-12-31" in before
    assert 'href="/doc/organization/collectivite-europeenne-d-alsace"' in before.split("<h2")[0]
    after = main(whole, "/doc/organization/collectivite-europeenne-d-alsace").split("<h2")[0]
    assert "A pris la place de" in after and 'href="/doc/organization/departement-du-haut-rhin"' in after


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        # territoire-innovant-2024, and territoria-2024 line 325 of data/editions: a jury and a category
        (
            "amf",
            [
                "juré",
                "Jury – Label « Territoire Innovant » 2024 – Label « Territoire Innovant » 2024",
                "parrain",
                "Gouvernance – Prix TERRITORIA 2024",
            ],
        ),
        ("la-gazette-des-communes", ["organisateur", "Prix Territoriaux 2022", "Prix Territoriaux 2020"]),
        (
            "caisses-d-allocations-familiales",
            [
                "partenaire",
                "Lutter contre le mal logement en un clic ( acteur de terrain )"
                " une initiative de Communauté d'agglomération Pau Béarn Pyrénées",
                "Une M S A P en pleine évolution ( acteur de terrain )"
                " une initiative de Lavoncourt , SIVOM du Val Fleuri",
            ],
        ),
    ],
)
def test_other_roles_stand_with_their_edition(whole: SiteClient, body: str, lines: list[str]) -> None:
    assert section(whole, f"/doc/organization/{body}", "roles")[2:] == lines


def test_a_person_shows_the_public_role_alone(whole: SiteClient) -> None:
    path = "/doc/person/jacqueline-gourault"
    lines = section(whole, path, "public-roles")
    assert [line for line in lines if "TERRITORIA" in line] == [
        "Remise des prix – Prix TERRITORIA 2019 – Prix TERRITORIA 2019 sa fonction, selon ce document :"
        " ministre de la Cohésion des territoires et des Relations avec les collectivités territoriales",
        "Jury – Prix TERRITORIA 2019 – Prix TERRITORIA 2019 sa fonction, selon ce document :"
        " ministre de la Cohésion des territoires et des Relations avec les collectivités territoriales",
    ]
    assert '<meta name="robots" content="noindex">' in whole.get(path, headers=BROWSER).text


def test_a_place_lists_the_bodies_honoured_in_it(whole: SiteClient) -> None:
    lines = section(whole, "/doc/territory/department/78", "honoured")
    assert lines[1] == "2 organismes, 4 distinctions dans les 5 éditions chargées."
    assert lines[-6:] == [
        "Département des Yvelines département",
        "Adapter le budget DD aux missions du département TERRITORIA Argent Prix TERRITORIA 2024",
        "Élancourt commune",
        "Aménagement du temps de travail pour réduire les coûts d'énergie"
        " TERRITORIA Bronze Prix TERRITORIA 2024",
        "Co-construction de l'école des Petits Prés TERRITORIA Bronze Prix TERRITORIA 2024",
        "La boxe éducative itinérante, sport et vecteur de lien social"
        " TERRITORIA ARGENT Prix TERRITORIA 2019",
    ]
    for path in ("territory/commune/78208", "territory/epci/200058782", "territory/region/11"):
        assert 'href="/doc/organization/elancourt"' in main(whole, f"/doc/{path}").split('id="honoured"')[1]
    creuse = section(whole, "/doc/territory/department/23", "honoured")
    assert creuse[1].startswith("Aucun organisme distingué dans les 5 éditions chargées.")


def test_a_map_shows_who_was_honoured_in_a_departement_and_a_region(whole: SiteClient) -> None:
    assert main(whole, "/doc/territory/department/78").count('class="dot"') == 2
    region = main(whole, "/doc/territory/region/11")
    assert region.count('class="dot"') == 13 and "Région Île-de-France" in region.split("</figure>")[0]
    assert 'class="dot"' not in main(whole, "/doc/territory/commune/78208")


def test_all_communes_of_a_departement_are_on_some_page(whole: SiteClient) -> None:
    """The Pas-de-Calais has most: 887 communes on 1 January 2026, beside groupings and former communes."""
    found: list[str] = []
    for number in range(1, 11):
        html = main(whole, f"/doc/territory/department/62?places={number}").split('id="places"')[1]
        found += re.findall(r'href="/doc/territory/([^"?]+)"', html.split("<h2")[0])
    assert len(found) == len(set(found)) == 946
    assert sum(place.startswith("commune/62") for place in found) == 887
