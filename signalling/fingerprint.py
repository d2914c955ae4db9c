"""Read from a description which certificate its media will show (RFC 8122, 5)."""

from signalling.sdp import Sdp


def fingerprints(sdp: Sdp) -> frozenset[str]:
    """Return each `a=fingerprint` of a description: SHA-256 in plain hex, others with the hash before it."""
    return frozenset(map(_plain, sdp.values("fingerprint")))


def _plain(value: str) -> str:
    algorithm, _, digits = value.partition(" ")
    plain = digits.replace(":", "").lower()
    return plain if algorithm.lower() == "sha-256" else f"{algorithm} {plain}"
