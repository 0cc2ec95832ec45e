"""Reading results in every format, by other means than those that wrote them, and comparing them.

The formats: SPARQL 1.1 Query Results JSON (https://www.w3.org/TR/sparql11-results-json/), XML
(https://www.w3.org/TR/rdf-sparql-XMLres/), CSV and TSV (https://www.w3.org/TR/sparql11-results-csv-tsv/), and
the vocabulary in which the older suite writes solutions as RDF.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

Term = NamedNode | BlankNode | Literal
Row = Mapping[str, Term]

_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_SRX = "{http://www.w3.org/2005/sparql-results#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Solutions:
    """What SELECT gives: the names of the variables, and for each solution the terms that are bound."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    ordered: bool = False
    """The order of the rows counts."""


Result = Solutions | bool | frozenset[Triple]


def read_json(text: str) -> Solutions | bool:
    """Read the JSON format."""
    document = json.loads(text)
    if "boolean" in document:
        return bool(document["boolean"])
    rows = [{name: _of_json(term) for name, term in row.items()} for row in document["results"]["bindings"]]
    return Solutions(tuple(document["head"]["vars"]), tuple(rows))


def _of_json(term: Mapping[str, str]) -> Term:
    kind, value = term["type"], term["value"]
    if kind in ("uri", "bnode"):
        return NamedNode(value) if kind == "uri" else _blank(value)
    assert kind in ("literal", "typed-literal"), kind
    return _literal(value, term.get("xml:lang"), term.get("datatype"))


def read_xml(text: str | bytes) -> Solutions | bool:
    """Read the XML format."""
    root = ElementTree.fromstring(text)
    assert root.tag == f"{_SRX}sparql", root.tag
    truth = root.find(f"{_SRX}boolean")
    if truth is not None:
        assert truth.text in ("true", "false")
        return truth.text == "true"
    variables = tuple(node.attrib["name"] for node in root.iterfind(f"{_SRX}head/{_SRX}variable"))
    rows = [
        {binding.attrib["name"]: _of_xml(binding[0]) for binding in result}
        for result in root.iterfind(f"{_SRX}results/{_SRX}result")
    ]
    return Solutions(variables, tuple(rows))


def _of_xml(node: ElementTree.Element) -> Term:
    value = node.text or ""
    if node.tag in (f"{_SRX}uri", f"{_SRX}bnode"):
        return NamedNode(value) if node.tag == f"{_SRX}uri" else _blank(value)
    assert node.tag == f"{_SRX}literal", node.tag
    return _literal(value, node.get(_LANGUAGE), node.get("datatype"))


def read_tsv(text: str) -> Solutions:
    r"""Read the TSV format: a line of variables, then of terms as Turtle has them; each ends in ``\n``."""
    assert text.endswith("\n") and "\r" not in text
    head, *lines = text[:-1].split("\n")
    names = head.split("\t") if head else []
    assert all(name.startswith("?") for name in names), head
    rows = []
    for line in lines:
        cells = line.split("\t")
        assert len(cells) == max(len(names), 1), line
        rows.append({name[1:]: _of_turtle(cell) for name, cell in zip(names, cells, strict=False) if cell})
    return Solutions(tuple(name[1:] for name in names), tuple(rows))


def _of_turtle(cell: str) -> Term:
    if cell.startswith("_:"):
        return _blank(cell[2:])
    (quad,) = parse(f"<s:> <p:> {cell} .", RdfFormat.TURTLE)
    assert isinstance(quad.object, NamedNode | Literal)
    return quad.object


def read_csv(text: str) -> Solutions:
    r"""Read the CSV format (RFC 4180, lines ending in ``\r\n``): of terms, only the text is left."""
    assert text.endswith("\r\n")
    lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    names = lines[0]
    rows = []
    for line in lines[1:]:
        cells = line or [""] * len(names)  # an empty line is one empty cell, or no cell
        rows.append({name: _of_csv(cell) for name, cell in zip(names, cells, strict=True) if cell})
    return Solutions(tuple(names), tuple(rows))


def _of_csv(cell: str) -> Term:
    return _blank(cell[2:]) if cell.startswith("_:") else Literal(cell)


def as_csv(solutions: Solutions) -> Solutions:
    """Leave of terms what CSV holds: the text; an empty one is like none."""
    rows = tuple(
        {
            name: term if isinstance(term, BlankNode) else _of_csv(term.value)
            for name, term in row.items()
            if term.value
        }
        for row in solutions.rows
    )
    return Solutions(solutions.variables, rows, solutions.ordered)


