"""How long the pages of things take to make, over the whole graph: half of them, 95 in 100, the slowest.

    python benchmarks/pages.py FOLDER-OF-SNAPSHOTS

Each page is made in this process, one after the other: once with the names of things forgotten before it,
as if nobody had seen a page, once with what is remembered. No page is kept. What is read once for each
version of the graph (``Reader.once``) is read before, by the first page of each kind; how long those took
is printed. Measured are all honoured bodies, 300 bodies of the registers, all départements and régions, and
every edition, award, category, distinction, initiative, theme (at /explore too) and document. The wish: 95
of 100 in less than 15 ms, each in less than 50. First stands the time of the processor, which others on the
machine lengthen less than that of the clock; that follows.
"""

import gc
import random
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Store

from innograph import resources
from innograph.namespaces import BASE, ID, concept, inno, term
from innograph.registry.file import Registry
from innograph.reports import FILE, Reports
from innograph.store.snapshots import Home
from innograph.web.app import create_app, page_queries
from innograph.web.live import Live

SAMPLE = 300


def paths(subjects: Iterable[object]) -> list[str]:
    """Give the paths of the pages of things, each once, sorted."""
    things = {subject.value for subject in subjects if isinstance(subject, NamedNode)}
    return sorted(thing.replace(ID, "/doc/") for thing in things if thing.startswith(BASE))


def asked(store: Store) -> dict[str, list[str]]:
    """Give the paths of what is measured, by what it is called."""
    identified = paths(quad.subject for quad in store.quads_for_pattern(None, inno.siren, None, None))
    registered = [path for path in identified if "/siren-" in path]

    def places(kind: str) -> list[str]:
        found = store.quads_for_pattern(None, inno.territoryKind, concept("territory-kind", kind), None)
        return paths(quad.subject for quad in found)

    def of_class(kind: NamedNode) -> list[str]:
        return paths(quad.subject for quad in store.quads_for_pattern(None, term("rdf:type"), kind, None))

    in_scheme = store.quads_for_pattern(None, term("skos:inScheme"), NamedNode(f"{ID}theme"), None)
    themes = paths(quad.subject for quad in in_scheme)
    return {
        "honoured bodies": paths(
            quad.object for quad in store.quads_for_pattern(None, inno.laureate, None, None)
        ),
        f"{SAMPLE} bodies of the registers": random.Random(1).sample(registered, SAMPLE),
        "départements": places("department"),
        "régions": places("region"),
        "editions": of_class(inno.Edition),
        "awards": of_class(inno.Award),
        "categories": of_class(inno.Category),
        "series of categories": of_class(inno.CategorySeries),
        "distinctions": of_class(inno.Distinction),
        "initiatives": of_class(inno.Initiative),
        "themes": themes,
        "documents": of_class(inno.Document),
        "themes at /explore": [path.replace("/doc/theme/", "/explore?theme=") for path in themes],
    }


def measure(
    client: FlaskClient, live: Live, pages: list[str], *, forget: bool
) -> list[tuple[float, float, str]]:
    """Make each page once; give milliseconds of processor and clock and the path, sorted."""
    taken = []
    for path in pages:
        if forget:
            live.version.reader._names._kept.clear()
        begun, clock = time.thread_time(), time.perf_counter()
        answer = client.get(path, headers={"Accept": "text/html"})
        taken.append(((time.thread_time() - begun) * 1000, (time.perf_counter() - clock) * 1000, path))
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    return sorted(taken)


def main(folder: Path) -> None:
    """Measure and print."""
    home, queries = Home(folder), page_queries()
    live = Live(home, queries)
    with TemporaryDirectory() as aside:
        app = create_app(live, queries, {}, Registry(resources.registry_file()), Reports(Path(aside) / FILE))
        client = app.test_client()
        client.get("/doc/rank/gold", headers={"Accept": "text/html"})  # templates are read
        gc.collect()
        gc.freeze()  # as the site does
        kinds = asked(home.current().open())
        first = [measure(client, live, pages[:1], forget=True)[0] for pages in kinds.values()]
        print(f"the first page of each kind: {', '.join(f'{each[0]:.0f}' for each in first)} ms")
        for name, pages in kinds.items():
            for forget in (True, False):
                taken = measure(client, live, pages, forget=forget)
                clock = sorted(each[1] for each in taken)
                at = [int(len(taken) * share) for share in (0.5, 0.95)]
                half, most = (f"{taken[i][0]:5.1f} ({clock[i]:5.1f})" for i in at)
                slowest, _, path = taken[-1]
                how = "names forgotten" if forget else "names remembered"
                print(
                    f"{name:<29} {len(taken):>4} pages, {how:<16} p50 {half} ms   p95 {most} ms"
                    f"   slowest {slowest:5.1f} ms {path}"
                )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
