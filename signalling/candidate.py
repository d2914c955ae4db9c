"""Take private addresses out of what one side tells the other about its network (RFC 8839)."""

from ipaddress import ip_address

PREFIX = "candidate:"
_ADDRESS, _TYPE = 4, 7


def is_private_host(candidate: str) -> bool:
    """Tell whether a candidate gives away an address of an inner network; names (mDNS) do not."""
    parts = candidate.removeprefix("a=").split()
    return len(parts) > _TYPE and parts[_TYPE] == "host" and is_private(parts[_ADDRESS])


def is_private(address: str) -> bool:
    try:
        return not ip_address(address).is_global
    except ValueError:
        return False


def without_related(candidate: str) -> str:
    """Hide the inner address behind a reflexive or relayed one (`raddr`, `rport`)."""
    parts = candidate.split()
    for name, hidden in (("raddr", "0.0.0.0"), ("rport", "0")):  # noqa: S104 - the RFC's word for "not told"
        if name in parts[:-1]:
            parts[parts.index(name) + 1] = hidden
    return " ".join(parts)


def without_private(sdp: str) -> str:
    """Return a description whose candidates and default addresses tell nothing of the inner network."""
    return "".join(f"{line}\r\n" for line in map(_hidden, sdp.splitlines()) if line)


def _hidden(line: str) -> str:
    if line.startswith("a=" + PREFIX):
        return "" if is_private_host(line) else without_related(line)
    if line.startswith("c=IN IP") and is_private(line.split()[-1].partition("/")[0]):
        return "c=IN IP4 0.0.0.0"
    if line.startswith("a=rtcp:") and is_private(line.split()[-1]):
        return "a=rtcp:9 IN IP4 0.0.0.0"
    return line
