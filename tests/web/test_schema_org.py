"""What pages tell search engines: the thing under its permanent address, and who else speaks of it."""

import json
import re
from typing import Any

import pytest

from .site_client import SiteClient


def said(client: SiteClient, path: str) -> dict[str, Any]:
    """Read the JSON-LD of a page."""
    page = client.get(f"/doc/{path}?lang=fr", headers={"Accept": "text/html"}).text
    (written,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    found: dict[str, Any] = json.loads(written)
    return found


@pytest.mark.parametrize(
    ("path", "kind", "name", "same"),
    [
        (
            "organization/elancourt",
            "GovernmentOrganization",
            "Élancourt",
            ["https://annuaire-entreprises.data.gouv.fr/entreprise/217802081", "https://elancourt.fr"],
        ),
        (
            "territory/commune/78208",
            "AdministrativeArea",
            "Élancourt",
            ["https://geo.api.gouv.fr/communes/78208", "http://www.wikidata.org/entity/Q240546"],
        ),
        ("edition/territoria-2019", "Event", "Prix TERRITORIA 2019", None),
    ],
)
def test_a_thing_has_its_permanent_address_and_those_that_others_give_it(
    whole: SiteClient, path: str, kind: str, name: str, same: list[str] | None
) -> None:
    page = said(whole, path)
    thing = page["mainEntity"]
    assert (thing["@id"], thing["@type"], thing["name"]) == (
        f"https://w3id.org/innograph/id/{path}",
        kind,
        name,
    )
    assert thing.get("sameAs") == same
    assert (page["@type"], page["inLanguage"], page["url"]) == (
        "WebPage",
        "fr",
        f"http://localhost/doc/{path}?lang=fr",
    )
    crumbs = page["breadcrumb"]["itemListElement"]
    assert [crumb["position"] for crumb in crumbs] == list(range(1, len(crumbs) + 1))
    assert crumbs[-1]["name"] == name
