"""The address of this site: the one that its operator gives, or the one that a client used."""

from flask import current_app, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import BadRequest

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
