"""/static/…: what pages load, with addresses that change when the content does, compressed where asked."""

import json
import mimetypes
from pathlib import Path

from flask import Blueprint, Response, request, send_file
from werkzeug.exceptions import NotFound

from innograph.errors import DataError
from innograph.resources import read_text

SECONDS_OF_A_YEAR = 31_536_000


class Frontend:
    """The bundled files of one folder, read once: their names and hashes."""

    def __init__(self, folder: Path) -> None:
        """Read the list of files.

        :raises DataError: there is none: the front-end has not been bundled.
        """
        self.folder = folder
        manifest = folder / "manifest.json"
        if not manifest.is_file():
            raise DataError("the front-end is missing: run « make pages », or reinstall innograph", folder)
        self._hashes: dict[str, str] = json.loads(read_text(manifest))

    def address(self, name: str) -> str:
        """Give the path at which a page loads a file.

        :raises KeyError: the front-end has no such file.
        """
        return f"/static/{name}?v={self._hashes[name]}"

    def read(self, name: str) -> str:
        """Read a file that is text.

        :raises KeyError: the front-end has no such file.
        """
        return read_text(self.folder / name) if name in self._hashes else self._hashes[name]

    def routes(self) -> Blueprint:
        """Make the route of the files."""
        routes = Blueprint("frontend", __name__)

        @routes.route("/static/<name>")
        def file(name: str) -> Response:
            if name not in self._hashes:
                raise NotFound(f"the pages load no file {name!r}")
            return self._send(name)

        return routes

    def _send(self, name: str) -> Response:
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        small = self.folder / f"{name}.gz"
        compressed = small.is_file() and request.accept_encodings.quality("gzip") > 0
        response = send_file(
            small if compressed else self.folder / name, mimetype=media_type, conditional=True
        )
        response.set_etag(f"{self._hashes[name]}-gzip" if compressed else self._hashes[name])
        if compressed:
            response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
        response.cache_control.public = True
        lasting = request.args.get("v") == self._hashes[name]
        response.cache_control.max_age = SECONDS_OF_A_YEAR if lasting else 3600
        if lasting:
            response.cache_control.immutable = True
        response.make_conditional(request)
        return response
