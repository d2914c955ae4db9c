"""Addresses that webhooks may go to, as far as their letters tell."""

from enum import StrEnum
from urllib.parse import urlsplit

LONGEST = 2000


class BadTarget(StrEnum):
    """What is wrong with an address."""

    NO_ADDRESS = "no_address"
    CREDENTIALS = "credentials"
    PLAIN = "plain"
    INTERNAL = "internal"
    UNKNOWN = "unknown"


def bad_target(address: str) -> BadTarget | None:
    """Return what is wrong with an address by itself: it names a host by http or https, and no password."""
    try:
        parts = urlsplit(address)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return BadTarget.NO_ADDRESS
    if "@" in parts.netloc:
        return BadTarget.CREDENTIALS
    is_plain_text = address.isascii() and address.isprintable() and " " not in address and "\\" not in address
    if parts.scheme not in ("https", "http") or not (is_whole and is_plain_text) or len(address) > LONGEST:
        return BadTarget.NO_ADDRESS
    return None
