"""What a page tells search engines of its thing (https://schema.org/): type, name, what it is part of."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from innograph.namespaces import inno
from innograph.web.description import Description
from innograph.web.reader import Shown
from innograph.web.words import Language

CONTEXT: Final = "https://schema.org"
LICENCE: Final = "https://spdx.org/licenses/etalab-2.0.html"

TYPES: Final = {
    "award": "EventSeries",
    "edition": "Event",
    "event": "Event",
    "category": "DefinedTerm",
    "category-series": "DefinedTerm",
    "theme": "DefinedTerm",
    "audience": "DefinedTerm",
    "distinction": "Thing",
    "initiative": "CreativeWork",
    "document": "DigitalDocument",
    "organization": "Organization",
    "person": "Person",
    "territory": "AdministrativeArea",
}
"""Types by kind, the first part of an address. An edition is an event of the series that its award is."""


def page_in_schema_org(
    it: Description,
    kind: str,
    summary: str,
    extra: Mapping[str, Any],
    crumbs: Sequence[tuple[str, str]],
    page: str,
    language: Language,
) -> dict[str, Any]:
    """Describe a page and the thing that it is about.

    :param extra: what the layout knows of the thing, in the terms of schema.org.
    :param crumbs: names and addresses of what the thing is part of, and of itself at the end.
    :param page: the address of the page.
    """
    thing: dict[str, Any] = {
        "@type": _type(it, kind),
        "@id": it.thing.value,
        "name": it.title.text,
        "url": it.thing.value,
    }
    if summary:
        thing["description"] = summary
    own = [identifier.value for identifier in it.identifiers if identifier.place is None]
    same = [value.value for value in it.said("schema:sameAs")] + own
    addresses = dict.fromkeys(shown.address for shown in same if shown.address)
    if addresses:
        thing["sameAs"] = list(addresses)
    return {
        "@context": CONTEXT,
        "@type": "WebPage",
        "@id": page,
        "url": page,
        "name": it.title.text,
        "inLanguage": language,
        "license": LICENCE,
        "isPartOf": {"@type": "Dataset", "@id": "https://w3id.org/innograph/dataset", "name": "innograph"},
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": place, "name": name, "item": address}
                for place, (name, address) in enumerate(crumbs, start=1)
            ],
        },
        "mainEntity": {**thing, **extra},
    }


def body(shown: Shown) -> dict[str, str]:
    """Name a body that takes part in a thing."""
    return {"@type": "Organization", "@id": shown.address or "", "name": shown.text}


def _type(it: Description, kind: str) -> str:
    if kind == "organization" and any(each.address == inno.Collectivity.value for each in it.types):
        return "GovernmentOrganization"
    return TYPES.get(kind, "Thing")
