"""What whoever runs a site may choose, beside the limits of queries."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """Choices for one site."""

    cache_bytes: int = 64_000_000
    """How much memory the answers take that are kept."""
    proxies: tuple[str, ...] = ()
    """Addresses and networks that are believed when they say for whom they ask."""
    endpoints: tuple[str, ...] = ()
    """Addresses that queries may ask by ``SERVICE``."""
    store: str | None = None
    """Address of the SPARQL endpoint that holds the graph, instead of the database here."""
    store_credentials: str = field(default="", repr=False)
    """``name:password`` for it, or nothing."""
    public_address: str | None = None
    """What the site gives as its own address, by default what a client called it."""
    access_log: str | None = None
    """File for a line about each request, ``-`` for standard output."""
    registry: Path | None = None
    """File of the public registers, by default those of this installation."""
