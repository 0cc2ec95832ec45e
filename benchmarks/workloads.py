"""What the servers are asked: queries with the media type to ask for, as many as are wanted."""

import gzip
import random
from collections.abc import Callable
from pathlib import Path

from innograph.resources import queries
from innograph.store.queries import read_queries

JSON_RESULTS = "application/sparql-results+json"


def http(path: str, accept: str, tag: str | None = None) -> bytes:
    """Write a GET request."""
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", f"Accept: {accept}"]
    if tag:
        lines.append(f"If-None-Match: {tag}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def things(home: Path) -> list[str]:
    """List the things of the graph: IRIs of ours that are subjects."""
    with gzip.open(home / "current" / "dumps" / "innograph.nq.gz", "rt", encoding="utf-8") as dump:
        subjects = {line.partition(" ")[0] for line in dump}
    found = sorted(subject for subject in subjects if "/id/" in subject)
    random.Random(1).shuffle(found)
    return found


Workload = Callable[[int], list[tuple[str, str]]]
"""Gives so many queries, each with the media type to ask for."""


def workloads(home: Path) -> dict[str, tuple[Workload, int]]:
    """Give the workloads by name, each with the number of connections."""
    known = things(home)
    examples = [query.bound({}) for query in read_queries(queries() / "examples").values()]
    chance = random.Random(1)

    def lookup(number: int) -> str:
        return f"SELECT ?p ?o WHERE {{ {known[number % len(known)]} ?p ?o FILTER(?o != {number}) }}"

    def lookups(many: int) -> list[tuple[str, str]]:
        return [(lookup(n), JSON_RESULTS) for n in range(many)]

    def of_examples(many: int) -> list[tuple[str, str]]:
        asked = [f"{examples[n % len(examples)]} # {n}" for n in range(many)]
        return [(q, f"{JSON_RESULTS}, text/turtle") for q in asked]

    def descriptions(many: int) -> list[tuple[str, str]]:
        return [(f"DESCRIBE {known[n % len(known)]} # {n}", "text/turtle") for n in range(many)]

    def mix(many: int) -> list[tuple[str, str]]:
        popular = [*lookups(150), *of_examples(len(examples)), *descriptions(50)]
        chance.shuffle(popular)
        weights = [1 / (rank + 1) for rank in range(len(popular))]  # Zipf's law
        often = chance.choices(popular, weights, k=many)
        return [(lookup(10**6 + n), JSON_RESULTS) if n % 5 == 0 else asked for n, asked in enumerate(often)]

    def tables(many: int) -> list[tuple[str, str]]:
        return [(f"SELECT * {{ ?s ?p ?o }} LIMIT 200000 # {n}", "text/csv") for n in range(many)]

    return {
        "small lookups, none twice": (lookups, 8),
        "the examples, none twice": (of_examples, 4),
        "descriptions of things": (descriptions, 8),
        "a mix with repeats": (mix, 8),
        "200,000 rows as CSV": (tables, 2),
    }
