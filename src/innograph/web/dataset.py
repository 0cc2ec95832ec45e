"""/dataset, /.well-known/void and /dumps/: what the dataset is, how good it is, and its files."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, render_template, request, send_file, url_for
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotFound

from innograph.namespaces import ONTOLOGY, shorten
from innograph.store.formats import ONE_GRAPH, write_triples
from innograph.web.address import root
from innograph.web.catalogue import catalogue, media_type_of
from innograph.web.live import Version
from innograph.web.negotiation import choose_format
from innograph.web.reader import Reader
from innograph.web.void import void
from innograph.web.words import Language, language_of_request


def dataset_routes(version: Callable[[], Version]) -> Blueprint:
    """Make the routes of the dataset and of its files."""
    routes = Blueprint("dataset", __name__)

    @routes.route("/dataset")
    def page() -> Response:
        live = version()
        format = choose_format(request, ONE_GRAPH)
        if format:
            triples = catalogue(live.snapshot, live.sizes(), root())
            return Response(write_triples(triples, format), content_type=format.content_type)
        language = language_of_request()

        def shown(query: str) -> list[dict[str, object]]:
            rows = live.reader.rows(query)
            return [{name: live.reader.show(node, language) for name, node in row.items()} for row in rows]

        sizes = live.sizes()
        ours = {iri: number for iri, number in sizes.by_class.items() if iri.startswith(ONTOLOGY)}
        page = render_template(
            "dataset.html",
            snapshot=live.snapshot,
            counts=live.counts(),
            classes=_classes(live.reader, ours, language),
            graphs=sorted((shorten(iri), number) for iri, number in sizes.by_graph.items()),
            triples=sizes.triples,
            editions=shown("editions"),
            documents=shown("documents"),
            warnings=[
                row
                for row in shown("all-warnings")
                if getattr(row["message"], "language", None) in (language, None)
            ],
            files=_files(live),
            distributions=_distributions(live),
            formats=ONE_GRAPH,
        )
        return Response(page)

    @routes.route("/.well-known/void")
    def well_known() -> Response:
        live = version()
        format = choose_format(request, ONE_GRAPH, html=False)
        assert format
        triples = void(live.snapshot, live.sizes(), root())
        return Response(write_triples(triples, format), content_type=format.content_type)

    @routes.route("/dumps/")
    def dumps() -> str:
        live = version()
        return render_template("dumps.html", files=_files(live), snapshot=live.snapshot)

    @routes.route("/dumps/<path:name>")
    def dump(name: str) -> Response:
        try:
            path = version().snapshot.dump(name)
        except KeyError:
            raise NotFound(f"this version publishes no file {name!r}; the list is at /dumps/") from None
        return send_file(path, mimetype=media_type_of(name), conditional=True)

    return routes


def _classes(reader: Reader, sizes: Mapping[str, int], language: Language) -> list[dict[str, object]]:
    """Give the classes as the page shows them, by name, with the number of things of each."""
    nodes = {shorten(iri): NamedNode(iri) for iri in sizes}
    reader.expect(nodes.values())
    return [
        {"shown": reader.show(nodes[name], language), "name": name, "number": sizes[nodes[name].value]}
        for name in sorted(nodes)
    ]


def _files(live: Version) -> list[tuple[str, int, str]]:
    """List the published files: name, bytes, SHA-256."""
    snapshot = live.snapshot
    entries = ((name, snapshot.manifest["files"][f"dumps/{name}"]) for name in snapshot.dumps())
    return [(name, entry["size"], entry["sha256"]) for name, entry in entries]


def _distributions(live: Version) -> list[dict[str, str]]:
    """Describe the published files as schema.org does."""
    return [
        {
            "@type": "DataDownload",
            "contentUrl": root().rstrip("/") + url_for("dataset.dump", name=name),
            "encodingFormat": media_type_of(name),
        }
        for name, _, _ in _files(live)
    ]