def read_rdf(triples: Iterable[Triple]) -> Result:
    """Read triples: solutions or a truth if they describe these, else the triples themselves."""
    triples = list(triples)
    about: dict[tuple[object, str], list[Term]] = {}
    for triple in triples:
        assert not isinstance(triple.object, Triple)
        about.setdefault((triple.subject, triple.predicate.value), []).append(triple.object)

    def each(node: object, name: str) -> list[Term]:
        return about.get((node, f"{_RS}{name}"), [])

    sets = {t.subject for t in triples if t.object == NamedNode(f"{_RS}ResultSet")}
    if not sets:
        return frozenset(triples)
    (whole,) = sets
    if truth := each(whole, "boolean"):
        return truth[0].value == "true"
    rows = []
    for solution in each(whole, "solution"):
        row = {each(b, "variable")[0].value: each(b, "value")[0] for b in each(solution, "binding")}
        place = each(solution, "index")
        rows.append((int(place[0].value) if place else 0, row))
    ordered = any(place for place, _ in rows)
    rows.sort(key=lambda numbered: numbered[0])
    variables = tuple(sorted(term.value for term in each(whole, "resultVariable")))
    return Solutions(variables, tuple(row for _, row in rows), ordered)


def by_value(result: Result) -> Result:
    """Write numbers and dates in one way: ``"+01"^^xsd:integer`` as ``1``, ``1.0E0`` as ``1.0``."""
    if not isinstance(result, Solutions):
        return result
    rows = tuple({name: _in_one_way(term) for name, term in row.items()} for row in result.rows)
    return Solutions(result.variables, rows, result.ordered)


def _in_one_way(term: Term) -> Term:
    if not isinstance(term, Literal):
        return term
    kind = term.datatype.value.removeprefix(_XSD)
    value = term.value
    try:
        if kind in ("integer", "negativeInteger"):
            return Literal(int(value))
        if kind == "decimal":
            return Literal(f"{Decimal(value).normalize():f}", datatype=term.datatype)
        if kind in ("float", "double"):
            return Literal(repr(float(value)), datatype=term.datatype)
    except (ValueError, ArithmeticError):
        return term  # no number, whatever its datatype says
    return Literal(value.replace("+00:00", "Z"), datatype=term.datatype) if kind == "date" else term


def same(expected: Result, got: Result, *, lax: bool = False) -> bool:
    """Tell whether two results are the same but for the names of blank nodes.

    The order of variables does not count, that of rows if that is expected; each row counts as often as it
    comes unless ``lax``: then it may come less often, but once.
    """
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    if isinstance(expected, frozenset) or isinstance(got, frozenset):
        return (
            isinstance(expected, frozenset)
            and isinstance(got, frozenset)
            and len(expected) == len(got)
            and _canonical(expected) == _canonical(got)
        )
    if set(expected.variables) != set(got.variables):
        return False
    if lax and len(got.rows) > len(expected.rows):
        return False
    ordered = expected.ordered
    return _canonical(_triples(expected, ordered, lax)) == _canonical(_triples(got, ordered, lax))


def _triples(solutions: Solutions, ordered: bool, lax: bool) -> list[Triple]:
    """Write solutions as triples, equal ones once with their number: few blank nodes that look alike."""
    written: list[tuple[Row, int]] = []
    if ordered:
        written = [(row, number) for number, row in enumerate(solutions.rows)]
    else:
        counted = Counter(frozenset(row.items()) for row in solutions.rows)
        written = [(dict(row), 1 if lax else number) for row, number in counted.items()]
    triples = []
    for row, number in written:
        node = BlankNode()
        triples.append(Triple(node, NamedNode("urn:number"), Literal(number)))
        triples += [Triple(node, NamedNode(f"urn:variable:{name}"), term) for name, term in row.items()]
    return triples


def _canonical(triples: Iterable[Triple]) -> Dataset:
    dataset = Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _literal(value: str, language: str | None, datatype: str | None) -> Literal:
    if language:
        return Literal(value, language=language)
    return Literal(value, datatype=NamedNode(datatype)) if datatype else Literal(value)


def _blank(label: str) -> BlankNode:
    """Name a blank node as a format does, by a name that is one everywhere."""
    return BlankNode("b" + label.encode().hex())
