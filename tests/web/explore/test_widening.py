"""Below three results the page offers to widen, by the fewest steps."""

from innograph.web.explore.table import Table
from innograph.web.explore.widening import nearest, offers

from ..site_client import SiteClient
from .exploring import SMALL_TOWNS, choices, keys, page


def test_each_way_to_widen_is_offered_with_what_it_gives(table: Table) -> None:
    chosen = choices(theme="ageing", kind="commune", size="2000", department="49")
    told = {offer.changes[0]: offer for offer in offers(table, chosen)}
    assert set(told) == {
        "broader theme",
        "any theme",
        "any kind",
        "next size",
        "any size",
        "whole region",
        "all of France",
    }
    assert told["broader theme"].choices.of("theme") == ("solidarity",)
    assert told["next size"].choices.of("size") == ("0", "10000", "2000")
    assert told["whole region"].choices.values == {
        "theme": ("ageing",),
        "kind": ("commune",),
        "size": ("2000",),
        "region": ("52",),
    }
    assert all(offer.count == len(keys(table, offer.choices)) for offer in told.values())


def test_the_nearest_takes_the_fewest_steps(table: Table) -> None:
    chosen = choices(kind="commune", size="2000", department="49")
    found = nearest(table, chosen)
    assert found and found.changes == ("all of France",) and found.count == len(SMALL_TOWNS)
    assert nearest(table, choices(rank="fraternity", year="2020")) is not None


def test_nothing_is_widened_where_enough_is_found(whole: SiteClient) -> None:
    assert "note widen" not in page(whole, "/explore?theme=ageing")
    assert "note widen" not in page(whole, "/explore")


# bad input
