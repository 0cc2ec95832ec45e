"""The endpoint in its own words: SPARQL 1.1 Service Description, with its limits as an extension."""

from collections.abc import Iterable
from functools import cache

from pyoxigraph import Literal, NamedNode, Store, Triple

from innograph.errors import QueryError
from innograph.namespaces import term
from innograph.store.engine import InProcess, Question
from innograph.store.evaluate import MOST_TOKENS
from innograph.store.formats import SOLUTIONS, TRIPLES
from innograph.store.snapshot import Snapshot
from innograph.web.sizes import Sizes
from innograph.web.statements import FORMAT_NAMES, FORMATS, Statements, number, slug
from innograph.web.void import void
from innograph.workers.limits import Limits

_GEOSPARQL = "http://www.opengis.net/def/function/geosparql/"
_GEOSPARQL_FUNCTIONS = """
    area asGeoJSON asWKT boundary boundingCircle buffer centroid concaveHull convexHull coordinateDimension
    difference dimension distance ehContains ehCoveredBy ehCovers ehDisjoint ehEquals ehInside ehMeet
    ehOverlap envelope geometryN geometryType getSRID intersection is3D isEmpty isMeasured isSimple length
    maxX maxY metricArea metricBuffer metricDistance metricLength metricPerimeter minX minY numGeometries
    perimeter rcc8dc rcc8ec rcc8eq rcc8ntpp rcc8ntppi rcc8po rcc8tpp rcc8tppi relate sfContains sfCrosses
    sfDisjoint sfEquals sfIntersects sfOverlaps sfTouches sfWithin spatialDimension symDifference transform
    union
"""
"""The functions of GeoSPARQL 1.1 (OGC 22-047r1), of which an engine may have some."""


def service(
    snapshot: Snapshot,
    sizes: Sizes,
    root: str,
    limits: Limits,
    functions: Iterable[str],
    *,
    federated: bool = False,
) -> list[Triple]:
    """Describe the endpoint (https://www.w3.org/TR/sparql11-service-description/), with its limits.

    :param functions: those beyond SPARQL that its engine has.
    :param federated: whether there are endpoints that ``SERVICE`` may name.
    """
    written = Statements()
    endpoint = NamedNode(f"{root}sparql")
    dataset, default = NamedNode(f"{root}sparql#dataset"), NamedNode(f"{root}sparql#default-graph")
    named = {NamedNode(f"{root}sparql#graph-{slug(graph)}"): graph for graph in sizes.by_graph}
    written.say(
        endpoint,
        "sd:Service",
        {
            "sd:endpoint": endpoint,
            "sd:supportedLanguage": [term("sd:SPARQL10Query"), term("sd:SPARQL11Query")],
            "sd:resultFormat": [
                NamedNode(FORMATS + FORMAT_NAMES[format.name]) for format in (*SOLUTIONS, *TRIPLES)
            ],
            "sd:feature": [term("sd:BasicFederatedQuery")] if federated else [],
            "sd:extensionFunction": [NamedNode(name) for name in functions],
            "sd:defaultEntailmentRegime": NamedNode("http://www.w3.org/ns/entailment/Simple"),
            "sd:defaultDataset": dataset,
            "inno:queryTimeLimit": Literal(f"{limits.seconds:g}", datatype=term("xsd:decimal")),
            "inno:queryMemoryLimit": number(limits.memory),
            "inno:queryLengthLimit": number(MOST_TOKENS),
            "inno:resultRowLimit": number(limits.rows),
            "inno:resultSizeLimit": number(limits.bytes),
        },
    )
    written.say(dataset, "sd:Dataset", {"sd:defaultGraph": default, "sd:namedGraph": list(named)})
    written.say(default, "sd:Graph", {"void:triples": number(sizes.triples)})
    for node, graph in named.items():
        written.say(node, "sd:NamedGraph", {"sd:name": NamedNode(graph), "sd:graph": NamedNode(graph)})
        written.say(NamedNode(graph), "sd:Graph", {"void:triples": number(sizes.by_graph[graph])})
    return [*written.triples, *void(snapshot, sizes, root)]


@cache
def functions() -> tuple[str, ...]:
    """List the functions beyond SPARQL that the engine here has: it refuses to call those that it has not."""
    engine = InProcess(Store())
    found = []
    for name in _GEOSPARQL_FUNCTIONS.split():
        try:
            engine.answer(Question(f"ASK {{ FILTER(<{_GEOSPARQL}{name}>()) }}"))
        except QueryError:
            continue
        found.append(_GEOSPARQL + name)
    return tuple(found)
