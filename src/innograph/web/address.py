"""The address of this site: the one that its operator gives, or the one that a client used."""

from urllib.parse import urlsplit

from flask import current_app, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import BadRequest

from innograph.errors import InnographError

PUBLIC_ADDRESS = "PUBLIC_ADDRESS"
"""Key of the configuration of the application: the address of the site, where it cannot know it itself."""


def root() -> str:
    """Give the address of this site, with a slash at its end.

    :raises BadRequest: the client calls it by a name that is none.
    """
    address: str = current_app.config.get(PUBLIC_ADDRESS) or request.url_root
    try:
        return NamedNode(address).value
    except ValueError:
        raise BadRequest("the header Host names no host") from None


def read_address(text: str | None) -> str | None:
    """Read the public address of a site as a person writes it; give it with a slash at its end.

    :raises InnographError: it is none.

    >>> read_address("https://prix.example")
    'https://prix.example/'
    """
    if text is None:
        return None
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise InnographError(f"not the address of a site: {text!r}; write https://…/")
    return text.rstrip("/") + "/"
