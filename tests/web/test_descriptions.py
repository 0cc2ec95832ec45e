"""What the site says of itself in RDF is what it serves, and what those who read it need."""

import re
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, XSD, Graph, Literal, Namespace, URIRef

from innograph.namespaces import ONTOLOGY, shorten
from innograph.store.evaluate import MOST_TOKENS
from innograph.store.formats import ONE_GRAPH, SOLUTIONS, TRIPLES
from innograph.store.snapshots import Home
from innograph.web.service import functions

from .site_client import SiteClient

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
INNO = Namespace(ONTOLOGY)
ROOT = "http://localhost/"
SPARQL = URIRef(f"{ROOT}sparql")
DATASET = URIRef("https://w3id.org/innograph/dataset")


def read(client: SiteClient, path: str) -> Graph:
    response = client.get(path, headers={"Accept": "text/turtle"})
    assert (response.status_code, response.content_type) == (200, "text/turtle; charset=utf-8")
    return Graph().parse(data=response.data, format="turtle")


def number(graph: Graph, node: Any, property: URIRef) -> int:
    return int(str(graph.value(node, property)))


def solutions(client: SiteClient, query: str) -> list[dict[str, Any]]:
    answer: Any = client.get("/sparql", query_string={"query": query}).json
    rows = answer["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in rows]


@pytest.mark.parametrize("path", ["/sparql", "/dataset", "/.well-known/void"])
def test_every_description_comes_in_every_format(client: SiteClient, path: str) -> None:
    expected = len(read(client, path))
    for format in ONE_GRAPH:
        response = client.get(path, headers={"Accept": format.media_type})
        assert response.content_type == format.content_type
        assert isinstance(format.syntax, RdfFormat)
        assert len(set(parse(response.data, format.syntax))) == expected
        assert (
            client.get(
                path, headers={"If-None-Match": response.headers["ETag"], "Accept": format.media_type}
            ).status_code
            == 304
        )


def test_the_service_describes_its_graphs_as_they_are(client: SiteClient) -> None:
    graph = read(client, "/sparql")
    assert (SPARQL, RDF.type, SD.Service) in graph
    assert graph.value(SPARQL, SD.endpoint) == SPARQL
    assert set(graph.objects(SPARQL, SD.supportedLanguage)) == {SD.SPARQL10Query, SD.SPARQL11Query}
    dataset = graph.value(SPARQL, SD.defaultDataset)
    described = {
        str(graph.value(node, SD.name)): number(graph, graph.value(node, SD.graph), VOID.triples)
        for node in graph.objects(dataset, SD.namedGraph)
    }
    counted = solutions(client, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert described == {row["g"]: int(row["n"]) for row in counted}
    (total,) = solutions(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    default = graph.value(dataset, SD.defaultGraph)
    assert graph.value(default, VOID.triples) == Literal(total["n"], datatype=XSD.integer)


def test_the_service_describes_its_limits_and_formats(client: SiteClient) -> None:
    graph = read(client, "/sparql")
    limits = client.site.limits
    assert {
        p: graph.value(SPARQL, INNO[p]) for p in ("queryMemoryLimit", "resultRowLimit", "resultSizeLimit")
    } == {
        "queryMemoryLimit": Literal(limits.memory),
        "resultRowLimit": Literal(limits.rows),
        "resultSizeLimit": Literal(limits.bytes),
    }
    assert graph.value(SPARQL, INNO.queryTimeLimit) == Literal("10", datatype=XSD.decimal)
    assert graph.value(SPARQL, INNO.queryLengthLimit) == Literal(MOST_TOKENS)
    assert len(set(graph.objects(SPARQL, SD.resultFormat))) == len(SOLUTIONS) + len(TRIPLES)


def test_the_functions_that_are_described_can_be_called(client: SiteClient) -> None:
    described = {str(name) for name in read(client, "/sparql").objects(SPARQL, SD.extensionFunction)}
    assert described == set(functions())
    point = '"POINT(2 48)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'
    name = "http://www.opengis.net/def/function/geosparql/sfEquals"
    assert name in described
    answer = client.get("/sparql", query_string={"query": f"ASK {{ FILTER(<{name}>({point}, {point})) }}"})
    assert answer.json == {"head": {}, "boolean": True}
    unknown = name.replace("sfEquals", "buffer")
    assert unknown not in described
    assert (
        client.get("/sparql", query_string={"query": f"ASK {{ FILTER(<{unknown}>({point})) }}"}).status_code
        == 400
    )


def test_void_counts_what_is_there(client: SiteClient) -> None:
    graph = read(client, "/.well-known/void")

    (counted,) = solutions(
        client,
        "SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?distinctSubjects)"
        " (COUNT(DISTINCT ?p) AS ?properties) (COUNT(DISTINCT ?o) AS ?distinctObjects) { ?s ?p ?o }",
    )
    found = {name: str(number(graph, DATASET, VOID[name])) for name in counted}
    assert found == counted
    classes = {
        str(graph.value(part, VOID["class"])): number(graph, part, VOID.entities)
        for part in graph.objects(DATASET, VOID.classPartition)
    }
    by_class = solutions(client, "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    assert classes == {row["c"]: int(row["n"]) for row in by_class}
    properties = {
        str(graph.value(part, VOID.property)): number(graph, part, VOID.triples)
        for part in graph.objects(DATASET, VOID.propertyPartition)
    }
    by_property = solutions(client, "SELECT ?p (COUNT(?s) AS ?n) { ?s ?p ?o } GROUP BY ?p")
    assert properties == {row["p"]: int(row["n"]) for row in by_property}
    assert graph.value(DATASET, VOID.sparqlEndpoint) == SPARQL
    (dump,) = graph.objects(DATASET, VOID.dataDump)
    assert client.get(str(dump)).status_code == 200


def test_the_catalogue_has_what_dcat_ap_requires(client: SiteClient) -> None:
    graph = read(client, "/dataset")
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    for node in (catalogue, DATASET):
        assert {text.language for text in graph.objects(node, DCTERMS.title)} == {"fr", "en"}  # type: ignore[attr-defined]
        assert {text.language for text in graph.objects(node, DCTERMS.description)} == {"fr", "en"}  # type: ignore[attr-defined]
        publisher = graph.value(node, DCTERMS.publisher)
        assert (publisher, RDF.type, FOAF.Agent) in graph and graph.value(publisher, FOAF.name)
    assert list(graph.objects(catalogue, DCAT.dataset)) == [DATASET]
    assert list(graph.objects(catalogue, DCAT.service)) == [SPARQL]
    assert graph.value(SPARQL, DCAT.endpointURL) == SPARQL
    assert graph.value(SPARQL, DCAT.servesDataset) == DATASET
    for distribution in graph.objects(DATASET, DCAT.distribution):
        assert graph.value(distribution, DCAT.accessURL)
        assert graph.value(distribution, DCTERMS.license)


def test_the_catalogue_has_what_the_harvester_of_data_gouv_reads(
    client: SiteClient, served_home: Home
) -> None:
    """As its documentation (doc.data.gouv.fr/moissonnage/dcat) maps RDF to its own fields."""
    graph = read(client, "/dataset")
    snapshot = served_home.current()
    assert graph.value(DATASET, DCTERMS.identifier) == Literal(str(DATASET))
    assert graph.value(DATASET, DCTERMS.accrualPeriodicity)
    assert all(isinstance(keyword, Literal) for keyword in graph.objects(DATASET, DCAT.keyword))
    assert len(list(graph.objects(DATASET, DCAT.keyword))) > 3
    licence = URIRef("https://www.etalab.gouv.fr/licence-ouverte-open-licence")
    assert graph.value(DATASET, DCTERMS.license) == licence
    assert not list(graph.objects(DATASET, DCTERMS.hasPart))  # it would list each as a file
    files = {
        str(graph.value(node, DCTERMS.title)): node
        for node in graph.objects(DATASET, DCAT.distribution)
        if graph.value(node, DCAT.downloadURL)
    }
    assert sorted(files) == snapshot.dumps()
    for name, node in files.items():
        with client.get(str(graph.value(node, DCAT.downloadURL))) as download:
            packed = graph.value(node, DCAT.compressFormat)
            assert (packed is not None) == name.endswith(".gz")
            media_type = str(packed or graph.value(node, DCAT.mediaType)).rpartition("media-types/")[2]
            assert (download.status_code, download.mimetype) == (200, media_type)
            assert graph.value(node, DCAT.byteSize) == Literal(
                len(download.data), datatype=XSD.nonNegativeInteger
            )
        checksum = graph.value(node, SPDX.checksum)
        assert graph.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        expected = snapshot.manifest["files"][f"dumps/{name}"]["sha256"]
        assert str(graph.value(checksum, SPDX.checksumValue)).lower() == expected
        modified = graph.value(node, DCTERMS.modified)
        assert isinstance(modified, Literal) and modified.datatype == XSD.dateTime
    (api,) = (node for node in graph.objects(DATASET, DCAT.distribution) if node not in files.values())
    assert graph.value(api, DCAT.accessService) == SPARQL


def test_the_dataset_has_a_page(client: SiteClient, served_home: Home) -> None:
    page = client.get("/dataset", headers={"Accept": "text/html"}).text
    assert served_home.current().version in page
    for format in ONE_GRAPH:
        (path,) = re.findall(rf'rel="alternate" type="{re.escape(format.media_type)}" href="([^"]+)"', page)
        assert client.get(path).mimetype == format.media_type


def test_the_page_of_the_dataset_tells_sizes(client: SiteClient) -> None:
    page = client.get("/dataset", headers={"Accept": "text/html"}).text
    by_class = solutions(client, "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    by_graph = solutions(client, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    classes = re.findall(r'<td><code>([^<]*)</code></td><td class="number">(\d+)</td>', page)
    assert classes == sorted((shorten(r["c"]), r["n"]) for r in by_class if r["c"].startswith(ONTOLOGY))
    graph = r'<th scope="row"><code>([^<]*)</code></th><td>[^<]+</td><td class="number">(\d+)</td>'
    assert re.findall(graph, page) == sorted((shorten(row["g"]), row["n"]) for row in by_graph)
    (all_triples,) = solutions(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert f'<th scope="row" colspan="2">Réunion</th><td class="number">{all_triples["n"]}</td>' in page


def test_the_address_of_the_site_can_be_given(served_home: Home) -> None:
    client = SiteClient(served_home, public_address="https://prix.example/")
    try:
        endpoint = URIRef("https://prix.example/sparql")
        assert (DATASET, VOID.sparqlEndpoint, endpoint) in read(client, "/dataset")
    finally:
        client.close()


def test_no_host_that_a_client_makes_up_is_repeated(client: SiteClient) -> None:
    response = client.get("/dataset", headers={"Accept": "text/turtle", "Host": "a<b>"})
    assert b"a<b>" not in response.data
