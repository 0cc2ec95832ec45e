"""Who asks: the address that a request is counted under."""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from innograph.errors import InnographError

Network = IPv4Network | IPv6Network


def read_networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """Read addresses and networks as people write them: ``127.0.0.1``, ``10.0.0.0/8``, ``::1``.

    :raises InnographError: one is neither.
    """
    networks = []
    for text in texts:
        try:
            networks.append(ip_network(text, strict=False))
        except ValueError as error:
            raise InnographError(f"not an address or network: {text!r}") from error
    return tuple(networks)


def client_address(peer: str, forwarded: str | None, proxies: Sequence[Network]) -> str:
    """Give the address of the client: of whoever opened the connection, unless that is one of ``proxies``.

    Then it is the last address in ``X-Forwarded-For`` that is not a proxy's; what stands before it was
    written by the client and proves nothing.

    >>> proxies = read_networks(["127.0.0.1"])
    >>> client_address("127.0.0.1", "192.0.2.1, 198.51.100.7", proxies)
    '198.51.100.7'
    >>> client_address("192.0.2.9", "198.51.100.7", proxies)
    '192.0.2.9'
    >>> client_address("127.0.0.1", "198.51.100.7:40112", proxies)
    '198.51.100.7'
    """
    address = peer
    for hop in reversed((forwarded or "").split(",")):
        if not _is_within(address, proxies):
            break
        if hop.strip():
            address = _without_port(hop.strip())
    return address


@lru_cache(maxsize=4096)
def counted_as(address: str) -> str:
    """Give the name that an address is counted under: a home has a whole /64 of IPv6 to itself.

    >>> counted_as("2001:db8::1:2"), counted_as("192.0.2.1"), counted_as("nonsense")
    ('2001:db8::/64', '192.0.2.1', 'nonsense')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Network((found, 64), strict=False))
    return str(found)


def _without_port(hop: str) -> str:
    """Leave out the port that some proxies write: of one client, each connection has another.

    >>> _without_port("192.0.2.1:80"), _without_port("[2001:db8::1]:80"), _without_port("2001:db8::1")
    ('192.0.2.1', '2001:db8::1', '2001:db8::1')
    """
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop


def _is_within(address: str, networks: Sequence[Network]) -> bool:
    if not networks:
        return False
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)
