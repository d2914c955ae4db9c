"""Whose request it is: where the browser stands, seen through the proxies that the settings trust."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp import web
from aiohttp.typedefs import Handler

from web.keys import ADDRESS, SITE
from web.public_site import Network

UNKNOWN = "unknown"
HOUSEHOLD_BITS = 64
"""Of an IPv6 address: who has one has all that begin alike, and would otherwise be a stranger each time."""


@web.middleware
async def address(request: web.Request, handler: Handler) -> web.StreamResponse:
    seen = client_address(
        request.remote or UNKNOWN,
        request.headers.getall("X-Forwarded-For", []),
        request.app[SITE].trusted_proxies,
    )
    request[ADDRESS] = household(seen)
    return await handler(request)


def client_address(peer: str, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """Walk back from the socket while who spoke is a trusted proxy; what lies beyond is hearsay."""
    chain = [hop.strip() for line in forwarded for hop in line.split(",")]
    current = peer
    while is_trusted(current, trusted) and chain:
        hop = chain.pop()
        if _address(hop) is None:
            break
        current = hop
    return current


def is_trusted(peer: str, trusted: Sequence[Network]) -> bool:
    known = _address(peer)
    return known is not None and any(known in network for network in trusted)


def household(address: str) -> str:
    """Return by what an address is counted: itself, or the network of an IPv6 one (RFC 4291, 2.5.4)."""
    known = _address(address)
    if isinstance(known, IPv6Address):
        return str(IPv6Network((int(known), HOUSEHOLD_BITS), strict=False))
    return address if known is None else str(known)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address; an IPv4 one in IPv6's clothes, as a socket for both shows it, is taken for itself."""
    try:
        known = ip_address(text)
    except ValueError:
        return None
    return (known.ipv4_mapped or known) if isinstance(known, IPv6Address) else known
