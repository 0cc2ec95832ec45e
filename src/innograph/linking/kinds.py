"""Which entries of the registers a kind of body admits."""

from typing import Final

from innograph.registry.entries import Entry

_GROUPINGS: Final = frozenset(
    {"agglomeration-community", "community-of-communes", "urban-community", "metropolis"}
)
_PREFIXES: Final = {
    "commune": (
        "commune/",
        "former-commune/",
        "municipal-arrondissement/",
        "delegated-commune/",
        "associated-commune/",
    ),
    "municipal-arrondissement": ("municipal-arrondissement/",),
    "department": ("department/", "former-department/"),
    "region": ("region/",),
    "territorial-public-establishment": ("ept/",),
    **dict.fromkeys(_GROUPINGS, ("epci/",)),
}


def is_grouping(kind: str) -> bool:
    """Tell whether a kind is one of groupings of communes with own taxation."""
    return kind in _GROUPINGS


def registered(kind: str) -> bool:
    """Tell whether the registers list bodies of a kind; CCAS, fire services, joint authorities: no."""
    return kind in _PREFIXES or kind == "special-status"


def fits(entry: Entry, kind: str) -> bool:
    """Tell whether an entry may be what a name calls a body of ``kind``.

    A grouping of another kind fits, since they change their kind and people say the old one. A special
    collectivité fits the kinds of the places that it administers: Paris is a commune and a département.

    >>> both = ("commune/75056", "department/75")
    >>> paris = Entry("commune/75056", "Paris", "special-status", "75056", territories=both)
    >>> fits(paris, "department"), fits(paris, "commune"), fits(paris, "region")
    (True, True, False)
    """
    if kind == "special-status":
        return entry.kind == kind
    ids = (entry.id, *entry.territories) if entry.kind == "special-status" else (entry.id,)
    return any(id.startswith(_PREFIXES.get(kind, ())) for id in ids)
