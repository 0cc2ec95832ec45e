"""The Content-Security-Policy of each page: nothing comes from elsewhere, and no script stands in a page."""

_EVERYWHERE = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_WITH_STYLES_OF_LIBRARIES = {
    **_EVERYWHERE,
    "style-src": "'self' 'unsafe-inline'",
    "font-src": "'self' data:",
}
"""Yasgui and Sparnatural write styles into the page while they work (sizes, positions, icon fonts as
data). Styles cannot run; scripts are as strict as everywhere."""

_FRAMED = {name: sources for name, sources in _EVERYWHERE.items() if name != "frame-ancestors"}
"""A preview of an entity is made to be framed by OpenRefine and its like."""

FOR_DATA = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
"""An answer that is no page loads nothing."""

_LIBRARIES = frozenset(["sparql.endpoint", "builder.page"])


def policy(endpoint: str | None) -> str:
    """Give the header for the page of a route.

    >>> "'unsafe-inline'" in policy("pages.home"), policy("sparql.endpoint").count("'unsafe-inline'")
    (False, 1)
    """
    rules = _EVERYWHERE
    if endpoint in _LIBRARIES:
        rules = _WITH_STYLES_OF_LIBRARIES
    elif endpoint == "reconcile.preview":
        rules = _FRAMED
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())
