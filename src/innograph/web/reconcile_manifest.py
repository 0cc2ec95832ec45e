"""The manifest of the reconciliation service: what it can do, and where."""

from collections.abc import Mapping
from importlib.metadata import version

from flask import url_for

from innograph.journeys.reconcile.types import DEFAULTS, Label, Type, types
from innograph.namespaces import ID, ONTOLOGY
from innograph.web.address import root
from innograph.web.reconcile_requests import MOST_QUERIES
from innograph.web.words import Language

NAME = Label(
    "innograph : collectivités, groupements et organismes des prix d’innovation",
    "innograph: French local authorities and bodies of the innovation awards",
)

PREVIEW = (460, 300)
"""Width and height of a preview, in pixels."""

_ID = "{{id}}"
"""What clients replace by an identifier, encoded; in flyouts they replace :data:`_FLYOUT_ID`."""
_FLYOUT_ID = "${id}"


def manifest(language: Language) -> dict[str, object]:
    """Write the manifest, with the addresses under which this request came."""
    site = root().rstrip("/")
    width, height = PREVIEW
    return {
        "versions": ["0.2"],
        "name": NAME.say(language),
        "identifierSpace": ID,
        "schemaSpace": ONTOLOGY,
        "documentation": site + url_for("reconcile.endpoint"),
        "serviceVersion": version("innograph"),
        "defaultTypes": [type_of(types()[id], language) for id in DEFAULTS],
        "view": {"url": f"{site}/id/{_ID}"},
        "feature_view": {"url": f"{site}{url_for('reconcile.endpoint')}#{_ID}"},
        "preview": {
            "url": f"{site}{_with(url_for('reconcile.preview'), f'id={_ID}')}",
            "width": width,
            "height": height,
        },
        "suggest": {what: _suggest(site, what) for what in ("entity", "type", "property")},
        "extend": {
            # no question mark here: OpenRefine puts its own behind this path
            "propose_properties": {
                "service_url": site,
                "service_path": url_for("reconcile.properties").partition("?")[0],
            },
            "property_settings": [],
        },
        "batchSize": MOST_QUERIES,
    }


def type_of(type: Type, language: Language, *, broader: bool = True) -> dict[str, object]:
    """Write a type, with the wider ones above it."""
    written: dict[str, object] = {"id": type.id, "name": type.label.say(language)}
    if broader and type.broader:
        written["broader"] = [type_of(types()[type.broader], language)]
    return written


def _suggest(site: str, what: str) -> Mapping[str, str]:
    return {
        "service_url": site,
        "service_path": url_for("reconcile.suggest", what=what),
        "flyout_service_url": site,
        "flyout_service_path": _with(url_for("reconcile.flyout", what=what), f"id={_FLYOUT_ID}"),
    }


def _with(path: str, parameter: str) -> str:
    """Put a parameter behind a path, as it is: clients look for its braces."""
    return f"{path}{'&' if '?' in path else '?'}{parameter}"
