"""How long 10,000 names take, beside the simplest thing that could be written: normalise and ``extractOne``.

    python benchmarks/reconcile.py

Names are drawn from the registers with a fixed seed: a third as they are, a third in capitals without
accents, a third with a letter lost. The peer compares each normalised name with all names, and knows neither
kinds nor départements nor namesakes: what it gives is right or wrong, never « to check ». Both run in one
process; what innograph has wrong are lost letters that leave the name of another body.
"""

import csv
import io
import random
import resource
import tempfile
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, process

from innograph import resources
from innograph.journeys.reconcile.bodies import listed_in_data
from innograph.journeys.reconcile.service import make_service
from innograph.journeys.reconcile.sheet import read_sheet
from innograph.journeys.reconcile.table import Wanted, reconcile_sheet
from innograph.linking.gazetteer import Gazetteer
from innograph.registry.entries import Entry
from innograph.registry.file import Registry

ROWS = 10_000
PEER_ROWS = 1_000
"""The peer is slow: it does a tenth, and its time is multiplied."""


def plain(name: str) -> str:
    """Normalise as one does in a hurry."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(
        char if char.isalnum() else " " for char in decomposed if not unicodedata.combining(char)
    )
    return " ".join(letters.split())


def capitals(name: str, draw: random.Random) -> str:
    """Write a name as administrations do."""
    return plain(name).upper()


def mistyped(name: str, draw: random.Random) -> str:
    """Lose one letter."""
    place = draw.randrange(len(name))
    return name[:place] + name[place + 1 :]


def as_it_is(name: str, draw: random.Random) -> str:
    """Leave a name."""
    return name


def timed(work: Callable[[], object]) -> float:
    """Measure some work in seconds."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    registry = Registry(resources.registry_file())
    entries = [entry for entry in registry if entry.in_force and entry.kind]
    draw = random.Random(20_26)
    ways = (as_it_is, capitals, mistyped)
    drawn: list[tuple[Entry, str]] = []
    for number, entry in enumerate(draw.choices(entries, k=ROWS)):
        drawn.append((entry, ways[number % len(ways)](entry.name, draw)))

    names = {plain(entry.name): entry.id for entry in entries}
    known = list(names)
    right = 0

    def peer() -> None:
        nonlocal right
        for entry, name in drawn[:PEER_ROWS]:
            found = process.extractOne(plain(name), known, scorer=fuzz.ratio)
            right += names[found[0]] == entry.id

    peer_seconds = timed(peer) * ROWS / PEER_ROWS
    print(
        f"extractOne over all names   {peer_seconds:6.1f} s   {right / PEER_ROWS:.1%} right, the rest wrong"
    )

    gazetteer = Gazetteer(registry)
    service = make_service(gazetteer, listed_in_data(resources.data(), gazetteer))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["nom", "dep"], *([name, entry.department] for entry, name in drawn)])
        sheet = read_sheet(path)
        for what, beside in (("with département", {"department": 1}), ("names alone", {})):
            out = io.StringIO()
            wanted = Wanted(0, beside, {})
            seconds = timed(lambda: reconcile_sheet(sheet, wanted, service, out, lambda done: None))  # noqa: B023
            answers = list(csv.reader(io.StringIO(out.getvalue())))[1:]
            certain = [
                (entry, row) for (entry, _), row in zip(drawn, answers, strict=True) if row[9] == "oui"
            ]
            wrong = sum(row[4] != entry.code for entry, row in certain)
            print(
                f"innograph, {what:<16} {seconds:6.1f} s   wish < 60 s   {seconds / peer_seconds:5.2f} × peer"
                f"   {len(certain) / ROWS:.1%} certain, {wrong} of them wrong"
            )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at most              {memory:6.0f} MB  wish < 500 MB")


if __name__ == "__main__":
    main()
