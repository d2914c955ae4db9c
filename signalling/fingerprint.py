"""Read from a description which certificate its media will show (RFC 8122, 5)."""

_LINE = "a=fingerprint:"


def fingerprints(sdp: str) -> frozenset[str]:
    """Return each `a=fingerprint` of a description: SHA-256 in plain hex, others with the hash before it."""
    lines = (line[len(_LINE) :] for line in sdp.splitlines() if line.lower().startswith(_LINE))
    return frozenset(_plain(line) for line in lines)


def _plain(line: str) -> str:
    algorithm, _, value = line.strip().partition(" ")
    plain = value.strip().replace(":", "").lower()
    return plain if algorithm.lower() == "sha-256" else f"{algorithm} {plain}"
