"""The flat table: what its schema says, row by row."""

import csv
import io
import json
from dataclasses import fields
from pathlib import Path

import frictionless
import pytest

from innograph import palmares, resources
from innograph.flat_tables import write_csv
from innograph.graph.vocabulary import concept_labels
from innograph.journeys.graph import read_curated
from innograph.journeys.registers import link
from innograph.registry.file import Registry

DATA = resources.data()
SCHEMES = ("organization-kind", "theme", "audience")


@pytest.fixture(scope="module")
def rows(registry: Registry) -> list[palmares.PalmaresRow]:
    curated = read_curated(DATA)
    read = {entry.distinction: entry for facts in curated.facts.values() for entry in facts.distinctions}
    labels = {name: concept_labels(curated.vocabulary, name) for name in SCHEMES}
    linked = link(curated.bodies, curated.editions, registry)
    return palmares.rows(
        curated.editions,
        curated.awards,
        curated.bodies,
        linked.mentions,
        read,
        labels,
        linked.entries(),
        {row.key: row.value for row in curated.identifiers if row.scheme == "siren"},
    )


def test_the_schema_and_the_table_have_the_same_columns() -> None:
    schema = json.loads((DATA / "palmares.schema.json").read_text(encoding="utf-8"))
    assert [field["name"] for field in schema["fields"]] == [
        field.name for field in fields(palmares.PalmaresRow)
    ]


def test_the_table_conforms_to_its_schema(tmp_path: Path, rows: list[palmares.PalmaresRow]) -> None:
    (tmp_path / "palmares.csv").write_text(
        write_csv(palmares.PalmaresRow, rows), encoding="utf-8", newline=""
    )
    schema = frictionless.Schema.from_descriptor(
        json.loads((DATA / "palmares.schema.json").read_text("utf-8"))
    )
    resource = frictionless.Resource(path="palmares.csv", basepath=str(tmp_path), schema=schema)
    report = resource.validate()
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert report.stats["errors"] == 0 and report.tasks[0].stats["rows"] == 148


def test_a_row_for_each_laureate(rows: list[palmares.PalmaresRow]) -> None:
    assert sum(row.laureat_ordre == 1 for row in rows) == 136
    assert len(rows) == 136 + 4 + 2 + 6  # shared: 2024 gives 4 more rows, 2019 2, the label 6
    shared = [row for row in rows if row.titre == "Connecte Châlons"]
    assert [(row.laureat, row.laureat_mention, row.laureats_nombre) for row in shared] == [
        ("Châlons-en-Champagne", "Châlons-en-Champagne (Ville et CA)", 4),
        ("Communauté d'agglomération de Châlons-en-Champagne", "Châlons-en-Champagne (Ville et CA)", 4),
        ("Saint-Martin-sur-le-Pré", "Saint Martin sur le Pré", 4),
        ("Fagnières", "Fagnières", 4),
    ]


def test_one_row_whole(rows: list[palmares.PalmaresRow]) -> None:
    (row,) = [row for row in rows if row.titre == "Création de bâtiments modulaires sur foncier provisoire"]
    assert row == palmares.PalmaresRow(
        prix="Prix TERRITORIA",
        edition="Prix TERRITORIA 2019",
        annee=2019,
        categorie_ordre=1,
        categorie="Aménagement de l’espace public / Urbanisme",
        categorie_sous_titre="",
        categorie_type="thématique",
        parrains="",
        rang="or",
        rang_libelle="TERRITORIA OR",
        rang_origine="déduit",
        rang_regle="rank-join",
        rang_lignes="164 168",
        titre="Création de bâtiments modulaires sur foncier provisoire",
        resume=row.resume,
        themes="petite enfance | bâtiments publics",
        publics="jeunes enfants",
        partenaires="APHP | Sénat",
        laureat="Paris",
        laureat_mention="PARIS",
        laureat_type="collectivité à statut particulier",
        laureat_departement="75",
        laureat_siren="217500016",
        laureat_insee="75056",
        laureat_ordre=1,
        laureats_nombre=1,
        document="territoria-2019",
        lignes="216 217",
        distinction_id="https://w3id.org/innograph/id/distinction/territoria-2019-paris-creation-batiments-modulaires-foncier",
        laureat_id="https://w3id.org/innograph/id/organization/paris",
        initiative_id="https://w3id.org/innograph/id/initiative/paris-creation-batiments-modulaires-foncier",
    )


def test_only_described_initiatives_have_a_summary(rows: list[palmares.PalmaresRow]) -> None:
    described = {row.edition for row in rows if row.resume}
    assert described == {"Prix TERRITORIA 2019", "Prix Territoriaux 2020", "Prix Territoriaux 2022"}
    assert all(row.themes for row in rows)


def test_codes_stay_text(rows: list[palmares.PalmaresRow]) -> None:
    table = list(csv.DictReader(io.StringIO(write_csv(palmares.PalmaresRow, rows), newline="")))
    assert {row["laureat_departement"] for row in table if row["laureat"] == "Couzon"} == {"03"}


def test_laureates_have_the_codes_of_the_registers(rows: list[palmares.PalmaresRow]) -> None:
    """Read in the register files: a commune, a grouping, a région, one that is no more, one without SIREN."""
    codes = {
        row.laureat: (row.laureat_type, row.laureat_departement, row.laureat_siren, row.laureat_insee)
        for row in rows
    }
    assert codes["Élancourt"] == ("commune", "78", "217802081", "78208")
    assert codes["Lavoncourt"] == ("commune", "70", "217002997", "70299")
    assert codes["Communauté urbaine de Dunkerque"] == ("communauté urbaine", "59", "245900428", "")
    assert codes["Région Bretagne"] == ("région", "", "233500016", "53")
    assert codes["Département du Haut-Rhin"] == ("département", "68", "226800019", "68")
    assert codes["Collectivité européenne d'Alsace"][2:] == ("200094332", "6AE")
    assert codes["Paris 5e arrondissement"] == ("arrondissement municipal", "75", "", "75105")
    assert codes["Syndicat Anjou Numérique"][2:] == ("200052587", "")
    assert codes["SDIS de l'Ariège"][1:] == ("09", "", "")  # its name tells the département alone
    assert codes["Hub du Sud"][1:] == ("", "", "")
