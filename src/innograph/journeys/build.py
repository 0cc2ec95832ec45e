"""``data/`` and the registers → quads → validated → snapshot: how a version of the graph comes to be."""

import gzip
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from innograph import figures, palmares, resources
from innograph.curation.known import FILE as KNOWN
from innograph.curation.known import read_known
from innograph.curation.retired import FILE as RETIRED
from innograph.curation.retired import RetiredRow, read_retired
from innograph.errors import DataError, NotConforming
from innograph.flat_tables import write_csv
from innograph.graph.vocabulary import concept_labels
from innograph.journeys.check import guard_registers
from innograph.journeys.graph import Curated, graph_of, read_curated, words_of
from innograph.journeys.index import index_of
from innograph.journeys.kept import kept_queries
from innograph.journeys.registers import Linked, link
from innograph.namespaces import ID, inno, term
from innograph.registry.file import Registry
from innograph.store.canonical import relabelled
from innograph.store.formats import TRIPLES, find_format, write_triples
from innograph.store.snapshot import Snapshot
from innograph.store.snapshots import Home
from innograph.validation.report import report_quads, report_text
from innograph.validation.validate import Report, validate

_COUNTED = {
    "editions": "Edition",
    "distinctions": "Distinction",
    "organizations": "Organization",
    "initiatives": "Initiative",
    "figures stated": "Figure",
    "participations": "Participation",
    "passages": "Passage",
}


AWARDS = "awards.ttl.gz"
"""The published file that holds all but the registers, of which it holds what the rest leads to."""

_LABELLED = ("organization-kind", "theme", "audience", "unit")
"""Concept schemes whose labels the tables print."""


@dataclass(frozen=True, slots=True)
class Built:
    """A new version of the graph: its snapshot, and what the validation found."""

    snapshot: Snapshot
    report: Report


def build(
    data: Path,
    registry: Registry,
    home: Path,
    progress: Callable[[str], None],
    documents: Path | None = None,
) -> Built:
    """Make a snapshot of the graph from ``data`` and the registers, and activate it in ``home``.

    The shapes run over everything but the registers, and over the part of them that the rest reaches. Over
    the registers as a whole run the checks of ``queries/checks/registry-*.rq``, which see the same faults.

    :param progress: told of each step.
    :param documents: a folder with the documents, whose exact words then stand in the graph.
    :raises DataError: something in ``data/``, ``ontology/`` or ``shapes/`` is wrong.
    :raises RegistryError: the registers are damaged.
    :raises NotConforming: the graph breaks a shape; the live version is unchanged, a report lies in ``home``.
    :raises SnapshotError: the snapshot cannot be written; the live version is unchanged.
    """
    progress("reading data/")
    curated = read_curated(data)
    read_known(data / KNOWN)
    retired = read_retired(data / RETIRED)
    words = words_of(curated, documents) if documents else {}
    progress("writing quads")
    linked = link(curated.bodies, curated.editions, registry)
    graph = graph_of(curated, registry, linked, words)
    quads = set().union(*(page.quads for page in graph.pages))
    near = quads | graph.reached.quads
    check_retired(retired, chain(quads, graph.registry.quads), data / RETIRED)
    progress(f"validating {len(near)} quads")
    report = validate(near)
    if not report.conforms:
        raise NotConforming(_refused(report, home))
    progress(f"writing the snapshot: {len(quads) + len(graph.registry.quads)} quads")
    files = {
        "validation-report.txt": report_text(report).encode(),
        KNOWN: (data / KNOWN).read_bytes(),
        RETIRED: (data / RETIRED).read_bytes(),
        AWARDS: _turtle(near),
        **_tables(curated, linked, data),
    }
    snapshots = Home(home)
    snapshot = snapshots.write(
        chain(quads, graph.registry.quads, report_quads(report)),
        files,
        counts=_counts(quads, report),
        created_from=_hash_of_sources(data, registry),
        guard=guard_registers,
        index=index_of,
        kept=kept_queries(),
    )
    return Built(snapshots.activate(snapshot.version), report)


def check_retired(retired: Sequence[RetiredRow], quads: Iterable[Quad], path: Path) -> None:
    """Check that no thing has an address that was given up, and that what took its place is there.

    :raises DataError: it is otherwise; names the line of ``path``.
    """
    if not retired:
        return
    things = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    for number, row in enumerate(retired, start=2):
        if ID + row.address in things:
            raise DataError(f"{row.address} is the address of a thing: it was not given up", path, number)
        missing = [each for each in row.others() if ID + each not in things]
        if missing:
            raise DataError(f"nothing has the address {missing[0]}, which took its place", path, number)


def _hash_of_sources(data: Path, registry: Registry) -> str:
    """Hash what a build reads: ``data/``, the vocabulary, the shapes and the registers."""
    digest = hashlib.sha256()
    reviewed = sorted(path for path in data.rglob("*") if path.suffix in (".yaml", ".tsv", ".toml", ".json"))
    for path in (*reviewed, *resources.ontology_files(), *resources.shape_files(), registry.path):
        digest.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _refused(report: Report, home: Path) -> str:
    text = report_text(report)
    first = report.violations[0]
    more = f" (and {len(report.violations) - 1} more)" if len(report.violations) > 1 else ""
    path = home / "refused-build.txt"
    try:
        home.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        where = f"; all of them are in {path}"
    except OSError:
        where = ""
    return f"{first.focus}: {first.message_en}{more}{where}; the live version is unchanged"


def _counts(quads: Collection[Quad], report: Report) -> dict[str, int]:
    kinds = [quad.object for quad in quads if quad.predicate == term("rdf:type")]
    counts = {name: kinds.count(getattr(inno, cls)) for name, cls in _COUNTED.items()}
    inferred = sum(
        quad.predicate == inno.basis and quad.object == term("id:basis/inferred") for quad in quads
    )
    return {**counts, "inferred facts": inferred, "warnings": len(report.warnings)}


def _tables(curated: Curated, linked: Linked, data: Path) -> dict[str, bytes]:
    """Write palmarès and figures as CSV, the palmarès by edition too, with the schemas that describe them."""
    linker = linked.mentions
    labels = {scheme: concept_labels(curated.vocabulary, scheme) for scheme in _LABELLED}
    read = {entry.distinction: entry for facts in curated.facts.values() for entry in facts.distinctions}
    sirens = {row.key: row.value for row in curated.identifiers if row.scheme == "siren"}
    tables = {}
    whole = []
    for edition in curated.editions:
        rows = palmares.rows(
            [edition], curated.awards, curated.bodies, linker, read, labels, linked.entries(), sirens
        )
        tables[f"palmares-{edition.key}.csv"] = write_csv(palmares.PalmaresRow, rows).encode()
        whole += rows
    tables["palmares.csv"] = write_csv(palmares.PalmaresRow, whole).encode()
    stated = figures.rows(curated.editions, curated.bodies, linker, read, labels)
    tables["chiffres.csv"] = write_csv(figures.FigureRow, stated).encode()
    for name in ("palmares.schema.json", "chiffres.schema.json"):
        tables[name] = _schema(data / name)
    return tables


def _turtle(quads: Iterable[Quad]) -> bytes:
    """Write the triples of all graphs as Turtle, compressed: the same bytes for the same graph."""
    format = find_format("turtle", TRIPLES)
    assert format
    triples = sorted({quad.triple for quad in relabelled(quads)}, key=str)
    return gzip.compress(write_triples(triples, format), mtime=0)


def _schema(path: Path) -> bytes:
    text = resources.read_text(path)
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError(f"not JSON: {error.msg}", path, error.lineno) from error
    return text.encode()
