"""Random values that stand for a person, and the hashes that we keep of them."""

import secrets
from hashlib import sha256
from hmac import compare_digest

BYTES = 32


def fresh() -> str:
    """Make 256 random bits, 43 characters that fit a cookie and an address."""
    return secrets.token_urlsafe(BYTES)


def kept(value: str) -> bytes:
    """Return what a table keeps of a secret: a thief of the table cannot sign in with it.

    A bare hash suffices, since the secret has 256 random bits.
    """
    return sha256(value.encode("utf-8", "surrogatepass")).digest()


def is_same(said: str, known: str) -> bool:
    """Compare in a time that does not tell how much was right."""
    return compare_digest(said.encode("utf-8", "surrogatepass"), known.encode("utf-8", "surrogatepass"))
