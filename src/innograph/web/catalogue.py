"""The dataset for catalogues of open data: DCAT-AP, with what the harvester of data.gouv.fr reads."""

import mimetypes

from pyoxigraph import Literal, NamedNode, Triple

from innograph.namespaces import BASE, term
from innograph.store.formats import SOLUTIONS, TRIPLES, find_format
from innograph.store.snapshot import Snapshot
from innograph.web.sizes import Sizes
from innograph.web.statements import DATASET, LICENCE, TITLES, Statements, Value, in_both
from innograph.web.void import void

CATALOGUE = NamedNode(f"{BASE}catalogue")
_IANA = "https://www.iana.org/assignments/media-types/"
_EUROPE = "http://publications.europa.eu/resource/authority/"
_EUROPEAN_FORMATS = {
    "csv": "CSV",
    "json": "JSON",
    "nq": "RDF_N_QUADS",
    "nt": "RDF_N_TRIPLES",
    "ttl": "RDF_TURTLE",
}
"""Codes of the European list of file types for the extensions of our files."""

_DESCRIPTIONS = {
    "fr": "Graphe de connaissances des prix et labels de l’innovation publique locale en France : éditions, "
    "catégories, distinctions, lauréats, initiatives. Chaque énoncé mène aux lignes du document qui le "
    "disent.",
    "en": "A knowledge graph of the awards for public innovation in French local government: editions, "
    "categories, distinctions, laureates, initiatives. Every statement leads to the lines that say it.",
}
_KEYWORDS = ("innovation publique", "collectivités territoriales", "prix", "label", "palmarès", "lauréats")
_SERVICE_TITLES = {"fr": "Point d’accès SPARQL", "en": "SPARQL endpoint"}


def catalogue(snapshot: Snapshot, sizes: Sizes, root: str) -> list[Triple]:
    """Describe the dataset as DCAT-AP: a catalogue of one dataset, its files, and the service.

    :param root: address of this site, with a slash at its end.
    """
    written = Statements()
    about: dict[str, Value | list[Value]] = {
        "dcterms:title": [*in_both(TITLES)],
        "dcterms:description": [*in_both(_DESCRIPTIONS)],
        "dcterms:publisher": (publisher := NamedNode(f"{BASE}publisher")),
        "dcterms:license": LICENCE,
        "dcterms:language": [NamedNode(f"{_EUROPE}language/FRA"), NamedNode(f"{_EUROPE}language/ENG")],
        "dcterms:modified": _written_at(snapshot),
    }
    service = NamedNode(f"{root}sparql")
    files = [NamedNode(f"{root}dumps/{name}") for name in snapshot.dumps()]
    written.say(publisher, "foaf:Agent", {"foaf:name": Literal("innograph")})
    written.say(
        CATALOGUE,
        "dcat:Catalog",
        {**about, "foaf:homepage": NamedNode(root), "dcat:dataset": DATASET, "dcat:service": service},
    )
    written.say(
        DATASET,
        "dcat:Dataset",
        {
            **about,
            "dcterms:identifier": Literal(DATASET.value),
            "dcterms:accrualPeriodicity": NamedNode(f"{_EUROPE}frequency/IRREG"),
            "dcterms:spatial": NamedNode(f"{_EUROPE}country/FRA"),
            "dcat:theme": NamedNode(f"{_EUROPE}data-theme/GOVE"),
            "dcat:keyword": [Literal(word, language="fr") for word in _KEYWORDS],
            "dcat:landingPage": NamedNode(root),
            "dcat:version": Literal(snapshot.version),
            "dcat:distribution": [*files, NamedNode(f"{root}sparql#distribution")],
        },
    )
    for name, address in zip(snapshot.dumps(), files, strict=True):
        _describe_file(written, snapshot, name, address)
    written.say(
        NamedNode(f"{root}sparql#distribution"),
        "dcat:Distribution",
        {
            "dcterms:title": in_both(_SERVICE_TITLES),
            "dcterms:license": LICENCE,
            "dcat:accessURL": service,
            "dcat:accessService": service,
        },
    )
    written.say(
        service,
        "dcat:DataService",
        {
            "dcterms:title": in_both(_SERVICE_TITLES),
            "dcterms:license": LICENCE,
            "dcterms:conformsTo": NamedNode("https://www.w3.org/TR/sparql11-protocol/"),
            "dcat:endpointURL": service,
            "dcat:endpointDescription": service,
            "dcat:servesDataset": DATASET,
        },
    )
    return [*written.triples, *void(snapshot, sizes, root)]


def _describe_file(written: Statements, snapshot: Snapshot, name: str, address: NamedNode) -> None:
    entry = snapshot.manifest["files"][f"dumps/{name}"]
    inside = name.removesuffix(".gz")
    extension = inside.rpartition(".")[2]
    checksum = NamedNode(f"{address.value}#checksum")
    values: dict[str, Value | list[Value]] = {
        "dcterms:title": Literal(name),
        "dcterms:license": LICENCE,
        "dcterms:modified": _written_at(snapshot),
        "dcat:accessURL": address,
        "dcat:downloadURL": address,
        "dcat:mediaType": NamedNode(_IANA + media_type_of(inside)),
        "dcat:byteSize": Literal(str(entry["size"]), datatype=term("xsd:nonNegativeInteger")),
        "spdx:checksum": checksum,
    }
    if inside != name:
        values["dcat:compressFormat"] = NamedNode(_IANA + media_type_of(name))
    if extension in _EUROPEAN_FORMATS:
        values["dcterms:format"] = NamedNode(f"{_EUROPE}file-type/{_EUROPEAN_FORMATS[extension]}")
    written.say(address, "dcat:Distribution", values)
    written.say(
        checksum,
        "spdx:Checksum",
        {
            "spdx:algorithm": term("spdx:checksumAlgorithm_sha256"),
            "spdx:checksumValue": Literal(entry["sha256"], datatype=term("xsd:hexBinary")),
        },
    )


def media_type_of(name: str) -> str:
    """Give the media type of a published file by its name.

    >>> media_type_of("innograph.nq.gz"), media_type_of("schema.json"), media_type_of("x")
    ('application/gzip', 'application/json', 'application/octet-stream')
    """
    extension = name.rpartition(".")[2]
    if extension == "gz":  # the file as it is: whoever fetches it decompresses it
        return "application/gzip"
    format = find_format(extension, (*TRIPLES, *SOLUTIONS)) if extension not in ("json", "xml") else None
    return (format.media_type if format else mimetypes.guess_type(name)[0]) or "application/octet-stream"


def _written_at(snapshot: Snapshot) -> Literal:
    return Literal(snapshot.written.isoformat(timespec="seconds"), datatype=term("xsd:dateTime"))
