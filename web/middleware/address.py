"""Whose request it is: the address of the browser, seen through the proxies that the settings trust."""

from collections.abc import Sequence
from ipaddress import ip_address

from aiohttp import web
from aiohttp.typedefs import Handler

from web.keys import ADDRESS, SITE
from web.public_site import Network

UNKNOWN = "unknown"


@web.middleware
async def address(request: web.Request, handler: Handler) -> web.StreamResponse:
    request[ADDRESS] = client_address(
        request.remote or UNKNOWN,
        request.headers.getall("X-Forwarded-For", []),
        request.app[SITE].trusted_proxies,
    )
    return await handler(request)


def client_address(peer: str, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """Walk back from the socket while who spoke is a trusted proxy; what lies beyond is hearsay."""
    chain = [hop.strip() for line in forwarded for hop in line.split(",")]
    current = peer
    while is_trusted(current, trusted) and chain:
        hop = chain.pop()
        if not _is_address(hop):
            break
        current = hop
    return current


def is_trusted(peer: str, trusted: Sequence[Network]) -> bool:
    return _is_address(peer) and any(ip_address(peer) in network for network in trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
