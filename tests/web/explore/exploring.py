"""What the tests of exploration share: tables of people, choices, pages and their links."""

import csv
import re
from dataclasses import replace
from html import unescape

from pyoxigraph import QuerySolutions, Store

from innograph import resources
from innograph.namespaces import ID
from innograph.store.evaluate import evaluate
from innograph.web.explore.choices import Choices
from innograph.web.explore.table import Table

from ..site_client import SiteClient
from ..test_pages import BROWSER

TABLES = resources.house() / "tests" / "facts"
SMALL_TOWNS = {  # distinctions of communes of 2,000 to 9,999 people, read in the registers by hand
    "territoria-2024-ville-de-chalons-en-champagne-connecte-chalons",  # with Fagnières, 4,858
    "territoria-2024-la-colle-sur-loup-e-conseiller-office-tourisme",
    "territoria-2019-la-colle-sur-loup-clips-resonance",
    "territoria-2019-morieres-les-avignon-cooperative-activite-ephemere-16-18-ans",
    "territoria-2024-mornant-office-pouvoir-achat-nouvelle-innovation",
    "territoria-2024-mundolsheim-vivre-intergenerationnel-coeur-ville",
    "territoria-2024-plesse-paac-politique-agricole-alimentaire",
    "territoria-2019-saint-gregoire-ville-plus-intelligente-service-habitants",
    "territoria-2019-saint-pargoire-developpement-sports-urbains-plateau",
}


def rows_of(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def choices(**values: str) -> Choices:
    chosen = Choices()
    for facet, keys in values.items():
        chosen = chosen.having(facet, keys.split())
    return chosen


def solutions(store: Store, text: str) -> QuerySolutions:
    answer = evaluate(store, text)
    assert isinstance(answer, QuerySolutions)
    return answer


def keys(table: Table, chosen: Choices) -> set[str]:
    return {line.row["distinction"].value.removeprefix(f"{ID}distinction/") for line in table.chosen(chosen)}


def page(client: SiteClient, path: str, **headers: str) -> str:
    answer = client.get(path, headers={**BROWSER, **headers})
    assert answer.status_code == 200, answer.text
    return answer.text


def links(text: str) -> dict[str, str]:
    """Give the address of each link by its text; the first of those that read alike."""
    found: dict[str, str] = {}
    for href, inner in re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', text, re.DOTALL):
        found.setdefault(" ".join(unescape(re.sub(r"<[^>]*>", "", inner)).split()), unescape(href))
    return found


# counts


def like(chosen: Choices, body: str) -> Choices:
    return replace(chosen, like=body)
