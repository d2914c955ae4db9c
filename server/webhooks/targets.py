"""Which machines webhooks may be sent to: none of the house's own networks, unless they are allowed."""

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from booking.target import BadTarget, bad_target
from server.settings import Settings

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

LOOK_UP_SECONDS = 3.0

_PUBLIC_6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_NEVER_4 = tuple(map(IPv4Network, ("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4")))
# The first of these holds Teredo (RFC 4380), which hides an IPv4 address.
_NEVER_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16")))


class TargetRefused(OSError):
    """A socket was to be opened to a machine that webhooks must not reach."""

    def __init__(self) -> None:
        super().__init__("webhooks do not go there")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRules:
    """The networks that are allowed although they are not public, and whether http may go to public ones."""

    allowed: Sequence[Network] = ()
    plain_is_fine: bool = False

    def may_reach(self, address: Address, *, is_plain: bool) -> bool:
        inner = _inner(address)
        if any(one in network for network in self.allowed for one in (address, inner)):
            return True
        return is_public(address) and (self.plain_is_fine or not is_plain)

    def bad(self, addresses: Sequence[Address], *, is_plain: bool) -> BadTarget | None:
        """Return what is wrong when none of a host's addresses may be reached."""
        if any(self.may_reach(one, is_plain=is_plain) for one in addresses):
            return None
        return BadTarget.PLAIN if any(map(is_public, addresses)) else BadTarget.INTERNAL

    def opened(
        self, address_info: tuple[Any, Any, int, str, tuple[Any, ...]], *, is_plain: bool
    ) -> socket.socket:
        """Make the socket for the very address that is connected to next. Raise TargetRefused."""
        family, kind, protocol, _, where = address_info
        if not self.may_reach(ip_address(where[0].partition("%")[0]), is_plain=is_plain):
            raise TargetRefused
        return socket.socket(family, kind, protocol)


def target_rules(settings: Settings) -> TargetRules:
    return TargetRules(allowed=settings.webhook_networks, plain_is_fine=settings.is_demo)


@dataclass(frozen=True, slots=True)
class LookedUpTargets:
    """Says before saving what sending would refuse; the real check is at each connection.

    Fulfils web.ports.Targets.
    """

    rules: TargetRules

    async def bad(self, address: str) -> BadTarget | None:
        found = bad_target(address)
        if found:
            return found
        parts = urlsplit(address)
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                infos = await asyncio.get_running_loop().getaddrinfo(
                    parts.hostname, parts.port or 443, type=socket.SOCK_STREAM
                )
        except (OSError, UnicodeError, TimeoutError):
            return BadTarget.UNKNOWN
        addresses = [ip_address(str(info[4][0]).partition("%")[0]) for info in infos]
        return self.rules.bad(addresses, is_plain=parts.scheme == "http")


def is_public(address: Address) -> bool:
    """Tell whether an address is one of the Internet at large, and not a way round to one that is not."""
    inner = _inner(address)
    if isinstance(inner, IPv4Address):
        return inner.is_global and not inner.is_multicast and not any(inner in one for one in _NEVER_4)
    return inner.is_global and inner in _PUBLIC_6 and not any(inner in one for one in _NEVER_6)


def _inner(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one leads to: mapped, NAT64 (RFC 6052) and 6to4."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.sixtofour or address
