"""The named graphs together: what the shapes see of the registers is all that the rest reaches."""

from innograph import resources
from innograph.journeys.graph import graph_of, read_curated
from innograph.journeys.registers import link
from innograph.namespaces import inno, thing
from innograph.registry.file import Registry


def test_whatever_is_reached_in_the_registers_is_validated_whole(registry: Registry) -> None:
    curated = read_curated(resources.data())
    graph = graph_of(curated, registry, link(curated.bodies, curated.editions, registry))
    rest = set().union(*(page.quads for page in graph.pages))
    assert graph.reached.quads < graph.registry.quads
    named = {end for quad in rest | graph.reached.quads for end in (quad.subject, quad.object)}
    about_them = {quad for quad in graph.registry.quads if quad.subject in named}
    assert about_them == graph.reached.quads
    assert 1000 < len(about_them) < 20_000


def test_every_collectivity_of_ours_has_its_place(small_registry: Registry) -> None:
    curated = read_curated(resources.data())
    linked = link(curated.bodies, curated.editions, small_registry)
    graph = graph_of(curated, small_registry, linked)
    places = {
        (quad.subject, quad.object) for quad in graph.reached.quads if quad.predicate == inno.administers
    }
    assert (thing("organization", "elancourt"), thing("territory", "commune/78208")) in places
    assert (thing("organization", "paris"), thing("territory", "department/75")) in places
    ours = {thing("organization", key) for key in linked.entries()}
    assert ours <= {body for body, _ in places} and len(ours) > 90
