"""The W3C's suites for SPARQL, asked of the endpoint by GET and by POST in every format.

All data of the suites are in one snapshot, each file a named graph; a case names its graphs by
``default-graph-uri`` and ``named-graph-uri``. What does not come out as the suites say stands in
``different.tsv`` with the reason, and nothing else may: each line must still differ, and be
the engine's doing or a refusal of SERVICE.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
)
from werkzeug.test import TestResponse

from innograph.namespaces import BASE
from innograph.store.formats import SOLUTIONS, TRIPLES
from innograph.store.snapshots import Home
from web.site_client import SiteClient

from .solutions import (
    Result,
    Solutions,
    as_csv,
    by_value,
    read_csv,
    read_json,
    read_rdf,
    read_tsv,
    read_xml,
    same,
)
from .suite import ABSENT, Case, address_of, cases, data_of, file_of, find_suites, graphs, read_triples

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
NOWHERE = "http://example.org/empty"

FOLDER = find_suites()
CASES = cases(FOLDER) if FOLDER else []
DIFFERENT = {
    line["case"]: line["why"]
    for line in csv.DictReader(
        Path(__file__).with_name("different.tsv").read_text("utf-8").splitlines(), delimiter="\t"
    )
}


def of_kind(word: str) -> list[object]:
    chosen = [case for case in CASES if word in case.kind]
    if not FOLDER:
        return [pytest.param(None, marks=pytest.mark.skip(reason=ABSENT))]
    return [pytest.param(case, id=case.name) for case in chosen]


@pytest.fixture(scope="module")
def folder() -> Path:
    if FOLDER is None:
        pytest.skip(ABSENT)
    return FOLDER


@pytest.fixture(scope="module")
def endpoint(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteClient]:
    home = Home(tmp_path_factory.mktemp("w3c"))
    home.activate(home.write(graphs(folder, CASES), {}, counts={}).version)
    client = SiteClient(home)
    yield client
    client.close()


@pytest.mark.parametrize("case", of_kind("SyntaxTest"))
def test_syntax(endpoint: SiteClient, case: Case) -> None:
    text = case.text()
    nowhere = urlencode({"default-graph-uri": NOWHERE})
    answers = [
        endpoint.get("/sparql", query_string=f"{urlencode({'query': text})}&{nowhere}"),
        endpoint.post("/sparql", query_string=nowhere, data=text.encode(), content_type=QUERY),
    ]
    accepted = case.kind.startswith("Positive")
    why = DIFFERENT.get(case.name)
    if why:
        accepted = not accepted
        assert why == "SERVICE" or (alone(text, BASE, Store()) is not None) == accepted
    assert [answer.status_code for answer in answers] == ([200, 200] if accepted else [400, 400])
    if why == "SERVICE":
        assert answers[0].text.startswith("SERVICE is not available here")


@pytest.mark.parametrize("case", of_kind("QueryEvaluationTest"))
def test_evaluation(endpoint: SiteClient, folder: Path, case: Case) -> None:
    why = DIFFERENT.get(case.name)
    if why == "SERVICE":
        answer = ask(endpoint, case, "json", "GET")
        assert (answer.status_code, answer.text[:29]) == (400, "SERVICE is not available here")
        return
    expected = expected_of(folder, case)
    by_itself = alone_on_data(folder, case)
    if by_itself is None:
        assert why and ask(endpoint, case, "json", "GET").status_code == 400
        return
    for format, method in zip(TRIPLES if isinstance(expected, frozenset) else SOLUTIONS, WAYS, strict=False):
        answer = ask(endpoint, case, format.name, method)
        if answer.status_code == 400 and format.name == "rdfxml":
            assert answer.text.startswith("rdfxml cannot hold")
            continue
        assert (answer.status_code, answer.content_type) == (200, format.content_type), answer.text
        got = read(answer, format.name)
        wanted, its_own = expected, by_itself
        if format.name == "csv" and isinstance(its_own, Solutions) and isinstance(wanted, Solutions):
            wanted, its_own = as_csv(wanted), as_csv(its_own)
        if isinstance(got, Solutions | frozenset):
            rows = got.rows if isinstance(got, Solutions) else got
            assert answer.headers["Innograph-Rows"] == str(len(rows))
        if why is None:
            assert same(wanted, got, lax=case.lax), format.name
        else:
            assert same(its_own, got), f"{format.name}: not what the engine answers by itself"
    if why is not None:
        assert not same(expected, by_itself, lax=case.lax), "no longer different: take it off the list"
        assert same(by_value(expected), by_value(by_itself)) == (why == "written otherwise")


@pytest.mark.parametrize("case", of_kind("CSVResultFormatTest"))
def test_csv(endpoint: SiteClient, folder: Path, case: Case) -> None:
    assert case.result
    lines = case.result.read_text("utf-8").splitlines()  # copies of the suites end them as they like
    expected = read_csv("".join(f"{line}\r\n" for line in lines))
    answer = ask(endpoint, case, "csv", "GET")
    assert answer.content_type == "text/csv; charset=utf-8"
    by_itself = alone_on_data(folder, case)
    assert isinstance(by_itself, Solutions)
    assert same(as_csv(by_itself), read_csv(answer.text))
    assert same(expected, read_csv(answer.text)) == (case.name not in DIFFERENT)


def test_whatever_differs_is_a_case_of_the_suites(folder: Path) -> None:
    assert DIFFERENT.keys() <= {case.name for case in CASES}
    assert list(DIFFERENT) == sorted(DIFFERENT)


WAYS = ("GET", "FORM", "DIRECT", "GET", "FORM", "DIRECT")


def ask(endpoint: SiteClient, case: Case, format: str, way: str) -> TestResponse:
    """Ask what a case asks, of its graphs."""
    text = f"BASE <{case.address}>\n{case.text()}"
    of_graphs = [("default-graph-uri", uri) for uri in case.default_graphs]
    of_graphs += [("named-graph-uri", uri) for uri in case.named_graphs]
    if not of_graphs and not data_of(case):
        of_graphs = [("default-graph-uri", NOWHERE)]
    options = [*of_graphs, ("format", format)]
    if way == "DIRECT":
        return endpoint.post(
            "/sparql", query_string=urlencode(options), data=text.encode(), content_type=QUERY
        )
    form = urlencode([("query", text), *options])
    if way == "FORM":
        return endpoint.post("/sparql", data=form, content_type=FORM)
    return endpoint.get("/sparql", query_string=form)


def read(answer: TestResponse, format: str) -> Result:
    """Read an answer by the rules of its format."""
    readers = {"json": read_json, "xml": read_xml, "csv": read_csv, "tsv": read_tsv}
    if format in ("csv", "tsv") and answer.text in ("true", "false"):
        return answer.text == "true"  # a custom: the specification speaks of SELECT alone
    if format in readers:
        return readers[format](answer.text)
    (syntax,) = (known.syntax for known in TRIPLES if known.name == format)
    assert isinstance(syntax, RdfFormat)
    return frozenset(quad.triple for quad in parse(answer.data, syntax))


def expected_of(folder: Path, case: Case) -> Result:
    """Read what must come out."""
    assert case.result
    text = case.result.read_bytes()
    if case.result.suffix == ".srx":
        return read_xml(text)
    if case.result.suffix == ".srj":
        return read_json(text.decode("utf-8"))
    if case.result.suffix == ".tsv":
        return read_tsv(text.decode("utf-8"))
    return read_rdf(read_triples(case.result, address_of(folder, case.result)))


def alone_on_data(folder: Path, case: Case) -> Result | None:
    """Answer a case by the engine alone, its data in a database of their own."""
    store = Store()
    for address in set(data_of(case)):
        triples = read_triples(file_of(folder, address), address)
        store.extend(Quad(t.subject, t.predicate, t.object, NamedNode(address)) for t in triples)
    return alone(case.text(), case.address, store, case)


def alone(text: str, base: str, store: Store, case: Case | None = None) -> Result | None:
    """Answer by the engine alone; None if it refuses."""
    default: list[NamedNode | BlankNode | DefaultGraph] | None = None
    named: list[NamedNode | BlankNode] | None = None
    if case and (case.default_graphs or case.named_graphs):
        default = [NamedNode(uri) for uri in case.default_graphs]
        named = [NamedNode(uri) for uri in case.named_graphs]
    try:
        answer = store.query(text, base_iri=base, default_graph=default, named_graphs=named)
    except (SyntaxError, RuntimeError):
        return None
    if isinstance(answer, QueryBoolean):
        return bool(answer)
    if isinstance(answer, QueryTriples):
        return frozenset(answer)
    names = tuple(variable.value for variable in answer.variables)
    rows = tuple({name: row[name] for name in names if row[name] is not None} for row in answer)
    return Solutions(names, rows)
