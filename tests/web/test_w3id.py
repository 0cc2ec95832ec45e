"""The redirect file for w3id.org leads every address that the graph uses to a page of the site."""

import re
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from innograph.namespaces import BASE

from .site_client import SiteClient

FILE = Path(__file__).parents[2] / "w3id" / ".htaccess"
HOST = "https://innograph.example"


def target(address: str) -> str:
    """Give the path on the site that an address leads to, by the first rule that fits it."""
    rules = re.findall(
        r"^RewriteRule (\S+) (\S+) \[([^]]+)\]$", FILE.read_text(encoding="utf-8"), re.MULTILINE
    )
    path = address.removeprefix(BASE).partition("#")[0]
    for pattern, to, flags in rules:
        if re.search(pattern, path):
            assert "L" in flags.split(",") and to.startswith(HOST)
            return re.sub(pattern, to.replace("$1", r"\1"), path).removeprefix(HOST)
    raise AssertionError(f"no rule for {address}")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("", "/"),
        ("id/organization/elancourt", "/id/organization/elancourt"),
        ("id/passage/boussole-2031/L12-13", "/id/passage/boussole-2031/L12-13"),
        ("ontology#rank", "/ontology"),
        ("ontology/0.1.0", "/ontology"),
        ("shapes#Award", "/shapes"),
        ("dataset#class-x", "/dataset"),
        ("graph/edition/boussole-2031", "/dataset"),
    ],
)
def test_addresses(address: str, path: str) -> None:
    assert target(BASE + address) == path


def test_every_address_of_the_graph_leads_to_an_answer(client: SiteClient) -> None:
    data = client.get("/sparql?format=nt&query=CONSTRUCT+WHERE+{?s+?p+?o}").data
    ours = {t.subject.value for t in parse(data, RdfFormat.N_TRIPLES) if t.subject.value.startswith(BASE)}
    assert len(ours) > 20
    for path in {target(address) for address in ours}:
        assert client.get(path, follow_redirects=True).status_code == 200, path


def test_an_address_that_is_not_ours_has_no_rule() -> None:
    with pytest.raises(AssertionError, match="no rule"):
        target(f"{BASE}elsewhere")
