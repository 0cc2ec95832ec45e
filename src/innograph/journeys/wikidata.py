"""Which items of Wikidata our bodies and their places are, found by INSEE code and by SIREN.

Wikidata often has one item for a place and for its legal person; here they are two. An item found by the code
of a place is the place's; one found by SIREN alone is the body's. Several items for one identifier, one item
for two of ours, another item than the one noted, and none at all are for a person to look at.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from innograph import resources
from innograph.curation.bodies import read_bodies
from innograph.curation.identifiers import IdentifierRow, read_identifiers
from innograph.curation.tables import dump_table
from innograph.errors import FetchError
from innograph.fetch.fetcher import Fetcher
from innograph.linking.gazetteer import Gazetteer
from innograph.linking.registered import register_links
from innograph.registry.entries import Entry
from innograph.registry.file import Registry
from innograph.resources import write_text
from innograph.store.binding import bind_each
from innograph.store.queries import read_query

ENDPOINT: Final = "https://query.wikidata.org/sparql"
BATCH: Final = 200
"""Identifiers in one query."""

_SCHEME: Final = "wikidata"
_WHO: Final = "innograph"
_PROPERTY: Final = "http://www.wikidata.org/prop/direct/"
_OF_PLACES: Final = {"commune": "P374", "department": "P2586", "region": "P2585"}
_OF_BODIES: Final = "P1616"
_ITEM: Final = re.compile(r"http://www\.wikidata\.org/entity/(Q[1-9]\d*)")
_RESULTS: Final = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a person must look at: a body or a place, and the items that may be it."""

    about: str
    key: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """Items that are certain, as rows, and what is not."""

    rows: list[IdentifierRow]
    worklist: list[Doubt]


@dataclass(frozen=True, slots=True)
class _Question:
    """One thing of ours and the identifier by which it is looked for."""

    about: str
    key: str
    name: str
    property: str
    value: str


def registered_bodies(data: Path, registry: Registry) -> dict[str, Entry]:
    """Give the entries of the registers that our bodies are, by the key of the body.

    :raises DataError: ``data/`` is not as it should be.
    """
    links = register_links(read_bodies(data), Gazetteer(registry))
    return {key: link.entry for key, link in links.items() if link.entry}


def find_items(
    bodies: Mapping[str, Entry],
    endpoint: str,
    fetcher: Fetcher,
    today: date,
    tell: Callable[[str], None] = lambda step: None,
    batch: int = BATCH,
) -> Found:
    """Find the items of bodies in force, and of the communes, départements and régions they administer.

    :param bodies: entries of the registers, by the key of the body in ``data/organizations.tsv``.
    :param endpoint: a SPARQL endpoint that holds Wikidata.
    :raises FetchError: the endpoint does not answer, or not with solutions.
    """
    questions = list({(q.about, q.key): q for q in _questions(bodies)}.values())
    hits: dict[_Question, list[str]] = {}
    for name in dict.fromkeys(question.property for question in questions):
        asked = [question for question in questions if question.property == name]
        for start in range(0, len(asked), batch):
            tell(f"asking for items by {name}, {start} of {len(asked)}")
            part = asked[start : start + batch]
            items = _items(name, [question.value for question in part], endpoint, fetcher)
            hits |= {question: items.get(question.value, []) for question in part}
    return _judge(questions, hits, f"Wikidata, {{}} ({endpoint})", today)


def merged(found: Found, data: Path) -> tuple[list[IdentifierRow], list[Doubt]]:
    """Add what was found to ``data/identifiers.tsv``: what is noted there stays, what differs is a doubt.

    :return: all rows of the table, sorted, and the doubts.
    :raises DataError: the table is malformed.
    """
    noted = read_identifiers(data, read_bodies(data).organizations)
    known = {(row.about, row.key): row.value for row in noted if row.scheme == _SCHEME}
    new = [row for row in found.rows if (row.about, row.key) not in known]
    doubts = [
        Doubt(
            row.about, row.key, "", f"identifiers.tsv has {known[row.about, row.key]}, Wikidata {row.value}"
        )
        for row in found.rows
        if known.get((row.about, row.key), row.value) != row.value
    ]
    return sorted([*noted, *new], key=lambda row: (row.about, row.key, row.scheme)), doubts


def write_identifiers(rows: Sequence[IdentifierRow], data: Path) -> None:
    """Write ``data/identifiers.tsv`` in its one form.

    :raises DataError: it cannot be written.
    """
    write_text(data / "identifiers.tsv", dump_table(IdentifierRow, list(rows)))


def _questions(bodies: Mapping[str, Entry]) -> Iterator[_Question]:
    for key, entry in bodies.items():
        if not entry.in_force:
            continue
        for place in entry.territories:
            kind, _, code = place.partition("/")
            if kind in _OF_PLACES:
                yield _Question("territory", place, entry.name, _OF_PLACES[kind], code)
        if entry.siren:
            yield _Question("organization", key, entry.name, _OF_BODIES, entry.siren)


def _items(name: str, values: Sequence[str], endpoint: str, fetcher: Fetcher) -> dict[str, list[str]]:
    """Ask for the items that bear each of some values of a property."""
    query = read_query(resources.queries() / "links" / "wikidata-items.rq")
    wanted = NamedNode(_PROPERTY + name)
    text = bind_each(query.text, [{"property": wanted, "value": Literal(value)} for value in values])
    answer = fetcher.post(endpoint, urlencode({"query": text}).encode(), _RESULTS)
    found: dict[str, list[str]] = defaultdict(list)
    try:
        solutions = parse_query_results(answer.content, QueryResultsFormat.JSON)
        if not isinstance(solutions, QuerySolutions):
            raise ValueError("not solutions")
        for solution in solutions:
            item = _ITEM.fullmatch(str(solution["item"].value))
            if item and item[1] not in found[solution["value"].value]:
                found[solution["value"].value].append(item[1])
    except (ValueError, SyntaxError, KeyError, AttributeError) as error:
        raise FetchError(f"does not answer a query with solutions in JSON ({error})", endpoint) from error
    return found


def _judge(
    questions: Sequence[_Question], hits: Mapping[_Question, Sequence[str]], source: str, today: date
) -> Found:
    """Tell what is certain from what is not."""
    of_places = {item for q in questions if q.about == "territory" for item in hits[q]}
    owners: dict[str, set[str]] = defaultdict(set)
    for question in questions:
        for item in hits[question]:
            if question.about == "territory" or item not in of_places:
                owners[item].add(question.key)
    rows, doubts = {}, []
    for question in questions:
        own = [i for i in hits[question] if question.about == "territory" or i not in of_places]
        why = ""
        if not hits[question]:
            why = f"no item with {question.property} {question.value}"
        elif len(own) > 1:
            why = f"several items with {question.property} {question.value}: {' '.join(own)}"
        elif own and len(owners[own[0]]) > 1:
            others = sorted(owners[own[0]] - {question.key})
            why = f"{own[0]} is found for {' '.join(others)} too"
        if why:
            doubts.append(Doubt(question.about, question.key, question.name, why))
        elif own:
            rows[question.about, question.key] = IdentifierRow(
                question.about,
                question.key,
                _SCHEME,
                own[0],
                source.format(f"{question.property} {question.value}"),
                today.isoformat(),
                _WHO,
                today.isoformat(),
            )
    return Found(list(rows.values()), doubts)
