"""The site over an endpoint that others run gives what it gives over its own database, or says why not."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from innograph import resources
from innograph.errors import InnographError, StoreError
from innograph.journeys.publish import publish
from innograph.namespaces import inno, named_graph, term, thing
from innograph.store.connection import Connection
from innograph.store.graph_store import GraphStore
from innograph.store.publication import RECORD
from innograph.store.queries import read_queries
from innograph.store.snapshots import Home
from innograph.web.options import Options
from innograph.web.site import Site
from innograph.workers.limits import Limits
from oxigraph_server import Oxigraph, oxigraph_serving
from publisher import Publisher, Reply

from .conftest import Publish, lines_of_example
from .server_process import serving
from .site_client import BrokenOff, SiteClient

EXAMPLES = read_queries(resources.queries() / "examples")
COUNT = "SELECT (COUNT(*) AS ?n) { ?d a inno:Distinction }"
BROWSER = {"Accept": "text/html", "Accept-Language": "fr"}
LIMITS = Limits(workers=2, seconds=2)


def bring(home: Home, server: Oxigraph) -> None:
    to = server.graph_store, server.endpoint
    publish(home.current(), *to, "", lambda step: None, wait=lambda seconds: None)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, served_home: Home) -> Iterator[Oxigraph]:
    """Give a server that holds what ``served_home`` does; tests only read, or stop and start it."""
    with oxigraph_serving(tmp_path_factory.mktemp("oxigraph")) as running:
        bring(served_home, running)
        yield running


@pytest.fixture(scope="module")
def elsewhere(served_home: Home, server: Oxigraph) -> Iterator[SiteClient]:
    client = SiteClient(served_home, LIMITS, store=server.endpoint)
    yield client
    client.close()


def ask(client: SiteClient, query: str = COUNT, **more: str) -> tuple[int, str]:
    response = client.get("/sparql", query_string={"query": query, "format": "csv", **more})
    return response.status_code, response.text


def until(client: SiteClient, expected: tuple[int, str], seconds: float = 10) -> None:
    """Ask until the answer is as expected, for some seconds at most."""
    end = time.monotonic() + seconds
    while (found := ask(client)) != expected:
        assert time.monotonic() < end, found
        time.sleep(0.05)


PAGES = [
    "/",
    "/search?q=orval",
    "/search.json?q=puits",
    "/doc/edition/boussole-2031",
    "/doc/edition/boussole-2031.ttl",
    "/doc/organization/orval",
    "/doc/nowhere",
    "/queries",
    "/ontology",
    "/dataset",
    "/.well-known/void",
    "/dumps/",
    "/dumps/palmares.csv",
    "/workbench.json",
    "/feed.atom",
    "/sitemap.xml",
    "/reconcile?query=%22Orval%22",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("headers", [BROWSER, {"Accept": "*/*"}], ids=["browser", "program"])
def test_pages_are_the_same(
    client: SiteClient, elsewhere: SiteClient, path: str, headers: dict[str, str]
) -> None:
    here, there = client.get(path, headers=headers), elsewhere.get(path, headers=headers)
    assert here.status_code in (200, 404, 406)
    assert (there.status_code, there.text) == (here.status_code, here.text)


QUERIES = [
    {"query": COUNT},
    {"query": "ASK { ?d a inno:Distinction }"},
    {"query": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"},
    {"query": f"SELECT (COUNT(*) AS ?n) FROM <{named_graph('bodies').value}> {{ ?s ?p ?o }}"},
    {"query": COUNT, "default-graph-uri": named_graph("bodies").value},
    {"query": "SELECT ?s { GRAPH ?g { ?s a inno:Edition } }", "named-graph-uri": named_graph("bodies").value},
    {"query": "SELECT ?p ?o { <id/edition/boussole-2031> ?p ?o } ORDER BY ?p ?o"},
    {"query": r"SELECT ?p ?o { id:edition\/boussole-2031 ?p ?o } ORDER BY ?p ?o"},
    {"query": "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o", "max-rows": "7"},
    {"query": "SELECT * { ?s ?p", "format": "csv"},
    {"query": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"},
]


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("asked", QUERIES, ids=lambda asked: asked["query"][:30])
def test_answers_are_the_same(
    client: SiteClient, elsewhere: SiteClient, asked: dict[str, str], format: str
) -> None:
    string = {**asked, "format": format}
    here, there = (site.get("/sparql", query_string=string) for site in (client, elsewhere))
    assert (there.status_code, there.text) == (here.status_code, here.text)
    same = ("Content-Type", "Innograph-Rows", "Innograph-Complete", "Innograph-Snapshot", "ETag", "Link")
    assert [there.headers.get(name) for name in same] == [here.headers.get(name) for name in same]


@pytest.mark.parametrize("format", ["turtle", "jsonld", "ntriples", "rdfxml", "trig", "nquads"])
def test_triples_are_the_same(client: SiteClient, elsewhere: SiteClient, format: str) -> None:
    string = {"query": "CONSTRUCT { ?d inno:laureate ?b } { ?d inno:laureate ?b }", "format": format}
    here, there = (site.get("/sparql", query_string=string) for site in (client, elsewhere))
    assert here.status_code == there.status_code == 200
    assert sorted(there.text) == sorted(here.text)  # the order is nobody's


def test_long_answers_stream_and_limits_are_kept_here(served_home: Home, server: Oxigraph) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    site = SiteClient(served_home, Limits(workers=2, seconds=20, rows=60_000), store=server.endpoint)
    try:
        with pytest.raises(BrokenOff):  # after some megabytes
            ask(site, query)
        assert ask(site, query, **{"max-rows": "50000"})[1].count("\n") == 50_001
        status, text = ask(site, "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
        assert (status, "60000 rows" in text) == (503, True)
    finally:
        site.close()


@pytest.fixture(scope="module")
def real_server(tmp_path_factory: pytest.TempPathFactory, real_home: Home) -> Iterator[Oxigraph]:
    """Give a server that holds the real graph."""
    with oxigraph_serving(tmp_path_factory.mktemp("real-oxigraph")) as running:
        bring(real_home, running)
        yield running


@pytest.fixture(scope="module")
def real(real_home: Home) -> Iterator[SiteClient]:
    client = SiteClient(real_home)
    yield client
    client.close()


@pytest.fixture(scope="module")
def real_elsewhere(tmp_path_factory: pytest.TempPathFactory, real_server: Oxigraph) -> Iterator[SiteClient]:
    """Give a client of the real graph there, with nothing of it here: all is asked of that server."""
    client = SiteClient(Home(tmp_path_factory.mktemp("nothing")), store=real_server.endpoint)
    yield client
    client.close()


def test_every_example_has_the_same_answer(real: SiteClient, real_elsewhere: SiteClient) -> None:
    empty = set()
    for name in EXAMPLES:
        ours, theirs = (lines_of_example(site, name) for site in (real, real_elsewhere))
        assert theirs == ours, name
        if len(ours) == 1 and ours[0] not in ("true", "false"):
            empty.add(name)
    assert empty <= {"communes-of-an-epci-without-distinction"}  # it needs all of the registers


EXPLORED = [
    "/explore",
    "/explore?page=2",
    "/explore?theme=digital&award=territoria&lang=en",
    "/explore?kind=commune&region=11&like=organization/elancourt",
    "/explore?theme=ageing&kind=commune&size=2000&department=49",  # few: it offers to widen
    "/explore?year=2024&view=table",
    "/explore?department=78&department=92&view=map",
    "/explore?audience=residents&view=charts",
    "/explore.csv",
    "/explore.csv?theme=solidarity&kind=commune&year=2019&like=organization/elancourt",
    "/explore.json?rank=gold&size=10000",
    "/explore.ttl?sponsor=fesp",
    "/explore/like?theme=digital&body=78208",
    "/explore/like?body=Saint-Denis&lang=en",
    "/explore?theme=nope",
    "/explore?page=99",
]


@pytest.mark.parametrize("path", EXPLORED)
def test_exploration_is_the_same(real: SiteClient, real_elsewhere: SiteClient, path: str) -> None:
    headers = {} if "explore." in path else BROWSER
    here, there = real.get(path, headers=headers), real_elsewhere.get(path, headers=headers)
    assert here.status_code in (200, 303, 400, 404)
    assert (there.status_code, there.headers.get("Location")) == (
        here.status_code,
        here.headers.get("Location"),
    )
    assert without_known_years(there.text) == without_known_years(here.text)


def without_known_years(text: str) -> str:
    """Take away what charts say of years that are not loaded: the list of them is a file, not a graph."""
    text = re.sub(
        r'<p class="note careful">This server|<p class="note careful">Ce serveur', "<p class='there'>", text
    )
    text = re.sub(r"<p class='there'>.*?</p>", "", text)
    return re.sub(r'<td class="(known|not-held|unknown)">.*?</td>', "<td></td>", text)


def test_the_first_page_is_the_same_but_for_the_years_that_are_not_loaded(
    real: SiteClient, real_elsewhere: SiteClient
) -> None:
    for path in ("/", "/?lang=en"):
        here, there = (site.get(path, headers=BROWSER).text for site in (real, real_elsewhere))
        before, _, after = without_known_years(here).partition("<details><summary>")
        assert after, "the home knows why some years are known"
        ours = before + after.rpartition("</details>\n")[2]
        assert without_known_years(there).replace("\n\n", "\n") == ours.replace("\n\n", "\n")
        assert ("ne veut pas dire" in there or "does not mean" in there) and "not loaded</span>" not in there


def test_numbers_come_from_the_graph_where_nothing_of_the_snapshot_is_here(
    real: SiteClient, real_elsewhere: SiteClient
) -> None:
    about, dataset, body = (
        real_elsewhere.get(path, headers=BROWSER).text
        for path in ("/about", "/dataset", "/doc/organization/elancourt")
    )
    assert about == real.get("/about", headers=BROWSER).text
    assert "5 éditions et 136 distinctions" in about
    assert re.findall(r"<dd>(\d+)</dd>", dataset.split("</dl>")[0]) == ["5", "136"]
    assert "3 distinctions dans les 5 éditions chargées" in body


def test_a_server_that_stops_hangs_or_comes_back(elsewhere: SiteClient, server: Oxigraph) -> None:
    whole = ask(elsewhere)
    fresh = (f"ASK {{ BIND({n} AS ?n) }}" for n in range(100))  # never asked before, so never remembered
    server.stop()
    try:
        status, text = ask(elsewhere, next(fresh))
        assert (status, text.splitlines()) == (
            502,
            [
                "The server that keeps the graph cannot be reached from here: ask again later.",
                "Le serveur qui garde le graphe ne peut être joint d'ici : réessayez plus tard.",
            ],
        )
        page = elsewhere.get("/doc/edition/boussole-2031", headers=BROWSER)
        assert (page.status_code, "ne peut être joint d&#39;ici" in page.text) == (502, True)
        health = elsewhere.get("/healthz")  # open to all: it does not say where the graph is kept
        assert (health.status_code, health.text) == (
            503,
            "no query is answered (unreachable); the log says more\n",
        )
        assert ask(elsewhere) == whole  # what is remembered needs no server
        assert elsewhere.get("/static/site.css").status_code == 200
    finally:
        server.start()
    assert ask(elsewhere, next(fresh))[0] == 200
    assert elsewhere.get("/doc/edition/boussole-2031").status_code == 200

    server.freeze()
    try:
        began = time.monotonic()
        status, text = ask(elsewhere, next(fresh))
        assert (status, "2 seconds" in text) == (504, True)
        page = elsewhere.get("/doc/organization/orval", headers={**BROWSER, "Accept-Language": "en"})
        assert (page.status_code, "did not answer in time" in page.text) == (504, True)
        assert time.monotonic() - began < 2 * (LIMITS.seconds + 1)
    finally:
        server.thaw()
    assert ask(elsewhere, next(fresh))[0] == 200
    assert re.search(
        r'innograph_queries_stopped_total\{why="unreachable"\} [1-9]', elsewhere.get("/metrics").text
    )


def _written(node: object) -> str:
    assert isinstance(node, NamedNode | Literal)
    return node.value


def test_garbage_is_never_passed_on(served_home: Home, server: Oxigraph, publisher: Publisher) -> None:
    """Between the site and the server stands something that begins to talk nonsense."""
    record = GraphStore(Connection(server.graph_store)).triples(RECORD)
    told = [{"thing": t.subject, "property": t.predicate, "value": t.object} for t in record]
    bindings = [
        {
            name: {"type": "literal" if isinstance(node, Literal) else "uri", "value": _written(node)}
            for name, node in row.items()
        }
        for row in told
    ]
    results = {"head": {"vars": ["thing", "property", "value"]}, "results": {"bindings": bindings}}
    publisher.replies["/query"] = Reply(json.dumps(results).encode(), "application/sparql-results+json")
    site = SiteClient(served_home, LIMITS, store=f"{publisher.address}/query")
    try:
        publisher.replies["/query"] = Reply(b"<html>Welcome!</html>", "text/html")
        assert ask(site)[0] == 502
        publisher.replies["/query"] = Reply(b'{"head":{"vars":["n"]},"res', "application/sparql-results+json")
        status, text = ask(site)
        assert (status, "no answer that makes sense" in text, "Welcome" in text) == (502, True, False)
        assert site.get("/doc/edition/boussole-2031").status_code == 502
        refused = site.get("/reconcile?query=%22Cap%22")
        assert refused.json is not None
        assert (refused.status_code, refused.json["code"]) == (502, 502)
    finally:
        site.close()


def test_a_new_version_is_served_once_it_is_whole(
    tmp_path: Path, small_graph: list[Quad], publish: Publish
) -> None:
    home = Home(tmp_path / "home")
    before = publish(home, small_graph)
    with oxigraph_serving(tmp_path / "oxigraph") as server:
        bring(home, server)
        site = SiteClient(Home(tmp_path / "empty"), LIMITS, store=server.endpoint)
        try:
            assert ask(site) == (200, "n\r\n2\r\n")
            records = GraphStore(Connection(server.graph_store))
            record = list(records.triples(RECORD))
            records.put(RECORD, [triple for triple in record if triple.object != Literal(before)])
            end = time.monotonic() + 10
            while (response := site.get("/sparql", query_string={"query": "ASK {}"})).status_code == 200:
                assert time.monotonic() < end
                time.sleep(0.05)
            assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
            assert "A new version of the graph is being put in place" in response.text
            assert site.get("/").status_code == 503
            more = Quad(
                thing("distinction", "more"),
                *next(
                    (q.predicate, q.object, q.graph_name) for q in small_graph if q.object == inno.Distinction
                ),
            )
            after = publish(home, [*small_graph, more])
            bring(home, server)
            until(site, (200, "n\r\n3\r\n"))
            assert ask(site, snapshot=after) == (200, "n\r\n3\r\n")
            status, text = ask(site, snapshot=before)
            assert (status, after in text) == (404, True)
        finally:
            site.close()


def test_without_a_snapshot_of_that_version_files_are_said_to_be_elsewhere(
    tmp_path: Path, client: SiteClient, server: Oxigraph
) -> None:
    site = SiteClient(Home(tmp_path), LIMITS, store=server.endpoint)
    try:
        for path in ("/search?q=orval", "/search.json?q=orval", "/dumps/", "/dumps/palmares.csv"):
            response = site.get(path)
            assert (response.status_code, "keeps no files of it" in response.text) == (501, True)
        page = site.get("/search?q=orval", headers=BROWSER)
        assert (page.status_code, "garde aucun fichier" in page.text) == (501, True)
        for path in ("/", "/dataset", "/doc/edition/boussole-2031", "/queries/editions", "/doc/nowhere"):
            assert site.get(path, headers=BROWSER).status_code == client.get(path).status_code, path
        catalogue = site.get("/dataset", headers={"Accept": "text/turtle"}).text
        ours = client.get("/dataset", headers={"Accept": "text/turtle"}).text
        modified = re.compile(r'dcterms:modified ("20\d\d-[^"]+")')
        assert set(modified.findall(catalogue)) == set(modified.findall(ours)) != set()
    finally:
        site.close()


def number(written: str) -> Literal:
    return Literal(written, datatype=term("xsd:decimal"))


def test_the_service_description_claims_no_functions_of_our_own_engine(
    client: SiteClient, elsewhere: SiteClient
) -> None:
    here, there = (
        {quad.triple for quad in parse(site.get("/sparql?format=nt").data, RdfFormat.N_TRIPLES)}
        - {Triple(NamedNode("http://localhost/sparql"), inno.queryTimeLimit, number("10"))}
        - {Triple(NamedNode("http://localhost/sparql"), inno.queryTimeLimit, number("2"))}
        for site in (client, elsewhere)
    )
    functions = {triple for triple in here if triple.predicate == term("sd:extensionFunction")}
    assert functions and there == here - functions


def test_what_holds_no_graph_of_ours_is_not_served(tmp_path: Path) -> None:
    with oxigraph_serving(tmp_path / "oxigraph") as server:
        with pytest.raises(StoreError, match="holds no whole graph of innograph just now"):
            SiteClient(Home(tmp_path), LIMITS, store=server.endpoint)
        server.stop()
        with pytest.raises(StoreError, match="cannot be reached"):
            SiteClient(Home(tmp_path), LIMITS, store=server.endpoint)
    with pytest.raises(InnographError, match="--allow-service is not possible with --store"):
        Site(Home(tmp_path), LIMITS, Options(store="http://127.0.0.1/", endpoints=("http://127.0.0.1/",)))


def test_a_real_server_over_another(served_home: Home, server: Oxigraph) -> None:
    with serving(served_home.path, store=server.endpoint, store_credentials="me:s3cret") as site:
        assert site.query(COUNT, format="csv") == (200, b"n\r\n2\r\n")
        arguments = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in site.workers()]
        assert arguments and not any(b"s3cret" in each for each in arguments)
        path = f"/sparql?{urlencode({'query': 'SELECT * { ?a ?b ?c . ?d ?e ?f }'})}"
        assert site.ask(path)[1].endswith(b"}")
