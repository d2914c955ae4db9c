"""A candidate, read and written anew, and which addresses one side may tell the other (RFC 8839)."""

import re
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

PREFIX = "candidate:"
LEAST_PORT = 1_024
ACTIVE_TCP_PORT = 9

_FORM = re.compile(
    r"candidate:(?P<foundation>[0-9A-Za-z+/]{1,32}) (?P<component>[12]) (?P<transport>udp|tcp|UDP|TCP) "
    r"(?P<priority>\d{1,10}) (?P<address>[0-9A-Za-z.:\-]{2,69}) (?P<port>\d{1,5}) "
    r"typ (?P<kind>host|srflx|prflx|relay)"
    r"(?: raddr (?P<raddr>[0-9A-Za-z.:\-]{1,69}) rport (?P<rport>\d{1,5}))?"
    r"(?P<extensions>(?: [0-9A-Za-z\-]{1,32} [0-9A-Za-z+/._\-]{1,256}){0,8}) ?"
)
_EXTENSIONS = frozenset({"tcptype", "generation", "ufrag", "network-id", "network-cost"})
_NAME = re.compile(r"[0-9A-Za-z\-]{1,63}\.local", re.IGNORECASE)
_NOWHERE = tuple(map(ip_network, ("192.88.99.0/24", "64:ff9b::/96", "2002::/16", "2001::/32")))
"""What is translated into another address on its way: where it leads to is not what it says."""


class Malformed(ValueError):
    """No candidate, or no description, as a browser makes one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IceCandidate:
    """One address under which a peer may be reached; `address` may be a name of the local network (mDNS)."""

    foundation: str
    component: str
    transport: str
    priority: str
    address: str
    port: int
    kind: str
    related: tuple[str, str] | None
    extensions: tuple[tuple[str, str], ...]

    @property
    def is_private_host(self) -> bool:
        """Tell whether it gives away an address of an inner network; names do not."""
        return self.kind == "host" and is_private(self.address)

    def is_peer(self, *, is_local: bool = False) -> bool:
        """Tell whether a peer can be there, and not somebody who is to get packets they did not ask for.

        No NAT and no browser gives out a port of the system's (RFC 4787, REQ-3); port 9 is that of a browser
        which calls by TCP itself. Where all is on one machine, `is_local`, a peer is at its own loopback.
        """
        is_caller = self.transport.lower() == "tcp" and self.port == ACTIVE_TCP_PORT
        if not is_caller and not LEAST_PORT <= self.port <= 65_535:
            return False
        found = _address(self.address)
        if found is None:
            return _NAME.fullmatch(self.address) is not None and self.kind == "host"
        return _is_somebodys(found) or (is_local and found.is_loopback)

    def without_related(self) -> "IceCandidate":
        """Hide the inner address behind a reflexive or relayed one."""
        return self if self.related is None else replace(self, related=("0.0.0.0", "0"))  # noqa: S104 - RFC 8839

    def line(self) -> str:
        parts = [PREFIX + self.foundation, self.component, self.transport, self.priority, self.address]
        parts += [str(self.port), "typ", self.kind]
        if self.related is not None:
            parts += ["raddr", self.related[0], "rport", self.related[1]]
        return " ".join((*parts, *(word for pair in self.extensions for word in pair)))


def read_candidate(line: str) -> IceCandidate:
    """Raises Malformed; extensions that are not known are left behind."""
    found = _FORM.fullmatch(line)
    if found is None or (_address(found["address"]) is None and not _is_name(found["address"])):
        raise Malformed
    words = found["extensions"].split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return IceCandidate(
        foundation=found["foundation"],
        component=found["component"],
        transport=found["transport"],
        priority=found["priority"],
        address=found["address"],
        port=int(found["port"]),
        kind=found["kind"],
        related=_related(found["raddr"], found["rport"]),
        extensions=tuple(pair for pair in pairs if pair[0] in _EXTENSIONS),
    )


def is_private(address: str) -> bool:
    found = _address(address)
    return found is not None and not found.is_global


def _related(address: str | None, port: str | None) -> tuple[str, str] | None:
    """Raises Malformed for an address that is none; Firefox tells a name there, too."""
    if address is None or port is None:
        return None
    if _address(address) is None and not _is_name(address):
        raise Malformed
    return address, port


def _is_name(text: str) -> bool:
    """Tell whether it reads as a name; only names of the local network are passed on (`is_peer`)."""
    return not text[-1].isdigit() and ":" not in text


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _is_somebodys(found: IPv4Address | IPv6Address) -> bool:
    if found.is_unspecified or found.is_multicast or found.is_loopback or found.is_link_local:
        return False
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None or found.is_site_local:
            return False
    elif found.is_reserved or found.packed[0] == 0:  # 240/4 with the broadcast address; 0/8
        return False
    return not any(found in network for network in _NOWHERE)
