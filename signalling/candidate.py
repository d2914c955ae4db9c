"""A candidate, read and written anew, and which addresses one side may tell the other (RFC 8839)."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_network
from itertools import chain
from typing import NamedTuple

PREFIX = "candidate:"
LEAST_PORT = 1_024
ACTIVE_TCP_PORT = 9

_FORM = re.compile(
    r"candidate:([0-9A-Za-z+/]{1,32}) ([12]) (udp|tcp|UDP|TCP) "
    r"(\d{1,10}) ([0-9A-Za-z.:\-]{2,69}) (\d{1,5}) "
    r"typ (host|srflx|prflx|relay)"
    r"(?: raddr ([0-9A-Za-z.:\-]{1,69}) rport (\d{1,5}))?"
    r"((?: [0-9A-Za-z\-]{1,32} [0-9A-Za-z+/._\-]{1,256}){0,8}) ?"
)
_PAIR = re.compile(r" (\S+) (\S+)")
_EXTENSIONS = frozenset({"tcptype", "generation", "ufrag", "network-id", "network-cost"})
_NAME = re.compile(r"[0-9A-Za-z\-]{1,63}\.local", re.IGNORECASE)
_NOWHERE = tuple(map(ip_network, ("192.88.99.0/24", "64:ff9b::/96", "2002::/16", "2001::/32")))
"""What is translated into another address on its way: where it leads to is not what it says."""


class Malformed(ValueError):
    """No candidate, or no description, as a browser makes one."""


class IceCandidate(NamedTuple):
    """One address under which a peer may be reached; `address` may be a name of the local network (mDNS).

    `ip` is what it reads as, None for a name. A tuple, since every one is made and read once on its way.
    """

    foundation: str
    component: str
    transport: str
    priority: str
    address: str
    ip: IPv4Address | IPv6Address | None
    port: int
    kind: str
    related: tuple[str, str] | None
    extensions: tuple[tuple[str, str], ...]

    @property
    def is_private_host(self) -> bool:
        """Tell whether it gives away an address of an inner network; names do not."""
        return self.kind == "host" and self.ip is not None and not self.ip.is_global

    def is_peer(self, *, is_local: bool = False) -> bool:
        """Tell whether a peer can be there, and not somebody who is to get packets they did not ask for.

        No NAT and no browser gives out a port of the system's (RFC 4787, REQ-3); port 9 is that of a browser
        which calls by TCP itself. Where all is on one machine, `is_local`, a peer is at its own loopback.
        """
        is_caller = self.transport.lower() == "tcp" and self.port == ACTIVE_TCP_PORT
        if not is_caller and not LEAST_PORT <= self.port <= 65_535:
            return False
        if self.ip is None:
            return _NAME.fullmatch(self.address) is not None and self.kind == "host"
        return _is_somebodys(self.ip) or (is_local and self.ip.is_loopback)

    def without_related(self) -> "IceCandidate":
        """Hide the inner address behind a reflexive or relayed one."""
        return self if self.related is None else self._replace(related=("0.0.0.0", "0"))  # noqa: S104 - RFC 8839

    def line(self) -> str:
        parts = [PREFIX + self.foundation, self.component, self.transport, self.priority, self.address]
        parts += [str(self.port), "typ", self.kind]
        if self.related is not None:
            parts += ["raddr", self.related[0], "rport", self.related[1]]
        return " ".join((*parts, *chain.from_iterable(self.extensions)))


def read_candidate(line: str) -> IceCandidate:
    """Raises Malformed; extensions that are not known are left behind."""
    found = _FORM.fullmatch(line)
    if found is None:
        raise Malformed
    foundation, component, transport, priority, address, port, kind, *related, extensions = found.groups()
    return IceCandidate(
        foundation,
        component,
        transport,
        priority,
        address,
        _address(address),
        int(port),
        kind,
        _related(*related),
        tuple([pair for pair in _PAIR.findall(extensions) if pair[0] in _EXTENSIONS]),
    )


def _related(address: str | None, port: str | None) -> tuple[str, str] | None:
    """Raises Malformed for an address that is none; Firefox tells a name there, too."""
    if address is None or port is None:
        return None
    _address(address)
    return address, port


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Return None for a name, of which only those of the local network are passed on (`is_peer`).

    Raises Malformed for what is neither.
    """
    is_v6 = ":" in text
    if not is_v6 and not text[-1].isdigit():
        return None
    try:
        return IPv6Address(text) if is_v6 else IPv4Address(text)
    except ValueError as wrong:
        raise Malformed from wrong


def _is_somebodys(found: IPv4Address | IPv6Address) -> bool:
    if found.is_unspecified or found.is_multicast or found.is_loopback or found.is_link_local:
        return False
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None or found.is_site_local:
            return False
    elif found.is_reserved or found.packed[0] == 0:  # 240/4 with the broadcast address; 0/8
        return False
    return not any(found in network for network in _NOWHERE)
