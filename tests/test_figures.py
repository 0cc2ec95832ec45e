"""The flat table of figures: what its schema says, row by row."""

import json
from dataclasses import fields
from pathlib import Path

import frictionless

from innograph import figures, resources
from innograph.flat_tables import write_csv
from innograph.graph.vocabulary import concept_labels
from innograph.journeys.graph import read_curated
from innograph.linking.bodies import Linker

DATA = resources.data()
SCHEMA = json.loads((DATA / "chiffres.schema.json").read_text(encoding="utf-8"))
ID = "https://w3id.org/innograph/id/"


def _rows() -> list[figures.FigureRow]:
    curated = read_curated(DATA)
    read = {entry.distinction: entry for facts in curated.facts.values() for entry in facts.distinctions}
    labels = {name: concept_labels(curated.vocabulary, name) for name in ("unit", "theme")}
    return figures.rows(curated.editions, curated.bodies, Linker(curated.bodies), read, labels)


def test_the_schema_and_the_table_have_the_same_columns() -> None:
    assert [field["name"] for field in SCHEMA["fields"]] == [
        field.name for field in fields(figures.FigureRow)
    ]


def test_the_table_conforms_to_its_schema(tmp_path: Path) -> None:
    (tmp_path / "chiffres.csv").write_text(
        write_csv(figures.FigureRow, _rows()), encoding="utf-8", newline=""
    )
    schema = frictionless.Schema.from_descriptor(SCHEMA)
    report = frictionless.Resource(path="chiffres.csv", basepath=str(tmp_path), schema=schema).validate()
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert report.tasks[0].stats["rows"] == len(_rows())


def test_one_row_whole() -> None:
    key = "territoria-2019-chalons-en-champagne-application-jeunes-chalons-outil"
    (row,) = [row for row in _rows() if row.chiffre_id == f"{ID}figure/{key}/telechargements"]
    assert row == figures.FigureRow(
        edition="Prix TERRITORIA 2019",
        annee=2019,
        laureats="Châlons-en-Champagne",
        titre="Application Jeunes Chalons, l’outil de communication Jeunes",
        reserve="",
        valeur="2300",
        borne_basse="",
        borne_haute="",
        unite="téléchargement",
        mesure="téléchargements de l’application",
        base="",
        periode="3 mois après son lancement",
        imprime="2300 téléchargements",
        note="",
        themes="jeunesse | services en ligne | communication publique",
        document="territoria-2019",
        lignes="349-350",
        chiffre_id=f"{ID}figure/{key}/telechargements",
        distinction_id=f"{ID}distinction/{key}",
        initiative_id=f"{ID}initiative/{key.removeprefix('territoria-2019-')}",
    )


def test_a_range_is_two_bounds() -> None:
    ages = {(row.borne_basse, row.borne_haute) for row in _rows() if row.imprime == "15/25 ans"}
    assert ages == {("15", "25")}
