"""Where a TURN server must lead nobody: one address of each reserved range, and the range itself."""

from dataclasses import dataclass
from ipaddress import ip_address


@dataclass(frozen=True, slots=True)
class Reserved:
    """An address to ask for, what it is, and the range to deny."""

    address: str
    what: str
    span: str

    @property
    def is_ipv6(self) -> bool:
        return ip_address(self.address).version == 6


RESERVED = (
    Reserved("0.0.0.1", "this network", "0.0.0.0-0.255.255.255"),
    Reserved("10.0.0.5", "private", "10.0.0.0-10.255.255.255"),
    Reserved("100.64.0.1", "inside a carrier", "100.64.0.0-100.127.255.255"),
    Reserved("127.0.0.1", "the relay itself", "127.0.0.0-127.255.255.255"),
    Reserved("127.8.8.8", "the relay itself", "127.0.0.0-127.255.255.255"),
    Reserved("169.254.169.254", "a cloud's metadata", "169.254.0.0-169.254.255.255"),
    Reserved("172.16.0.1", "private", "172.16.0.0-172.31.255.255"),
    Reserved("172.31.250.1", "private", "172.16.0.0-172.31.255.255"),
    Reserved("192.0.0.8", "protocols", "192.0.0.0-192.0.0.255"),
    Reserved("192.0.2.1", "documentation", "192.0.2.0-192.0.2.255"),
    Reserved("192.88.99.1", "6to4 relays", "192.88.99.0-192.88.99.255"),
    Reserved("192.168.1.1", "private", "192.168.0.0-192.168.255.255"),
    Reserved("198.18.0.1", "benchmarks", "198.18.0.0-198.19.255.255"),
    Reserved("198.51.100.1", "documentation", "198.51.100.0-198.51.100.255"),
    Reserved("203.0.113.1", "documentation", "203.0.113.0-203.0.113.255"),
    Reserved("224.0.0.1", "multicast", "224.0.0.0-255.255.255.255"),
    Reserved("255.255.255.255", "broadcast", "224.0.0.0-255.255.255.255"),
    Reserved("::", "nowhere", "::1-::1"),
    Reserved("::1", "the relay itself", "::1-::1"),
    Reserved("::ffff:127.0.0.1", "the relay itself, mapped", "::ffff:0:0-::ffff:ffff:ffff"),
    Reserved("::ffff:10.0.0.5", "private, mapped", "::ffff:0:0-::ffff:ffff:ffff"),
    Reserved("::ffff:169.254.169.254", "a cloud's metadata, mapped", "::ffff:0:0-::ffff:ffff:ffff"),
    Reserved("64:ff9b::7f00:1", "the relay itself, by NAT64", "64:ff9b::-64:ff9b::ffff:ffff"),
    Reserved("64:ff9b:1::1", "inside, by NAT64", "64:ff9b:1::-64:ff9b:1:ffff:ffff:ffff:ffff:ffff"),
    Reserved("100::1", "discarded", "100::-100::ffff:ffff:ffff:ffff"),
    Reserved("2001::1", "protocols, Teredo", "2001::-2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"),
    Reserved("2001:db8::1", "documentation", "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
    Reserved("2002:7f00:1::", "the relay itself, by 6to4", "2002::-2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    Reserved("fd00::1", "private", "fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    Reserved("fe80::1", "this link", "fe80::-febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    Reserved("ff02::1", "multicast", "ff00::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
)
