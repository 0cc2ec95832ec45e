"""The cases of the W3C's suites for SPARQL 1.0 and 1.1, read from their manifests.

The suites are not part of the project. ``make suites`` puts them beside this file; a test that needs them is
skipped where they are absent.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, Triple, parse

VARIABLE = "INNOGRAPH_W3C_SUITES"
ABSENT = f"the W3C's suites are not here: make suites, or set {VARIABLE} to the folder that holds them"
ADDRESSES = {
    "dawg-data-r2": "http://www.w3.org/2001/sw/DataAccess/tests/data-r2/",
    "sparql11": "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/",
}
"""The folder of each suite, and the address that the names in it are relative to."""

_UPDATES = (
    "add", "basic-update", "clear", "copy", "delete", "delete-data", "delete-insert", "delete-where", "drop",
    "http-rdf-update", "move", "syntax-update-1", "syntax-update-2", "update-silent",
)  # fmt: skip

NOT_OURS = {
    "entailment": "the endpoint concludes nothing from what it is asked",
    "protocol": "its cases are in words alone; tests/web/test_protocol.py has them",
    "service-description": "its cases are in words alone; tests/web/test_descriptions.py has them",
    **{folder: "the endpoint takes no updates" for folder in _UPDATES},
}
"""Folders that are left out, and why."""

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

Node = NamedNode | BlankNode


@dataclass(frozen=True, slots=True)
class Case:
    """One test: what is asked, of which graphs, and the file that holds what must come out."""

    name: str
    """Suite, folder and name: ``sparql11/bind/bind01``."""
    kind: str
    """The class of the test, such as ``QueryEvaluationTest``."""
    query: Path
    address: str
    """Of the query: its relative IRIs are relative to it."""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    result: Path | None = None
    asks_others: bool = False
    """Other endpoints take part."""
    lax: bool = False
    """How often a solution comes is left open (REDUCED)."""

    def text(self) -> str:
        """Read the query."""
        return self.query.read_bytes().decode("utf-8")


def find_suites() -> Path | None:
    """Find the folder that holds the suites; None where there is none, unless the environment names one."""
    named = os.environ.get(VARIABLE)
    folder = Path(named or Path(__file__).with_name("suites"))
    whole = all((folder / name).is_dir() for name in ADDRESSES)
    if named and not whole:
        raise ValueError(f"{VARIABLE} names {named}, which does not hold {' and '.join(ADDRESSES)}")
    return folder if whole else None


def cases(folder: Path) -> list[Case]:
    """Read all cases about queries, in the order of their names."""
    found = []
    for suite in ADDRESSES:
        for manifest in sorted((folder / suite).glob("*/manifest*.ttl")):
            if manifest.parent.name not in NOT_OURS:
                found += list(_cases(folder, suite, manifest))
    return sorted(set(found), key=lambda case: (case.name, case.kind))


def graphs(folder: Path, cases: list[Case]) -> Iterator[Quad]:
    """Read the data of the cases: each file a graph that bears its address."""
    for address in sorted({name for case in cases for name in data_of(case)}):
        for triple in read_triples(file_of(folder, address), address):
            yield Quad(triple.subject, triple.predicate, triple.object, NamedNode(address))


def read_triples(path: Path, address: str) -> list[Triple]:
    """Read a file of triples, Turtle or RDF/XML by its suffix; its blank nodes get names of their own."""
    syntax = RdfFormat.RDF_XML if path.suffix == ".rdf" else RdfFormat.TURTLE
    quads = parse(path=path, format=syntax, base_iri=address, rename_blank_nodes=True)
    return [quad.triple for quad in quads]


def address_of(folder: Path, path: Path) -> str:
    """Give the address of a file of a suite."""
    suite, _, rest = path.relative_to(folder).as_posix().partition("/")
    return ADDRESSES[suite] + rest


def data_of(case: Case) -> tuple[str, ...]:
    """Name the graphs that a case needs: those of its manifest, or where that names none those of FROM."""
    in_manifest = (*case.default_graphs, *case.named_graphs)
    asked = re.findall(r"FROM(?:\s+NAMED)?\s+<([^>]*)>", case.text()) if case.result else []
    return in_manifest or tuple(urljoin(case.address, name) for name in asked)


def file_of(folder: Path, address: str) -> Path:
    """Find the file that has this address."""
    (suite,) = (name for name, start in ADDRESSES.items() if address.startswith(start))
    return folder / suite / address.removeprefix(ADDRESSES[suite])


def _cases(folder: Path, suite: str, manifest: Path) -> Iterator[Case]:
    facts = Store()
    for triple in read_triples(manifest, address_of(folder, manifest)):
        facts.add(Quad(*triple))

    def each(node: Node, term: str) -> list[Node]:
        found = facts.quads_for_pattern(node, NamedNode(term), None)
        return [quad.object for quad in found if isinstance(quad.object, NamedNode | BlankNode)]

    def addresses(nodes: list[Node]) -> tuple[str, ...]:
        return tuple(sorted(node.value for node in nodes))

    for entries in facts.quads_for_pattern(None, NamedNode(f"{_MF}entries"), None):
        cell = entries.object
        while isinstance(cell, BlankNode):
            (test,) = each(cell, f"{_RDF}first")
            (cell,) = each(cell, f"{_RDF}rest")
            kinds, actions = each(test, f"{_RDF}type"), each(test, f"{_MF}action")
            if not actions:
                continue  # a case in words alone
            (kind,), (action,) = kinds, actions
            queries = each(action, f"{_QT}query") or [action]
            results = each(test, f"{_MF}result")
            yield Case(
                name=f"{suite}/{manifest.parent.name}/{test.value.rpartition('#')[2]}",
                kind=kind.value.rpartition("#")[2],
                query=file_of(folder, queries[0].value),
                address=queries[0].value,
                default_graphs=addresses(each(action, f"{_QT}data")),
                named_graphs=addresses(each(action, f"{_QT}graphData")),
                result=file_of(folder, results[0].value) if results else None,
                asks_others=bool(each(action, f"{_QT}serviceData")),
                lax=bool(each(test, f"{_MF}resultCardinality")),
            )
