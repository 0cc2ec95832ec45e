"""/dataset and /dumps/: what the dataset is, how good it is, and its files."""

import mimetypes
from collections.abc import Callable

from flask import Blueprint, Response, render_template, send_file, url_for
from werkzeug.exceptions import NotFound

from innograph.store.formats import SOLUTIONS, TRIPLES, find_format
from innograph.web.live import Version
from innograph.web.words import language_of_request


def dataset_routes(version: Callable[[], Version]) -> Blueprint:
    """Make the routes of the dataset and of its files."""
    routes = Blueprint("dataset", __name__)

    @routes.route("/dataset")
    def page() -> str:
        live = version()
        language = language_of_request()

        def shown(query: str) -> list[dict[str, object]]:
            rows = live.reader.rows(query)
            return [{name: live.reader.show(node, language) for name, node in row.items()} for row in rows]

        return render_template(
            "dataset.html",
            snapshot=live.snapshot,
            editions=shown("editions"),
            documents=shown("documents"),
            warnings=[
                row
                for row in shown("all-warnings")
                if getattr(row["message"], "language", None) in (language, None)
            ],
            files=_files(live),
            distributions=_distributions(live),
        )

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
        return send_file(path, mimetype=_media_type(name), conditional=True)

    return routes


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
            "contentUrl": url_for("dataset.dump", name=name, _external=True),
            "encodingFormat": _media_type(name),
        }
        for name, _, _ in _files(live)
    ]


def _media_type(name: str) -> str:
    extension = name.rpartition(".")[2]
    if extension == "gz":  # the file as it is: whoever fetches it decompresses it
        return "application/gzip"
    format = find_format(extension, (*TRIPLES, *SOLUTIONS)) if extension not in ("json", "xml") else None
    guessed = format.media_type if format else mimetypes.guess_type(name)[0]
    return guessed or "application/octet-stream"
