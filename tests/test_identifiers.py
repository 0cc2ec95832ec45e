"""The reviewed identifiers: complete where they should be, and what the files that they were read in say."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from innograph import resources
from innograph.curation.bodies import read_bodies
from innograph.curation.identifiers import IdentifierRow, read_identifiers
from innograph.errors import DataError
from innograph.linking.gazetteer import Gazetteer
from innograph.linking.registered import register_links
from innograph.registry.file import Registry
from innograph.text import words

HEADER = "about\tkey\tscheme\tvalue\tsource\tdate\twho\twhen"
ORIGIN = "un fichier\t2024-12\tlectrice\t2026-01-02"

Rows = dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def rows() -> list[IdentifierRow]:
    data = resources.data()
    return read_identifiers(data, read_bodies(data).organizations)


@pytest.fixture(scope="module")
def values(rows: list[IdentifierRow]) -> Rows:
    """Give the values by key of the body or place, and scheme."""
    return {(row.key, row.scheme): row.value for row in rows}


def named(text: str) -> str:
    return " ".join(words(text))


def test_every_departement_and_region_has_what_there_is_for_it(registry: Registry, values: Rows) -> None:
    places = {entry.id for kind in ("department", "region") for entry in registry.of_kind(kind)}
    overseas = {f"region/{code}" for code in ("01", "02", "03", "04", "06")}
    without = {
        "insee-uri": set(),
        "nuts": set(),
        "iso-3166-2": overseas,  # one code for the département and the région
        # nor has the table one for the Rhône with Lyon: 069D is the département without the Métropole
        "eu-atu": {*overseas, "department/69"},
    }
    for scheme, lacking in without.items():
        assert {place for place in places if (place, scheme) not in values} == lacking, scheme


def test_no_value_is_given_to_two(rows: list[IdentifierRow]) -> None:
    given = [(row.scheme, row.value) for row in rows if row.scheme != "website"]
    assert len(given) == len(set(given))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("organization\tbrest\tsiren\t217802082", "'217802082' is no identifier of the scheme siren"),
        (
            "organization\tbrest\tsirene\t217802081",
            "unknown scheme 'sirene'; known are siren, website, wikidata",
        ),
        ("organization\tbrest\tnuts\tFR103", "nuts identifies territory, not 'organization'"),
        ("organization\tbrescou\tsiren\t217802081", "no organization has the key 'brescou'"),
        ("territory\tcommune/29019\twikidata\tq12193", "'q12193' is no identifier of the scheme wikidata"),
        ("territory\tdepartment/29\tiso-3166-2\t29", "'29' is no identifier of the scheme iso-3166-2"),
        ("organization\tbrest\twebsite\tbrest.fr", "'brest.fr' is no identifier of the scheme website"),
    ],
)
def test_a_wrong_identifier_is_refused_with_its_line(tmp_path: Path, row: str, says: str) -> None:
    (tmp_path / "identifiers.tsv").write_text(f"{HEADER}\n{row}\t{ORIGIN}\n", encoding="utf-8")
    with pytest.raises(DataError) as refusal:
        read_identifiers(tmp_path, ["brest"])
    assert str(refusal.value).startswith(f"{tmp_path / 'identifiers.tsv'}:2: {says}")


@pytest.mark.parametrize(
    ("origin", "says"),
    [
        ("\t2024-12\tlectrice\t2026-01-02", "an identifier needs source and who"),
        ("un fichier\thier\tlectrice\t2026-01-02", "date must be a year, a month or a day such as 2024-12"),
        ("un fichier\t2024\tlectrice\t2026-01", "when must be a day such as 2026-11-22, not '2026-01'"),
    ],
)  # fmt: skip
def test_an_identifier_without_its_origin_is_refused(tmp_path: Path, origin: str, says: str) -> None:
    text = f"{HEADER}\norganization\tbrest\tsiren\t212900195\t{origin}\n"
    (tmp_path / "identifiers.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(says)):
        read_identifiers(tmp_path, ["brest"])


def test_two_values_of_one_scheme_are_refused(tmp_path: Path) -> None:
    lines = [f"territory\tcommune/29019\twikidata\t{item}\t{ORIGIN}\n" for item in ("Q1", "Q2")]
    (tmp_path / "identifiers.tsv").write_text(f"{HEADER}\n{''.join(lines)}", encoding="utf-8")
    with pytest.raises(DataError, match="commune/29019 has another wikidata on line 2"):
        read_identifiers(tmp_path, [])


# Held against the files that they were read in


def labels(path: Path) -> Iterator[tuple[str, str]]:
    """Give the last part of the address of each concept of a Turtle file, and its French name."""
    for quad in parse(path=path, format=RdfFormat.TURTLE):
        if (
            isinstance(quad.object, Literal)
            and quad.object.language == "fr"
            and isinstance(quad.subject, NamedNode)
        ):
            yield quad.subject.value.rpartition("/")[2], quad.object.value


@pytest.mark.parametrize(
    ("file", "kind", "number"),
    [("insee-uri-departements.ttl", "department", 101), ("insee-uri-regions.ttl", "region", 18)],
)
def test_addresses_at_insee_are_those_of_the_same_code_and_name(
    official: Path, registry: Registry, values: Rows, file: str, kind: str, number: int
) -> None:
    pairs = {
        quad.subject.value.rpartition("/")[2]: quad.object.value.removeprefix("http://id.insee.fr/geo/")
        for quad in parse(path=official / file, format=RdfFormat.TURTLE)
        if quad.predicate.value.endswith("exactMatch")
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
    }
    assert len(pairs) == number
    names = {entry.code: named(entry.name) for entry in registry.of_kind(kind)}
    assert names == {code: named(name) for code, name in labels(official / file) if code in pairs}
    assert {code: values[f"{kind}/{code}", "insee-uri"] for code in names} == pairs


def test_nuts_codes_are_those_of_the_same_name(official: Path, registry: Registry, values: Rows) -> None:
    with (official / "eurostat-NUTS_AT_2021.csv").open(encoding="utf-8", newline="") as file:
        nuts = {row["NUTS_ID"]: row["NUTS_NAME"] for row in csv.DictReader(file) if row["CNTR_CODE"] == "FR"}
    for kind, number, levels in (("department", 101, {5}), ("region", 18, {3, 4})):
        entries = registry.of_kind(kind)
        codes = [values[entry.id, "nuts"] for entry in entries]
        assert [named(nuts[code]) for code in codes] == [named(entry.name) for entry in entries]
        assert len(set(codes)) == number and {len(code) for code in codes} <= levels


def test_iso_codes_are_those_of_the_same_name(official: Path, registry: Registry, values: Rows) -> None:
    table = json.loads((official / "iso-codes-iso_3166-2.json").read_text(encoding="utf-8"))["3166-2"]
    iso = {row["code"]: named(re.sub(r" \(.*\)$", "", row["name"])) for row in table}
    given = {key: value for (key, scheme), value in values.items() if scheme == "iso-3166-2"}
    for key, code in given.items():
        entry = registry.get(key)
        assert entry and iso[code] == named(entry.name)
    overseas = {"FR-BL", "FR-CP", "FR-MF", "FR-NC", "FR-PF", "FR-PM", "FR-TF", "FR-WF"}
    alsace = {"FR-6AE"}  # a body over two départements, and no place of its own
    french = {code for code in iso if code.startswith("FR-")}
    assert french - set(given.values()) == overseas | alsace


def test_eu_units_are_those_of_the_same_name(official: Path, registry: Registry, values: Rows) -> None:
    atu = dict(labels(official / "eu-atu-france.ttl"))
    with (official / "eurostat-NUTS_AT_2021.csv").open(encoding="utf-8", newline="") as file:
        nuts = {row["NUTS_ID"]: row["NUTS_NAME"] for row in csv.DictReader(file)}
    article = re.compile(r"^D[ée]part(?:e)?ment (?:de la |de l['’]|des |du |de |d['’])?|^Région ")
    for (key, scheme), unit in values.items():
        entry = registry.get(key) if scheme == "eu-atu" else None
        if entry is None:
            continue
        name = named(article.sub("", atu[unit]))
        region = values[key, "nuts"]
        parts = [nuts[code] for code in nuts if code.startswith(region) and len(code) == len(region) + 1]
        merged = sorted(
            words(" ".join(parts))
        )  # the table has four régions under the names of what formed them
        assert (
            name in (named(entry.name), named(entry.name).removeprefix("la "))
            or sorted(name.split()) == merged
        )
        assert not unit.startswith("FRA_DPT_") or unit.removeprefix("FRA_DPT_").lstrip(
            "0"
        ) == entry.code.lstrip("0")


LEFT_OUT = {
    ("Collectivité européenne d'Alsace", "wikidata"): "the item is the place, which is no territory of ours",
    ("Collectivité européenne d'Alsace", "iso3166-2"): "the same",
    ("Collectivité européenne d'Alsace", "nuts"): "the same",
    ("Caisse des dépôts (legal person of the Banque des Territoires)", "siren"): "another body than ours",
    ("Caisse des dépôts (legal person of the Banque des Territoires)", "wikidata"): "the same",
    ("Caisse des dépôts (legal person of the Banque des Territoires)", "website"): "the same",
    ("Montpellier Méditerranée Métropole", "wikidata"): "one source only",
    ("Métropole Rouen Normandie", "wikidata"): "one source only",
    ("Nantes Métropole", "wikidata"): "one source only",
    ("Nexity", "wikidata"): "one source only",
    ("CNFPT", "wikidata"): "one source only",
    ("Engie", "website"): "one source only, and no public list",
    ("Orange", "website"): "one source only, and no public list",
}


def test_what_was_verified_is_taken_or_left_out_for_a_reason(
    official: Path, registry: Registry, rows: list[IdentifierRow]
) -> None:
    links = register_links(read_bodies(resources.data()), Gazetteer(registry)).values()
    ours = {(row.scheme, row.value) for row in rows}
    ours |= {("siren", link.entry.siren) for link in links if link.entry}
    with (official / "verified-identifiers.tsv").open(encoding="utf-8", newline="") as file:
        verified = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    missing = set()
    for row in verified:
        scheme = row["identifier_scheme"].replace("iso3166", "iso-3166")
        taken = (scheme, row["identifier_value"]) in ours
        if row["grade"] == "C":
            assert not taken, f"{row['entity_name']}: a candidate is no fact"
        elif not taken and not scheme.startswith("insee") and row["of"] != "person":
            missing.add((row["entity_name"], row["identifier_scheme"]))
    assert missing == set(LEFT_OUT)


def test_items_of_wikidata_are_those_of_another_list(
    official: Path, rows: list[IdentifierRow], values: Rows
) -> None:
    """Where a list under ODbL knows the item of a code, it is ours; no row stands on that list alone."""
    with (official / "dr5hn-states-iso3166-2-wikidata.csv").open(encoding="utf-8", newline="") as file:
        items = {
            row["iso3166_2"]: row["wikiDataId"] for row in csv.DictReader(file) if row["country_code"] == "FR"
        }
    compared = {
        key: (value, items[values[key, "iso-3166-2"]])
        for (key, scheme), value in values.items()
        if scheme == "wikidata" and (key, "iso-3166-2") in values
    }
    assert {key: ours for key, (ours, _) in compared.items()} == {
        key: other for key, (_, other) in compared.items()
    }
    assert len(compared) == 20
    assert not [row for row in rows if row.source.startswith("dr5hn") and " ; " not in row.source]
