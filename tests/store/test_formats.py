"""Every format is what it says: other readers read the same answer from it."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from innograph.errors import QueryError, SnapshotError
from innograph.namespaces import concept, inno, term
from innograph.store.canonical import canonical
from innograph.store.evaluate import evaluate
from innograph.store.formats import (
    ONE_GRAPH,
    SOLUTIONS,
    TRIPLES,
    Format,
    find_format,
    formats_for,
    write_answer,
    write_triples,
)

S, P = NamedNode("http://example.org/s"), NamedNode("https://w3id.org/innograph/ontology#name")
OBJECTS: list[NamedNode | BlankNode | Literal] = [
    Literal('l\'« Été », "virgule"\n'),
    Literal("chat", language="fr"),
    Literal("2024", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    NamedNode("http://example.org/é?a=1&b=2"),
    BlankNode("b"),
]


@pytest.fixture
def store() -> Store:
    store = Store()
    store.extend(Quad(S, P, o) for o in OBJECTS)
    return store


def ids(format: Format) -> str:
    return format.name


@pytest.mark.parametrize("format", TRIPLES, ids=ids)
def test_triples_come_back(store: Store, format: Format) -> None:
    written = write_answer(evaluate(store, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"), format)
    read = [q.triple if isinstance(q, Quad) else q for q in parse(written, format.syntax)]  # type: ignore[arg-type]
    assert canonical(Quad(t.subject, t.predicate, t.object) for t in read) == canonical(store)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib warns of its own JSON-LD reader
@pytest.mark.parametrize("format", ONE_GRAPH, ids=ids)
def test_rdflib_reads_as_many_triples(store: Store, format: Format) -> None:
    written = write_answer(evaluate(store, "CONSTRUCT WHERE { ?s ?p ?o }"), format)
    assert len(rdflib.Graph().parse(data=written, format=format.media_type)) == len(OBJECTS)


@pytest.mark.parametrize("format", SOLUTIONS[:2], ids=ids)
def test_solutions_come_back(store: Store, format: Format) -> None:
    written = write_answer(evaluate(store, "SELECT ?o { ?s ?p ?o FILTER(!ISBLANK(?o)) }"), format)
    answer = parse_query_results(written, format.syntax)  # type: ignore[arg-type]
    assert isinstance(answer, QuerySolutions)
    assert {row["o"] for row in answer} == set(OBJECTS[:4])


def test_csv_and_tsv_are_what_a_spreadsheet_reads(store: Store) -> None:
    query = "SELECT ?p ?o { ?s ?p ?o FILTER(!ISBLANK(?o)) } ORDER BY ISIRI(?o) STR(?o)"
    expected = [OBJECTS[2].value, OBJECTS[1].value, OBJECTS[0].value, OBJECTS[3].value]
    text = write_answer(evaluate(store, query), SOLUTIONS[2]).decode()
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["p", "o"], *([P.value, o] for o in expected)]
    lines = write_answer(evaluate(store, query), SOLUTIONS[3]).decode().splitlines()
    assert [line.split("\t")[1] for line in lines] == ["?o", "2024", *(str(OBJECTS[n]) for n in (1, 0, 3))]


def test_ask(store: Store) -> None:
    written = [write_answer(evaluate(store, "ASK { ?s ?p 'nothing' }"), format) for format in SOLUTIONS]
    assert json.loads(written[0])["boolean"] is False
    assert b"<boolean>false</boolean>" in written[1]
    assert [text.strip() for text in written[2:]] == [b"false", b"false"]


def test_turtle_uses_our_prefixes(store: Store) -> None:
    written = write_answer(evaluate(store, "CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p ?o }"), TRIPLES[0])
    assert b"inno:name 1 ." in written


def test_turtle_declares_the_prefixes_that_it_uses_sorted() -> None:
    label, kind = term("rdfs:label"), term("rdf:type")
    triples = [
        Triple(concept("rank", "gold"), kind, inno.Distinction),
        Triple(concept("rank", "gold"), label, Literal('a "sh:x" \n@prefix dcat: <x> .\n', language="fr")),
        Triple(concept("rank", "gold"), P, Literal("2031-05-01", datatype=term("xsd:date"))),
        Triple(S, P, NamedNode("http://example.org/oa:x")),
    ]
    expected = """@prefix id: <https://w3id.org/innograph/id/> .
@prefix inno: <https://w3id.org/innograph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:rank\\/gold a inno:Distinction ;
\trdfs:label "a \\"sh:x\\" \\n@prefix dcat: <x> .\\n"@fr ;
\tinno:name "2031-05-01"^^xsd:date .
<http://example.org/s> inno:name <http://example.org/oa:x> .
"""
    for format in (TRIPLES[0], TRIPLES[4]):
        assert write_triples(triples, format).decode() == expected
        assert set(parse(expected, format.syntax)) == {Quad(*triple) for triple in triples}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "format", "why"),
    [
        ("CONSTRUCT { ?s ?p <<( ?s ?p 1 )>> } WHERE { ?s ?p 2024 }", "jsonld", "JSON-LD does not"),
        ("CONSTRUCT { << ?s ?p 1 >> ?p 1 } WHERE { ?s ?p 2024 }", "jsonld", "JSON-LD does not"),
        ("CONSTRUCT { ?s rdf:li 1 } WHERE { ?s ?p 2024 }", "rdfxml", "RDF/XML reserved syntax term"),
    ],
)  # fmt: skip
def test_what_a_format_cannot_hold_is_refused(store: Store, query: str, format: str, why: str) -> None:
    chosen = find_format(format, TRIPLES)
    assert chosen is not None
    with pytest.raises(QueryError) as raised:
        write_answer(evaluate(store, query), chosen)
    assert str(raised.value).startswith(f"{format} cannot hold this answer ({why}")
    assert str(raised.value).endswith("): ask for Turtle or N-Triples")
    assert write_answer(evaluate(store, query), TRIPLES[0])


def test_the_kind_of_answer_decides_the_formats(store: Store) -> None:
    assert formats_for(evaluate(store, "ASK {}")) == formats_for(evaluate(store, "SELECT * {}")) == SOLUTIONS
    assert formats_for(evaluate(store, "DESCRIBE <http://example.org/s>")) == TRIPLES
    with pytest.raises(TypeError, match="turtle is not a format for solutions"):
        write_answer(evaluate(store, "ASK {}"), TRIPLES[0])
    with pytest.raises(TypeError, match="csv is not a format for triples"):
        write_answer(evaluate(store, "CONSTRUCT WHERE { ?s ?p ?o }"), SOLUTIONS[2])


def test_names_extensions_and_media_types_find_one_format() -> None:
    for formats in (SOLUTIONS, TRIPLES):
        for format in formats:
            assert {
                find_format(name, formats) for name in (format.name, format.extension, format.media_type)
            } == {format}
        names = [name for format in formats for name in {format.name, format.extension, *format.media_types}]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("character", ["\0", "\x1f", "\ufffe", "\uffff"])
@pytest.mark.parametrize("format", ["xml", "rdfxml"])
def test_a_character_that_xml_has_no_place_for_is_refused(character: str, format: str) -> None:
    store = Store()
    store.add(Quad(S, P, Literal(f"a{character}b")))
    text = "SELECT ?o { ?s ?p ?o }" if format == "xml" else "CONSTRUCT WHERE { ?s ?p ?o }"
    chosen = find_format(format, (*SOLUTIONS, *TRIPLES))
    assert chosen
    with pytest.raises(QueryError) as raised:
        write_answer(evaluate(store, text), chosen)
    assert str(raised.value).startswith(
        f"{format} cannot hold this answer (a character that XML has no place for): ask for"
    )


@pytest.mark.parametrize("format", ["xml", "rdfxml"])
def test_spaces_survive_xml(format: str) -> None:
    store, words = Store(), "a\r\nb\tc\rd\x85e"
    store.add(Quad(S, P, Literal(words)))
    if format == "xml":
        found = ElementTree.fromstring(write_answer(evaluate(store, "SELECT ?o { ?s ?p ?o }"), SOLUTIONS[1]))
        assert [node.text for node in found.iter("{http://www.w3.org/2005/sparql-results#}literal")] == [
            words
        ]
    else:
        graph = rdflib.Graph().parse(
            data=write_answer(evaluate(store, "CONSTRUCT WHERE { ?s ?p ?o }"), TRIPLES[3]), format="xml"
        )
        assert [str(word) for word in graph.objects()] == [words]


@pytest.mark.parametrize(
    ("query", "format"), [("SELECT * { ?s ?p ?o }", "csv"), ("CONSTRUCT WHERE { ?s ?p ?o }", "turtle")]
)
def test_a_damaged_database_is_no_fault_of_the_query(tmp_path: Path, query: str, format: str) -> None:
    """What the disk says names files of this machine: it is for the log, and no answer."""
    written = Store(str(tmp_path))
    written.bulk_extend(Quad(NamedNode(f"http://e/{n}"), P, Literal(f"l{n}")) for n in range(20_000))
    written.flush()
    del written
    for file in tmp_path.glob("*.sst"):
        content = bytearray(file.read_bytes())
        if len(content) > 50_000:
            content[10_000:20_000] = b"\xff" * 10_000  # what opening reads is at the end
            file.write_bytes(content)
    answer = evaluate(Store.read_only(str(tmp_path)), query)
    with pytest.raises(SnapshotError, match="cannot be read"):
        write_answer(answer, next(f for f in formats_for(answer) if f.name == format))
